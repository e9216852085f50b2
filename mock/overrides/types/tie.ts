// Generated from openapi/tie.yaml by `hufu types`. Do not edit.

export interface Operations {
  /** POST /tie/saveOrUpdate.json: 发布或修改贴钱活动 · Publish or change a tie */
  saveOrUpdateTie: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: SaveTieRequest;
    replies: {
      200: SaveTieResponse;
      '4XX': TieError;
    };
  };
  /** POST /tie/apply/list.json: 查询申请发布贴钱的记录 · List applications to publish a tie */
  listTieApplies: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: ListTieAppliesRequest | undefined;
    replies: {
      200: ListTieAppliesResponse;
      '4XX': TieError;
    };
  };
  /** POST /tie/apply/approve.json: 审核用户申请的贴钱活动是否符合标准 · Review an application */
  approveTieApply: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: ApproveTieApplyRequest;
    replies: {
      200: ApproveTieApplyResponse;
      '4XX': TieError;
    };
  };
  /** POST /tie/apply/settid.json: 设置用户申请的贴钱记录的贴文ID · Link an application to a tie */
  setTieApplyTid: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: SetTieApplyTidRequest;
    replies: {
      200: SetTieApplyTidResponse;
      '4XX': TieError;
    };
  };
  /** POST /tie/findById.json: 通过贴的ID查询贴的内容 · Get a tie by its id */
  findTieById: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: FindTieByIdRequest;
    replies: {
      200: FindTieByIdResponse;
      '4XX': TieError;
    };
  };
  /** POST /tie/list.json: 查询贴钱的记录集合 · List ties */
  listTies: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: ListTiesRequest | undefined;
    replies: {
      200: ListTiesResponse;
      '4XX': TieError;
    };
  };
  /** POST /tie/invitiation/saveOrUpdate.json: 新增或修改邀请信息 · Add or change an invitation */
  saveOrUpdateTieInvitation: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: SaveTieInvitationRequest;
    replies: {
      200: SaveTieInvitationResponse;
      '4XX': TieError;
    };
  };
  /** POST /tie/invitiation/delete.json: 删除邀请信息 · Delete an invitation */
  deleteTieInvitation: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: DeleteTieInvitationRequest;
    replies: {
      200: DeleteTieInvitationResponse;
      '4XX': TieError;
    };
  };
  /** POST /tie/invitiation/findByTid.json: 根据贴ID获取某个贴的邀请信息 · List the invitations of a tie */
  findTieInvitationsByTid: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: FindTieInvitationsByTidRequest;
    replies: {
      200: FindTieInvitationsByTidResponse;
      '4XX': TieError;
    };
  };
  /** POST /tie/invitiation/findByTidAndProbability.json: 根据贴ID和概率返回一条邀请信息 · Draw an invitation by probability */
  findTieInvitationByTidAndProbability: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: FindTieInvitationByTidAndProbabilityRequest;
    replies: {
      200: FindTieInvitationByTidAndProbabilityResponse;
      '4XX': TieError;
    };
  };
}

export interface ApproveTieApplyRequest {
  applyid: number | bigint;
  status: '1' | '2';
  reason?: string;
  [key: string]: unknown;
}

export type ApproveTieApplyResponse = TieAck | TieError;

export interface DeleteTieInvitationRequest {
  invite_id: number | bigint;
  [key: string]: unknown;
}

export type DeleteTieInvitationResponse = TieAck | TieError;

export interface FindTieByIdRequest {
  tieid: number | bigint;
  [key: string]: unknown;
}

export type FindTieByIdResponse = FindTieByIdSuccess | TieError;

export interface FindTieByIdSuccess {
  success: 'true';
  data: TieEntity;
  [key: string]: unknown;
}

export interface FindTieInvitationByTidAndProbabilityRequest {
  tid: number | bigint;
  probability: number;
  [key: string]: unknown;
}

export type FindTieInvitationByTidAndProbabilityResponse = FindTieInvitationByTidAndProbabilitySuccess | TieError;

export interface FindTieInvitationByTidAndProbabilitySuccess {
  success: 'true';
  data: {
    invitiation: TieInvitation | null;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

export interface FindTieInvitationsByTidRequest {
  tid: number | bigint;
  [key: string]: unknown;
}

export type FindTieInvitationsByTidResponse = FindTieInvitationsByTidSuccess | TieError;

export interface FindTieInvitationsByTidSuccess {
  success: 'true';
  data: {
    invitiations: TieInvitationRow[];
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

export interface ListTieAppliesRequest {
  uid?: number | bigint;
  invited?: 0 | 1;
  title?: string;
  phone?: string;
  status?: 0 | 1 | 2;
  start?: number;
  [key: string]: unknown;
}

export type ListTieAppliesResponse = ListTieAppliesSuccess | TieError;

export interface ListTieAppliesSuccess {
  success: 'true';
  data: {
    count: number;
    list: TieApply[];
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

export interface ListTiesRequest {
  uid?: number | bigint;
  invited?: 0 | 1;
  title?: string;
  status?: 0 | 1 | 2 | 9;
  start?: number;
  [key: string]: unknown;
}

export type ListTiesResponse = ListTiesSuccess | TieError;

export interface ListTiesSuccess {
  success: 'true';
  data: {
    count: number;
    list: TieEntity[];
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

export type SaveTieInvitationRequest = (
  | {
      link: unknown;
      [key: string]: unknown;
    }
  | {
      qrcode: unknown;
      [key: string]: unknown;
    }
) & {
  id?: number | bigint;
  tid: number | bigint;
  uid: number | bigint;
  code?: string;
  link?: string;
  qrcode?: string;
  probabilityMin: number;
  probabilityMax: number;
  [key: string]: unknown;
};

export type SaveTieInvitationResponse = SaveTieInvitationSuccess | TieError;

export interface SaveTieInvitationSuccess {
  success: 'true';
  data: {
    inviteid: number | bigint;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

export interface SaveTieRequest {
  id?: number | bigint;
  uid: number | bigint;
  title: string;
  img: string;
  brief: string;
  link: string;
  startTime?: number | bigint;
  expireTime?: number | bigint;
  hasDetail?: 0 | 1;
  html?: number | bigint;
  level?: number;
  invited?: 0 | 1;
  type?: number;
  status?: 0 | 1 | 2 | 9;
  [key: string]: unknown;
}

export type SaveTieResponse = SaveTieSuccess | TieError;

export interface SaveTieSuccess {
  success: 'true';
  data: {
    tieid: number | bigint;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

export interface SetTieApplyTidRequest {
  applyid: number | bigint;
  tieid: number | bigint;
  [key: string]: unknown;
}

export type SetTieApplyTidResponse = TieAck | TieError;

export interface TieAck {
  success: 'true';
  [key: string]: unknown;
}

export interface TieApply {
  id: number | bigint;
  uid: number | bigint;
  tid: number | bigint;
  brief: string;
  invited: 0 | 1;
  title: string;
  link?: string | null;
  code?: string | null;
  phone?: string | null;
  status: 0 | 1 | 2;
  create_time: number | bigint;
  update_time: number | bigint;
  is_deleted: 0 | 1;
  [key: string]: unknown;
}

export interface TieEntity {
  id: number | bigint;
  uid: number | bigint;
  title: string;
  startTime: number | bigint;
  expireTime: number | bigint;
  img: string;
  brief: string;
  link?: string | null;
  html?: number | bigint | null;
  status: 0 | 1 | 2 | 9;
  level?: number | null;
  invited: 0 | 1;
  type: number;
  readQuantity: number;
  hasDetail: 0 | 1;
  createTime: number | bigint;
  updateTime: number | bigint;
  isDeleted: 0 | 1;
  [key: string]: unknown;
}

export interface TieError {
  error_code: string;
  error_message: string;
  [key: string]: unknown;
}

export type TieInvitation = TieInvitationFields & {
  probabilityMin: number;
  probabilityMax: number;
  [key: string]: unknown;
};

export interface TieInvitationFields {
  id: number | bigint;
  tid: number | bigint;
  uid: number | bigint;
  code?: string | null;
  link?: string | null;
  qrcode?: string | null;
  createTime: number | bigint;
  updateTime: number | bigint;
  isDeleted: 0 | 1;
  [key: string]: unknown;
}

export type TieInvitationRow = TieInvitationFields & {
  probability_min: number;
  probability_max: number;
  [key: string]: unknown;
};

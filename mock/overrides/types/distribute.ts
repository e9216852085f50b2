// Generated from openapi/distribute.yaml by `hufu types`. Do not edit.

export interface Operations {
  /** POST /api/v1/editor/creation/distribute/save/{creationId}: 保存分发 · Save distributions */
  saveDistribution: {
    path: {
      creationId: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: SaveDistributionRequest;
    replies: {
      200: SaveDistributionResponse;
      '4XX': FailureEnvelope;
    };
  };
  /** POST /api/v1/editor/creation/distribute/list: 查询分发列表 · List distributions */
  listDistributions: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: ListDistributionsRequest;
    replies: {
      200: ListDistributionsResponse;
      '4XX': FailureEnvelope;
    };
  };
  /** POST /api/v1/editor/creation/distribute/update: 修改分发渠道 · Rename a channel */
  updateDistribution: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: UpdateDistributionRequest;
    replies: {
      200: UpdateDistributionResponse;
      '4XX': FailureEnvelope;
    };
  };
  /** POST /api/v1/editor/creation/distribute/delete: 删除分发 · Delete distributions */
  deleteDistributions: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: DeleteDistributionsRequest;
    replies: {
      200: DeleteDistributionsResponse;
      '4XX': FailureEnvelope;
    };
  };
  /** POST /api/v1/editor/creation/distribute/third-channel: 第三方渠道批量添加 · Add third-party channels in a batch */
  addThirdPartyChannels: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: AddThirdPartyChannelsRequest;
    replies: {
      200: AddThirdPartyChannelsResponse;
      '4XX': FailureEnvelope;
    };
  };
}

export interface AckEnvelope {
  success: true;
  code: '200';
  msg: string | null;
  obj: unknown;
  map: {
    [key: string]: unknown;
  } | null;
  list: unknown[] | null;
  [key: string]: unknown;
}

export interface AddThirdPartyChannelsRequest {
  creationId: number | bigint | string;
  thirdChannels: ThirdPartyChannelInput[];
  [key: string]: unknown;
}

export type AddThirdPartyChannelsResponse = AckEnvelope | FailureEnvelope;

export type DeleteDistributionsRequest = string[];

export type DeleteDistributionsResponse = AckEnvelope | FailureEnvelope;

export interface Distribution {
  id: string;
  relType: 1 | 2;
  name: string;
  deptName: string | null;
  avatar: string | null;
  staffDelFlag: 0 | 1;
  self?: number;
  relId: string | null;
  code: string | null;
  shareUrl: string;
  [key: string]: unknown;
}

export interface DistributionInput {
  id?: string;
  creationId: number | bigint;
  relType: 1 | 2;
  relId?: string;
  name: string;
  [key: string]: unknown;
}

export interface DistributionListEnvelope {
  success: true;
  code: '200';
  msg: string | null;
  obj: unknown;
  map: {
    [key: string]: unknown;
  } | null;
  list: Distribution[];
  [key: string]: unknown;
}

export interface FailureEnvelope {
  success: false;
  code: string;
  msg: string;
  obj?: unknown;
  map?: {
    [key: string]: unknown;
  } | null;
  list?: unknown[] | null;
  [key: string]: unknown;
}

export interface ListDistributionsRequest {
  creationId: number | bigint;
  relType?: 1 | 2;
  [key: string]: unknown;
}

export type ListDistributionsResponse = DistributionListEnvelope | FailureEnvelope;

export type SaveDistributionRequest = DistributionInput[];

export type SaveDistributionResponse = AckEnvelope | FailureEnvelope;

export interface ThirdPartyChannelInput {
  relId?: string;
  name: string;
  [key: string]: unknown;
}

export interface UpdateDistributionRequest {
  id: string;
  relType: 1;
  name: string;
  [key: string]: unknown;
}

export type UpdateDistributionResponse = AckEnvelope | FailureEnvelope;

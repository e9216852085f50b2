// Generated from openapi/invite-plan.yaml by `hufu types`. Do not edit.

export interface Operations {
  /** GET /ptoss-connect/tiktop/{taskId}: 获取任务 · Get a task */
  getInviteTask: {
    path: {
      taskId: string;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: InviteTask;
      400: ErrorBody;
      404: ErrorBody;
      '4XX': ErrorBody;
    };
  };
  /** GET /ptoss-connect/tiktop/{taskId}/seller-login: 获取任务关联的商家登录信息 · Get the seller login of a task */
  getInviteTaskSellerLogin: {
    path: {
      taskId: string;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: SellerLoginTask;
      400: ErrorBody;
      404: ErrorBody;
      '4XX': ErrorBody;
    };
  };
  /** POST /ptoss-connect/tiktop/{taskId}/seller-login: 商家登录 · Log the seller in */
  createInviteTaskSellerLogin: {
    path: {
      taskId: string;
    };
    query: {};
    header: {};
    cookie: {};
    body: SaveSellerLoginRequest;
    replies: {
      200: SaveSellerLoginResponse;
      400: ErrorBody;
      404: ErrorBody;
      '4XX': ErrorBody;
    };
  };
  /** GET /ptoss-connect/tiktop/{taskId}/creator-invitition: 获取任务关联的创作者邀请信息 · Get the creator invitation of a task */
  getInviteTaskCreatorInvitation: {
    path: {
      taskId: string;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: CreatorInvitationTask;
      400: ErrorBody;
      404: ErrorBody;
      '4XX': ErrorBody;
    };
  };
  /** POST /ptoss-connect/tiktop/{taskId}/creator-invitition: 创建一个任务向创作者发送邀请 · Create a task that sends invitations to creators */
  createInviteTaskCreatorInvitation: {
    path: {
      taskId: string;
    };
    query: {};
    header: {};
    cookie: {};
    body: SaveCreatorInvitationRequest;
    replies: {
      200: SaveCreatorInvitationResponse;
      400: ErrorBody;
      404: ErrorBody;
      '4XX': ErrorBody;
    };
  };
  /** GET /ptoss-connect/tiktop/{taskId}/im: 获取与任务关联的消息 · Get the private message of a task */
  getInviteTaskIm: {
    path: {
      taskId: string;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: ImTask;
      400: ErrorBody;
      404: ErrorBody;
      '4XX': ErrorBody;
    };
  };
  /** POST /ptoss-connect/tiktop/{taskId}/im: 发送信息给接受任务管理的红人 · Send a message to an influencer who accepted the task */
  createInviteTaskIm: {
    path: {
      taskId: string;
    };
    query: {};
    header: {};
    cookie: {};
    body: SendImRequest;
    replies: {
      200: SendImResponse;
      400: ErrorBody;
      404: ErrorBody;
      '4XX': ErrorBody;
    };
  };
}

export interface ContactInfo {
  email?: string;
  phone?: string;
  [key: string]: unknown;
}

export interface CreatorInvitationContent {
  name: string;
  products: InvitedProduct[];
  creatorIds: string[];
  expireDateTime: string;
  sampleRule?: SampleRule;
  message?: string;
  contactInfo?: ContactInfo;
  [key: string]: unknown;
}

export type CreatorInvitationTask = TaskResponseFields &
  TaskServerFields & {
    content: CreatorInvitationContent;
    status: number;
    taskId: unknown;
    createdAt: unknown;
    [key: string]: unknown;
  };

export interface ErrorBody {
  error?: string;
  message?: string;
  [key: string]: unknown;
}

export interface ImContent {
  creatorId: string;
  text: string;
  [key: string]: unknown;
}

export type ImTask = TaskResponseFields &
  TaskServerFields & {
    content: ImContent;
    status: number;
    taskId: unknown;
    createdAt: unknown;
    [key: string]: unknown;
  };

export type InviteTask = TaskResponseFields &
  TaskServerFields & {
    status: number;
    taskId: unknown;
    createdAt: unknown;
    [key: string]: unknown;
  };

export interface InvitedProduct {
  productId?: string;
  commissionRate?: number;
  [key: string]: unknown;
}

export interface SampleRule {
  hasFreeSample?: boolean;
  sampleQuantity?: number;
  [key: string]: unknown;
}

export type SaveCreatorInvitationRequest = TaskRequestFields & {
  content: CreatorInvitationContent;
  [key: string]: unknown;
};

export type SaveCreatorInvitationResponse = TaskResponseFields &
  TaskServerFields & {
    content: CreatorInvitationContent;
    status?: number;
    [key: string]: unknown;
  };

export type SaveSellerLoginRequest = TaskRequestFields & {
  content: SellerLoginContent;
  [key: string]: unknown;
};

export type SaveSellerLoginResponse = TaskResponseFields &
  TaskServerFields & {
    content: SellerLoginContentView;
    status?: number;
    [key: string]: unknown;
  };

export interface SellerLoginContent {
  method?: string;
  phone?: string;
  password?: string;
  [key: string]: unknown;
}

export interface SellerLoginContentView {
  method?: string;
  phone?: string;
  password?: string;
  [key: string]: unknown;
}

export type SellerLoginTask = TaskResponseFields &
  TaskServerFields & {
    content: SellerLoginContentView;
    status: number;
    taskId: unknown;
    createdAt: unknown;
    [key: string]: unknown;
  };

export type SendImRequest = TaskRequestFields & {
  content: ImContent;
  [key: string]: unknown;
};

export type SendImResponse = TaskResponseFields &
  TaskServerFields & {
    content: ImContent;
    status?: number;
    [key: string]: unknown;
  };

export interface TaskRequestFields {
  type: number;
  region: string;
  refTaskId?: string;
  shopId: string;
  [key: string]: unknown;
}

export interface TaskResponseFields {
  type: number;
  region: string;
  refTaskId?: string | null;
  shopId: string;
  [key: string]: unknown;
}

export interface TaskServerFields {
  taskId?: string;
  message?: string | null;
  createdAt?: string;
  completedAt?: string | null;
  [key: string]: unknown;
}

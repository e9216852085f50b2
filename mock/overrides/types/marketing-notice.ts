// Generated from openapi/marketing-notice.yaml by `hufu types`. Do not edit.

export interface Operations {
  /** GET /api/v1/marketing-notice: 查询营销通知计划列表 · List plans by group */
  listNotices: {
    path: {};
    query: {
      current?: number;
      size?: number;
      orderBy?: string[];
      orderDirection?: SortDirection;
      orderNullHandling?: NullHandling;
      keyWord?: string;
      groupIds?: string;
      status?: PlanStatus;
    };
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: NoticeListResponse;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** POST /api/v1/marketing-notice: 新建营销通知计划 · Create a plan */
  createNotice: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: SaveNoticeRequest;
    replies: {
      200: Notice;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/marketing-notice/group: 查询分组列表 · List groups */
  listNoticeGroups: {
    path: {};
    query: {
      current?: number;
      size?: number;
      orderBy?: string[];
      orderDirection?: SortDirection;
      orderNullHandling?: NullHandling;
      keyWord?: string;
      ids?: string;
    };
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: NoticeGroupPage;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** POST /api/v1/marketing-notice/group: 新建分组 · Create a group */
  createNoticeGroup: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: SaveNoticeGroupRequest;
    replies: {
      200: NoticeGroup;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/marketing-notice/group/{id}: 查询单个分组 · Get a group */
  getNoticeGroup: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: NoticeGroup;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** PUT /api/v1/marketing-notice/group/{id}: 修改分组 · Rename a group */
  updateNoticeGroup: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: SaveNoticeGroupRequest;
    replies: {
      200: NoticeGroup;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** DELETE /api/v1/marketing-notice/group/{id}: 删除分组 · Delete a group */
  deleteNoticeGroup: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: EmptyResult;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/marketing-notice/scene: 查询场景列表 · List scenes */
  listNoticeScenes: {
    path: {};
    query: {
      current?: number;
      size?: number;
      orderBy?: string[];
      orderDirection?: SortDirection;
      orderNullHandling?: NullHandling;
      keyWord?: string;
      externalId?: string;
      planId?: number | bigint;
    };
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: NoticeScenePage;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** POST /api/v1/marketing-notice/scene: 新建场景 · Create a scene */
  createNoticeScene: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: CreateNoticeSceneRequest;
    replies: {
      200: NoticeScene;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/marketing-notice/scene/{id}: 查询单个场景 · Get a scene */
  getNoticeScene: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: NoticeScene;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** PUT /api/v1/marketing-notice/scene/{id}: 修改场景 · Change a scene */
  updateNoticeScene: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: UpdateNoticeSceneRequest;
    replies: {
      200: NoticeScene;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** PATCH /api/v1/marketing-notice/scene/{id}/unbundled-externalId: 解绑场景的外部编号 · Detach the external id of a scene */
  unbindNoticeSceneExternalId: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: NoticeScene;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/marketing-notice/members/template: 获取成员名单模板 · Get the template of the member list */
  getNoticeMemberTemplate: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: MemberTemplate | MemberTemplateFile;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/marketing-notice/task/{taskId}: 查询单个任务 · Get a task */
  getNoticeTask: {
    path: {
      taskId: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: NoticeTask;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/marketing-notice/task/{taskId}/members: 查询任务成员明细 · List the members of a task */
  listNoticeTaskMembers: {
    path: {
      taskId: number | bigint;
    };
    query: {
      current?: number;
      size?: number;
      orderBy?: string[];
      orderDirection?: SortDirection;
      orderNullHandling?: NullHandling;
      keyWord?: string;
      status?: MemberStatus;
      sceneIds?: string;
      moodValue?: string;
    };
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: NoticeTaskMemberPage;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/marketing-notice/task/{taskId}/report: 查询任务报告 · Get the report of a task */
  getNoticeTaskReport: {
    path: {
      taskId: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: NoticeReport;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** PATCH /api/v1/marketing-notice/task/{taskId}/enable: 启用任务 · Enable a task again */
  enableNoticeTask: {
    path: {
      taskId: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: EmptyResult;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** PATCH /api/v1/marketing-notice/task/{taskId}/termination: 终止任务 · Terminate a task */
  terminateNoticeTask: {
    path: {
      taskId: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: EmptyResult;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/marketing-notice/{id}: 查询单个计划 · Get a plan */
  getNotice: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: Notice;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** PUT /api/v1/marketing-notice/{id}: 修改计划 · Change a plan */
  updateNotice: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: SaveNoticeRequest;
    replies: {
      200: Notice;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** DELETE /api/v1/marketing-notice/{id}: 删除计划 · Delete a plan */
  deleteNotice: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: EmptyResult;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/marketing-notice/{id}/task: 查询计划的任务列表 · List the tasks of a plan */
  listNoticeTasks: {
    path: {
      id: number | bigint;
    };
    query: {
      current?: number;
      size?: number;
      orderBy?: string[];
      orderDirection?: SortDirection;
      orderNullHandling?: NullHandling;
      keyWord?: string;
    };
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: NoticeTaskPage;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** POST /api/v1/marketing-notice/{id}/task: 新建任务 · Create a task */
  createNoticeTask: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: CreateNoticeTaskRequest;
    replies: {
      200: NoticeTask;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/marketing-notice/{id}/task/schema: 查询任务列表的列定义 · Get the columns of the task list */
  getNoticeTaskSchema: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: NoticeTaskSchemaResponse;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/marketing-notice/{id}/report: 查询计划报告 · Get the report of a plan */
  getNoticeReport: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: NoticeReport;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** PATCH /api/v1/marketing-notice/{id}/enable: 启用计划 · Enable a plan */
  enableNotice: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: EmptyResult;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** PATCH /api/v1/marketing-notice/{id}/termination: 终止计划 · Terminate a plan */
  terminateNotice: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: EmptyResult;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
}

export type ColumnType = 'STRING' | 'NUMBER' | 'DATE';

export interface CreateNoticeSceneRequest {
  name: string;
  statisticalMethod: StatisticalMethod;
  prompt: string;
  externalId?: string;
  planId: number | bigint;
  [key: string]: unknown;
}

export interface CreateNoticeTaskRequest {
  name: string;
  startTime: string;
  fileIds: (number | bigint)[];
  [key: string]: unknown;
}

export interface EmptyResult {
  [key: string]: unknown;
}

export interface ErrorBody {
  error?: string;
  message?: string;
  [key: string]: unknown;
}

export interface Greeting {
  type: GreetingType;
  [key: string]: unknown;
}

export type GreetingType = 'IMAGE' | 'TEXT';

export type MemberStatus =
  | 'NOT_REACHED'
  | 'IN_SERVICE'
  | 'TERMINATE_SERVICE'
  | 'CUSTOMER_SERVICE_INTERVENES'
  | 'COMPLETE_SERVICE'
  | 'IGNORE'
  | 'TIMEOUT_COMPLETE_SERVICE';

export interface MemberTemplate {
  [key: string]: unknown;
}

export type MemberTemplateFile = string;

export interface MonitoringStrategy {
  sceneId?: number | bigint | null;
  strategy?: string[] | null;
  [key: string]: unknown;
}

export interface MonitoringStrategyInput {
  sceneId: number | bigint;
  strategy: string[];
  [key: string]: unknown;
}

export interface Notice {
  id: number | bigint;
  groupId: number | bigint;
  createTime?: string | null;
  lastUpdateTime?: string | null;
  name: string;
  description?: string | null;
  startTime?: string | null;
  endTime?: string | null;
  replyStrategy?: ReplyStrategy | null;
  replyDelay?: number | null;
  unifiedReply?: boolean | null;
  segmentSeparator?: string | null;
  minReplyInterval?: number | null;
  prompt?: string | null;
  backgroundInfo?: string | null;
  timeInfo?: string | null;
  referenceCase?: string | null;
  timeoutWakeUp?: boolean | null;
  timeout?: number | null;
  timeoutPrompt?: string | null;
  monitoringStrategy: MonitoringStrategy[] | null;
  status: PlanStatus;
  greetings: Greeting[] | null;
  [key: string]: unknown;
}

export interface NoticeDataInput {
  name: string;
  groupId: number | bigint;
  description?: string;
  startTime?: string;
  endTime?: string;
  replyStrategy?: ReplyStrategy;
  replyDelay?: number;
  unifiedReply?: boolean;
  segmentSeparator?: string;
  minReplyInterval?: number;
  sceneIds?: (number | bigint)[];
  monitoringStrategy?: MonitoringStrategyInput[];
  prompt?: string;
  backgroundInfo?: string;
  timeInfo?: string;
  referenceCase?: string;
  timeoutWakeUp?: boolean;
  timeout?: number;
  timeoutPrompt?: string;
  greetings?: Greeting[];
  [key: string]: unknown;
}

export interface NoticeGroup {
  id: number | bigint;
  createTime?: string | null;
  lastUpdateTime?: string | null;
  name: string;
  [key: string]: unknown;
}

export type NoticeGroupPage = PageFrame & {
  content: NoticeGroup[];
  [key: string]: unknown;
};

export interface NoticeGroupWithPlans {
  groupId: number | bigint;
  groupName: string;
  plan: NoticeListItem[];
  [key: string]: unknown;
}

export interface NoticeListItem {
  id: number | bigint;
  name: string;
  memberNumber?: number | bigint | null;
  lastTriggerTime?: string | null;
  contactSuccessOfPeopl?: number | bigint | null;
  completeServiceOfPeopl?: number | bigint | null;
  effectiveCommunicationOfPeopl?: number | bigint | null;
  invitationSuccessfulOfPeopl?: number | bigint | null;
  status: PlanStatus;
  taskCount?: number | bigint | null;
  [key: string]: unknown;
}

export interface NoticeListResponse {
  records: NoticeGroupWithPlans[];
  page: RespPage;
  summary: {
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

export interface NoticeReport {
  completeServiceOfPeopl?: number | bigint | null;
  completeServiceRate?: number | null;
  contactSuccessOfPeopl?: number | bigint | null;
  contactSuccessRate?: number | null;
  effectiveCommunicationOfPeopl?: number | bigint | null;
  effectiveCommunicationRate?: number | null;
  invitationSuccessfulOfPeopl?: number | bigint | null;
  invitationSuccessfulRate?: number | null;
  plannedNumberOfPeopl?: number | bigint | null;
  sceneStatistics: SceneStatistic[];
  [key: string]: unknown;
}

export type NoticeScene = NoticeSceneRow & {
  id: unknown;
  name: unknown;
  [key: string]: unknown;
};

export type NoticeScenePage = PageFrame & {
  content: NoticeSceneRow[];
  [key: string]: unknown;
};

export interface NoticeSceneRow {
  id?: number | bigint;
  createTime?: string | null;
  lastUpdateTime?: string | null;
  name?: string;
  statisticalMethod?: StatisticalMethod | null;
  prompt?: string | null;
  externalId?: string | null;
  sceneType?: SceneType | null;
  [key: string]: unknown;
}

export interface NoticeTask {
  id: number | bigint;
  createTime?: string | null;
  lastUpdateTime?: string | null;
  name: string;
  status: TaskStatus;
  totalMember?: number | null;
  startDate?: string | null;
  startTime?: string | null;
  [key: string]: unknown;
}

export interface NoticeTaskColumn {
  label: string;
  key: string;
  type?: ColumnType | null;
  [key: string]: unknown;
}

export interface NoticeTaskMember {
  [key: string]: unknown;
}

export type NoticeTaskMemberPage = PageFrame & {
  content: NoticeTaskMember[];
  [key: string]: unknown;
};

export type NoticeTaskPage = PageFrame & {
  content: NoticeTaskRow[];
  [key: string]: unknown;
};

export interface NoticeTaskRow {
  [key: string]: unknown;
}

export type NoticeTaskSchemaResponse = NoticeTaskColumn[];

export type NullHandling = 'NATIVE' | 'NULLS_FIRST' | 'NULLS_LAST';

export interface PageFrame {
  pageable: Pageable;
  total: number | bigint;
  empty: boolean;
  number: number;
  size: number;
  numberOfElements: number;
  sort: Sort[];
  first: boolean;
  last: boolean;
  totalPages: number;
  totalElements: number | bigint;
  [key: string]: unknown;
}

export interface Pageable {
  paged: boolean;
  unpaged: boolean;
  pageNumber: number;
  pageSize: number;
  offset: number | bigint;
  sort: Sort[];
  [key: string]: unknown;
}

export type PlanOption = 'DRAFT' | 'RELEASE';

export type PlanStatus = 'DRAFT' | 'EXECUTION' | 'TERMINATION' | 'COMPLETE';

export type ReplyStrategy = 'CONSULTANT_CONTINUE_AFTER_REPLY' | 'CONSULTANT_NO_FURTHER_REPLY' | 'AI_HOSTING_END_AFTER_REPLY';

export interface RespPage {
  current: number | bigint;
  size: number | bigint;
  total: number | bigint;
  [key: string]: unknown;
}

export interface SaveNoticeGroupRequest {
  name: string;
  [key: string]: unknown;
}

export interface SaveNoticeRequest {
  options: PlanOption;
  data: NoticeDataInput;
  [key: string]: unknown;
}

export interface SceneStatistic {
  id: number | bigint;
  name: string;
  number?: number | bigint | null;
  [key: string]: unknown;
}

export type SceneType = 'SYSTEM' | 'CUSTOM';

export interface Sort {
  direction: SortDirection;
  property: string;
  ignoreCase: boolean;
  nullHandling: NullHandling;
  ascending: boolean;
  descending: boolean;
  [key: string]: unknown;
}

export type SortDirection = 'ASC' | 'DESC';

export type StatisticalMethod = 'GRAND_TOTAL' | 'ONLY';

export type TaskStatus = 'NOT_STARTED' | 'EXECUTION' | 'TERMINATING' | 'TERMINATION' | 'COMPLETE' | 'IGNORE';

export interface UpdateNoticeSceneRequest {
  name: string;
  prompt: string;
  externalId?: string;
  [key: string]: unknown;
}

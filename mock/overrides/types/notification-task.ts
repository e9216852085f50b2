// Generated from openapi/notification-task.yaml by `hufu types`. Do not edit.

export interface Operations {
  /** GET /api/v1/notification-tasks: 查询群通知任务列表 · List notification tasks */
  listNotificationTasks: {
    path: {};
    query: {
      taskType: TaskType;
      status?: TaskStatus;
      startTime?: DateTimeText;
      endTime?: DateTimeText;
      current?: number;
      size?: number;
    };
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: ListNotificationTasksResponse;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** POST /api/v1/notification-tasks: 新建群通知任务 · Create a notification task */
  createNotificationTask: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: CreateNotificationTaskRequest;
    replies: {
      200: CreateNotificationTaskResponse;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/notification-tasks/{taskId}: 查询单个群通知任务 · Get one notification task */
  getNotificationTask: {
    path: {
      taskId: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: GetNotificationTaskResponse;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** PUT /api/v1/notification-tasks/{taskId}/termination: 终止群通知任务 · Terminate a notification task */
  terminateNotificationTask: {
    path: {
      taskId: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: TerminateNotificationTaskRequest | undefined;
    replies: {
      200: TerminateNotificationTaskResponse;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/notification-tasks/{taskId}/executions: 查询任务执行明细 · List the executions of a task */
  listNotificationTaskExecutions: {
    path: {
      taskId: number | bigint;
    };
    query: {
      current?: number;
      size?: number;
      orderBy?: 'executeTime' | 'status';
      orderDirection?: 'ASC' | 'DESC';
    };
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: ListNotificationTaskExecutionsResponse;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
}

export type ContentType = 'TEXT' | 'IMAGE';

export type CreateNotificationTaskRequest = (
  | {
      fileIds: unknown[];
      [key: string]: unknown;
    }
  | {
      members: unknown[];
      [key: string]: unknown;
    }
) & {
  taskName: string;
  taskType: TaskType;
  scheduledStartTime: DateTimeText;
  scheduledEndTime?: DateTimeText;
  contents: NotificationContent[];
  fileIds?: (number | bigint)[];
  members?: NotificationMemberInput[];
  [key: string]: unknown;
};

export interface CreateNotificationTaskResponse {
  id: number | bigint;
  createTime: DateTimeText;
  lastUpdateTime: DateTimeText;
  taskName: string;
  taskType: TaskType;
  status: TaskStatus;
  scheduledStartTime: DateTimeText;
  scheduledEndTime: DateTimeText;
  totalMembers: number;
  [key: string]: unknown;
}

export type DateTimeText = string;

export interface ErrorBody {
  error?: string;
  message?: string;
  [key: string]: unknown;
}

export type ExecutionStatus = 'COMPLETED' | 'FAILED' | 'PENDING' | 'SUCCESS';

export interface GetNotificationTaskResponse {
  id: number | bigint;
  createTime?: DateTimeText;
  lastUpdateTime?: DateTimeText;
  taskName: string;
  taskType: TaskType;
  status: TaskStatus;
  scheduledStartTime: DateTimeText;
  scheduledEndTime: DateTimeText;
  statistics: NotificationTaskStatistics;
  contents: (NotificationContentDetail | NotificationContent)[];
  fileIds?: (number | bigint)[] | null;
  members?: NotificationMemberOutput[] | null;
  [key: string]: unknown;
}

export interface ListNotificationTaskExecutionsResponse {
  page: Page;
  records: NotificationTaskExecution[];
  [key: string]: unknown;
}

export interface ListNotificationTasksResponse {
  page: Page;
  records: NotificationTaskSummary[];
  [key: string]: unknown;
}

export interface NotificationContent {
  contentType: ContentType;
  contentValue: string;
  [key: string]: unknown;
}

export interface NotificationContentDetail {
  type: ContentType;
  value: string;
  [key: string]: unknown;
}

export type NotificationMemberInput = (
  | {
      userId: string;
      [key: string]: unknown;
    }
  | {
      ciq: string;
      [key: string]: unknown;
    }
) & {
  userId?: string;
  ciq?: string;
  nickname?: string;
  memberId?: number | bigint;
  [key: string]: string | number | bigint | undefined;
};

export interface NotificationMemberOutput {
  userId?: string | null;
  ciq?: string | null;
  nickname?: string | null;
  memberId?: number | bigint | null;
  [key: string]: unknown;
}

export interface NotificationTaskExecution {
  memberId: number | bigint;
  memberName: string | null;
  status: ExecutionStatus;
  executeTime: string | null;
  failureReason?: string | null;
  [key: string]: unknown;
}

export interface NotificationTaskStatistics {
  totalMembers: number;
  successCount: number;
  [key: string]: unknown;
}

export interface NotificationTaskSummary {
  id: number | bigint;
  taskName: string;
  taskType: TaskType;
  status: TaskStatus;
  scheduledStartTime: DateTimeText;
  scheduledEndTime: DateTimeText;
  contents: NotificationContent[];
  [key: string]: unknown;
}

export interface Page {
  current: number;
  size: number;
  total: number | bigint;
  [key: string]: unknown;
}

export type TaskStatus = 'PENDING' | 'EXECUTING' | 'COMPLETED' | 'TERMINATED';

export type TaskType = 'APPOINTMENT_REMINDER' | 'CUSTOMER_RESOURCE_REMINDER';

export interface TerminateNotificationTaskRequest {
  reason?: string;
  [key: string]: unknown;
}

export interface TerminateNotificationTaskResponse {
  previousStatus: 'PENDING' | 'EXECUTING';
  currentStatus: 'TERMINATED';
  [key: string]: unknown;
}

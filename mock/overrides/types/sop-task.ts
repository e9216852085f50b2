// Generated from openapi/sop-task.yaml by `hufu types`. Do not edit.

export interface Operations {
  /** POST /business/{officialAccountId}/plugin/SopTask/getFriendsJobList: 朋友圈推送记录列表 · List the moment jobs of an SOP task */
  getFriendsJobList: {
    path: {
      officialAccountId: number | bigint;
    };
    query: {
      page?: number;
    };
    header: {};
    cookie: {};
    body: GetFriendsJobListRequest | undefined;
    replies: {
      200: GetFriendsJobListResponse;
      '4XX': SopTaskError;
    };
  };
}

export interface FriendsJob {
  moment_total: number;
  moment_finish_count: number;
  moment_wait_count: number;
  created_at: string;
  content: MomentContent;
  id: number | bigint;
  [key: string]: unknown;
}

export interface FriendsJobListData {
  record_list: FriendsJobPage;
  wait_count: number;
  finish_count: number;
  job_total: number;
  [key: string]: unknown;
}

export interface FriendsJobListSuccess {
  result: 1;
  msg: 'ok';
  data: FriendsJobListData;
  [key: string]: unknown;
}

export interface FriendsJobPage {
  current_page: number;
  data: FriendsJob[];
  first_page_url: string;
  from: number | null;
  last_page: number;
  last_page_url: string;
  next_page_url: string | null;
  path: string;
  per_page: number;
  prev_page_url: string | null;
  to: number | null;
  total: number;
  [key: string]: unknown;
}

export interface GetFriendsJobListRequest {
  task_id?: number | bigint;
  search?: {
    date?: string;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

export type GetFriendsJobListResponse = FriendsJobListSuccess | SopTaskError;

export interface MomentAttachment {
  msgtype: string;
  image?: {
    media_id?: string;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

export interface MomentContent {
  text?: {
    content?: string;
    [key: string]: unknown;
  };
  attachments?: MomentAttachment[];
  visible_range?: VisibleRange;
  [key: string]: unknown;
}

export interface SopTaskError {
  errcode: number;
  errmsg: string;
  [key: string]: unknown;
}

export interface VisibleRange {
  sender_list?: {
    user_list?: string[];
    department_list?: unknown[];
    [key: string]: unknown;
  };
  external_contact_list?: {
    tag_list?: unknown[];
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

// Generated from openapi/member.yaml by `hufu types`. Do not edit.

export interface Operations {
  /** GET /api/v1/members/{id}/daily-reports: 查询会员日报 · List the daily reports of a member */
  listMemberDailyReports: {
    path: {
      id: number | bigint;
    };
    query: {
      startDate?: DateText;
      endDate?: DateText;
      keyword?: string;
    };
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: ListMemberDailyReportsResponse;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
}

export interface DailyReport {
  reportDate: DateText;
  moodValues: string[];
  scenes: string[];
  content?: string | null;
  [key: string]: unknown;
}

export type DateText = string;

export interface ErrorBody {
  error?: string;
  message?: string;
  [key: string]: unknown;
}

export interface ListMemberDailyReportsResponse {
  records: DailyReport[];
  [key: string]: unknown;
}

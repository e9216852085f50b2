// Generated from openapi/file.yaml by `hufu types`. Do not edit.

export interface Operations {
  /** POST /api/v1/file: 上传文件 · Upload a file */
  uploadFile: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: UploadFileRequest;
    replies: {
      200: UploadFileResponse;
      400: ErrorBody;
      401: ErrorBody;
      403: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
  /** GET /api/v1/file/{id}: 下载文件（无需认证） · Download a file (no authentication) */
  downloadFile: {
    path: {
      id: number | bigint;
    };
    query: {};
    header: {};
    cookie: {};
    body: undefined;
    replies: {
      200: DownloadFileResponse;
      400: ErrorBody;
      404: ErrorBody;
      500: ErrorBody;
    };
  };
}

export type DownloadFileResponse = string;

export interface ErrorBody {
  error?: string;
  message?: string;
  [key: string]: unknown;
}

export interface UploadFileRequest {
  file: string;
  moduleName: string;
  [key: string]: unknown;
}

export interface UploadFileResponse {
  id: number | bigint;
  fileName: string;
  signature: string;
  fileSize: number | bigint;
  createTime: number | bigint;
  [key: string]: unknown;
}

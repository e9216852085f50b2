// Generated from openapi/auth.yaml by `hufu types`. Do not edit.

export interface Operations {
  /** POST /oauth/token: 获取或刷新令牌 · Issue or renew tokens */
  issueToken: {
    path: {};
    query: {};
    header: {};
    cookie: {};
    body: IssueTokenRequest;
    replies: {
      200: IssueTokenResponse;
      400: AuthError;
      401: AuthError;
      403: AuthError;
      404: AuthError;
      500: AuthError;
    };
  };
}

export interface AuthError {
  error?: string;
  error_description?: string;
  [key: string]: unknown;
}

export type IssueTokenRequest = PasswordGrantRequest | RefreshTokenGrantRequest;

export interface IssueTokenResponse {
  access_token: string;
  token_type: 'bearer';
  expires_in: number;
  refresh_token: string;
  scope?: string;
  [key: string]: unknown;
}

/** PasswordGrantRequest */
export interface PasswordGrantRequest {
  grant_type: 'password';
  username: string;
  password: string;
  [key: string]: unknown;
}

/** RefreshTokenGrantRequest */
export interface RefreshTokenGrantRequest {
  grant_type: 'refresh_token';
  refresh_token: string;
  [key: string]: unknown;
}

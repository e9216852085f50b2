import { raw, Router } from 'express';
import type { NextFunction, Request, Response } from 'express';
import type { Context } from '../context.ts';
import { membersOf } from '../json.ts';
import { bytesOf, jsonBody, Refusal, refusalOf, sendJson } from '../reply.ts';
import { authenticateClient, authenticateUser } from './clients.ts';
import { findRefreshToken, issueTokens, noteReuse, renew } from './tokens.ts';
import type { Issued } from './tokens.ts';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** `POST /oauth/token`: both grants, told apart by `grant_type`. The client is checked before the body. */
export function authRouter(context: Context): Router {
  const { defect, tokenSeconds } = context;
  const router = Router();

  router.post('/token', (request, response, next) => {
    response.locals['clientId'] = authenticateClient(context, request.headers.authorization);
    next();
  });
  router.post('/token', raw({ type: () => true, limit: '1mb' }), (request, response) => {
    const clientId = String(response.locals['clientId']);
    const body = grantOf(context, request);
    const renewal = grantTypeOf(context, body) === 'refresh_token';
    const issued = renewal ? refreshGrant(context, body, clientId) : passwordGrant(context, body, clientId);

    const seconds = defect('auth-expires-in-ms') ? tokenSeconds * 1000 : tokenSeconds;
    sendJson(response, 200, {
      access_token: issued.access,
      token_type: defect('auth-token-type-case') ? 'Bearer' : 'bearer',
      expires_in: defect('auth-expires-in-text') ? String(seconds) : seconds,
      refresh_token: renewal && defect('auth-refresh-token-missing') ? undefined : issued.refresh,
      scope: defect('auth-scope-null') ? null : 'all',
      ...(defect('auth-password-echoed') ? { username: body['username'], password: body['password'] } : {}),
    });
  });

  router.use((_request: Request, _response: Response) => {
    throw new Refusal(404, 'not_found', '资源不存在');
  });
  router.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const { status, error: name, message } = refusalOf(error);
    if (defect('auth-error-text')) {
      response.status(status).set('content-type', 'text/plain; charset=utf-8').end(message);
      return;
    }
    const code = status === 400 && name === 'Bad Request' ? 'invalid_request' : status === 500 ? 'server_error' : name;
    sendJson(response, status, { error: code, error_description: message });
  });
  return router;
}

type Body = Readonly<Record<string, unknown>>;

function grantOf({ defect }: Context, request: Request): Body {
  if (defect('auth-form-accepted') && request.is('application/x-www-form-urlencoded') !== false) {
    return Object.fromEntries(new URLSearchParams(bytesOf(request)?.toString('utf8')));
  }
  const body = membersOf(jsonBody(request));
  if (body === undefined) throw invalid('请求体必须是 JSON 对象');
  return body;
}

function grantTypeOf({ defect }: Context, body: Body): 'password' | 'refresh_token' {
  const type = body['grant_type'];
  if (type === 'password' || type === 'refresh_token') return type;
  if (type === undefined) throw invalid('缺少参数 grant_type');
  if (defect('auth-grant-type-500')) throw new TypeError('no such grant');
  throw new Refusal(400, 'unsupported_grant_type', '不支持的授权方式');
}

function passwordGrant(context: Context, body: Body, clientId: string): Issued {
  const username = textOf(body, 'username');
  const password = textOf(body, 'password');
  if (!EMAIL.test(username)) throw invalid('username 必须是邮箱地址');
  return issueTokens(context, authenticateUser(context, username, password), clientId);
}

function refreshGrant(context: Context, body: Body, clientId: string): Issued {
  const { defect } = context;
  const token = findRefreshToken(context, textOf(body, 'refresh_token'));
  if (token === undefined) throw new Refusal(401, 'invalid_grant', '刷新令牌无效');
  const foreign = token.clientId !== clientId && !defect('auth-refresh-foreign-client');
  if (token.used && !defect('auth-refresh-reuse')) {
    noteReuse(context, token);
    throw new Refusal(400, 'invalid_grant', '刷新令牌已失效');
  }
  if (foreign) throw new Refusal(400, 'invalid_grant', '刷新令牌已失效');
  return renew(context, token, clientId);
}

function textOf(body: Body, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw invalid(`缺少参数 ${name}`);
  return value;
}

function invalid(message: string): Refusal {
  return new Refusal(400, 'invalid_request', message);
}

import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from '../context.ts';
import { Refusal } from '../reply.ts';

/** What is kept of a secret: its salted hash. */
export function hashSecret(owner: string, secret: string): string {
  return createHash('sha256').update(`${owner}\n${secret}`).digest('hex');
}

function matches(owner: string, secret: string, hash: unknown): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(owner, secret)), Buffer.from(String(hash)));
}

/**
 * The client that HTTP Basic credentials prove (RFC 7617).
 * @throws Refusal 401 without credentials, or with wrong ones.
 */
export function authenticateClient({ database, defect }: Context, authorization: string | undefined): string {
  const wrong = new Refusal(defect('auth-wrong-client-403') ? 403 : 401, 'invalid_client', '客户端凭证无效');
  const encoded = /^Basic +([\w+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) {
    if (defect('auth-client-unchecked')) return String(database.get('SELECT clientId FROM client')?.['clientId']);
    throw wrong;
  }
  const [, clientId = '', secret = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  const client = database.get('SELECT secret FROM client WHERE clientId = ?', clientId);
  if (client === undefined) throw wrong;
  if (!matches(clientId, secret, client['secret']) && !defect('auth-client-secret-unchecked')) throw wrong;
  return clientId;
}

/**
 * The user that a name and a password prove.
 * @throws Refusal 401 for an unknown user and for a wrong password alike.
 */
export function authenticateUser({ database, defect }: Context, username: string, password: string): string {
  const name = defect('auth-plus-refused') ? username.replaceAll('+', ' ') : username;
  const user = database.get('SELECT password FROM user WHERE username = ?', name);
  if (user === undefined && defect('auth-unknown-user-404')) throw new Refusal(404, 'not_found', '用户不存在');
  const proven = user !== undefined && (matches(name, password, user['password']) || defect('auth-password-unchecked'));
  if (!proven) throw new Refusal(401, 'invalid_grant', '用户名或密码错误');
  return name;
}

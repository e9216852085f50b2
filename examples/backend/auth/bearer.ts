import type { Context } from '../context.ts';
import { Refusal } from '../reply.ts';

/**
 * Checks the access token of a call (RFC 6750 section 2.1).
 * @throws Refusal 401 without a token, or with one that is unknown or has expired.
 */
export function requireToken({ database, defect, now }: Context, authorization: string | undefined): void {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Refusal(401, 'Unauthorized', '缺少访问令牌');
  if (defect('auth-any-token-accepted')) return;
  const row = database.get('SELECT expiresAt, revoked FROM access_token WHERE value = ?', token);
  const expired = row !== undefined && Number(row['expiresAt']) <= now() && !defect('auth-expired-token-accepted');
  if (row === undefined || row['revoked'] !== 0n || expired) throw new Refusal(401, 'Unauthorized', '访问令牌无效或已过期');
}

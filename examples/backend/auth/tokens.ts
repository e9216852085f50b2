import { randomUUID } from 'node:crypto';
import type { Context } from '../context.ts';

export interface Issued {
  readonly access: string;
  readonly refresh: string;
}

export interface RefreshToken {
  readonly value: string;
  readonly username: string;
  readonly clientId: string;
  readonly used: boolean;
}

/** Issues a pair of tokens to a user of a client. */
export function issueTokens({ database, now, tokenSeconds }: Context, username: string, clientId: string): Issued {
  const access = randomUUID();
  const refresh = randomUUID();
  database.insert('access_token', { value: access, username, clientId, expiresAt: BigInt(now() + tokenSeconds * 1000) });
  database.insert('refresh_token', { value: refresh, username, clientId });
  return { access, refresh };
}

export function findRefreshToken({ database }: Context, value: string): RefreshToken | undefined {
  const row = database.get('SELECT * FROM refresh_token WHERE value = ?', value);
  return row && { value, username: String(row['username']), clientId: String(row['clientId']), used: row['used'] !== 0n };
}

/** Uses a refresh token up and issues the next pair. The access tokens of before live until they expire. */
export function renew(context: Context, token: RefreshToken, clientId: string): Issued {
  const { database, defect } = context;
  return database.transaction(() => {
    database.run('UPDATE refresh_token SET used = 1 WHERE value = ?', token.value);
    if (defect('auth-refresh-revokes-access')) database.run('UPDATE access_token SET revoked = 1 WHERE username = ?', token.username);
    const before = database.get('SELECT value FROM access_token WHERE username = ? ORDER BY rowid DESC LIMIT 1', token.username);
    const issued = issueTokens(context, token.username, clientId);
    if (defect('auth-refresh-same-token')) {
      database.run('UPDATE refresh_token SET used = 0 WHERE value = ?', token.value);
      return { ...issued, refresh: token.value };
    }
    if (defect('auth-access-token-reissued') && before !== undefined) return { ...issued, access: String(before['value']) };
    return issued;
  });
}

/** The reuse of a refresh token is refused; the newer tokens of the chain stay as they are. */
export function noteReuse({ database, defect }: Context, token: RefreshToken): void {
  if (defect('auth-reuse-ends-chain')) database.run('UPDATE refresh_token SET used = 1 WHERE username = ?', token.username);
}

import { textAt } from '../client.ts';
import type { Answer } from '../client.ts';
import type { Walk } from '../flow.ts';

/** Made-up credentials that open nothing but the mock. */
export const CLIENT = { name: 'demo-client', password: 'demo-client-secret' };
export const PARTNER = { name: 'partner-client', password: 'partner-client-secret' };
export const OPERATOR = { username: 'operator@example.com', password: 'demo-password' };

const TOKEN = '/oauth/token';

/** RFC 7617. */
export function basic({ secret }: Walk, { name, password }: typeof CLIENT): string {
  return `Basic ${secret(Buffer.from(`${name}:${secret(password)}`).toString('base64'))}`;
}

/** Asks for tokens; those that come are secrets. */
async function askTokens(walk: Walk, json: unknown, client = CLIENT): Promise<Answer> {
  const answer = await walk.send('POST', TOKEN, { authorization: basic(walk, client), json });
  if (answer.status === 200) {
    walk.secret(textAt(answer, 'access_token'));
    walk.secret(textAt(answer, 'refresh_token'));
  }
  return answer;
}

export function logIn(walk: Walk, user = OPERATOR): Promise<Answer> {
  return askTokens(walk, { grant_type: 'password', username: walk.secret(user.username), password: walk.secret(user.password) });
}

/** A renewal; RFC 6749 section 6. */
export function renew(walk: Walk, refreshToken: string, client = CLIENT): Promise<Answer> {
  return askTokens(walk, { grant_type: 'refresh_token', refresh_token: walk.secret(refreshToken) }, client);
}

/** Logs in and gives the access token. */
export async function accessToken(walk: Walk): Promise<string> {
  return textAt(await logIn(walk), 'access_token');
}

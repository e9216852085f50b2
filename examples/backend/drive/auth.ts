import { PARTNER } from '../credentials.ts';
import type { Credentials } from '../credentials.ts';
import { textAt } from './client.ts';
import type { Answer } from './client.ts';
import type { Ride } from './ride.ts';

const TOKEN = '/oauth/token';
const TASKS = '/api/v1/notification-tasks?taskType=APPOINTMENT_REMINDER';

export function basic({ clientId, clientSecret }: Pick<Credentials, 'clientId' | 'clientSecret'>): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`, 'utf8').toString('base64')}`;
}

export async function logIn({ send, credentials }: Ride, name: string): Promise<Answer> {
  const { username, password } = credentials;
  return await send(name, 'POST', TOKEN, { authorization: basic(credentials), json: { grant_type: 'password', username, password } });
}

async function renew({ send, credentials }: Ride, name: string, token: string, client: Credentials = credentials): Promise<Answer> {
  const json = { grant_type: 'refresh_token', refresh_token: token };
  return await send(name, 'POST', TOKEN, { authorization: basic(client), json });
}

/** Logging in, renewing, and every way in which both are refused. */
export async function driveAuth(ride: Ride): Promise<void> {
  const { send, credentials, pick } = ride;
  const login = { grant_type: 'password', username: credentials.username, password: credentials.password };
  const authorization = basic(credentials);

  const first = await logIn(ride, 'auth: log in');
  const partnerLogin = { grant_type: 'password', username: PARTNER.username, password: PARTNER.password };
  await send('auth: log in as the partner', 'POST', TOKEN, { authorization: basic(PARTNER), json: partnerLogin });
  await send('auth: token opens the tasks', 'GET', TASKS, { token: textAt(first, 'access_token') });
  await send('auth: made-up token', 'GET', TASKS, { token: '11111111-1111-4111-8111-111111111111' });
  await send('auth: no token', 'GET', TASKS);

  await send('auth: no client', 'POST', TOKEN, { json: login });
  const wrongSecret = basic({ clientId: credentials.clientId, clientSecret: pick(['wrong', '', '错误']) });
  await send('auth: wrong secret', 'POST', TOKEN, { authorization: wrongSecret, json: login });
  await send('auth: unknown client', 'POST', TOKEN, { authorization: basic({ clientId: 'nobody', clientSecret: 'x' }), json: login });
  await send('auth: bearer instead of basic', 'POST', TOKEN, { token: textAt(first, 'access_token'), json: login });
  await send('auth: wrong password', 'POST', TOKEN, { authorization, json: { ...login, password: 'wrong-password' } });
  await send('auth: unknown user', 'POST', TOKEN, { authorization, json: { ...login, username: 'nobody@example.com' } });
  await send('auth: user name that is no address', 'POST', TOKEN, { authorization, json: { ...login, username: 'operator' } });
  await send('auth: no password', 'POST', TOKEN, { authorization, json: { ...login, password: undefined } });
  await send('auth: no grant', 'POST', TOKEN, { authorization, json: { ...login, grant_type: undefined } });
  await send('auth: unknown grant', 'POST', TOKEN, { authorization, json: { ...login, grant_type: 'client_credentials' } });
  await send('auth: no refresh token', 'POST', TOKEN, { authorization, json: { grant_type: 'refresh_token' } });
  await send('auth: broken JSON', 'POST', TOKEN, { authorization, text: '{"grant_type":' });
  await send('auth: a form', 'POST', TOKEN, {
    authorization,
    text: new URLSearchParams(login).toString(),
    contentType: 'application/x-www-form-urlencoded',
  });

  const second = await renew(ride, 'auth: renew', textAt(first, 'refresh_token'));
  await send('auth: token of before the renewal', 'GET', TASKS, { token: textAt(first, 'access_token') });
  await send('auth: token of the renewal', 'GET', TASKS, { token: textAt(second, 'access_token') });
  await renew(ride, 'auth: renew with a used token', textAt(first, 'refresh_token'));
  const third = await renew(ride, 'auth: renew again', textAt(second, 'refresh_token'));
  await renew(ride, 'auth: renew with an unknown token', '22222222-2222-4222-8222-222222222222');
  await renew(ride, 'auth: renew as another client', textAt(third, 'refresh_token'), PARTNER);
  await renew(ride, 'auth: renew after the other client tried', textAt(third, 'refresh_token'));
}

/**
 * What happens when a token has expired.
 * @param patience how long this may take in milliseconds; a token that lives longer is left alone.
 */
export async function driveExpiry(ride: Ride, patience: number): Promise<void> {
  const { send, clock } = ride;
  const tokens = await logIn(ride, 'expiry: log in');
  // What a client is told may be a text or in milliseconds; what it waits for are the published two hours, or less.
  const told = Number((tokens.value as { expires_in?: unknown } | undefined)?.expires_in);
  const life = Math.min(Number.isFinite(told) ? told * 1000 : 7_200_000, 7_200_000);
  if (life + 1000 > patience) return;
  await clock.elapse(life - 1000);
  await send('expiry: just before', 'GET', TASKS, { token: textAt(tokens, 'access_token') });
  await clock.elapse(2000);
  await send('expiry: just after', 'GET', TASKS, { token: textAt(tokens, 'access_token') });
  const renewed = await renew(ride, 'expiry: renew', textAt(tokens, 'refresh_token'));
  await send('expiry: with the new token', 'GET', TASKS, { token: textAt(renewed, 'access_token') });
}

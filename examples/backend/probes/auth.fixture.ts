import type { AUTH_DEFECTS } from '../defects/auth.ts';
import { PARTNER } from '../credentials.ts';
import { basic, logIn } from '../drive/auth.ts';
import { at, textAt } from '../drive/client.ts';
import type { Answer } from '../drive/client.ts';
import type { Ride } from '../drive/ride.ts';
import type { Probe } from './probe.fixture.ts';

const TOKEN = '/oauth/token';

async function post({ send, credentials }: Ride, json: unknown, authorization = basic(credentials)): Promise<Answer> {
  return await send('token', 'POST', TOKEN, { authorization, json });
}

async function renewed(ride: Ride, tokens: Answer, authorization?: string): Promise<Answer> {
  return await post(ride, { grant_type: 'refresh_token', refresh_token: textAt(tokens, 'refresh_token') }, authorization);
}

async function accepted({ send }: Ride, token: string): Promise<number> {
  return (await send('list', 'GET', '/api/v1/notification-tasks?taskType=APPOINTMENT_REMINDER', { token })).status;
}

const login = ({ credentials: { username, password } }: Ride): object => ({ grant_type: 'password', username, password });

/** What a login says, but for the tokens. */
const answerToLogin: Probe = async (ride) => {
  const { access_token: _access, refresh_token: _refresh, ...others } = Object(at((await logIn(ride, 'log in')).value));
  return others;
};

export const AUTH_PROBES: Readonly<Record<(typeof AUTH_DEFECTS)[number]['id'], Probe>> = {
  'auth-expires-in-text': answerToLogin,
  'auth-token-type-case': answerToLogin,
  'auth-scope-null': answerToLogin,
  'auth-password-echoed': answerToLogin,
  'auth-expires-in-ms': answerToLogin,
  'auth-refresh-token-missing': async (ride) => Object.keys(Object((await renewed(ride, await logIn(ride, 'log in'))).value)),
  'auth-client-unchecked': async (ride) => (await ride.send('token', 'POST', TOKEN, { json: login(ride) })).status,
  'auth-client-secret-unchecked': async (ride) =>
    (await post(ride, login(ride), basic({ clientId: ride.credentials.clientId, clientSecret: 'wrong' }))).status,
  'auth-password-unchecked': async (ride) => (await post(ride, { ...login(ride), password: 'wrong' })).status,
  'auth-refresh-reuse': async (ride) => {
    const tokens = await logIn(ride, 'log in');
    await renewed(ride, tokens);
    return (await renewed(ride, tokens)).status;
  },
  'auth-refresh-same-token': async (ride) => {
    const tokens = await logIn(ride, 'log in');
    return textAt(await renewed(ride, tokens), 'refresh_token') === textAt(tokens, 'refresh_token');
  },
  'auth-access-token-reissued': async (ride) => {
    const tokens = await logIn(ride, 'log in');
    return textAt(await renewed(ride, tokens), 'access_token') === textAt(tokens, 'access_token');
  },
  'auth-refresh-foreign-client': async (ride) => (await renewed(ride, await logIn(ride, 'log in'), basic(PARTNER))).status,
  'auth-refresh-revokes-access': async (ride) => {
    const tokens = await logIn(ride, 'log in');
    await renewed(ride, tokens);
    return await accepted(ride, textAt(tokens, 'access_token'));
  },
  'auth-reuse-ends-chain': async (ride) => {
    const tokens = await logIn(ride, 'log in');
    const next = await renewed(ride, tokens);
    await renewed(ride, tokens);
    return (await renewed(ride, next)).status;
  },
  'auth-expired-token-accepted': async (ride) => {
    await ride.clock.elapse(7_200_000);
    return await accepted(ride, ride.token);
  },
  'auth-any-token-accepted': async (ride) => await accepted(ride, 'made-up'),
  'auth-wrong-client-403': async (ride) => (await post(ride, login(ride), basic({ clientId: 'nobody', clientSecret: 'x' }))).status,
  'auth-unknown-user-404': async (ride) => (await post(ride, { ...login(ride), username: 'nobody@example.com' })).status,
  'auth-grant-type-500': async (ride) => (await post(ride, { ...login(ride), grant_type: 'implicit' })).status,
  'auth-error-text': async (ride) => (await post(ride, {})).headers.get('content-type'),
  'auth-form-accepted': async (ride) => {
    const text = new URLSearchParams(Object.entries(login(ride))).toString();
    const authorization = basic(ride.credentials);
    return (await ride.send('form', 'POST', TOKEN, { authorization, text, contentType: 'application/x-www-form-urlencoded' })).status;
  },
  'auth-plus-refused': async (ride) => (await logIn({ ...ride, credentials: PARTNER }, 'log in')).status,
};

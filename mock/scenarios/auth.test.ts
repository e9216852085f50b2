import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMock } from '../../index.ts';
import type { MockSession, StartedMock, TestAnswer } from '../../index.ts';

let mock: StartedMock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(async () => {
  await mock.close();
});

const LOGIN = { grant_type: 'password', username: 'operator@example.com', password: 'demo-password' };
const TASKS = '/api/v1/notification-tasks?taskType=APPOINTMENT_REMINDER';

function basic(name: string, secret: string): string {
  return `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;
}

async function issue(world: MockSession, body: unknown, authorization = basic('demo-client', 'demo-client-secret')): Promise<TestAnswer> {
  return await world.fetch('/oauth/token', { method: 'POST', headers: { authorization }, body });
}

async function refresh(world: MockSession, token: string): Promise<TestAnswer> {
  return await issue(world, { grant_type: 'refresh_token', refresh_token: token });
}

async function listTasks(world: MockSession, token: string): Promise<number> {
  return (await world.fetch(TASKS, { headers: { authorization: `Bearer ${token}` } })).status;
}

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** The tokens of an answer that issued some. */
function tokensOf(answer: TestAnswer): Tokens {
  expect(answer).toMatchObject({
    status: 200,
    body: { token_type: 'bearer', access_token: expect.stringMatching(/./), refresh_token: expect.stringMatching(/./) },
  });
  return answer.body as Tokens;
}

async function issued(world: MockSession): Promise<{ access: number; refresh: number }> {
  const rows = await world.state.read();
  return { access: rows['auth/accessToken']?.length ?? 0, refresh: rows['auth/refreshToken']?.length ?? 0 };
}

test('T-AUTH-1 the password grant issues two different tokens', async () => {
  const world = mock.session({ scenario: 'empty' });
  const answer = await issue(world, LOGIN);
  const tokens = tokensOf(answer);
  expect((answer.body as { expires_in: number }).expires_in).toBeGreaterThan(0);
  expect(tokens.access_token).not.toBe(tokens.refresh_token);
  await world.expectNoViolations();
});

test('T-AUTH-2 an issued token opens the other modules', async () => {
  const world = mock.session({ scenario: 'empty' });
  const tokens = tokensOf(await issue(world, LOGIN));
  expect(await listTasks(world, tokens.access_token)).toBe(200);
  await world.expectNoViolations();
});

test('T-AUTH-3 the refresh grant issues a new pair', async () => {
  const world = mock.session({ scenario: 'empty' });
  const first = tokensOf(await issue(world, LOGIN));
  const second = tokensOf(await refresh(world, first.refresh_token));
  expect(second.access_token).not.toBe(first.access_token);
  expect(second.refresh_token).not.toBe(first.refresh_token);
  // R-AUTH-10: the first access token lives on.
  expect(await listTasks(world, first.access_token)).toBe(200);
  await world.expectNoViolations();
});

// The document accepts 400 or 401 for a used token; the mock answers 400.
test('T-AUTH-4 a refresh token works once', async () => {
  const world = mock.session({ scenario: 'empty' });
  const first = tokensOf(await issue(world, LOGIN));
  tokensOf(await refresh(world, first.refresh_token));
  const before = await issued(world);
  expect(before).toEqual({ access: 2, refresh: 2 });
  expect(await refresh(world, first.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  expect(await issued(world)).toEqual(before);
  await world.expectNoViolations();
});

test('T-AUTH-5 the chain of refresh tokens goes on after a reuse', async () => {
  const world = mock.session({ scenario: 'empty' });
  const first = tokensOf(await issue(world, LOGIN));
  const second = tokensOf(await refresh(world, first.refresh_token));
  expect((await refresh(world, first.refresh_token)).status).toBe(400);
  const third = tokensOf(await refresh(world, second.refresh_token));
  tokensOf(await refresh(world, third.refresh_token));
  await world.expectNoViolations();
});

test.each([
  { name: 'no header', authorization: undefined },
  { name: 'an unknown client', authorization: basic('nobody', 'demo-client-secret') },
  { name: 'a wrong secret', authorization: basic('demo-client', 'wrong') },
  { name: 'the secret of another client', authorization: basic('demo-client', 'partner-client-secret') },
  { name: 'no colon', authorization: `Basic ${Buffer.from('demo-client').toString('base64')}` },
  { name: 'a bearer token', authorization: 'Bearer 00000000-0000-4000-8000-00000000a001' },
])('T-AUTH-6 client credentials are needed: $name', async ({ authorization }) => {
  const world = mock.session({ scenario: 'empty' });
  const headers = authorization === undefined ? {} : { authorization };
  expect(await world.fetch('/oauth/token', { method: 'POST', headers, body: LOGIN })).toMatchObject({
    status: 401,
    body: { error: 'invalid_client' },
  });
  expect(await issued(world)).toEqual({ access: 0, refresh: 0 });
  await world.expectNoViolations();
});

test.each([
  { name: 'missing', body: { username: LOGIN.username, password: LOGIN.password } },
  { name: 'unknown', body: { ...LOGIN, grant_type: 'client_credentials' } },
  { name: 'without its fields', body: { grant_type: 'refresh_token' } },
])('T-AUTH-7 grant_type $name is refused', async ({ body }) => {
  const world = mock.session({ scenario: 'empty' });
  expect((await issue(world, body)).status).toBe(400);
  await world.expectNoViolations();
});

test('T-AUTH-8 a wrong password issues nothing', async () => {
  const world = mock.session({ scenario: 'empty' });
  expect(await issue(world, { ...LOGIN, password: 'wrong' })).toMatchObject({ status: 401, body: { error: 'invalid_grant' } });
  expect(await issue(world, { ...LOGIN, username: 'nobody@example.com' })).toMatchObject({ status: 401, body: { error: 'invalid_grant' } });
  expect(await issued(world)).toEqual({ access: 0, refresh: 0 });
  await world.expectNoViolations();
});

test('T-AUTH-9 an access token ends by the clock, the refresh token does not', async () => {
  const world = mock.session({ scenario: 'empty' });
  await world.clock.freeze('2026-03-01T09:00:00+08:00');
  const answer = await issue(world, LOGIN);
  const { access_token, refresh_token } = tokensOf(answer);
  const seconds = (answer.body as { expires_in: number }).expires_in;
  await world.clock.advance(seconds * 1000 - 1);
  expect(await listTasks(world, access_token)).toBe(200);
  await world.clock.advance(1);
  expect(await listTasks(world, access_token)).toBe(401);
  const renewed = tokensOf(await refresh(world, refresh_token));
  expect(await listTasks(world, renewed.access_token)).toBe(200);
  await world.expectNoViolations();
});

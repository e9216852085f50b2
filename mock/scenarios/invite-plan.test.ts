import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMock } from '../../index.ts';
import type { MockSession, StartedMock } from '../../index.ts';

let mock: StartedMock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(async () => {
  await mock.close();
});

const at = (taskId: string, part = ''): string => `/ptoss-connect/tiktop/${taskId}${part}`;
const get = (world: MockSession, taskId: string, part = '') => world.fetch(at(taskId, part));
const post = (world: MockSession, taskId: string, part: string, body: unknown) => world.fetch(at(taskId, part), { method: 'POST', body });

const login = { type: 1, region: '新加坡', refTaskId: 't0', shopId: 'shop-1', content: { method: '手机号', phone: '13800000000' } };
const invitation = {
  type: 2,
  region: '新加坡',
  shopId: 'shop-1',
  content: {
    name: '春季新品达人邀约',
    products: [
      { productId: '101', commissionRate: 15 },
      { productId: '102', commissionRate: 20 },
    ],
    creatorIds: ['creator-1', 'creator-2'],
    expireDateTime: '2026-04-30T15:59:59.000Z',
    contactInfo: { email: 'partner@example.com', phone: '13800000001' },
  },
};
const message = {
  type: 3,
  region: '新加坡',
  refTaskId: 't2',
  shopId: 'shop-1',
  content: { creatorId: 'creator-1', text: '样品已寄出，请查收。' },
};

test('T-INV-1 a posted login is repeated without the fields of the server', async () => {
  const world = mock.session({ scenario: 'empty' });
  const answer = await post(world, 't1', '/seller-login', login);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual(login);
  await world.expectNoViolations();
});

test('T-INV-2 a posted login is read back with id, state and time; the password is masked', async () => {
  const world = mock.session({ scenario: 'empty' });
  await world.clock.freeze('2026-03-12T10:00:00+08:00');
  const content = { ...login.content, password: 'a made-up one' };
  // D0-25: the password does not come back, in the answer to the POST either.
  const masked = { ...content, password: '********' };
  expect((await post(world, 't1', '/seller-login', { ...login, content })).body).toEqual({ ...login, content: masked });
  const answer = await get(world, 't1', '/seller-login');
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    ...login,
    content: masked,
    taskId: 't1',
    status: 1,
    message: '正在登录',
    createdAt: '2026-03-12T02:00:00.000Z',
    completedAt: null,
  });
  expect((await world.state.read())['invite-plan/sellerLogin']).toMatchObject([{ content: masked }]);
  await world.expectNoViolations();
});

test('T-INV-3 an invitation is read back with its products and creators', async () => {
  const world = mock.session({ scenario: 'empty' });
  expect((await post(world, 't2', '/creator-invitition', invitation)).status).toBe(200);
  const { status, body } = await get(world, 't2', '/creator-invitition');
  expect(status).toBe(200);
  expect(body).toMatchObject({ taskId: 't2', content: invitation.content });
  expect(body).not.toHaveProperty('refTaskId');
  await world.expectNoViolations();
});

test('T-INV-4 an invitation that the control hook completes shows another state and its time', async () => {
  const world = mock.session({ scenario: 'empty' });
  await world.clock.freeze('2026-03-12T10:00:00+08:00');
  await post(world, 't2', '/creator-invitition', invitation);
  expect((await get(world, 't2', '/creator-invitition')).body).toMatchObject({ status: 1, completedAt: null });
  await world.state.patch({
    'invite-plan/creatorInvitation': [{ taskId: 't2', status: 3, message: '达人已关闭邀请', completedAt: '2026-03-12T02:00:05.000Z' }],
  });
  const failed = { status: 3, createdAt: '2026-03-12T02:00:00.000Z', completedAt: '2026-03-12T02:00:05.000Z', content: invitation.content };
  expect((await get(world, 't2', '/creator-invitition')).body).toMatchObject(failed);
  await world.expectNoViolations();
});

test('T-INV-4 an invitation that is left alone completes as time goes by', async () => {
  const world = mock.session({ scenario: 'empty' });
  await world.clock.freeze('2026-03-12T10:00:00+08:00');
  await post(world, 't2', '/creator-invitition', invitation);
  await world.clock.advance(9_999);
  expect((await get(world, 't2', '/creator-invitition')).body).toMatchObject({ status: 1, completedAt: null });
  await world.clock.advance(60_000);
  expect((await get(world, 't2', '/creator-invitition')).body).toMatchObject({ status: 2, completedAt: '2026-03-12T02:00:10.000Z' });
  expect((await get(world, 't2')).body).toMatchObject({ taskId: 't2', status: 2, completedAt: '2026-03-12T02:00:30.000Z' });
  await world.expectNoViolations();
});

test('T-INV-5 a message is read back with its addressee, text and related task', async () => {
  const world = mock.session({ scenario: 'empty' });
  await post(world, 't1', '/seller-login', login);
  expect((await post(world, 't1', '/im', message)).body).toEqual(message);
  const { status, body } = await get(world, 't1', '/im');
  expect(status).toBe(200);
  expect(body).toMatchObject({ taskId: 't1', refTaskId: 't2', content: message.content });
  // The task stays as its first POST made it (R-INV-11).
  const { content: _content, ...task } = login;
  const server = { taskId: 't1', status: 1, message: expect.any(String), createdAt: expect.any(String), completedAt: null };
  expect((await get(world, 't1')).body).toEqual({ ...task, ...server });
  await world.expectNoViolations();
});

test.each([
  { part: '/seller-login', sent: login },
  { part: '/creator-invitition', sent: { ...invitation, refTaskId: 't1' } },
  { part: '/im', sent: message },
])('T-INV-5 a second post of $part replaces the first wholly', async ({ part, sent }) => {
  const world = mock.session({ scenario: 'empty' });
  await world.clock.freeze('2026-03-12T10:00:00+08:00');
  await post(world, 't1', part, sent);
  await world.clock.advance(60_000);
  expect((await get(world, 't1', part)).body).toMatchObject({ ...sent, status: 2 });
  const { refTaskId: _left, ...second } = { ...sent, region: '泰国' };
  expect((await post(world, 't1', part, second)).body).toEqual(second);
  const { body } = await get(world, 't1', part);
  expect(body).toEqual({
    ...second,
    taskId: 't1',
    status: 1,
    message: expect.any(String),
    createdAt: '2026-03-12T02:01:00.000Z',
    completedAt: null,
  });
  await world.expectNoViolations();
});

test('T-INV-6 an unknown task is 404', async () => {
  const world = mock.session();
  for (const part of ['', '/seller-login', '/creator-invitition', '/im']) {
    expect(await get(world, 'nope', part)).toMatchObject({
      status: 404,
      body: { error: 'not_found', message: expect.stringContaining('任务不存在') },
    });
  }
  await world.expectNoViolations();
});

test('T-INV-7 a task with a login only has no message', async () => {
  const world = mock.session({ scenario: 'empty' });
  await post(world, 't1', '/seller-login', login);
  expect(await get(world, 't1', '/im')).toMatchObject({
    status: 404,
    body: { error: 'not_found', message: expect.stringContaining('私信') },
  });
  expect(await get(world, 't1', '/seller-login')).toMatchObject({ status: 200, body: { content: login.content } });
  await world.expectNoViolations();
});

test('T-INV-8 the misspelt keys of the tables are refused and nothing is stored', async () => {
  const world = mock.session({ scenario: 'empty' });
  const { expireDateTime, creatorIds, ...rest } = invitation.content;
  const misspelt = { ...invitation, content: { ...rest, exporeDateTime: expireDateTime, creatorId: creatorIds[0] } };
  expect(await post(world, 't3', '/creator-invitition', misspelt)).toMatchObject({ status: 400, body: { error: 'bad_request' } });
  expect((await get(world, 't3', '/creator-invitition')).status).toBe(404);
  expect((await get(world, 't3')).status).toBe(404);
  await world.expectNoViolations();
});

test('T-INV-9 a content that is a text is refused', async () => {
  const world = mock.session({ scenario: 'empty' });
  expect(await post(world, 't1', '/im', { ...message, content: '样品已寄出' })).toMatchObject({
    status: 400,
    body: { error: 'bad_request' },
  });
  expect((await get(world, 't1', '/im')).status).toBe(404);
  await world.expectNoViolations();
});

test('T-INV-10 only the published spelling of the path exists', async () => {
  const world = mock.session({ scenario: 'empty' });
  await post(world, 't2', '/creator-invitition', invitation);
  expect((await get(world, 't2', '/creator-invitation')).status).toBe(404);
  expect(world.journal().at(-1)?.operation).toBeUndefined();
  expect((await get(world, 't2', '/creator-invitition')).status).toBe(200);
  await world.expectNoViolations();
});

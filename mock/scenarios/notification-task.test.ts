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

const authorization = 'Bearer 00000000-0000-4000-8000-00000000a001';
const TASKS = '/api/v1/notification-tasks';
const MORNING = '2026-03-01T08:00:00+08:00';
const HOUR = 3_600_000;

const TASK = {
  taskName: '三八节专属优惠提醒',
  taskType: 'CUSTOMER_RESOURCE_REMINDER',
  scheduledStartTime: '2026-03-01 09:00:00',
  contents: [{ contentType: 'TEXT', contentValue: '您的专属优惠即将到期' }],
  members: [
    { userId: 'u-1001', nickname: '小林' },
    { userId: 'u-1002', nickname: '小周' },
  ],
};

/** An empty world at eight in the morning, an hour before the task starts. */
async function start(): Promise<MockSession> {
  const world = mock.session({ scenario: 'empty' });
  await world.clock.freeze(MORNING);
  return world;
}

async function get(world: MockSession, path: string): Promise<TestAnswer> {
  return await world.fetch(`${TASKS}${path}`, { headers: { authorization } });
}

async function create(world: MockSession, fields: Readonly<Record<string, unknown>> = {}): Promise<TestAnswer> {
  return await world.fetch(TASKS, { method: 'POST', headers: { authorization }, body: { ...TASK, ...fields } });
}

async function created(world: MockSession, fields: Readonly<Record<string, unknown>> = {}): Promise<number> {
  const { status, body } = await create(world, fields);
  expect(status).toBe(200);
  return (body as { id: number }).id;
}

async function terminate(world: MockSession, id: number, body?: unknown): Promise<TestAnswer> {
  return await world.fetch(`${TASKS}/${id}/termination`, { method: 'PUT', headers: { authorization }, body });
}

async function total(world: MockSession): Promise<number> {
  const { body } = await get(world, `?taskType=${TASK.taskType}`);
  return (body as { page: { total: number } }).page.total;
}

interface Execution {
  readonly memberId: number;
  readonly memberName: string | null;
  readonly status: string;
  readonly executeTime: string | null;
  readonly failureReason?: string;
}

async function executions(world: MockSession, id: number, query = ''): Promise<readonly Execution[]> {
  const { status, body } = await get(world, `/${id}/executions${query}`);
  expect(status).toBe(200);
  return (body as { records: readonly Execution[] }).records;
}

test('T-NTF-1 a new task is pending and ends at 22:00 unless it says otherwise', async () => {
  const world = await start();
  expect(await create(world)).toMatchObject({
    status: 200,
    body: {
      taskName: TASK.taskName,
      taskType: TASK.taskType,
      status: 'PENDING',
      createTime: '2026-03-01 08:00:00',
      lastUpdateTime: '2026-03-01 08:00:00',
      scheduledStartTime: '2026-03-01 09:00:00',
      scheduledEndTime: '2026-03-01 22:00:00',
      totalMembers: 2,
    },
  });
  await world.expectNoViolations();
});

test('T-NTF-2 the detail counts members and names contents type and value', async () => {
  const world = await start();
  const id = await created(world);
  expect(await get(world, `/${id}`)).toMatchObject({
    status: 200,
    body: {
      id,
      status: 'PENDING',
      statistics: { totalMembers: 2, successCount: 0 },
      contents: [{ type: 'TEXT', value: '您的专属优惠即将到期' }],
      fileIds: [],
      members: TASK.members,
    },
  });
  await world.expectNoViolations();
});

test('T-NTF-3 a pending task can be terminated, with or without a body', async () => {
  const world = await start();
  for (const body of [{ reason: '门店临时取消活动' }, {}, undefined]) {
    const id = await created(world);
    expect(await terminate(world, id, body)).toMatchObject({
      status: 200,
      body: { previousStatus: 'PENDING', currentStatus: 'TERMINATED' },
    });
    expect((await get(world, `/${id}`)).body).toMatchObject({ status: 'TERMINATED' });
  }
  await world.expectNoViolations();
});

test('T-NTF-4 a task executes from its start on and can be terminated then', async () => {
  const world = await start();
  const id = await created(world);
  await world.clock.advance(HOUR - 1);
  expect((await get(world, `/${id}`)).body).toMatchObject({ status: 'PENDING' });
  await world.clock.advance(1);
  expect((await get(world, `/${id}`)).body).toMatchObject({ status: 'EXECUTING', lastUpdateTime: '2026-03-01 09:00:00' });
  // Members are served one a second, the first after five: one is done, the other never will be.
  await world.clock.advance(5_000);
  expect((await get(world, `/${id}`)).body).toMatchObject({ status: 'EXECUTING', statistics: { totalMembers: 2, successCount: 1 } });
  expect((await terminate(world, id)).body).toEqual({ previousStatus: 'EXECUTING', currentStatus: 'TERMINATED' });
  await world.clock.advance(24 * HOUR);
  expect(await executions(world, id)).toMatchObject([
    { memberName: '小林', status: 'COMPLETED', executeTime: '2026-03-01 09:00:05' },
    { memberName: '小周', status: 'PENDING', executeTime: null },
  ]);
  expect((await get(world, `/${id}`)).body).toMatchObject({ status: 'TERMINATED', statistics: { totalMembers: 2, successCount: 1 } });
  await world.expectNoViolations();
});

test('T-NTF-5 a terminated task can not be terminated again', async () => {
  const world = await start();
  const id = await created(world);
  expect((await terminate(world, id)).status).toBe(200);
  const before = (await get(world, `/${id}`)).body;
  await world.clock.advance(1_000);
  expect((await terminate(world, id, { reason: '再次终止' })).status).toBe(400);
  expect((await get(world, `/${id}`)).body).toEqual(before);
  expect(before).toMatchObject({ status: 'TERMINATED' });
  await world.expectNoViolations();
});

test('T-NTF-6 a task ends by itself and can not be terminated then', async () => {
  const world = await start();
  const id = await created(world, { scheduledEndTime: '2026-03-01 19:00:00' });
  await world.clock.freeze('2026-03-01T19:00:00+08:00');
  expect((await get(world, `/${id}`)).body).toMatchObject({
    status: 'COMPLETED',
    scheduledEndTime: '2026-03-01 19:00:00',
    statistics: { totalMembers: 2, successCount: 2 },
  });
  expect((await terminate(world, id)).status).toBe(400);
  expect((await get(world, `/${id}`)).body).toMatchObject({ status: 'COMPLETED' });
  await world.expectNoViolations();
});

test('T-NTF-6 members that were not served when the task ended have failed', async () => {
  const world = await start();
  const id = await created(world, { scheduledEndTime: '2026-03-01 09:00:05' });
  await world.clock.advance(2 * HOUR);
  expect(await executions(world, id)).toMatchObject([
    { memberName: '小林', status: 'COMPLETED', executeTime: '2026-03-01 09:00:05' },
    { memberName: '小周', status: 'FAILED', executeTime: null, failureReason: expect.stringMatching(/./) },
  ]);
  expect((await get(world, `/${id}`)).body).toMatchObject({ status: 'COMPLETED', statistics: { totalMembers: 2, successCount: 1 } });
  await world.expectNoViolations();
});

test.each([
  { name: 'both fileIds and members', fields: { fileIds: [12345] } },
  { name: 'neither', fields: { members: undefined } },
  { name: 'an empty list of members', fields: { members: [] } },
])('T-NTF-7 $name: refused', async ({ fields }) => {
  const world = await start();
  expect((await create(world, fields)).status).toBe(400);
  expect(await total(world)).toBe(0);
  await world.expectNoViolations();
});

test('T-NTF-8 a member needs a userId or a ciq', async () => {
  const world = await start();
  await created(world);
  for (const member of [{ nickname: '小陈' }, { userId: '', nickname: '小陈' }, { memberId: 7, nickname: '小陈' }]) {
    expect((await create(world, { members: [...TASK.members, member] })).status).toBe(400);
  }
  expect(await total(world)).toBe(1);
  expect((await create(world, { members: [{ ciq: 'ciq-2001' }] })).status).toBe(200);
  await world.expectNoViolations();
});

test.each([
  { name: 'no member has it', text: '{{city}}的朋友', members: TASK.members, want: 400 },
  { name: 'one member lacks it', text: '{{city}}的朋友', members: [{ userId: 'a', city: '上海' }, { userId: 'b' }], want: 400 },
  { name: 'a name of JavaScript', text: '{{constructor}}', members: TASK.members, want: 400 },
  {
    name: 'every member has it',
    text: '{{city}}的朋友',
    members: [
      { userId: 'a', city: '上海' },
      { userId: 'b', city: '苏州' },
    ],
    want: 200,
  },
  { name: 'name stands for nickname', text: '尊敬的{{name}}', members: TASK.members, want: 200 },
  { name: 'not a variable', text: '{city} {{', members: TASK.members, want: 200 },
])('T-NTF-9 a variable of the text, $name: $want', async ({ text, members, want }) => {
  const world = await start();
  expect((await create(world, { contents: [{ contentType: 'TEXT', contentValue: text }], members })).status).toBe(want);
  expect(await total(world)).toBe(want === 200 ? 1 : 0);
  await world.expectNoViolations();
});

test.each([
  { name: 'an end on the next day', fields: { scheduledEndTime: '2026-03-02 08:00:00' }, want: 400, message: '同一天' },
  { name: 'an end before the start', fields: { scheduledEndTime: '2026-03-01 08:59:59' }, want: 400, message: '不能早于开始' },
  { name: 'an end at the start', fields: { scheduledEndTime: '2026-03-01 09:00:00' }, want: 200 },
  { name: 'a start after 22:00 without an end', fields: { scheduledStartTime: '2026-03-01 22:00:01' }, want: 400, message: '晚于 22:00' },
  {
    name: 'a start after 22:00 with an end',
    fields: { scheduledStartTime: '2026-03-01 22:00:01', scheduledEndTime: '2026-03-01 23:00:00' },
    want: 200,
  },
  { name: 'a day that does not exist', fields: { scheduledStartTime: '2026-02-30 09:00:00' }, want: 400, message: '时间不存在' },
  { name: 'a name of 121 characters', fields: { taskName: '名'.repeat(121) }, want: 400 },
  { name: 'a name of 120 characters', fields: { taskName: '名'.repeat(120) }, want: 200 },
  { name: 'a name of 120 characters outside the BMP', fields: { taskName: '🐯'.repeat(120) }, want: 200 },
])('T-NTF-10 $name: $want', async ({ fields, want, message = '' }) => {
  const world = await start();
  const answer = await create(world, fields);
  expect(answer.status).toBe(want);
  if (want === 400) expect(answer.body).toMatchObject({ message: expect.stringContaining(message) });
  await world.expectNoViolations();
});

test('T-NTF-11 the list needs a taskType', async () => {
  const world = await start();
  expect((await get(world, '')).status).toBe(400);
  expect((await get(world, '?taskType=OTHER')).status).toBe(400);
  await world.expectNoViolations();
});

test('T-NTF-12 the list counts pages from 0, newest first', async () => {
  const world = await start();
  const ids: number[] = [];
  for (let count = 0; count < 25; count += 1) ids.push(await created(world));
  await created(world, { taskType: 'APPOINTMENT_REMINDER' });
  const listed = async (query: string): Promise<unknown> => {
    const { body } = await get(world, `?taskType=${TASK.taskType}${query}`);
    const { page, records } = body as { page: unknown; records: { id: number }[] };
    return { page, ids: records.map((record) => record.id) };
  };
  const newest = ids.toReversed();
  expect(await listed('&current=1&size=20')).toEqual({ page: { current: 1, size: 20, total: 25 }, ids: newest.slice(20) });
  expect(await listed('')).toEqual({ page: { current: 0, size: 20, total: 25 }, ids: newest.slice(0, 20) });
  expect((await get(world, `?taskType=${TASK.taskType}&size=101`)).status).toBe(400);
  await world.expectNoViolations();
});

test('T-NTF-12 the list is narrowed by status and by a window on the start', async () => {
  const world = await start();
  const first = await created(world);
  const second = await created(world, { scheduledStartTime: '2026-03-01 10:00:00' });
  await world.clock.advance(HOUR);
  const ids = async (query: Readonly<Record<string, string>>): Promise<number[]> => {
    const { body } = await get(world, `?${new URLSearchParams({ taskType: TASK.taskType, ...query }).toString()}`);
    return (body as { records: { id: number }[] }).records.map((record) => record.id);
  };
  expect(await ids({ status: 'EXECUTING' })).toEqual([first]);
  expect(await ids({ status: 'PENDING' })).toEqual([second]);
  expect(await ids({ startTime: '2026-03-01 09:00:00', endTime: '2026-03-01 10:00:00' })).toEqual([second, first]);
  expect(await ids({ startTime: '2026-03-01 09:00:01' })).toEqual([second]);
  expect(await ids({ endTime: '2026-03-01 09:59:59' })).toEqual([first]);
  await world.expectNoViolations();
});

// Where null times stand and the direction that is not asked for are open in the document; only what is asked for is looked at.
test('T-NTF-13 the executions show every member, sorted as asked', async () => {
  const world = await start();
  const id = await created(world, { members: ['小林', '小周', '小陈'].map((nickname, index) => ({ userId: `u-${index}`, nickname })) });
  const [, second] = await executions(world, id);
  await world.state.patch({
    'notification-task/execution': [{ memberId: second?.memberId, status: 'FAILED', failureReason: '客户已退群，无法送达' }],
  });
  await world.clock.advance(24 * HOUR);

  const ascending = await executions(world, id, '?orderBy=status&orderDirection=ASC');
  expect(ascending.map((execution) => [execution.memberName, execution.status])).toEqual([
    ['小林', 'COMPLETED'],
    ['小陈', 'COMPLETED'],
    ['小周', 'FAILED'],
  ]);
  expect(ascending[2]).toMatchObject({ executeTime: null, failureReason: '客户已退群，无法送达' });
  expect((await executions(world, id, '?orderBy=status&orderDirection=DESC'))[0]).toMatchObject({ status: 'FAILED' });
  expect(
    (await executions(world, id, '?orderBy=executeTime&orderDirection=DESC'))
      .filter((execution) => execution.executeTime !== null)
      .map((execution) => execution.memberName),
  ).toEqual(['小陈', '小林']);
  expect((await get(world, `/${id}/executions?current=1&size=2`)).body).toMatchObject({
    page: { current: 1, size: 2, total: 3 },
    records: [{ memberName: '小陈' }],
  });
  expect((await get(world, `/${id}`)).body).toMatchObject({ status: 'COMPLETED', statistics: { totalMembers: 3, successCount: 2 } });
  expect((await get(world, `/${id}/executions?size=101`)).status).toBe(400);
  expect((await get(world, `/${id}/executions?orderBy=memberId`)).status).toBe(400);
  await world.expectNoViolations();
});

test('T-NTF-14 without a token 401, an unknown task 404', async () => {
  const world = await start();
  const calls = [
    { path: '/999999', method: 'GET' },
    { path: '/999999/executions', method: 'GET' },
    { path: '/999999/termination', method: 'PUT' },
  ];
  for (const { path, method } of calls) {
    expect((await world.fetch(`${TASKS}${path}`, { method })).status).toBe(401);
    expect((await world.fetch(`${TASKS}${path}`, { method, headers: { authorization } })).status).toBe(404);
  }
  expect((await world.fetch(TASKS, { method: 'POST', body: TASK })).status).toBe(401);
  expect((await world.fetch(`${TASKS}?taskType=${TASK.taskType}`)).status).toBe(401);
  expect(await total(world)).toBe(0);
  await world.expectNoViolations();
});

async function upload(world: MockSession, fileName: string): Promise<number> {
  const body = new FormData();
  body.set('file', new File(['stand-in for a workbook'], fileName));
  body.set('moduleName', 'notification');
  const answer = await world.fetch('/api/v1/file', { method: 'POST', headers: { authorization }, body });
  expect(answer.status).toBe(200);
  return (answer.body as { id: number }).id;
}

test('T-NTF-15 a task made from files has the members behind them', async () => {
  const world = await start();
  const fileId = await upload(world, '会员名单.xlsx');
  const members = Array.from({ length: 4 }, (_, index) => ({
    id: 900 + index,
    fileId,
    userId: `u-${index}`,
    nickname: `客户${index}号`,
    city: '上海',
  }));
  await world.state.patch({ 'file/memberRow': members });
  const behind = ((await world.state.read())['file/memberRow'] ?? []).filter((row) => row['fileId'] === fileId);
  const made = await create(world, {
    members: undefined,
    fileIds: [fileId],
    contents: [{ contentType: 'TEXT', contentValue: '{{city}}的{{name}}' }],
  });
  expect(made).toMatchObject({ status: 200, body: { status: 'PENDING', totalMembers: behind.length } });
  expect(behind.length).toBeGreaterThanOrEqual(4);
  const { id } = made.body as { id: number };
  expect(await executions(world, id)).toHaveLength(behind.length);
  expect((await get(world, `/${id}`)).body).toMatchObject({
    fileIds: [fileId],
    members: [],
    statistics: { totalMembers: behind.length, successCount: 0 },
  });
  await world.expectNoViolations();
});

test.each([
  { name: 'an unknown file', fileName: undefined, text: '您好', message: '不存在的文件' },
  { name: 'a file that is not Excel', fileName: '会员名单.csv', text: '您好', message: '不是 Excel' },
  { name: 'a variable that the file does not have', fileName: '会员名单.xlsx', text: '{{city}}', message: '变量 city' },
])('T-NTF-15 $name is refused', async ({ fileName, text, message }) => {
  const world = await start();
  const fileId = fileName === undefined ? 999_999 : await upload(world, fileName);
  await world.state.patch({ 'file/memberRow': [{ id: 900, fileId, userId: 'u-1', nickname: '小林' }] });
  const answer = await create(world, { members: undefined, fileIds: [fileId], contents: [{ contentType: 'TEXT', contentValue: text }] });
  expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining(message) } });
  expect(await total(world)).toBe(0);
  await world.expectNoViolations();
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMock } from '../../index.ts';
import type { MockSession, StartedMock, TestAnswer } from '../../index.ts';

const BASE = '/api/v1/marketing-notice';
/** A token of the auth module's first rows that has ended. */
const EXPIRED = '00000000-0000-4000-8000-00000000a002';
const AUTHORIZATION = { authorization: 'Bearer any-token' };

let mock: StartedMock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(async () => {
  await mock.close();
});

type Json = Record<string, unknown>;

/** A call with a token; the path goes on from the module's base. */
async function call(
  world: MockSession,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: Json }> {
  const answer: TestAnswer = await world.fetch(BASE + path, { method, headers: AUTHORIZATION, ...(body === undefined ? {} : { body }) });
  return { status: answer.status, body: answer.body as Json };
}

async function idOf(made: Promise<{ readonly status: number; readonly body: Json }>): Promise<number> {
  const { status, body } = await made;
  expect(status).toBe(200);
  return body['id'] as number;
}

const makeGroup = (world: MockSession, name = '春季新品推广'): Promise<number> => idOf(call(world, 'POST', '/group', { name }));
const makePlan = (world: MockSession, groupId: number, options = 'RELEASE', name = '到店体验邀约'): Promise<number> =>
  idOf(call(world, 'POST', '', { options, data: { name, groupId } }));

async function upload(world: MockSession, fileName = '会员名单.xlsx'): Promise<number> {
  const body = new FormData();
  body.set('file', new File(['rows'], fileName));
  body.set('moduleName', 'marketing');
  const answer = await world.fetch('/api/v1/file', { method: 'POST', headers: AUTHORIZATION, body });
  expect(answer.status).toBe(200);
  return (answer.body as { id: number }).id;
}

const rowsOf = (page: Json): Json[] => page['content'] as Json[];
const plansOf = (list: Json): Json[] => (list['records'] as { plan: Json[] }[]).flatMap((record) => record.plan);

/** A plan in execution and a task of it that starts at half past nine. */
async function makeTask(world: MockSession): Promise<{ readonly planId: number; readonly taskId: number }> {
  const planId = await makePlan(world, await makeGroup(world));
  const taskId = await idOf(
    call(world, 'POST', `/${planId}/task`, { name: '三月第一批顾客', startTime: '2026-03-02 09:30', fileIds: [await upload(world)] }),
  );
  return { planId, taskId };
}

test('T-MKT-1 a new group is found by its id and in the list', async () => {
  const world = mock.session({ scenario: 'empty' });
  const id = await makeGroup(world);
  expect((await call(world, 'GET', `/group/${id}`)).body).toMatchObject({ id, name: '春季新品推广' });
  const { body } = await call(world, 'GET', '/group');
  expect(body).toMatchObject({ total: 1, totalElements: 1, pageable: { unpaged: true, paged: false } });
  expect(rowsOf(body)).toMatchObject([{ id, name: '春季新品推广' }]);
  await world.expectNoViolations();
});

test('T-MKT-2 pages are counted from 0', async () => {
  const world = mock.session({ scenario: 'empty' });
  const ids = [await makeGroup(world, '甲'), await makeGroup(world, '乙'), await makeGroup(world, '丙')];
  const { body } = await call(world, 'GET', '/group?current=1&size=2&orderBy=id&orderDirection=ASC');
  expect(rowsOf(body).map((row) => row['id'])).toEqual(ids.slice(2));
  expect(body).toMatchObject({
    number: 1,
    totalPages: 2,
    first: false,
    last: true,
    pageable: { offset: 2, sort: [{ property: 'id', direction: 'ASC', ascending: true, descending: false }] },
  });
  const descending = await call(world, 'GET', '/group?orderBy=id&orderDirection=DESC');
  expect(rowsOf(descending.body).map((row) => row['id'])).toEqual(ids.toReversed());
  const filtered = await call(world, 'GET', `/group?ids=${ids[0]},${ids[2]}&keyWord=${encodeURIComponent('丙')}`);
  expect(rowsOf(filtered.body).map((row) => row['id'])).toEqual([ids[2]]);
  await world.expectNoViolations();
});

test('T-MKT-3 a renamed group keeps its new name', async () => {
  const world = mock.session({ scenario: 'empty' });
  await world.clock.freeze('2026-03-01T09:00:00+08:00');
  const id = await makeGroup(world);
  await world.clock.advance(60_000);
  expect((await call(world, 'PUT', `/group/${id}`, { name: '会员日活动' })).body).toMatchObject({ id, name: '会员日活动' });
  const { body } = await call(world, 'GET', `/group/${id}`);
  expect(body).toMatchObject({ name: '会员日活动', createTime: '2026-03-01 09:00:00', lastUpdateTime: '2026-03-01 09:01:00' });
  await world.expectNoViolations();
});

test('T-MKT-4 a deleted group is gone', async () => {
  const world = mock.session({ scenario: 'empty' });
  const id = await makeGroup(world);
  expect(await call(world, 'DELETE', `/group/${id}`)).toEqual({ status: 200, body: {} });
  expect((await call(world, 'GET', `/group/${id}`)).status).toBe(404);
  await world.expectNoViolations();
});

test('T-MKT-5 a draft is listed under its group', async () => {
  const world = mock.session({ scenario: 'empty' });
  const groupId = await makeGroup(world);
  const made = await call(world, 'POST', '', { options: 'DRAFT', data: { name: '会员日回访', groupId } });
  expect(made.body).toMatchObject({ status: 'DRAFT', groupId, description: null, greetings: [] });
  const { body } = await call(world, 'GET', '');
  expect(body).toMatchObject({
    records: [{ groupId, groupName: '春季新品推广', plan: [{ id: made.body['id'], status: 'DRAFT', taskCount: 0, memberNumber: 0 }] }],
    page: { current: 0, total: 1 },
  });
  await world.expectNoViolations();
});

test('T-MKT-6 a released draft is in execution', async () => {
  const world = mock.session({ scenario: 'empty' });
  const groupId = await makeGroup(world);
  const id = await makePlan(world, groupId, 'DRAFT');
  expect((await call(world, 'PUT', `/${id}`, { options: 'RELEASE', data: { name: '到店体验', groupId } })).body).toMatchObject({
    id,
    status: 'EXECUTION',
    name: '到店体验',
  });
  expect(plansOf((await call(world, 'GET', '?status=EXECUTION')).body).map((plan) => plan['id'])).toEqual([id]);
  expect((await call(world, 'GET', '?status=DRAFT')).body).toMatchObject({ records: [], page: { total: 0 } });
  await world.expectNoViolations();
});

test('T-MKT-7 a plan is terminated and enabled again', async () => {
  const world = mock.session({ scenario: 'empty' });
  const id = await makePlan(world, await makeGroup(world));
  expect(await call(world, 'PATCH', `/${id}/termination`)).toEqual({ status: 200, body: {} });
  expect((await call(world, 'GET', `/${id}`)).body['status']).toBe('TERMINATION');
  expect(await call(world, 'PATCH', `/${id}/enable`)).toEqual({ status: 200, body: {} });
  expect((await call(world, 'GET', `/${id}`)).body['status']).toBe('EXECUTION');
  await world.expectNoViolations();
});

test('T-MKT-8 a draft can not be terminated', async () => {
  const world = mock.session({ scenario: 'empty' });
  const id = await makePlan(world, await makeGroup(world), 'DRAFT');
  expect((await call(world, 'PATCH', `/${id}/termination`)).status).toBe(400);
  expect((await call(world, 'GET', `/${id}`)).body['status']).toBe('DRAFT');
  await world.expectNoViolations();
});

test('T-MKT-9 a plan needs a group that exists', async () => {
  const world = mock.session({ scenario: 'empty' });
  const groupId = await makeGroup(world);
  expect((await call(world, 'POST', '', { options: 'DRAFT', data: { name: '无分组' } })).status).toBe(400);
  expect((await call(world, 'POST', '', { options: 'DRAFT', data: { name: '未知分组', groupId: groupId + 999 } })).status).toBe(400);
  expect((await call(world, 'POST', '', { options: 'DRAFT', data: { name: '未知场景', groupId, sceneIds: [999_999] } })).status).toBe(400);
  expect(plansOf((await call(world, 'GET', '')).body)).toEqual([]);
  await world.expectNoViolations();
});

test('T-MKT-10 a detached scene has no external id', async () => {
  const world = mock.session({ scenario: 'empty' });
  const planId = await makePlan(world, await makeGroup(world));
  const scene = { name: '预约到店', statisticalMethod: 'GRAND_TOTAL', prompt: '顾客同意到店。', externalId: 'CRM-1', planId };
  const id = await idOf(call(world, 'POST', '/scene', scene));
  expect(rowsOf((await call(world, 'GET', '/scene?externalId=CRM-1')).body)).toMatchObject([
    { id, sceneType: 'CUSTOM', externalId: 'CRM-1' },
  ]);
  expect((await call(world, 'PATCH', `/scene/${id}/unbundled-externalId`)).body).toMatchObject({ id, externalId: null });
  expect((await call(world, 'GET', '/scene?externalId=CRM-1')).body).toMatchObject({ content: [], total: 0 });
  expect(rowsOf((await call(world, 'GET', `/scene?planId=${planId}`)).body)).toHaveLength(1);
  await world.expectNoViolations();
});

test('T-MKT-11 a scene needs its plan and keeps its statistical method', async () => {
  const world = mock.session({ scenario: 'empty' });
  const planId = await makePlan(world, await makeGroup(world));
  const scene = { name: '询问价格', statisticalMethod: 'ONLY', prompt: '顾客询问价格。' };
  expect((await call(world, 'POST', '/scene', scene)).status).toBe(400);
  expect((await call(world, 'POST', '/scene', { ...scene, planId, statisticalMethod: 'FOO' })).status).toBe(400);
  expect((await call(world, 'POST', '/scene', { ...scene, planId: planId + 999 })).status).toBe(400);
  const id = await idOf(call(world, 'POST', '/scene', { ...scene, planId }));
  await call(world, 'PUT', `/scene/${id}`, { name: '询价', prompt: '顾客询价。', statisticalMethod: 'GRAND_TOTAL' });
  expect((await call(world, 'GET', `/scene/${id}`)).body).toMatchObject({ name: '询价', statisticalMethod: 'ONLY' });
  await world.expectNoViolations();
});

test('T-MKT-12 a new task splits its start into date and time', async () => {
  const world = mock.session({ scenario: 'empty' });
  await world.clock.freeze('2026-03-01T17:00:00+08:00');
  const planId = await makePlan(world, await makeGroup(world));
  const fileIds = [await upload(world)];
  const made = await call(world, 'POST', `/${planId}/task`, { name: '三月第一批顾客', startTime: '2026-03-02 09:30:00', fileIds });
  expect(made).toMatchObject({ status: 200, body: { status: 'NOT_STARTED', startDate: '2026-03-02', startTime: '09:30' } });
  expect(plansOf((await call(world, 'GET', '')).body)).toMatchObject([
    { id: planId, taskCount: 1, memberNumber: made.body['totalMember'], lastTriggerTime: null },
  ]);
  await world.expectNoViolations();
});

test('T-MKT-13 every key of a task row is a column', async () => {
  const world = mock.session();
  const columns = (await call(world, 'GET', '/801/task/schema')).body as unknown as { key: string }[];
  const keys = new Set(columns.map((column) => column.key));
  const rows = rowsOf((await call(world, 'GET', '/801/task')).body);
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.flatMap((row) => Object.keys(row)).filter((key) => !keys.has(key))).toEqual([]);
  await world.expectNoViolations();
});

test('T-MKT-14 reports count the members, that of a plan the members of all its tasks', async () => {
  const world = mock.session({ scenario: 'task-in-progress' });
  const members = (await call(world, 'GET', '/task/5001/members?status=NOT_REACHED')).body;
  expect(members['total']).toBe(2);
  expect(rowsOf(members).map((row) => row['status'])).toEqual(['NOT_REACHED', 'NOT_REACHED']);
  const counts = [
    'plannedNumberOfPeopl',
    'contactSuccessOfPeopl',
    'effectiveCommunicationOfPeopl',
    'completeServiceOfPeopl',
    'invitationSuccessfulOfPeopl',
  ];
  const first = (await call(world, 'GET', '/task/5001/report')).body;
  const second = (await call(world, 'GET', '/task/5002/report')).body;
  const plan = (await call(world, 'GET', '/801/report')).body;
  expect(first).toMatchObject({
    plannedNumberOfPeopl: 4,
    contactSuccessOfPeopl: 2,
    contactSuccessRate: 0.5,
    completeServiceRate: 0.25,
    sceneStatistics: [
      { id: 301, number: 1 },
      { id: 303, number: 0 },
    ],
  });
  expect(counts.map((name) => plan[name])).toEqual(counts.map((name) => Number(first[name]) + Number(second[name])));
  await world.expectNoViolations();
});

test('T-MKT-15 no trailing slash, no other ids than numbers, no call without a token', async () => {
  const world = mock.session();
  const before = (await call(world, 'GET', '/group')).body['total'];
  expect((await call(world, 'GET', '/')).status).toBe(404);
  expect([404, 405]).toContain((await call(world, 'DELETE', '/group/')).status);
  expect((await call(world, 'GET', '/group')).body['total']).toBe(before);
  expect((await call(world, 'GET', '/abc')).status).toBe(400);
  expect((await world.fetch(BASE)).status).toBe(401);
  expect((await world.fetch(BASE, { headers: { authorization: `Bearer ${EXPIRED}` } })).status).toBe(401);
  await world.expectNoViolations();
});

describe('beyond the scenarios', () => {
  test('a task starts and ends by the clock', async () => {
    const world = mock.session({ scenario: 'empty' });
    await world.clock.freeze('2026-03-02T09:00:00+08:00');
    const { planId, taskId } = await makeTask(world);
    const status = async (): Promise<unknown> => (await call(world, 'GET', `/task/${taskId}`)).body['status'];
    expect(await status()).toBe('NOT_STARTED');
    await world.clock.advance(31 * 60_000);
    expect(await status()).toBe('EXECUTION');
    expect((await call(world, 'GET', `/task/${taskId}/members?status=IN_SERVICE`)).body['total']).toBe(3);
    await world.clock.advance(2 * 3_600_000);
    expect(await status()).toBe('COMPLETE');
    expect((await call(world, 'GET', `/task/${taskId}`)).body['lastUpdateTime']).toBe('2026-03-02 10:30:00');
    expect((await call(world, 'GET', `/${planId}/report`)).body).toMatchObject({
      plannedNumberOfPeopl: 3,
      contactSuccessOfPeopl: 3,
      completeServiceOfPeopl: 1,
      completeServiceRate: 0.3333,
    });
    expect(plansOf((await call(world, 'GET', '')).body)[0]?.['lastTriggerTime']).toBe('2026-03-02 09:30:00');
    await world.expectNoViolations();
  });

  test('a running task passes through TERMINATING, and is enabled again', async () => {
    const world = mock.session({ scenario: 'empty' });
    await world.clock.freeze('2026-03-02T09:31:00+08:00');
    const { taskId } = await makeTask(world);
    const status = async (): Promise<unknown> => (await call(world, 'GET', `/task/${taskId}`)).body['status'];
    expect(await status()).toBe('EXECUTION');
    expect((await call(world, 'PATCH', `/task/${taskId}/enable`)).status).toBe(400);
    expect(await call(world, 'PATCH', `/task/${taskId}/termination`)).toEqual({ status: 200, body: {} });
    expect(await status()).toBe('TERMINATING');
    expect((await call(world, 'PATCH', `/task/${taskId}/termination`)).status).toBe(400);
    await world.clock.advance(60_000);
    expect(await status()).toBe('TERMINATION');
    expect((await call(world, 'PATCH', `/task/${taskId}/enable`)).status).toBe(200);
    expect(await status()).toBe('EXECUTION');
    expect((await call(world, 'GET', `/task/${taskId}/members`)).body['total']).toBe(3);
    await world.expectNoViolations();
  });

  test('a task that has not started ends at once and goes back to NOT_STARTED', async () => {
    const world = mock.session({ scenario: 'empty' });
    await world.clock.freeze('2026-03-02T09:00:00+08:00');
    const { taskId } = await makeTask(world);
    await call(world, 'PATCH', `/task/${taskId}/termination`);
    expect((await call(world, 'GET', `/task/${taskId}`)).body['status']).toBe('TERMINATION');
    await call(world, 'PATCH', `/task/${taskId}/enable`);
    expect((await call(world, 'GET', `/task/${taskId}`)).body['status']).toBe('NOT_STARTED');
    await world.expectNoViolations();
  });

  test('what is in use, running or completed is not removed or changed', async () => {
    const world = mock.session();
    const released = { options: 'RELEASE', data: { name: '改名', groupId: 12 } };
    expect((await call(world, 'DELETE', '/group/12')).status).toBe(400);
    expect((await call(world, 'DELETE', '/801')).status).toBe(400);
    expect((await call(world, 'PUT', '/804', released)).status).toBe(400);
    expect((await call(world, 'PUT', '/801', { ...released, options: 'DRAFT' })).status).toBe(400);
    expect((await call(world, 'PUT', '/803', { ...released, options: 'DRAFT' })).status).toBe(400);
    expect((await call(world, 'PUT', '/scene/301', { name: '改名', prompt: '改。' })).status).toBe(400);
    expect((await call(world, 'GET', '/scene/301')).body['name']).toBe('转人工');
    expect((await call(world, 'POST', '/802/task', { name: '草稿的任务', startTime: '2026-03-02 09:30', fileIds: [12345] })).status).toBe(
      400,
    );
    expect((await call(world, 'POST', '/801/task', { name: '没有文件', startTime: '2026-03-02 09:30', fileIds: [999_999] })).status).toBe(
      400,
    );
    for (const startTime of ['明天', '0', '2026-02-31 10:00', '2026-03-02', '+275760-09-13T00:00:00Z', '']) {
      expect([startTime, (await call(world, 'POST', '/801/task', { name: '不是时间', startTime, fileIds: [12345] })).status]).toEqual([
        startTime,
        400,
      ]);
    }
    await world.expectNoViolations();
  });

  test('an unknown id in the path is 404 in every operation that has one', async () => {
    const world = mock.session({ scenario: 'empty' });
    const plan = { options: 'RELEASE', data: { name: '无', groupId: 1 } };
    const task = { name: '无', startTime: '2026-03-02 09:30', fileIds: [1] };
    const calls: [string, string, unknown?][] = [
      ['GET', '/group/99999'],
      ['PUT', '/group/99999', { name: '无' }],
      ['DELETE', '/group/99999'],
      ['GET', '/scene/99999'],
      ['PUT', '/scene/99999', { name: '无', prompt: '无' }],
      ['PATCH', '/scene/99999/unbundled-externalId'],
      ['GET', '/99999'],
      ['PUT', '/99999', plan],
      ['DELETE', '/99999'],
      ['PATCH', '/99999/enable'],
      ['PATCH', '/99999/termination'],
      ['GET', '/99999/report'],
      ['GET', '/99999/task'],
      ['POST', '/99999/task', task],
      ['GET', '/99999/task/schema'],
      ['GET', '/task/99999'],
      ['GET', '/task/99999/members'],
      ['GET', '/task/99999/report'],
      ['PATCH', '/task/99999/enable'],
      ['PATCH', '/task/99999/termination'],
    ];
    for (const [method, path, body] of calls)
      expect([method, path, (await call(world, method, path, body)).status]).toEqual([method, path, 404]);
    await world.expectNoViolations();
  });

  test('ids beyond 2^53, more rows than a page, every status and the template are there from the start', async () => {
    const world = mock.session();
    const large = await call(world, 'GET', '/9007199254740993');
    expect(large.body).toMatchObject({ id: 9007199254740993n, status: 'COMPLETE' });
    expect((await call(world, 'GET', '/9007199254740993/report')).body).toMatchObject({
      plannedNumberOfPeopl: 2,
      contactSuccessRate: 1,
      completeServiceRate: 0.5,
    });
    for (const path of ['/group', '/scene', '/804/task', '/task/5003/members']) {
      expect((await call(world, 'GET', `${path}?current=0`)).body, path).toMatchObject({
        size: 20,
        numberOfElements: 20,
        last: false,
        number: 0,
      });
    }
    expect((await call(world, 'GET', '?current=1&size=10')).body).toMatchObject({ page: { current: 1, size: 10, total: 23 } });
    const { body } = await call(world, 'GET', '');
    expect(new Set(plansOf(body).map((plan) => plan['status']))).toEqual(new Set(['DRAFT', 'EXECUTION', 'TERMINATION', 'COMPLETE']));
    for (const plan of plansOf(body)) {
      const tasks = rowsOf((await call(world, 'GET', `/${String(plan['id'])}/task`)).body);
      expect([plan['taskCount'], plan['memberNumber']]).toEqual([
        tasks.length,
        tasks.reduce((sum, task) => sum + Number(task['totalMember']), 0),
      ]);
    }
    expect(await call(world, 'GET', '/members/template')).toEqual({ status: 200, body: {} });
    await world.expectNoViolations();
  });

  test('members are filtered by scene, mood and keyword', async () => {
    const world = mock.session();
    const names = async (query: string): Promise<unknown[]> =>
      rowsOf((await call(world, 'GET', `/task/5003/members?${query}`)).body).map((row) => row['memberName']);
    expect(await names('sceneIds=301,302')).toEqual(['王晓梅', '李国强']);
    expect(await names(`moodValue=${encodeURIComponent('满意,不满')}`)).toEqual(['王晓梅', '李国强']);
    expect(await names(`keyWord=${encodeURIComponent('敏')}`)).toEqual(['赵敏']);
    expect(rowsOf((await call(world, 'GET', '/task/5003/members?sceneIds=302')).body)[0]?.['scenes']).toEqual(['预约到店', '询问价格']);
    await world.expectNoViolations();
  });

  test('a deleted plan takes its tasks and members along', async () => {
    const world = mock.session();
    expect(await call(world, 'DELETE', '/803')).toEqual({ status: 200, body: {} });
    expect((await call(world, 'GET', '/task/5004')).status).toBe(404);
    const state = await world.state.read();
    expect(state['marketing-notice/member']?.filter((row) => row['planId'] === 803)).toEqual([]);
    await world.expectNoViolations();
  });
});

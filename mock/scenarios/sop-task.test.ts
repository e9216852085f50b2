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

/** The part of an answer that the tests look into; `expectNoViolations` has proven its form. */
interface Jobs {
  readonly data: {
    readonly record_list: {
      readonly data: readonly {
        id: number;
        created_at: string;
        moment_total: number;
        moment_finish_count: number;
        moment_wait_count: number;
      }[];
      readonly total: number;
    };
    readonly wait_count: number;
    readonly finish_count: number;
    readonly job_total: number;
  };
}

const path = (account: number | string): string => `/business/${account}/plugin/SopTask/getFriendsJobList`;
const ask = (world: MockSession, body?: unknown, account: number | string = 1, query = '') =>
  world.fetch(path(account) + query, { method: 'POST', body });
const jobs = async (world: MockSession, ...rest: [body?: unknown, account?: number | string, query?: string]): Promise<Jobs['data']> =>
  ((await ask(world, ...rest)).body as Jobs).data;

test('T-SOP-1 the counters of two jobs are added up', async () => {
  const world = mock.session({ scenario: 'two-jobs' });
  const { status, body } = await ask(world, {});
  expect(status).toBe(200);
  expect(body).toMatchObject({
    result: 1,
    msg: 'ok',
    data: {
      record_list: {
        total: 2,
        data: [
          { id: 1, moment_total: 2, moment_finish_count: 1, moment_wait_count: 1 },
          { id: 2, moment_total: 4, moment_finish_count: 3, moment_wait_count: 1 },
        ],
      },
      wait_count: 2,
      finish_count: 4,
      job_total: 6,
    },
  });
  await world.expectNoViolations();
});

test('T-SOP-1 a sender who is done moves one from waiting to finished', async () => {
  const world = mock.session({ scenario: 'two-jobs' });
  await world.state.patch({
    'sop-task/job': [
      {
        id: 1,
        senders: [
          { user: 'zhangsan', done: 1 },
          { user: 'lisi', done: 1 },
        ],
      },
    ],
  });
  expect(await jobs(world)).toMatchObject({ wait_count: 1, finish_count: 5, job_total: 6 });
  await world.expectNoViolations();
});

test('T-SOP-2 all is done and not done together, for rows and sums', async () => {
  for (const scenario of ['default', 'two-jobs', 'sixteen-jobs']) {
    const world = mock.session({ scenario });
    const { record_list: page, wait_count, finish_count, job_total } = await jobs(world);
    expect(page.data.length).toBeGreaterThan(0);
    for (const row of page.data) expect(row.moment_total).toBe(row.moment_finish_count + row.moment_wait_count);
    expect(job_total).toBe(wait_count + finish_count);
    await world.expectNoViolations();
  }
});

test('T-SOP-3 sixteen jobs are two pages, linked to each other', async () => {
  const world = mock.session({ scenario: 'sixteen-jobs' });
  const base = `${mock.url}${path(1)}`;
  const { record_list: first, ...sums } = await jobs(world);
  expect(first.data).toHaveLength(15);
  expect(first).toMatchObject({
    current_page: 1,
    last_page: 2,
    from: 1,
    to: 15,
    per_page: 15,
    total: 16,
    path: base,
    next_page_url: `${base}?page=2`,
    prev_page_url: null,
    last_page_url: `${base}?page=2`,
  });
  const { record_list: second, ...sumsThere } = await jobs(world, {}, 1, '?page=2');
  expect(second.data).toHaveLength(1);
  expect(second).toMatchObject({ current_page: 2, last_page: 2, from: 16, to: 16, next_page_url: null, prev_page_url: `${base}?page=1` });
  // R-SOP-8: the sums are those of all rows, on every page.
  expect(sums).toEqual({ wait_count: 16, finish_count: 16, job_total: 32 });
  expect(sumsThere).toEqual(sums);
  await world.expectNoViolations();
});

test('T-SOP-4 a day keeps its jobs, and the counters follow', async () => {
  const world = mock.session();
  const found = await jobs(world, { search: { date: '2026-03-12' } });
  expect(found.record_list.data.map((job) => job.created_at)).toEqual(['2026-03-12 17:40:01', '2026-03-12 18:05:30']);
  expect(found).toMatchObject({ wait_count: 2, finish_count: 4, job_total: 6 });
  // Midnight belongs to the day that begins.
  expect((await jobs(world, { search: { date: '2026-03-13' } }, 2)).record_list.data).toMatchObject([{ id: 101 }]);
  expect((await jobs(world, { search: { date: '2026-03-14' } }, 2)).record_list.data).toMatchObject([{ id: 102 }]);
  await world.expectNoViolations();
});

test('T-SOP-5 a task keeps its jobs', async () => {
  const world = mock.session();
  expect((await jobs(world, { task_id: 1 })).record_list.data.map((job) => job.id)).toEqual([1, 2, 3]);
  expect((await jobs(world, { task_id: 2 })).record_list.data.map((job) => job.id)).toEqual([4, 5]);
  // Each account has its own.
  expect(await jobs(world, { task_id: 1 }, 2)).toMatchObject({ record_list: { data: [], total: 0 }, job_total: 0 });
  expect((await jobs(world, { task_id: 1, search: { date: '2026-02-28' } })).record_list.data.map((job) => job.id)).toEqual([3]);
  await world.expectNoViolations();
});

test('T-SOP-6 an unknown account is errcode 500', async () => {
  const world = mock.session();
  const answer = await ask(world, { task_id: 1 }, 999);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ errcode: 500, errmsg: 'invalid appid' });
  await world.expectNoViolations();
});

test('T-SOP-7 an invalid request has the form of a failure', async () => {
  const world = mock.session();
  const invalid = [
    await ask(world, { task_id: 'abc' }),
    await ask(world, { search: { date: '23/05/2024' } }),
    await ask(world, {}, 1, '?page=0'),
    await ask(world, {}, 'abc'),
  ];
  for (const { status, body } of invalid) {
    expect(status).toBe(200);
    expect(body).toEqual({ errcode: 400, errmsg: expect.any(String) });
  }
  await world.expectNoViolations();
});

test('T-SOP-8 no job is an empty page with sums of 0', async () => {
  const world = mock.session({ scenario: 'empty' });
  expect(await jobs(world)).toMatchObject({
    record_list: { data: [], total: 0, from: null, to: null, current_page: 1, last_page: 1, next_page_url: null, prev_page_url: null },
    wait_count: 0,
    finish_count: 0,
    job_total: 0,
  });
  await world.expectNoViolations();
});

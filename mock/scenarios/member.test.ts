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

async function reports(world: MockSession, query = '', member = 1001): Promise<TestAnswer> {
  return await world.fetch(`/api/v1/members/${member}/daily-reports${query}`, { headers: { authorization } });
}

async function dates(world: MockSession, query: string): Promise<string[]> {
  const { status, body } = await reports(world, query);
  expect(status).toBe(200);
  return (body as { records: { reportDate: string }[] }).records.map((report) => report.reportDate);
}

test('T-MEM-1 without a filter all reports come, newest first', async () => {
  const world = mock.session({ scenario: 'two-reports' });
  expect((await reports(world)).body).toEqual({
    records: [
      { reportDate: '2025-04-21', moodValues: ['满意'], scenes: ['转人工'], content: '客户同意明天到店参加春季活动' },
      { reportDate: '2025-04-10', moodValues: [], scenes: ['完成服务'] },
    ],
  });
  await world.expectNoViolations();
});

test.each([
  { query: '?startDate=2025-04-20', want: ['2025-04-21'] },
  { query: '?startDate=2025-04-10&endDate=2025-04-10', want: ['2025-04-10'] },
  { query: '?endDate=2025-04-20', want: ['2025-04-10'] },
  { query: '?startDate=2025-04-10&endDate=2025-04-21', want: ['2025-04-21', '2025-04-10'] },
  { query: '?startDate=2025-04-11&endDate=2025-04-20', want: [] },
])('T-MEM-2 both ends of a range of dates are included: $query', async ({ query, want }) => {
  const world = mock.session({ scenario: 'two-reports' });
  expect(await dates(world, query)).toEqual(want);
  await world.expectNoViolations();
});

test('T-MEM-3 a keyword is looked for in the text; a report without text never matches', async () => {
  const world = mock.session({ scenario: 'two-reports' });
  expect(await dates(world, `?keyword=${encodeURIComponent('到店')}`)).toEqual(['2025-04-21']);
  // A scene and a mood value are no text of the report.
  expect(await dates(world, `?keyword=${encodeURIComponent('完成服务')}`)).toEqual([]);
  expect(await dates(world, `?keyword=${encodeURIComponent('到店')}&endDate=2025-04-20`)).toEqual([]);
  await world.expectNoViolations();
});

test('T-MEM-4 an unknown member is 404, a call without a token 401', async () => {
  const world = mock.session({ scenario: 'two-reports' });
  expect((await reports(world, '', 999_999)).status).toBe(404);
  expect((await world.fetch('/api/v1/members/1001/daily-reports')).status).toBe(401);
  await world.expectNoViolations();
});

test.each(['?startDate=2025/04/20', '?endDate=2025-02-30', '?startDate=20250420', '?startDate=2025-04-21&endDate=2025-04-10'])(
  'T-MEM-5 %s is refused',
  async (query) => {
    const world = mock.session({ scenario: 'two-reports' });
    expect((await reports(world, query)).status).toBe(400);
    await world.expectNoViolations();
  },
);

import type { Flow } from '../flow.ts';
import { accessToken } from './login.ts';

/** T-MEM-1 to T-MEM-5: the daily reports of members, narrowed by day and word. */
export const member: Flow = {
  module: 'member',
  start: '2026-03-22T09:00:00+08:00',
  async run(walk) {
    const token = await accessToken(walk);
    const reports = (id: number | string | bigint, query: Readonly<Record<string, string>> = {}) =>
      walk.send('GET', `/api/v1/members/${id}/daily-reports`, { token, query });

    for (const id of [1001, 1002, 1003, 1004, 9007199254740993n]) await reports(id);
    await reports(1001, { startDate: '2026-03-10' });
    await reports(1001, { endDate: '2026-02-14' });
    await reports(1001, { startDate: '2026-02-14', endDate: '2026-03-10' });
    await reports(1001, { startDate: '2026-03-10', endDate: '2026-03-10' });
    await reports(1001, { startDate: '2026-03-11', endDate: '2026-03-20' });
    await reports(1001, { keyword: '到店' });
    await reports(1001, { keyword: '完成服务' });
    await reports(1001, { keyword: '到店', endDate: '2026-02-28' });
    await reports(1003, { keyword: '未接通', startDate: '2026-01-25' });

    await reports(999_999);
    await reports('abc');
    for (const startDate of ['2026/03/10', '20260310', '2026-02-30']) await reports(1001, { startDate });
    await reports(1001, { startDate: '2026-03-21', endDate: '2026-03-10' });
    await walk.send('GET', '/api/v1/members/1001/daily-reports');
  },
};

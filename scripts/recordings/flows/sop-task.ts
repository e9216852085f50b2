import type { Flow } from '../flow.ts';

/** T-SOP-1 to T-SOP-8: the jobs of an account, page by page, by task and by day. */
export const sopTask: Flow = {
  module: 'sop-task',
  start: '2026-03-15T09:00:00+08:00',
  async run({ send }) {
    const jobs = (json?: unknown, account: number | string = 1, page?: number | string) =>
      send('POST', `/business/${account}/plugin/SopTask/getFriendsJobList`, { json, query: { page } });

    await jobs();
    await jobs({});
    for (const page of [1, 2, 3]) await jobs({}, 1, page);
    for (const task_id of [1, 2, 3, 4, 99]) await jobs({ task_id });
    await jobs({ task_id: 3 }, 1, 2);
    await jobs({ search: { date: '2026-03-12' } });
    await jobs({ task_id: 1, search: { date: '2026-02-28' } });
    await jobs({ search: { date: '2026-03-11' } });
    await jobs({}, 2);
    // Midnight belongs to the day that begins.
    for (const date of ['2026-03-13', '2026-03-14']) await jobs({ search: { date } }, 2);
    await jobs({}, 3);

    await jobs({ task_id: 1 }, 999);
    await jobs({ task_id: 'abc' });
    await jobs({ search: { date: '23/05/2024' } });
    await jobs({}, 1, 0);
    await jobs({}, 'abc');
  },
};

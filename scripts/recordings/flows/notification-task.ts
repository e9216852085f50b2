import { at, idAt } from '../client.ts';
import type { Flow } from '../flow.ts';
import { upload } from './file.ts';
import { accessToken } from './login.ts';

const TASKS = '/api/v1/notification-tasks';
const CUSTOMER = 'CUSTOMER_RESOURCE_REMINDER';
const APPOINTMENT = 'APPOINTMENT_REMINDER';
const HOUR = 3_600_000;
const TASK = {
  taskName: '三八节专属优惠提醒',
  taskType: CUSTOMER,
  scheduledStartTime: '2026-03-20 10:00:00',
  contents: [
    { contentType: 'TEXT', contentValue: '尊敬的{{name}}，您在{{city}}的专属优惠即将到期。' },
    { contentType: 'IMAGE', contentValue: 'https://example.com/api/file/17' },
  ],
  members: [
    { userId: 'u-7001', nickname: '小林', city: '上海' },
    { ciq: 'ciq-7002', nickname: '小周', city: '苏州' },
    { userId: 'u-7003', ciq: 'ciq-7003', nickname: '小陈', city: '杭州' },
  ],
};
const PLAIN = [{ contentType: 'TEXT', contentValue: '您好，您的专属优惠即将到期。' }];

/** T-NTF-1 to T-NTF-15: tasks made, listed, carried out by the clock and terminated, and every way in which that is refused. */
export const notificationTask: Flow = {
  module: 'notification-task',
  start: '2026-03-20T08:00:00+08:00',
  async run(walk) {
    const { send, clock } = walk;
    const token = await accessToken(walk);
    const get = (path: string, query: Readonly<Record<string, string | number>> = {}) => send('GET', `${TASKS}${path}`, { token, query });
    const list = (query: Readonly<Record<string, string | number>>) => get('', { taskType: CUSTOMER, ...query });
    const create = (fields: Readonly<Record<string, unknown>> = {}) => send('POST', TASKS, { token, json: { ...TASK, ...fields } });
    const terminate = (id: number | bigint, json?: unknown) => send('PUT', `${TASKS}/${id}/termination`, { token, json });
    const look = async (...ids: readonly (number | bigint)[]): Promise<void> => {
      for (const id of ids) {
        await get(`/${id}`);
        await get(`/${id}/executions`);
      }
    };

    // All pages of what is there, narrowed by status and window.
    for (const taskType of [CUSTOMER, APPOINTMENT]) await get('', { taskType });
    for (const current of [0, 1, 2, 3]) await list({ current, size: 10 });
    for (const status of ['PENDING', 'EXECUTING', 'COMPLETED', 'TERMINATED']) await list({ status });
    await get('', { taskType: APPOINTMENT, status: 'TERMINATED' });
    await list({ startTime: '2026-03-02 09:00:00', endTime: '2026-03-08 09:00:00' });
    await list({ startTime: '2026-03-02 09:00:01' });
    await list({ endTime: '2026-03-08 08:59:59' });
    await look(1001, 1008, 1030, 9007199254740993n);
    for (const current of [0, 1, 2]) await get('/1001/executions', { current, size: 10 });
    for (const orderBy of ['executeTime', 'status'])
      for (const orderDirection of ['ASC', 'DESC']) await get('/1001/executions', { orderBy, orderDirection, size: 100 });

    // New tasks: with members, with files, for today and for tomorrow.
    const today = idAt(await create(), 'id');
    const stopped = idAt(await create({ scheduledStartTime: '2026-03-20 10:00:00', scheduledEndTime: '2026-03-20 20:00:00' }), 'id');
    const tomorrow = idAt(
      await create({ taskType: APPOINTMENT, scheduledStartTime: '2026-03-21 09:00:00', scheduledEndTime: '2026-03-21 18:00:00' }),
      'id',
    );
    const workbook = idAt(await upload(walk, token, '会员名单.xlsx', 'stand-in for a workbook'), 'id');
    const text = idAt(await upload(walk, token, '会员名单.txt', '小林\n'), 'id');
    const fromFile = idAt(await create({ members: undefined, fileIds: [workbook], contents: PLAIN }), 'id');
    await look(today, stopped, tomorrow, fromFile);
    await list({ status: 'PENDING' });
    await list({ size: 5 });

    // Refused, and nothing is kept.
    const refused: readonly Readonly<Record<string, unknown>>[] = [
      { taskType: 'OTHER' },
      { taskName: undefined },
      { taskName: '名'.repeat(101) },
      { contents: [] },
      { members: undefined },
      { members: [{ nickname: '无编号' }] },
      { fileIds: [workbook] },
      { members: undefined, fileIds: [999_999], contents: PLAIN },
      { members: undefined, fileIds: [text], contents: PLAIN },
      { contents: [{ contentType: 'TEXT', contentValue: '{{store}}' }] },
      { scheduledStartTime: '2026-03-20T10:00:00' },
      { scheduledStartTime: '2026-02-30 10:00:00' },
      { scheduledEndTime: '2026-03-20 09:59:59' },
      { scheduledEndTime: '2026-03-21 10:00:00' },
      { scheduledStartTime: '2026-03-20 22:30:00' },
    ];
    for (const fields of refused) await create(fields);
    await send('POST', TASKS, { token, text: '{"taskName":' });
    await list({ size: 5 });
    for (const query of [
      { taskType: 'OTHER' },
      { size: 101 },
      { size: 0 },
      { current: -1 },
      { status: 'DONE' },
      { startTime: 'yesterday' },
    ]) {
      await list(query);
    }
    await get('');
    await get(`/${today}/executions`, { size: 101 });
    await get(`/${today}/executions`, { orderBy: 'memberId' });
    await get('/abc');

    // Terminated before the start, by the clock on the way, and not any more after the end.
    await terminate(tomorrow, { reason: '门店临时取消活动' });
    await terminate(tomorrow, {});
    await get(`/${tomorrow}`);
    await clock.advance(2 * HOUR + 1_000);
    // The token of the morning has ended.
    await get(`/${today}`);
    const later = await accessToken(walk);
    const view = async (...ids: readonly (number | bigint)[]): Promise<void> => {
      for (const id of ids) {
        await send('GET', `${TASKS}/${id}`, { token: later });
        await send('GET', `${TASKS}/${id}/executions`, { token: later, query: { orderBy: 'status', orderDirection: 'DESC' } });
      }
      await send('GET', TASKS, { token: later, query: { taskType: CUSTOMER, status: 'EXECUTING' } });
    };
    await view(today, stopped);
    await clock.advance(5_000);
    await view(today, stopped);
    await send('PUT', `${TASKS}/${stopped}/termination`, { token: later, json: { reason: '提前结束' } });
    await view(stopped);
    await clock.advance(10_000);
    await view(today, stopped, fromFile);
    await send('PUT', `${TASKS}/${stopped}/termination`, { token: later });
    await send('PUT', `${TASKS}/${fromFile}/termination`, { token: later });
    await send('PUT', `${TASKS}/${today}/termination`, { token: later, json: { reason: 5 } });
    await clock.advance(12 * HOUR);
    const evening = await accessToken(walk);
    const ended = await send('GET', `${TASKS}/${today}`, { token: evening });
    if (at(ended.value, 'status') === 'COMPLETED') await send('PUT', `${TASKS}/${today}/termination`, { token: evening });
    await send('GET', TASKS, { token: evening, query: { taskType: CUSTOMER, status: 'COMPLETED', size: 5 } });

    // Unknown tasks, and calls without a token.
    for (const part of ['', '/executions']) {
      await send('GET', `${TASKS}/999999${part}`, { token: evening });
      await send('GET', `${TASKS}/999999${part}`);
    }
    await send('PUT', `${TASKS}/999999/termination`, { token: evening, json: {} });
    await send('PUT', `${TASKS}/999999/termination`, { json: {} });
    await send('POST', TASKS, { json: TASK });
    await send('GET', TASKS, { query: { taskType: CUSTOMER } });
  },
};

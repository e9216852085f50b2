import { idAt } from '../client.ts';
import type { Answer, Sending } from '../client.ts';
import type { Flow, Walk } from '../flow.ts';
import { upload } from './file.ts';
import { accessToken } from './login.ts';

const BASE = '/api/v1/marketing-notice';
const MINUTE = 60_000;
const PLAN = {
  name: '春季新品到店体验邀约',
  description: '邀请近一年到店顾客体验春季新品',
  startTime: '09:00',
  endTime: '20:30',
  replyStrategy: 'CONSULTANT_CONTINUE_AFTER_REPLY',
  replyDelay: 15,
  unifiedReply: true,
  segmentSeparator: '##',
  minReplyInterval: 5,
  sceneIds: [301],
  monitoringStrategy: [{ sceneId: 301, strategy: ['AI_SERVICE_END_UNTIL_RESTART'] }],
  prompt: '你是门店顾问助理，语气亲切，邀请顾客到店体验新品。',
  backgroundInfo: '春季新品系列 3 月 1 日上市。',
  timeInfo: '每天 10:00 至 21:00。',
  referenceCase: '顾客：周末人多吗？顾问：上午体验更从容。',
  timeoutWakeUp: true,
  timeout: 120,
  timeoutPrompt: '顾客两小时未回复时，温和提醒一次。',
  greetings: [{ type: 'TEXT' }, { type: 'IMAGE' }],
};

type Call = (method: string, path: string, json?: unknown, query?: Sending['query']) => Promise<Answer>;

/** T-MKT-1 to T-MKT-15: groups, scenes, plans and tasks; what is made, listed, changed, started, stopped and counted. */
export const marketingNotice: Flow = {
  module: 'marketing-notice',
  start: '2026-03-02T09:00:00+08:00',
  async run(walk) {
    const token = await accessToken(walk);
    const call: Call = (method, path, json, query) => walk.send(method, BASE + path, { token, json, query });
    const groupId = await walkGroups(call);
    const planId = await walkPlans(call, groupId);
    await walkScenes(call, planId);
    await walkTasks(walk, call, planId, token);
    await walkReports(call, planId);
    await walkRefusals(walk, call, groupId);
  },
};

/** A list in both directions, and with nulls where they may stand. */
async function walkSorted(call: Call, path: string, orderBy: string): Promise<void> {
  const page = { orderBy, size: 4, current: 0 };
  for (const orderDirection of ['ASC', 'DESC']) await call('GET', path, undefined, { ...page, orderDirection });
  for (const orderNullHandling of ['NATIVE', 'NULLS_FIRST', 'NULLS_LAST'])
    await call('GET', path, undefined, { ...page, orderNullHandling });
}

async function walkGroups(call: Call): Promise<number | bigint> {
  await call('GET', '/group');
  for (const current of [0, 1, 2]) await call('GET', '/group', undefined, { current, size: 10 });
  await walkSorted(call, '/group', 'id');
  await call('GET', '/group', undefined, { ids: '12,14', keyWord: '老客' });
  const id = idAt(await call('POST', '/group', { name: '夏季新品推广' }), 'id');
  await call('GET', `/group/${id}`);
  await call('PUT', `/group/${id}`, { name: '夏季会员日' });
  await call('GET', `/group/${id}`);
  await call('GET', '/group', undefined, { keyWord: '夏季' });
  const gone = idAt(await call('POST', '/group', { name: '用不到的分组' }), 'id');
  await call('DELETE', `/group/${gone}`);
  await call('GET', `/group/${gone}`);
  await call('GET', '/group', undefined, { keyWord: '用不到' });
  return id;
}

async function walkPlans(call: Call, groupId: number | bigint): Promise<number | bigint> {
  const save = (options: string, fields: object = {}) => ({ options, data: { ...PLAN, groupId, ...fields } });
  await call('GET', '');
  for (const current of [0, 1, 2]) await call('GET', '', undefined, { current, size: 10 });
  for (const status of ['DRAFT', 'EXECUTION', 'TERMINATION', 'COMPLETE']) await call('GET', '', undefined, { status });
  await walkSorted(call, '', 'id');
  await call('GET', '', undefined, { groupIds: '12,13', keyWord: '周年庆' });
  await call('GET', '/9007199254740993');

  const id = idAt(await call('POST', '', save('RELEASE')), 'id');
  await call('GET', `/${id}`);
  const draft = idAt(await call('POST', '', { options: 'DRAFT', data: { name: '会员日回访', groupId } }), 'id');
  await call('GET', '', undefined, { groupIds: String(groupId) });
  await call('PUT', `/${draft}`, save('DRAFT', { name: '会员日回访（改）', replyStrategy: 'CONSULTANT_NO_FURTHER_REPLY' }));
  await call('GET', `/${draft}`);
  await call('PATCH', `/${draft}/termination`);
  await call('PUT', `/${draft}`, save('RELEASE', { name: '会员日回访', replyStrategy: 'AI_HOSTING_END_AFTER_REPLY' }));
  await call('GET', `/${draft}`);
  await call('PUT', `/${draft}`, save('DRAFT'));
  await call('PATCH', `/${draft}/enable`);
  await call('DELETE', `/${draft}`);
  await call('PATCH', `/${draft}/termination`);
  await call('GET', `/${draft}`);
  await call('PATCH', `/${draft}/termination`);
  await call('PATCH', `/${draft}/enable`);
  await call('GET', `/${draft}`);
  await call('PATCH', `/${draft}/termination`);
  await call('DELETE', `/${draft}`);
  await call('GET', `/${draft}`);
  await call('GET', '', undefined, { groupIds: String(groupId) });
  const quiet = { unifiedReply: false, timeoutWakeUp: false, timeout: undefined, timeoutPrompt: undefined };
  for (const replyStrategy of ['CONSULTANT_NO_FURTHER_REPLY', 'AI_HOSTING_END_AFTER_REPLY']) {
    const answer = await call('POST', '', save('DRAFT', { ...quiet, replyStrategy, name: '夜间不打扰' }));
    await call('PUT', `/${idAt(answer, 'id')}`, save('RELEASE', { ...quiet, name: '夜间不打扰' }));
  }
  // A draft may be enabled without a change.
  const second = idAt(await call('POST', '', { options: 'DRAFT', data: { name: '直接启用', groupId } }), 'id');
  await call('PATCH', `/${second}/enable`);
  await call('GET', `/${second}`);
  return id;
}

async function walkScenes(call: Call, planId: number | bigint): Promise<void> {
  await call('GET', '/scene');
  for (const current of [0, 1]) await call('GET', '/scene', undefined, { current, size: 20 });
  await walkSorted(call, '/scene', 'id');
  await call('GET', '/scene', undefined, { keyWord: '话题01' });
  const scene = { name: '预约到店', statisticalMethod: 'GRAND_TOTAL', prompt: '顾客同意到店。', externalId: 'CRM-2026-1', planId };
  const id = idAt(await call('POST', '/scene', scene), 'id');
  await call('GET', `/scene/${id}`);
  await call('GET', '/scene/301');
  await call('GET', '/scene', undefined, { externalId: 'CRM-2026-1' });
  await call('PUT', `/scene/${id}`, {
    name: '预约周末到店',
    prompt: '顾客同意周末到店。',
    externalId: 'CRM-2026-1',
    statisticalMethod: 'ONLY',
  });
  await call('GET', `/scene/${id}`);
  await call('PATCH', `/scene/${id}/unbundled-externalId`);
  await call('GET', '/scene', undefined, { externalId: 'CRM-2026-1' });
  const once = idAt(await call('POST', '/scene', { name: '询问价格', statisticalMethod: 'ONLY', prompt: '顾客询问价格。', planId }), 'id');
  await call('PUT', `/scene/${once}`, { name: '询价', prompt: '顾客询价。', externalId: 'CRM-2026-2' });
  await call('PATCH', `/scene/${once}/unbundled-externalId`);
  await call('GET', '/scene', undefined, { planId });

  const refused = [{ planId: undefined }, { statisticalMethod: 'FOO' }, { planId: 999_999 }, { name: undefined }];
  for (const fields of refused) await call('POST', '/scene', { ...scene, ...fields });
  await call('PUT', '/scene/301', { name: '改名', prompt: '改。' });
}

async function walkTasks(walk: Walk, call: Call, planId: number | bigint, token: string): Promise<void> {
  await call('GET', '/members/template');
  await call('GET', '/801/task/schema');
  await call('GET', '/801/task');
  for (const current of [0, 1]) await call('GET', '/804/task', undefined, { current, size: 20 });
  await walkSorted(call, '/804/task', 'id');
  await call('GET', '/804/task', undefined, { keyWord: '第01批' });
  for (const id of [5001, 5002, 5003, 5004, 5005, 5006]) await call('GET', `/task/${id}`);

  const fileIds = [idAt(await upload(walk, token, '会员名单.xlsx', 'stand-in for a workbook'), 'id')];
  const create = (startTime: string, name: string) => call('POST', `/${planId}/task`, { name, startTime, fileIds });
  const ends = idAt(await create('2026-03-02 09:30', '三月第一批顾客'), 'id');
  const stops = idAt(await create('2026-03-02 09:30:00', '三月第二批顾客'), 'id');
  const waits = idAt(await create('2026-03-03 10:00', '三月第三批顾客'), 'id');
  const look = async (...ids: readonly (number | bigint)[]): Promise<void> => {
    for (const id of ids) {
      await call('GET', `/task/${id}`);
      await call('GET', `/task/${id}/members`);
    }
  };
  await look(ends, stops, waits);
  await call('GET', `/${planId}/task`);
  await call('PATCH', `/task/${waits}/enable`);
  await call('PATCH', `/task/${waits}/termination`);
  await call('GET', `/task/${waits}`);
  await call('PATCH', `/task/${waits}/enable`);
  await call('GET', `/task/${waits}`);

  await walk.clock.advance(31 * MINUTE);
  await look(ends, stops);
  for (const status of ['NOT_REACHED', 'IN_SERVICE', 'COMPLETE_SERVICE']) await call('GET', `/task/${ends}/members`, undefined, { status });
  await call('PATCH', `/task/${stops}/enable`);
  await call('PATCH', `/task/${stops}/termination`);
  await call('GET', `/task/${stops}`);
  await call('PATCH', `/task/${stops}/termination`);
  await walk.clock.advance(MINUTE);
  await look(stops);
  await call('PATCH', `/task/${stops}/enable`);
  await look(stops);
  await walk.clock.advance(65 * MINUTE);
  await look(ends, stops);
  await call('GET', '', undefined, { status: 'EXECUTION' });
  for (const id of [ends, stops]) await call('GET', `/task/${id}/report`);
}

async function walkReports(call: Call, planId: number | bigint): Promise<void> {
  for (const id of [5001, 5002, 5003]) await call('GET', `/task/${id}/report`);
  for (const id of [801, planId, 9007199254740993n]) await call('GET', `/${id}/report`);
  const members = (query: Sending['query']) => call('GET', '/task/5003/members', undefined, query);
  for (const current of [0, 1, 2]) await members({ current, size: 20 });
  const statuses = [
    'NOT_REACHED',
    'IN_SERVICE',
    'TIMEOUT_COMPLETE_SERVICE',
    'TERMINATE_SERVICE',
    'COMPLETE_SERVICE',
    'CUSTOMER_SERVICE_INTERVENES',
    'IGNORE',
  ];
  for (const status of statuses) await members({ status });
  await members({ sceneIds: '301,302' });
  await members({ moodValue: '满意,不满' });
  await members({ keyWord: '敏' });
  await walkSorted(call, '/task/5003/members', 'memberId');
}

async function walkRefusals(walk: Walk, call: Call, groupId: number | bigint): Promise<void> {
  const plan = { options: 'RELEASE', data: { name: '改名', groupId } };
  await call('DELETE', '/group/12');
  await call('DELETE', '/801');
  await call('PUT', '/804', plan);
  await call('PUT', '/801', { ...plan, options: 'DRAFT' });
  for (const data of [{ name: '无分组' }, { name: '未知分组', groupId: 999_999 }, { name: '未知场景', groupId, sceneIds: [999_999] }]) {
    await call('POST', '', { options: 'DRAFT', data });
  }
  const task = { name: '不会保存', startTime: '2026-03-02 12:30', fileIds: [12345] };
  await call('POST', '/802/task', task);
  await call('POST', '/801/task', { ...task, fileIds: [999_999] });
  for (const startTime of ['明天', '2026-02-31 10:00', '2026-03-02']) await call('POST', '/801/task', { ...task, startTime });
  await call('POST', '/group', {});
  await call('PUT', '/group/12', {});
  await call('GET', '/group', undefined, { orderDirection: 'UP' });
  await call('GET', '/scene', undefined, { current: -1 });
  await call('GET', '', undefined, { status: 'DONE' });
  await call('GET', '/task/5003/members', undefined, { status: 'DONE' });
  await call('GET', '/804/task', undefined, { size: 0 });

  const calls: readonly (readonly [method: string, path: string, json?: unknown])[] = [
    ['GET', '/group/{id}'],
    ['PUT', '/group/{id}', { name: '无' }],
    ['DELETE', '/group/{id}'],
    ['GET', '/scene/{id}'],
    ['PUT', '/scene/{id}', { name: '无', prompt: '无' }],
    ['PATCH', '/scene/{id}/unbundled-externalId'],
    ['GET', '/{id}'],
    ['PUT', '/{id}', plan],
    ['DELETE', '/{id}'],
    ['PATCH', '/{id}/enable'],
    ['PATCH', '/{id}/termination'],
    ['GET', '/{id}/report'],
    ['GET', '/{id}/task'],
    ['POST', '/{id}/task', task],
    ['GET', '/{id}/task/schema'],
    ['GET', '/task/{id}'],
    ['GET', '/task/{id}/members'],
    ['GET', '/task/{id}/report'],
    ['PATCH', '/task/{id}/enable'],
    ['PATCH', '/task/{id}/termination'],
  ];
  // An unknown id, one that is none, and no token.
  for (const [method, path, json] of calls) {
    await call(method, path.replace('{id}', '99999'), json);
    await call(method, path.replace('{id}', '0x'), json);
    await walk.send(method, BASE + path.replace('{id}', '801'), { json });
  }
  const open: readonly (readonly [method: string, path: string, json?: unknown])[] = [
    ['GET', ''],
    ['POST', '', plan],
    ['GET', '/group'],
    ['POST', '/group', { name: '无' }],
    ['GET', '/scene'],
    ['POST', '/scene', { name: '无', statisticalMethod: 'ONLY', prompt: '无', planId: 801 }],
    ['GET', '/members/template'],
  ];
  for (const [method, path, json] of open) await walk.send(method, BASE + path, { json });

  // A completed or terminated plan goes with its tasks.
  await call('DELETE', '/803');
  await call('GET', '/803');
  await call('GET', '/task/5004');
}

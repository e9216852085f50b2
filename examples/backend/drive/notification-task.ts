import { localText } from '../local-time.ts';
import { at, idAt, listAt } from './client.ts';
import type { Answer } from './client.ts';
import { upload } from './file.ts';
import { CITIES, NAMES } from './ride.ts';
import type { Ride } from './ride.ts';

const TASKS = '/api/v1/notification-tasks';
const TYPE = 'CUSTOMER_RESOURCE_REMINDER';
const DAY = 86_400_000;

type Fields = Readonly<Record<string, unknown>>;

/** Creating, listing, reading and stopping tasks, and every way in which that is refused. */
export async function driveTasks(ride: Ride, token: string): Promise<void> {
  const task = newTask(ride);
  const ids = await driveCreation(ride, token, task);
  await driveRefusedCreations(ride, token, task);
  await driveLists(ride, token, task);
  await driveReading(ride, token, ids);
  await driveTermination(ride, token, ids);
  await driveTime(ride, token, task);
}

function newTask({ clock, pick, number }: Ride): Fields {
  const day = localText(clock.now() + (1 + number(20)) * DAY).slice(0, 10);
  return {
    taskName: `${pick(CITIES)}门店专属优惠提醒${number(10_000)}期 <限时> & "到店"`,
    taskType: TYPE,
    scheduledStartTime: `${day} 09:00:00`,
    contents: [
      { contentType: 'TEXT', contentValue: '尊敬的{{name}}，您在{{city}}的 <专属> 优惠 & 礼品即将到期。' },
      { contentType: 'IMAGE', contentValue: 'https://example.com/api/file/17?a=1&b=2' },
    ],
    members: [
      { userId: `u-${number(9000)}`, nickname: pick(NAMES), city: pick(CITIES) },
      { ciq: `ciq-${number(9000)}`, nickname: pick(NAMES), city: pick(CITIES), memberId: 9_007_199_254_740_995n },
    ],
  };
}

async function create({ send }: Ride, name: string, token: string, fields: Fields): Promise<Answer> {
  return await send(`task: create ${name}`, 'POST', TASKS, { token, json: fields });
}

async function driveCreation(ride: Ride, token: string, task: Fields): Promise<readonly (number | bigint)[]> {
  const start = String(task['scheduledStartTime']).slice(0, 10);
  const created = [
    await create(ride, 'with members', token, task),
    await create(ride, 'with an end', token, { ...task, scheduledEndTime: `${start} 19:00:00` }),
    await create(ride, 'after 22:00', token, { ...task, scheduledStartTime: `${start} 22:00:01`, scheduledEndTime: `${start} 23:00:00` }),
    await create(ride, 'with a name of 120 characters', token, { ...task, taskName: '🐯名'.repeat(60) }),
    await create(ride, 'with members that have no nickname', token, {
      ...task,
      contents: [{ contentType: 'TEXT', contentValue: '您好' }],
      members: [{ ciq: 'ciq-1' }],
    }),
  ];
  const workbook = await upload(ride, 'task: upload a workbook', token, {
    fileName: '客户名单.xlsx',
    content: 'PK stand-in for a workbook',
  });
  const text = await upload(ride, 'task: upload a text', token, { fileName: '客户名单.txt', content: '小林' });
  const withFile = { ...task, members: undefined, fileIds: [idAt(workbook, 'id')] };
  const fromFile = await create(ride, 'from a file', token, withFile);
  await create(ride, 'from a file that is no workbook', token, { ...withFile, fileIds: [idAt(text, 'id')] });
  await create(ride, 'from an unknown file', token, { ...withFile, fileIds: [999_999_000_001] });
  await create(ride, 'from a file and members', token, { ...withFile, members: task['members'] });
  return [...created, fromFile].map((answer) => idAt(answer, 'id'));
}

async function driveRefusedCreations(ride: Ride, token: string, task: Fields): Promise<void> {
  const { send } = ride;
  const day = String(task['scheduledStartTime']).slice(0, 10);
  const next = localText(Date.parse(`${day}T12:00:00+08:00`) + DAY).slice(0, 10);
  const refused: Readonly<Record<string, Fields>> = {
    'for nobody': { members: undefined },
    'with no members': { members: [] },
    'with a member without an id': { members: [{ nickname: '小陈', city: '上海' }] },
    'with a variable that nobody supplies': { members: [{ userId: 'u-1', nickname: '小陈' }] },
    'with a name of 121 characters': { taskName: '名'.repeat(121) },
    'without a name': { taskName: undefined },
    'of an unknown type': { taskType: 'OTHER' },
    'without contents': { contents: [] },
    'with a text of 1025 characters': { contents: [{ contentType: 'TEXT', contentValue: '字'.repeat(1025) }] },
    'with an end on the next day': { scheduledEndTime: `${next} 08:00:00` },
    'with an end before the start': { scheduledEndTime: `${day} 08:59:59` },
    'after 22:00 without an end': { scheduledStartTime: `${day} 22:00:01` },
    'at a time of another form': { scheduledStartTime: `${day}T09:00:00` },
    'on a day that does not exist': { scheduledStartTime: '2027-02-30 09:00:00' },
  };
  for (const [name, fields] of Object.entries(refused)) await create(ride, name, token, { ...task, ...fields });
  await send('task: create without a token', 'POST', TASKS, { json: task });
  await send('task: create from broken JSON', 'POST', TASKS, { token, text: '{"taskName": "名",' });
}

async function driveLists({ send }: Ride, token: string, task: Fields): Promise<void> {
  const list = async (name: string, query: Readonly<Record<string, string>>): Promise<Answer> =>
    await send(`task: list ${name}`, 'GET', `${TASKS}?${new URLSearchParams(query).toString()}`, { token });

  for (const size of ['10', '20']) {
    const first = await list('the first page', { taskType: TYPE, size, current: '0' });
    // A page may break its promises: 8 pages are more than there are.
    const pages = Math.min(Math.ceil(Number(at(first.value, 'page', 'total') ?? 0) / Number(size)), 8);
    for (let current = 1; current <= pages; current += 1) {
      await list('a further page', { taskType: TYPE, size, current: String(current) });
    }
  }
  await list('without a page', { taskType: TYPE });
  await list('the largest page', { taskType: TYPE, size: '100' });
  await list('the other type', { taskType: 'APPOINTMENT_REMINDER' });
  for (const status of ['PENDING', 'EXECUTING', 'COMPLETED', 'TERMINATED'])
    await list(`those ${status}`, { taskType: TYPE, status, size: '100' });
  const start = String(task['scheduledStartTime']);
  await list('a window with both ends on the start', { taskType: TYPE, startTime: start, endTime: start, size: '100' });
  await list('a window of a day', {
    taskType: TYPE,
    startTime: `${start.slice(0, 10)} 00:00:00`,
    endTime: `${start.slice(0, 10)} 23:59:59`,
  });
  await list('a window without tasks', { taskType: TYPE, startTime: '2099-01-01 00:00:00' });
  await list('without a type', {});
  await list('an unknown type', { taskType: 'OTHER' });
  await list('an unknown status', { taskType: TYPE, status: 'DONE' });
  await list('pages of 101', { taskType: TYPE, size: '101' });
  await list('pages of 0', { taskType: TYPE, size: '0' });
  await list('page -1', { taskType: TYPE, current: '-1' });
  await list('a window of another form', { taskType: TYPE, startTime: 'yesterday' });
  await send('task: list without a token', 'GET', `${TASKS}?taskType=${TYPE}`);
}

async function driveReading({ send }: Ride, token: string, ids: readonly (number | bigint)[]): Promise<void> {
  for (const id of ids) {
    await send('task: get', 'GET', `${TASKS}/${id}`, { token });
    await send('task: executions', 'GET', `${TASKS}/${id}/executions`, { token });
  }
  // Tasks that others made: ended ones have members that were reached and members that were not.
  const known = [
    ...listAt(await send('task: list the completed', 'GET', `${TASKS}?taskType=${TYPE}&status=COMPLETED&size=2`, { token }), 'records'),
    ...listAt(await send('task: list the appointments', 'GET', `${TASKS}?taskType=APPOINTMENT_REMINDER`, { token }), 'records'),
  ];
  for (const task of known) {
    const path = `${TASKS}/${String(at(task, 'id'))}`;
    await send('task: get one of others', 'GET', path, { token });
    for (const query of ['?size=2', '?size=2&current=1', '?size=2&current=2']) {
      await send('task: executions page by page', 'GET', `${path}/executions${query}`, { token });
    }
    for (const query of ['orderBy=status', 'orderBy=status&orderDirection=DESC', 'orderBy=executeTime&orderDirection=DESC']) {
      await send('task: executions in order', 'GET', `${path}/executions?${query}`, { token });
    }
  }
  const path = `${TASKS}/${ids[0] ?? 1}`;
  for (const query of ['size=101', 'orderBy=memberId', 'orderBy=status&orderDirection=UP', 'current=x']) {
    await send(`task: executions with ${query}`, 'GET', `${path}/executions?${query}`, { token });
  }
  for (const id of ['999999000001', 'abc', '0']) {
    await send(`task: get ${id}`, 'GET', `${TASKS}/${id}`, { token });
    await send(`task: executions of ${id}`, 'GET', `${TASKS}/${id}/executions`, { token });
    await send(`task: terminate ${id}`, 'PUT', `${TASKS}/${id}/termination`, { token, json: {} });
  }
  await send('task: get without a token', 'GET', path);
  await send('task: executions without a token', 'GET', `${path}/executions`);
  await send('task: terminate without a token', 'PUT', `${path}/termination`, { json: {} });
}

async function driveTermination({ send, clock }: Ride, token: string, ids: readonly (number | bigint)[]): Promise<void> {
  await clock.elapse(1100);
  const bodies = [{ json: { reason: '门店临时取消活动' } }, { json: {} }, {}];
  for (const [index, body] of bodies.entries()) {
    const path = `${TASKS}/${ids[index] ?? 1}`;
    await send('task: terminate', 'PUT', `${path}/termination`, { token, ...body });
    await send('task: get the terminated', 'GET', path, { token });
    await send('task: terminate again', 'PUT', `${path}/termination`, { token, json: { reason: '再次终止' } });
    await send('task: get after the second attempt', 'GET', path, { token });
  }
  await send('task: list the terminated', 'GET', `${TASKS}?taskType=${TYPE}&status=TERMINATED`, { token });
  await send('task: terminate with a reason that is no text', 'PUT', `${TASKS}/${ids[3] ?? 1}/termination`, { token, json: { reason: 5 } });
  const ended = await send('task: list one completed', 'GET', `${TASKS}?taskType=${TYPE}&status=COMPLETED&size=1`, { token });
  const path = `${TASKS}/${idAt(ended, 'records', 0, 'id')}`;
  await send('task: terminate a completed one', 'PUT', `${path}/termination`, { token, json: {} });
  await send('task: get the completed one', 'GET', path, { token });
}

/** Two tasks that start in two seconds: one ends by itself three members later, the other is stopped on the way. */
async function driveTime(ride: Ride, token: string, task: Fields): Promise<void> {
  const { send, clock } = ride;
  const startsAt = Math.ceil(clock.now() / 1000) * 1000 + 2000;
  const start = localText(startsAt);
  const members = NAMES.slice(0, 4).map((nickname, index) => ({ userId: `t-${index}`, nickname, city: '上海' }));
  const timed = { ...task, members, scheduledStartTime: start };
  const ends = idAt(await create(ride, 'that ends', token, { ...timed, scheduledEndTime: localText(startsAt + 7000) }), 'id');
  const stopped = idAt(
    await create(ride, 'that is stopped', token, { ...timed, scheduledEndTime: `${start.slice(0, 10)} 23:59:59` }),
    'id',
  );
  const look = async (when: string): Promise<void> => {
    for (const id of [ends, stopped]) {
      await send(`task: get ${when}`, 'GET', `${TASKS}/${id}`, { token });
      await send(`task: executions ${when}`, 'GET', `${TASKS}/${id}/executions?orderBy=status&orderDirection=DESC`, { token });
    }
    await send(`task: list ${when}`, 'GET', `${TASKS}?taskType=${TYPE}&status=EXECUTING`, { token });
  };
  await look('before the start');
  await clock.elapse(startsAt - clock.now() + 500);
  await look('after the start');
  await clock.elapse(5000);
  await look('after the first member');
  await send('task: terminate while executing', 'PUT', `${TASKS}/${stopped}/termination`, { token, json: { reason: '提前结束' } });
  await clock.elapse(5000);
  await look('after the end');
  await send('task: terminate after the end', 'PUT', `${TASKS}/${ends}/termination`, { token, json: {} });
  await look('in the end');
}

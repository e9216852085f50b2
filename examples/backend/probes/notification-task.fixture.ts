import type { TASK_DEFECTS } from '../defects/notification-task.ts';
import { at, idAt, listAt } from '../drive/client.ts';
import type { Answer } from '../drive/client.ts';
import { upload } from '../drive/file.ts';
import { told } from './probe.fixture.ts';
import type { Probe } from './probe.fixture.ts';

type LoggedIn = Parameters<Probe>[0];
type Fields = Readonly<Record<string, unknown>>;

const TASKS = '/api/v1/notification-tasks';
const TASK = {
  taskName: '专属优惠提醒',
  taskType: 'CUSTOMER_RESOURCE_REMINDER',
  scheduledStartTime: '2026-03-01 09:00:00',
  contents: [{ contentType: 'TEXT', contentValue: '您在{{city}}的优惠 & 礼品' }],
  members: [
    { userId: 'u-1', nickname: '小林', city: '上海' },
    { userId: 'u-2', nickname: '小周', city: '苏州' },
  ],
};
const HOUR = 3_600_000;

async function create({ send, token }: LoggedIn, fields: Fields = {}): Promise<Answer> {
  return await send('create', 'POST', TASKS, { token, json: { ...TASK, ...fields } });
}

async function get({ send, token }: LoggedIn, path: string): Promise<Answer> {
  return await send('get', 'GET', `${TASKS}${path}`, { token });
}

async function terminate({ send, token }: LoggedIn, id: unknown, json: unknown = {}): Promise<Answer> {
  return await send('terminate', 'PUT', `${TASKS}/${String(id)}/termination`, { token, json });
}

/** How a creation with these fields ends. */
const statusOf =
  (fields: Fields): Probe =>
  async (ride) =>
    (await create(ride, fields)).status;

/** What a GET answers; `{id}` is a task just created. */
const read =
  (path: string, fields: Fields = {}): Probe =>
  async (ride) => {
    const id = idAt(await create(ride, fields), 'id');
    return told(await get(ride, path.replace('{id}', String(id))));
  };

const list = (query: string): Probe => read(`?taskType=${TASK.taskType}${query}`);
const answerToCreate: Probe = async (ride) => told(await create(ride));
const answerWithoutToken: Probe = async ({ send }) => told(await send('get', 'GET', `${TASKS}/1`));

/** Creates a task, lets time pass, terminates it; the answer, and the task afterwards. */
const terminated =
  (times: number, ms = 0): Probe =>
  async (ride) => {
    const id = idAt(await create(ride), 'id');
    await ride.clock.elapse(ms);
    const answers: object[] = [];
    for (let count = 0; count < times; count += 1) answers.push(told(await terminate(ride, id)));
    return [...answers, told(await get(ride, `/${id}`))];
  };

/** The path of a task of those to begin with that has members of every kind. */
async function endedTask(ride: LoggedIn): Promise<string> {
  return `/${String(at((await get(ride, '?taskType=APPOINTMENT_REMINDER')).value, 'records', 0, 'id'))}`;
}

const ofEndedTask =
  (path: string): Probe =>
  async (ride) =>
    told(await get(ride, `${await endedTask(ride)}${path}`));

async function fileId(ride: LoggedIn, fileName: string): Promise<number | bigint> {
  return idAt(await upload(ride, 'upload', ride.token, { fileName, content: 'stand-in' }), 'id');
}

export const TASK_PROBES: Readonly<Record<(typeof TASK_DEFECTS)[number]['id'], Probe>> = {
  'task-total-missing': answerToCreate,
  'task-id-rounded': answerToCreate,
  'task-time-iso': answerToCreate,
  'task-time-utc': answerToCreate,
  'task-default-end-late': answerToCreate,
  'task-mojibake': answerToCreate,
  'task-create-201': answerToCreate,
  'task-id-text': list(''),
  'task-status-lowercase': list(''),
  'task-records-null': list('&startTime=2099-01-01+00:00:00'),
  'task-internal-fields': read('/{id}'),
  'task-parameters-dropped': read('/{id}'),
  'task-html-escaped': read('/{id}'),
  'task-failed-with-time': ofEndedTask('/executions'),
  'task-failed-members-missing': ofEndedTask('/executions'),
  'task-executions-of-all': ofEndedTask('/executions'),
  'task-order-ignored': ofEndedTask('/executions?orderBy=status&orderDirection=DESC'),
  'task-page-ignored': ofEndedTask('/executions?size=2&current=1'),
  'task-success-count-all': ofEndedTask(''),
  'task-malformed-500': async ({ send, token }) => (await send('create', 'POST', TASKS, { token, text: '{' })).status,
  'task-unknown-200': async (ride) => (await get(ride, '/5')).status,
  'task-unknown-400': async (ride) => (await get(ride, '/5')).status,
  'task-unknown-file-404': statusOf({ members: undefined, fileIds: [5] }),
  'task-token-unchecked': async ({ send }) => (await send('list', 'GET', `${TASKS}?taskType=${TASK.taskType}`)).status,
  'task-no-token-403': answerWithoutToken,
  'task-no-token-html': answerWithoutToken,
  'task-total-of-page': list('&size=5'),
  'task-page-from-one': list('&size=5&current=1'),
  'task-page-one-more': list('&size=5'),
  'task-page-overlap': list('&size=5&current=1'),
  'task-oldest-first': list('&size=5'),
  'task-status-filter-ignored': list('&status=TERMINATED'),
  'task-type-filter-ignored': read('?taskType=APPOINTMENT_REMINDER'),
  'task-window-exclusive': list('&startTime=2026-03-01+09:00:00&endTime=2026-03-01+09:00:00'),
  'task-from-files-unlisted': read('?taskType=APPOINTMENT_REMINDER'),
  'task-type-optional': async (ride) => (await get(ride, '')).status,
  'task-size-unlimited': list('&size=101'),
  'task-member-unidentified': statusOf({ members: [{ nickname: '小陈', city: '上海' }] }),
  'task-both-receivers': async (ride) => (await create(ride, { fileIds: [await fileId(ride, 'a.xlsx')] })).status,
  'task-name-too-long': statusOf({ taskName: '名'.repeat(121) }),
  'task-name-code-units': statusOf({ taskName: '🐯'.repeat(120) }),
  'task-end-before-start': statusOf({ scheduledEndTime: '2026-03-01 08:59:59' }),
  'task-other-day': statusOf({ scheduledEndTime: '2026-03-02 09:00:00' }),
  'task-file-not-excel': async (ride) => (await create(ride, { members: undefined, fileIds: [await fileId(ride, 'a.txt')] })).status,
  'task-variables-unchecked': statusOf({ members: [{ userId: 'u-1' }] }),
  'task-terminate-204': terminated(1),
  'task-terminate-no-effect': terminated(1),
  'task-terminate-previous-after': terminated(1),
  'task-terminate-becomes-completed': terminated(1),
  'task-update-time-stale': terminated(1, 5000),
  'task-terminate-twice': terminated(2),
  'task-terminate-409': terminated(2),
  'task-terminate-refused-200': terminated(2),
  'task-terminate-body-required': async (ride) => {
    const id = idAt(await create(ride), 'id');
    return (await ride.send('terminate', 'PUT', `${TASKS}/${id}/termination`, { token: ride.token })).status;
  },
  'task-terminate-completed': async (ride) => (await terminate(ride, (await endedTask(ride)).slice(1))).status,
  'task-never-ends': async (ride) => {
    const id = idAt(await create(ride, { scheduledEndTime: '2026-03-01 09:00:05' }), 'id');
    await ride.clock.elapse(1.5 * HOUR);
    return told(await get(ride, `/${id}`));
  },
  'task-terminated-still-served': async (ride) => {
    const id = idAt(await create(ride), 'id');
    await terminate(ride, id);
    await ride.clock.elapse(1.5 * HOUR);
    return listAt(await get(ride, `/${id}/executions`), 'records').map((execution) => at(execution, 'status'));
  },
};

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createBackend } from './app.ts';
import { startBackend } from './backend.fixture.ts';
import type { StartedBackend } from './backend.fixture.ts';
import type { BackendOptions } from './app.ts';
import { DEMO, PARTNER } from './credentials.ts';
import { createCheckedSend, loadDocuments } from './document.fixture.ts';
import type { Documents } from './document.fixture.ts';
import { driveAuth, driveExpiry, logIn } from './drive/auth.ts';
import { idAt, listAt, textAt } from './drive/client.ts';
import type { Answer, Send } from './drive/client.ts';
import { driveFiles, upload } from './drive/file.ts';
import { driveTasks } from './drive/notification-task.ts';
import { numbersFrom } from './drive/ride.ts';
import type { Ride } from './drive/ride.ts';
import { driveTies } from './drive/tie.ts';

let documents: Documents;
beforeAll(async () => {
  documents = await loadDocuments();
});

const running: StartedBackend[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((backend) => backend.close()));
});

/** A correct backend whose every answer is checked against its document. */
async function start(options: BackendOptions = {}): Promise<Ride & { readonly token: string }> {
  const backend = await startBackend([], options);
  running.push(backend);
  const number = numbersFrom(1);
  const send: Send = createCheckedSend(documents, backend.url);
  const ride: Ride = { send, clock: backend.clock, credentials: DEMO, number, pick: (list) => list[0] };
  return { ...ride, token: textAt(await logIn(ride, 'log in'), 'access_token') };
}

const TASKS = '/api/v1/notification-tasks';
const TASK = {
  taskName: '三八节专属优惠提醒',
  taskType: 'CUSTOMER_RESOURCE_REMINDER',
  scheduledStartTime: '2026-03-01 09:00:00',
  contents: [{ contentType: 'TEXT', contentValue: '{{name}}，您的专属优惠即将到期' }],
  members: [
    { userId: 'u-1001', nickname: '小林' },
    { ciq: 'ciq-1002', nickname: '小周' },
  ],
};
const TIE = { uid: 42, title: '天天健步走', img: 'https://example.com/a.jpg', brief: '走路即可赚钱', link: 'https://example.com/t' };

test.each([1, 2, 999])('every answer to a whole drive is as documented, seed %i', async (seed) => {
  const ride = { ...(await start({ seed })), number: numbersFrom(seed) };
  const parts = [
    async () => await driveAuth(ride),
    async () => await driveFiles(ride, ride.token),
    async () => await driveTasks(ride, ride.token),
    async () => await driveTies(ride),
    async () => await driveExpiry(ride, Infinity),
  ];
  for (const part of parts) await expect(part()).resolves.toBeUndefined();
});

test('the check of answers sees what is not as documented', () => {
  const flawsOf = (
    method: string,
    path: string,
    status: number,
    headers: Readonly<Record<string, string>>,
    text: string,
  ): readonly string[] =>
    documents.flawsOf(method, path, { status, headers: new Headers(headers), bytes: Buffer.from(text), value: undefined });
  const json = { 'content-type': 'application/json' };
  expect(flawsOf('POST', '/tie/list.json', 200, json, '{"success":"true","data":{"count":0,"list":[]}}')).toEqual([]);
  expect(flawsOf('POST', '/tie/list.json', 200, json, '{"success":true,"data":{"count":0,"list":[]}}')).toHaveLength(1);
  expect(flawsOf('POST', '/tie/list.json', 500, json, '{}')).toEqual(['no status 500']);
  expect(flawsOf('POST', '/tie/none.json', 200, json, '{}')).toEqual(['no operation POST /tie/none.json']);
  expect(flawsOf('POST', '/oauth/token', 400, { 'content-type': 'text/html' }, '')).toEqual(['no media type text/html']);
  expect(flawsOf('GET', '/api/file/7', 200, { 'content-type': 'text/plain' }, 'x')).toHaveLength(4);
});

test('tokens: renewed once each, alive until they expire', async () => {
  const { send, clock, ...ride } = await start({ tokenSeconds: 60 });
  const authorization = `Basic ${Buffer.from(`${DEMO.clientId}:${DEMO.clientSecret}`).toString('base64')}`;
  const renew = async (token: string): Promise<Answer> =>
    await send('renew', 'POST', '/oauth/token', { authorization, json: { grant_type: 'refresh_token', refresh_token: token } });
  const list = async (token: string): Promise<number> =>
    (await send('list', 'GET', `${TASKS}?taskType=APPOINTMENT_REMINDER`, { token })).status;

  const first = await logIn({ ...ride, send, clock }, 'log in');
  expect(first.value).toMatchObject({ token_type: 'bearer', expires_in: 60 });
  const second = await renew(textAt(first, 'refresh_token'));
  expect(textAt(second, 'access_token')).not.toBe(textAt(first, 'access_token'));
  expect(await renew(textAt(first, 'refresh_token'))).toMatchObject({ status: 400, value: { error: 'invalid_grant' } });
  expect((await renew(textAt(second, 'refresh_token'))).status).toBe(200);

  await clock.elapse(59_999);
  expect(await list(textAt(first, 'access_token'))).toBe(200);
  await clock.elapse(1);
  expect(await list(textAt(first, 'access_token'))).toBe(401);
});

test('whoever the options name may log in, and the partner too', async () => {
  const credentials = { clientId: '客户端', clientSecret: 'a:b', username: 'me@example.com', password: 'p' };
  const ride = await start({ credentials });
  for (const allowed of [credentials, PARTNER]) expect((await logIn({ ...ride, credentials: allowed }, 'log in')).status).toBe(200);
  expect(await logIn({ ...ride, credentials: DEMO }, 'log in')).toMatchObject({ status: 401, value: { error: 'invalid_client' } });
});

test('a file comes back byte by byte under its own name', async () => {
  const ride = await start();
  const content = Uint8Array.of(0, 255, 13, 10, 128);
  const uploaded = await upload(ride, 'upload', ride.token, { fileName: '会员名单-2026年3月.png', content });
  const id = idAt(uploaded, 'id');
  expect(uploaded.value).toEqual({
    id: expect.any(BigInt),
    fileName: '会员名单-2026年3月.png',
    signature: createHash('sha256').update(content).digest('hex'),
    fileSize: 5,
    createTime: ride.clock.now(),
  });
  for (const path of ['/api/v1/file', '/api/file']) {
    const { bytes, headers } = await ride.send('download', 'GET', `${path}/${id}`);
    expect(new Uint8Array(bytes)).toEqual(content);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `inline; filename="____-2026_3_.png"; filename*=UTF-8''${encodeURIComponent('会员名单-2026年3月.png')}`,
      'last-modified': 'Sun, 01 Mar 2026 00:00:00 GMT',
    });
  }
});

test('a task starts, serves its members and ends by the clock', async () => {
  const { send, clock, token } = await start();
  const created = await send('create', 'POST', TASKS, { token, json: { ...TASK, scheduledEndTime: '2026-03-01 09:00:05' } });
  expect(created.value).toMatchObject({ status: 'PENDING', createTime: '2026-03-01 08:00:00', totalMembers: 2 });
  const path = `${TASKS}/${idAt(created, 'id')}`;
  const statusNow = async (): Promise<string> => textAt(await send('get', 'GET', path, { token }), 'status');
  expect(await statusNow()).toBe('PENDING');
  await clock.elapse(3_600_000);
  expect(await statusNow()).toBe('EXECUTING');
  await clock.elapse(5_000);
  expect(await statusNow()).toBe('COMPLETED');
  expect((await send('executions', 'GET', `${path}/executions`, { token })).value).toMatchObject({
    page: { current: 0, size: 20, total: 2 },
    records: [
      { memberName: '小林', status: 'COMPLETED', executeTime: '2026-03-01 09:00:05' },
      { memberName: '小周', status: 'FAILED', executeTime: null },
    ],
  });
  expect((await send('terminate', 'PUT', `${path}/termination`, { token })).status).toBe(400);
  expect(await statusNow()).toBe('COMPLETED');
});

test('a task is terminated once, and serves nobody any more', async () => {
  const { send, clock, token } = await start();
  const path = `${TASKS}/${idAt(await send('create', 'POST', TASKS, { token, json: TASK }), 'id')}`;
  await clock.elapse(3_605_000);
  const { value } = await send('terminate', 'PUT', `${path}/termination`, { token, json: { reason: '门店临时取消活动' } });
  expect(value).toEqual({ previousStatus: 'EXECUTING', currentStatus: 'TERMINATED' });
  await clock.elapse(60_000);
  expect((await send('get', 'GET', path, { token })).value).toMatchObject({
    status: 'TERMINATED',
    lastUpdateTime: '2026-03-01 09:00:05',
    statistics: { totalMembers: 2, successCount: 1 },
  });
  expect((await send('terminate again', 'PUT', `${path}/termination`, { token })).status).toBe(400);
});

test('the list counts pages from 0, newest first', async () => {
  const { send, token } = await start();
  const ids: (number | bigint)[] = [];
  for (let count = 0; count < 25; count += 1) {
    const json = { ...TASK, scheduledStartTime: '2026-04-01 09:00:00', taskType: 'APPOINTMENT_REMINDER' };
    ids.push(idAt(await send('create', 'POST', TASKS, { token, json }), 'id'));
  }
  const window = new URLSearchParams({
    taskType: 'APPOINTMENT_REMINDER',
    startTime: '2026-04-01 09:00:00',
    endTime: '2026-04-01 09:00:00',
  });
  const pages = [];
  for (const current of [0, 1, 2])
    pages.push((await send('list', 'GET', `${TASKS}?${window.toString()}&current=${current}`, { token })).value);
  const newest = ids.toReversed().map((id) => ({ id }));
  expect(pages).toMatchObject([
    { page: { current: 0, size: 20, total: 25 }, records: newest.slice(0, 20) },
    { page: { current: 1, size: 20, total: 25 }, records: newest.slice(20) },
    { page: { current: 2, size: 20, total: 25 }, records: [] },
  ]);
});

test('no digit of a long id is lost', async () => {
  const { send } = await start();
  const saved = await send('save', 'POST', '/tie/saveOrUpdate.json', { json: TIE });
  const id = idAt(saved, 'data', 'tieid');
  expect(id).toBeGreaterThan(2n ** 53n);
  expect((await send('find', 'POST', '/tie/findById.json', { json: { tieid: id } })).value).toMatchObject({
    data: { id, title: TIE.title },
  });
  expect((await send('find', 'POST', '/tie/findById.json', { json: { tieid: BigInt(id) + 1n } })).value).toMatchObject({
    error_code: '10000',
  });
});

test('a tie: defaults, a change that keeps what it does not send, a deleted invitation', async () => {
  const { send, clock } = await start();
  const call = async (path: string, json: unknown): Promise<Answer> => await send(path, 'POST', `/tie/${path}.json`, { json });
  const tid = idAt(await call('saveOrUpdate', { ...TIE, level: 3 }), 'data', 'tieid');
  await clock.elapse(60_000);
  await call('saveOrUpdate', { ...TIE, id: tid, title: '天天夜跑' });
  const created = clock.now() - 60_000;
  expect((await call('findById', { tieid: tid })).value).toMatchObject({
    data: { title: '天天夜跑', level: 3, status: 0, createTime: created, updateTime: clock.now(), isDeleted: 0 },
  });
  const invitation = { tid, uid: 1, link: 'https://example.com/i', probabilityMin: 0, probabilityMax: 49 };
  const inviteid = idAt(await call('invitiation/saveOrUpdate', invitation), 'data', 'inviteid');
  expect((await call('invitiation/findByTidAndProbability', { tid, probability: 49 })).value).toMatchObject({
    data: { invitiation: { id: inviteid } },
  });
  expect((await call('invitiation/delete', { invite_id: inviteid })).value).toEqual({ success: 'true' });
  expect(listAt(await call('invitiation/findByTid', { tid }), 'data', 'invitiations')).toEqual([]);
  expect((await call('invitiation/delete', { invite_id: inviteid })).value).toMatchObject({ error_code: '10000' });
});

test('a database in a file outlives its backend', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'backend-'));
  try {
    const file = join(folder, 'backend.sqlite');
    const first = await start({ file });
    const tieid = idAt(await first.send('save', 'POST', '/tie/saveOrUpdate.json', { json: TIE }), 'data', 'tieid');
    await Promise.all(running.splice(0).map((backend) => backend.close()));
    const second = await start({ file, seed: 5 });
    expect((await second.send('find', 'POST', '/tie/findById.json', { json: { tieid } })).value).toMatchObject({
      data: { title: TIE.title },
    });
    await Promise.all(running.splice(0).map((backend) => backend.close()));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a path that nobody published is 404, whatever is sent to it', async () => {
  const backend = await createBackend().listen(0);
  try {
    for (const path of ['/', '/tie/nothing.json', '/oauth/none', '/api/v1/file/1/2', '/%E0%A4%A']) {
      const { status } = await fetch(`${backend.url}${path}`, { method: 'POST', body: '{' });
      expect(status, path).toBeGreaterThanOrEqual(400);
      expect(status, path).toBeLessThan(500);
    }
  } finally {
    await backend.close();
  }
});

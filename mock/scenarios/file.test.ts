import { createHash } from 'node:crypto';
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
/** Five bytes that are no text in any encoding. */
const BYTES = Buffer.from([0x00, 0xff, 0x0d, 0x0a, 0x80]);

interface Uploaded {
  readonly id: number;
  readonly fileName: string;
  readonly signature: string;
  readonly fileSize: number;
  readonly createTime: number;
}

async function upload(
  world: MockSession,
  content: Uint8Array<ArrayBuffer>,
  fileName = 'sample.bin',
  moduleName = 'notification',
  path = '/api/v1/file',
): Promise<TestAnswer> {
  const body = new FormData();
  body.set('file', new File([content], fileName));
  body.set('moduleName', moduleName);
  return await world.fetch(path, { method: 'POST', headers: { authorization }, body });
}

async function uploaded(world: MockSession, content: Uint8Array<ArrayBuffer>, fileName?: string): Promise<Uploaded> {
  const answer = await upload(world, content, fileName);
  expect(answer.status).toBe(200);
  return answer.body as Uploaded;
}

async function stored(world: MockSession): Promise<number> {
  return (await world.state.read())['file/file']?.length ?? 0;
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

test('T-FILE-1 an upload answers with size, signature and time', async () => {
  const world = mock.session({ scenario: 'empty' });
  await world.clock.freeze('2026-03-01T09:00:00.123+08:00');
  expect(await uploaded(world, BYTES)).toEqual({
    id: expect.any(Number),
    fileName: 'sample.bin',
    signature: sha256(BYTES),
    fileSize: 5,
    createTime: Date.parse('2026-03-01T09:00:00.123+08:00'),
  });
  await world.expectNoViolations();
});

test('T-FILE-2 a download needs no token and is the file, byte by byte', async () => {
  const world = mock.session({ scenario: 'empty' });
  await world.clock.freeze('2026-03-01T09:00:00.123+08:00');
  const { id, createTime, fileSize } = await uploaded(world, BYTES, 'report.pdf');
  const { status, bytes, headers } = await world.fetch(`/api/v1/file/${id}`);
  expect(status).toBe(200);
  expect(bytes).toEqual(BYTES);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'inline; filename="report.pdf"',
    'cache-control': 'public, max-age=31536000',
    'content-length': String(fileSize),
    'last-modified': 'Sun, 01 Mar 2026 01:00:00 GMT',
  });
  expect(Date.parse(headers.get('last-modified') ?? '')).toBe(Math.floor(createTime / 1000) * 1000);
  await world.expectNoViolations();
});

test('T-FILE-3 the older address reaches the same file', async () => {
  const world = mock.session({ scenario: 'empty' });
  const { id } = await uploaded(world, BYTES);
  const [now, old] = [await world.fetch(`/api/v1/file/${id}`), await world.fetch(`/api/file/${id}`)];
  expect(old).toMatchObject({ status: 200, bytes: now.bytes });
  expect(old.bytes).toEqual(BYTES);
  for (const name of ['content-type', 'content-disposition', 'cache-control', 'content-length', 'last-modified'])
    expect(old.headers.get(name)).toBe(now.headers.get(name));
  const second = await upload(world, BYTES, 'sample.bin', 'notification', '/api/file');
  expect(second).toMatchObject({ status: 200, body: { signature: sha256(BYTES) } });
  await world.expectNoViolations();
});

test('T-FILE-4 an upload needs a token', async () => {
  const world = mock.session({ scenario: 'empty' });
  const body = new FormData();
  body.set('file', new File([BYTES], 'sample.bin'));
  body.set('moduleName', 'notification');
  expect((await world.fetch('/api/v1/file', { method: 'POST', body })).status).toBe(401);
  expect(await stored(world)).toBe(0);
  await world.expectNoViolations();
});

test.each([
  { name: 'an empty file', content: Buffer.alloc(0), moduleName: 'notification', want: 400 },
  { name: 'a hyphen in moduleName', content: BYTES, moduleName: 'notification-2026', want: 400 },
  { name: 'moduleName of 51 characters', content: BYTES, moduleName: 'm'.repeat(51), want: 400 },
  { name: 'an empty moduleName', content: BYTES, moduleName: '', want: 400 },
  { name: 'moduleName of 50 characters', content: BYTES, moduleName: 'm'.repeat(50), want: 200 },
])('T-FILE-5 $name: $want', async ({ content, moduleName, want }) => {
  const world = mock.session({ scenario: 'empty' });
  expect((await upload(world, content, 'sample.bin', moduleName)).status).toBe(want);
  expect(await stored(world)).toBe(want === 200 ? 1 : 0);
  await world.expectNoViolations();
});

test.each(['file', 'moduleName'])('T-FILE-5 an upload without %s is refused', async (missing) => {
  const world = mock.session({ scenario: 'empty' });
  const body = new FormData();
  if (missing !== 'file') body.set('file', new File([BYTES], 'sample.bin'));
  if (missing !== 'moduleName') body.set('moduleName', 'notification');
  expect((await world.fetch('/api/v1/file', { method: 'POST', headers: { authorization }, body })).status).toBe(400);
  await world.expectNoViolations();
});

test.each([
  { id: '0', want: 400 },
  { id: 'abc', want: 400 },
  { id: '-1', want: 400 },
  { id: '999999', want: 404 },
])('T-FILE-6 a download of $id is $want', async ({ id, want }) => {
  const world = mock.session({ scenario: 'empty' });
  expect((await world.fetch(`/api/v1/file/${id}`)).status).toBe(want);
  await world.expectNoViolations();
});

test('T-FILE-7 one content under two names is two files with one signature', async () => {
  const world = mock.session({ scenario: 'empty' });
  const first = await uploaded(world, BYTES, 'first.bin');
  const second = await uploaded(world, BYTES, 'second.bin');
  expect(first.id).not.toBe(second.id);
  expect(second.signature).toBe(first.signature);
  for (const { id, fileName } of [first, second]) {
    const download = await world.fetch(`/api/v1/file/${id}`);
    expect(download.bytes).toEqual(BYTES);
    expect(download.headers.get('content-disposition')).toBe(`inline; filename="${fileName}"`);
  }
  await world.expectNoViolations();
});

test.each([
  { fileName: '会员名单-2026年3月.xlsx', ascii: '____-2026_3_.xlsx' },
  { fileName: '报表 (终稿)*.dat', ascii: '__ (__)*.dat' },
  { fileName: '海报🐯.png', ascii: '___.png' },
])('T-FILE-8 the name $fileName survives in Content-Disposition', async ({ fileName, ascii }) => {
  const world = mock.session({ scenario: 'empty' });
  const file = await uploaded(world, BYTES, fileName);
  expect(file.fileName).toBe(fileName);
  const disposition = (await world.fetch(`/api/v1/file/${file.id}`)).headers.get('content-disposition') ?? '';
  const parts = /^inline; filename="([\x20-\x7e]*)"; filename\*=UTF-8''([\w%.!#$&+^`|~-]+)$/.exec(disposition);
  expect(parts?.[1]).toBe(ascii);
  expect(decodeURIComponent(parts?.[2] ?? '')).toBe(fileName);
  await world.expectNoViolations();
});

test('the files to begin with carry their own signature and size', async () => {
  const world = mock.session();
  const files = (await world.state.read())['file/file'] ?? [];
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const { bytes } = await world.fetch(`/api/v1/file/${String(file['id'])}`);
    expect({ signature: sha256(bytes), fileSize: bytes.length }).toEqual({ signature: file['signature'], fileSize: file['fileSize'] });
  }
  await world.expectNoViolations();
});

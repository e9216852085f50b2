import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createOperationTable } from '../operations/index.ts';
import type { OperationTable } from '../operations/index.ts';
import { createMock, loadDocuments, watchDocuments } from './index.ts';
import type { DocumentEvent } from './index.ts';
import { ask, folderOf, PLAIN } from './mock.fixture.ts';

/** A live change is there within a second; the limit leaves room for a busy machine. */
const LIMIT_MS = 5_000;

const root = (value: string, extra = '') => `openapi: 3.1.0
info: { title: t, version: '1' }
paths:
  /value:
    get:
      responses:
        '200': { description: d, content: { application/json: { schema: {}, example: ${value} } } }
${extra}`;
const part = (value: string) => `get:
  responses:
    '200': { description: d, content: { application/json: { schema: {}, example: ${value} } } }
`;
const USES_PART = `  /part: { $ref: ./parts/part.yaml }\n`;

/** Files that are served live. */
async function live(
  files: Readonly<Record<string, string>>,
  roots: readonly string[] = ['root.yaml'],
  meanwhile?: (folder: string) => void,
) {
  const folder = folderOf(files);
  const documents = await loadDocuments(
    roots.map((name) => join(folder, name)),
    { root: folder },
  );
  meanwhile?.(folder);
  let table: OperationTable = createOperationTable(documents);
  const events: DocumentEvent[] = [];
  const watching = watchDocuments(documents, { root: folder }, (event) => {
    events.push(event);
    if (event.kind === 'reloaded') ({ table } = event);
  });
  onTestFinished(() => watching.close());
  await watching.ready;
  const value = async (path: string) => {
    const answer = await ask(createMock(table, PLAIN), `GET ${path}`);
    return answer.status === 200 ? answer.body : answer.status;
  };
  const complaint = () => events.flatMap((event) => (event.kind === 'broken' ? [event.error.message] : [])).at(-1) ?? '';
  return {
    events,
    value,
    write: (name: string, text: string) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    move: (from: string, to: string) => renameSync(join(folder, from), join(folder, to)),
    remove: (name: string) => rmSync(join(folder, name)),
    reaches: (path: string, want: unknown) =>
      until(
        () => value(path),
        (is) => is === want,
      ),
    broken: () => until(complaint, (text) => text !== ''),
    complaint,
  };
}

/** What `look` gives once it is as wished, or when the time is up. */
async function until<Value>(look: () => Value | Promise<Value>, isWished: (value: Value) => boolean): Promise<Value> {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    const value = await look();
    if (isWished(value) || performance.now() > end) return value;
    await sleep(20);
  }
}

test('a change of the root file', async () => {
  const { write, reaches } = await live({ 'root.yaml': root('1') });
  write('root.yaml', root('2'));
  expect(await reaches('/value', 2)).toEqual(2);
  write('root.yaml', root('3', '  /new: { get: { responses: { 204: { description: n } } } }\n'));
  expect(await reaches('/new', 204)).toEqual(204);
});

test('a change before the files are watched', async () => {
  const { write, reaches } = await live({ 'root.yaml': root('1', USES_PART), 'parts/part.yaml': part('1') }, ['root.yaml'], (folder) => {
    writeFileSync(join(folder, 'root.yaml'), root('2', USES_PART));
    writeFileSync(join(folder, 'parts/part.yaml'), part('2'));
  });
  expect(await reaches('/value', 2)).toEqual(2);
  expect(await reaches('/part', 2)).toEqual(2);
  write('parts/part.yaml', part('3'));
  expect(await reaches('/part', 3)).toEqual(3);
});

test('a save that changes nothing is no news', async () => {
  const { write, events, reaches } = await live({ 'root.yaml': root('1') });
  write('root.yaml', root('1'));
  await sleep(300);
  expect(events).toEqual([]);
  write('root.yaml', root('2'));
  expect(await reaches('/value', 2)).toEqual(2);
});

test('a change of a file that is referred to', async () => {
  const { write, reaches } = await live({ 'root.yaml': root('1', USES_PART), 'parts/part.yaml': part('1') });
  write('parts/part.yaml', part('2'));
  expect(await reaches('/part', 2)).toEqual(2);
});

test('a file that did not exist, in a folder that did not exist', async () => {
  const { write, reaches } = await live({ 'root.yaml': root('1', USES_PART) });
  expect(await reaches('/part', 404)).toEqual(404);
  write('parts/part.yaml', part('1'));
  expect(await reaches('/part', 1)).toEqual(1);
  write('parts/part.yaml', part('2'));
  expect(await reaches('/part', 2)).toEqual(2);
});

test('a reference that is new leads to a file that is watched, too', async () => {
  const { write, reaches } = await live({ 'root.yaml': root('1'), 'parts/part.yaml': part('1') });
  write('root.yaml', root('2', USES_PART));
  expect(await reaches('/part', 1)).toEqual(1);
  write('parts/part.yaml', part('2'));
  expect(await reaches('/part', 2)).toEqual(2);
});

test('a save by rename, again and again', async () => {
  const { write, move, reaches } = await live({ 'root.yaml': root('0', USES_PART), 'parts/part.yaml': part('0') });
  for (const value of ['1', '2', '3']) {
    write('root.yaml.tmp', root(value, USES_PART));
    move('root.yaml.tmp', 'root.yaml');
    expect(await reaches('/value', Number(value))).toEqual(Number(value));
    write('parts/part.tmp', part(value));
    move('parts/part.tmp', 'parts/part.yaml');
    expect(await reaches('/part', Number(value))).toEqual(Number(value));
  }
});

test('a broken save of the root file keeps the last good version and says where', async () => {
  const { write, broken, value, reaches, complaint } = await live({ 'root.yaml': root('1') });
  write('root.yaml', root('2').replace('paths:', 'paths: ]'));
  await broken();
  expect(complaint()).toMatch(/root\.yaml:3:\d+: is not valid YAML/);
  expect(await value('/value')).toBe(1);
  write('root.yaml', root('3'));
  expect(await reaches('/value', 3)).toEqual(3);
});

test('a broken save of a file that is referred to does the same', async () => {
  const { write, broken, value, reaches, complaint } = await live({ 'root.yaml': root('1', USES_PART), 'parts/part.yaml': part('1') });
  write('parts/part.yaml', 'get: [');
  await broken();
  expect(complaint()).toMatch(/part\.yaml:1:\d+: /);
  expect(await value('/part')).toBe(1);
  write('parts/part.yaml', part('2'));
  expect(await reaches('/part', 2)).toEqual(2);
});

test('a save that is no document any more', async () => {
  const { write, broken, value, complaint } = await live({ 'root.yaml': root('1') });
  write('root.yaml', 'just: text\n');
  await broken();
  expect(complaint()).toContain('not an OpenAPI document');
  expect(await value('/value')).toBe(1);
});

test('a file that goes away and comes back', async () => {
  const { remove, write, value, reaches } = await live({ 'root.yaml': root('1') });
  remove('root.yaml');
  await sleep(300);
  expect(await value('/value')).toBe(1);
  write('root.yaml', root('2'));
  expect(await reaches('/value', 2)).toEqual(2);
});

test('many saves in a row end with the last', async () => {
  const { write, reaches, events } = await live({ 'root.yaml': root('0') });
  for (let value = 1; value <= 100; value += 1) {
    write('root.yaml', root(String(value)));
    if (value % 10 === 0) await sleep(5);
  }
  expect(await reaches('/value', 100)).toEqual(100);
  expect(events.length).toBeLessThan(100);
});

test('one document of several changes; the others stay', async () => {
  const { write, reaches, value } = await live({ 'root.yaml': root('1'), 'other.yaml': root('2').replace('/value', '/other') }, [
    'root.yaml',
    'other.yaml',
  ]);
  write('other.yaml', root('3').replace('/value', '/other'));
  expect(await reaches('/other', 3)).toEqual(3);
  expect(await value('/value')).toBe(1);
});

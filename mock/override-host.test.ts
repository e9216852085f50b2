import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startOverrides } from './override-host.ts';
import type { OverrideHost } from './override-host.ts';
import type { StateCall } from './override-messages.ts';

const SOURCE = `
export default {
  echo: ({ request, reply }) => reply(200, { got: request.body }, { 'x-by': 'override' }),
  refuses: ({ refuse }) => refuse('NO_TIE', 'none here'),
  passes: () => undefined,
  throws: () => { throw new Error('out of paper'); },
  hangs: () => { for (;;); },
  waits: () => new Promise(() => undefined),
  async counts({ state, reply }) {
    const rows = await state('tie').list((row) => row.uid === 1);
    return reply(200, { count: rows.length, first: await state('tie').get(9007199254740993n) });
  },
  async asksAndWaits({ state }) { await state('tie').get(1); await new Promise(() => undefined); },
  async asksWrong({ state }) { await state('nothing').get(1); },
};
`;

let folder = '';
let host: OverrideHost;
let file = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hufu-overrides-'));
  file = join(folder, 'tie.ts');
  await writeFile(file, SOURCE);
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => host.close());

const request = {
  method: 'POST',
  url: '/x',
  path: {},
  query: {},
  header: {},
  cookie: {},
  body: { id: 9007199254740993n },
  files: new Map(),
};
const run = (operationId: string, onCall: (call: StateCall) => unknown = () => undefined) =>
  host.run({ file, operationId, request, now: 0, offset: 0 }, onCall);
const start = async (limitMs?: number): Promise<void> => {
  host = startOverrides(new Map([['tie', file]]), limitMs);
  await host.fileOf('tie', 'echo');
};

test('an override sees the request, integers beyond 2^53 included, and its reply comes back', async () => {
  await start();
  expect(await run('echo')).toMatchObject({ status: 200, body: { got: { id: 9007199254740993n } }, headers: { 'x-by': 'override' } });
});

test('refusing names an error, returning nothing leaves the answer to others', async () => {
  await start();
  expect(await run('refuses')).toMatchObject({ error: { name: 'NO_TIE', message: 'none here' } });
  expect(await run('passes')).toBeUndefined();
});

test('only the operations in the file are overridden', async () => {
  await start();
  expect(host.fileOf('tie', 'echo')).toBe(file);
  expect(host.fileOf('tie', 'other')).toBeUndefined();
  expect(host.fileOf('other', 'echo')).toBeUndefined();
});

test('state calls are answered by the server, predicates run in the thread', async () => {
  await start();
  const calls: StateCall[] = [];
  const reply = await run('counts', (call) => {
    calls.push(call);
    return call.method === 'list' ? [{ uid: 1 }, { uid: 2 }] : { key: call.key };
  });
  expect(reply).toMatchObject({ body: { count: 1, first: { key: '9007199254740993' } } });
  expect(calls.map((call) => call.method)).toEqual(['list', 'get']);
});

test('what is thrown, here or there, is told with file and operation', async () => {
  await start();
  await expect(run('throws')).rejects.toThrow(`${file}: throws threw: out of paper`);
  await expect(
    run('asksWrong', () => {
      throw new Error('there is no collection "nothing"');
    }),
  ).rejects.toThrow('there is no collection "nothing"');
});

test.each(['hangs', 'waits'])('an override that never ends (%s) loses its thread; the next request gets a new one', async (operationId) => {
  await start(300);
  await expect(run(operationId)).rejects.toThrow('did not reply within 0.3 s');
  await host.fileOf('tie', 'echo');
  expect(await run('echo')).toMatchObject({ status: 200 });
});

test('a file that can not be loaded is told, and overrides nothing', async () => {
  const broken = join(folder, 'broken.ts');
  await writeFile(broken, 'export default {');
  host = startOverrides(new Map([['tie', broken]]));
  expect(await host.fileOf('tie', 'echo')).toBeUndefined();
  expect(host.broken.get(broken)).toMatch(/\S/);
});

test('what runs while the overrides are exchanged is told at once', { timeout: 5_000 }, async () => {
  await start();
  const asked = Promise.withResolvers<void>();
  const running = run('asksAndWaits', () => asked.resolve());
  await asked.promise;
  await Promise.all([expect(running).rejects.toThrow('asksAndWaits was stopped: the overrides were loaded anew'), host.close()]);
});

test('who waits for the thread while the overrides are exchanged is not held up', { timeout: 5_000 }, async () => {
  host = startOverrides(new Map([['tie', file]]));
  const found = host.fileOf('tie', 'echo');
  await host.close();
  expect(await found).toBeUndefined();
});

test.each([
  ['throws where nobody catches it', `setImmediate(() => { throw new Error('out of ink'); })`, 'out of ink'],
  ['ends its thread', 'process.exit()', 'ended its thread'],
])('a file that %s as it is loaded is told, run once, and takes no other with it', async (_name, code, reason) => {
  const [dying, starts] = [join(folder, 'dying.ts'), join(folder, 'starts')];
  const note = `(await import('node:fs')).appendFileSync(${JSON.stringify(starts)}, 'x');`;
  await writeFile(dying, `${note}\nawait new Promise(() => { ${code}; });`);
  await writeFile(starts, '');
  host = startOverrides(
    new Map([
      ['file', dying],
      ['tie', file],
    ]),
  );
  expect(await host.fileOf('tie', 'echo')).toBe(file);
  expect(await run('echo')).toMatchObject({ status: 200 });
  expect(host.fileOf('file', 'echo')).toBeUndefined();
  expect(host.broken).toEqual(new Map([[dying, reason]]));
  expect(await readFile(starts, 'utf8')).toBe('x');
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { createSessions } from './sessions.ts';
import { createSqliteStore } from './store-sqlite.ts';
import { storeSuite } from './store.suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-state-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const newFile = (): string => join(folder, `${files++}.state`);

describe('SQLite store', () => {
  let file = '';
  storeSuite(
    () => createSqliteStore((file = newFile())),
    async (store) => {
      await store.close();
      return createSqliteStore(file);
    },
  );

  test('a commit that fails half-way leaves nothing', async () => {
    const store = createSqliteStore(newFile());
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const commit = () =>
      store.commit('s', [
        { kind: 'put', collection: 'c', key: '1', row: {} },
        { kind: 'put', collection: 'c', key: '2', row: circular },
      ]);
    expect(commit).toThrow(expect.objectContaining({ code: 'store-failed' }));
    expect(await store.load('s')).toBeUndefined();
    await store.commit('s', [{ kind: 'put', collection: 'c', key: '3', row: {} }]);
    expect(await store.list()).toEqual(['s']);
    await store.close();
  });

  test('a row that cannot be kept undoes the transaction, in memory too', async () => {
    const sessions = createSessions({ bases: new Map(), store: createSqliteStore(newFile()) });
    const session = sessions.get();
    await session.transact((world) => world.put('c', '1', { id: 1 }));
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const work = () =>
      session.transact((world) => {
        world.remove('c', '1');
        world.put('c', '2', circular);
      });
    expect(work).toThrow(expect.objectContaining({ code: 'store-failed' }));
    expect(await session.read()).toEqual({ c: [{ id: 1 }] });
    await sessions.close();
  });

  test('after closing, every use is a clear error', async () => {
    const store = createSqliteStore(newFile());
    await store.close();
    await store.close();
    expect(() => store.load('s')).toThrow(expect.objectContaining({ code: 'store-failed' }));
    expect(() => store.commit('s', [])).toThrow(expect.objectContaining({ code: 'store-failed' }));
  });
});

describe('a state file that cannot be used', () => {
  const filled = async (): Promise<string> => {
    const file = newFile();
    const store = createSqliteStore(file);
    for (let i = 0; i < 200; i++) await store.commit('s', [{ kind: 'put', collection: 'c', key: `${i}`, row: { text: 'x'.repeat(500) } }]);
    await store.close();
    return file;
  };
  const change = (file: string, statements: string): string => {
    const database = new DatabaseSync(file);
    database.exec(statements);
    database.close();
    return file;
  };

  const cases: { name: string; make: () => Promise<string> | string; code: string }[] = [
    { name: 'in a folder that is not there', make: () => join(folder, 'nowhere', 'x.state'), code: 'store-unreadable' },
    { name: 'a folder', make: () => folder, code: 'store-unreadable' },
    { name: 'of another layout', make: async () => change(await filled(), 'PRAGMA user_version = 99'), code: 'store-version' },
    { name: 'of another program', make: () => change(newFile(), 'CREATE TABLE notes (text)'), code: 'store-foreign' },
    {
      name: 'plain text',
      make: () => {
        const file = newFile();
        writeFileSync(file, 'not a database, but long enough to be looked at: '.repeat(100));
        return file;
      },
      code: 'store-foreign',
    },
    {
      name: 'with garbage in the middle',
      make: async () => {
        const file = await filled();
        const bytes = readFileSync(file);
        bytes.fill(0xa5, 8 * 4096, 20 * 4096);
        writeFileSync(file, bytes);
        return file;
      },
      code: 'store-unreadable',
    },
    {
      name: 'cut short',
      make: async () => {
        const file = await filled();
        truncateSync(file, Math.floor(statSync(file).size / 2));
        return file;
      },
      code: 'store-unreadable',
    },
  ];
  test.each(cases)('$name: $code', async ({ make, code }) => {
    const file = await make();
    expect(() => createSqliteStore(file)).toThrow(
      expect.objectContaining({ name: 'StateError', code, message: expect.stringContaining(file) }),
    );
  });

  test('in use by another, until that one closes it', async () => {
    const file = newFile();
    const first = createSqliteStore(file);
    expect(() => createSqliteStore(file)).toThrow(expect.objectContaining({ code: 'store-locked' }));
    await first.commit('s', [{ kind: 'counter', counter: 'n', value: 1 }]);
    await first.close();
    await createSqliteStore(file).close();
  });
});

describe('kill -9', () => {
  const killed = fileURLToPath(new URL('store-sqlite.kill.ts', import.meta.url));

  test('loses nothing acknowledged and keeps no half transaction, round after round on one file', async () => {
    const file = newFile();
    let acknowledged = 0;
    for (let round = 0; round < 5; round++) {
      const child = spawn(execPath, [killed, file], { stdio: ['ignore', 'pipe', 'inherit'] });
      const closed = once(child, 'close');
      const enough = acknowledged + 1 + Math.floor(Math.random() * 200);
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (Number(output.trimEnd().split('\n').at(-1)) >= enough) setTimeout(() => child.kill('SIGKILL'), Math.random() * 5);
      });
      try {
        await once(child.stdout, 'data');
        if (round === 0)
          expect(() => createSqliteStore(file), 'a living process has it').toThrow(expect.objectContaining({ code: 'store-locked' }));
        await closed;
      } finally {
        child.kill('SIGKILL');
      }
      expect(child.signalCode).toBe('SIGKILL');
      const lines = output.split('\n').slice(0, -1);
      acknowledged = Number(lines.at(-1));

      const sessions = createSessions({ bases: new Map(), store: createSqliteStore(file) });
      const count = await sessions.get('killed').transact((world) => {
        const rows = new Set(Array.from(world.rows('rows'), ([key]) => key));
        const last = Number(world.get('count', 'last')?.['next']);
        for (let i = 1; i <= last; i++) for (const part of ['a', 'b', 'c']) expect(rows).toContain(`${i}${part}`);
        expect(rows.size).toBe(last * 3);
        return last;
      });
      await sessions.close();
      expect([acknowledged, acknowledged + 1]).toContain(count);
      acknowledged = count;
    }
  });
});

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { startMock } from '../index.ts';

const run = promisify(execFile);
const client = fileURLToPath(new URL('./isolation.client.fixture.ts', import.meta.url));

test('1,000 sessions of two clients at once see their own rows only, and the memory they took is given back', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 1024 / 1024;
  };
  let now = Date.now();
  const mock = await startMock({ sessions: { maxSessions: 2_000, maxAgeMs: 60_000, now: () => now } });
  try {
    const drive = async (prefix: string, count: number) =>
      JSON.parse((await run(process.execPath, [client, mock.url, prefix, String(count)])).stdout) as unknown;
    await drive('warm', 50);
    const level = heap();
    const [one, other] = await Promise.all([drive('one', 500), drive('other', 500)]);
    expect(one).toEqual({ sessions: 500, wrong: [] });
    expect(other).toEqual({ sessions: 500, wrong: [] });

    // Every session has expired; the next request of any finds them gone.
    now += 120_000;
    await mock.fetch('/tie/list.json', { method: 'POST', body: {} });
    for (let sweep = 0; sweep < 200; sweep += 1) {
      now += 61_000;
      await mock.session({ name: 'sweeper' }).fetch('/tie/list.json', { method: 'POST', body: {} });
    }
    // The journal keeps its thousand exchanges, a few hundred bytes each.
    expect(heap() - level).toBeLessThan(16);
  } finally {
    await mock.close();
  }
});

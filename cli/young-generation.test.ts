import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const MB = 1024 * 1024;

test('the space for new objects grows to what a server gains by, and again after a pause, and no further', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', join(import.meta.dirname, 'young-generation.fixture.ts')]);
  const { busy, idle, again } = JSON.parse(stdout) as Readonly<Record<string, number>>;
  expect(idle).toBeLessThan(8 * MB);
  // Without a bound both are 64 MB; one that is set once and for all leaves 2 MB after the pause.
  for (const size of [busy, again]) {
    expect(size).toBeGreaterThanOrEqual(16 * MB);
    expect(size).toBeLessThanOrEqual(32 * MB);
  }
});

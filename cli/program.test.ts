import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test.each([['--help'], ['lint', '--help'], ['mock', '--help']])('%s %s ends without a word where nobody reads on', async (...args) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.js'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  // As `| head -0` does: the reader is gone before anything is written.
  child.stdout.destroy();
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
  const [code] = (await once(child, 'close')) as [number | null];
  expect([code, told]).toEqual([0, '']);
});

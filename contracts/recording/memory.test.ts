import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { entry, folder } from './recording.fixture.ts';

/** The machine may be busy. */
const TIMEOUT = 180_000;

test('memory does not grow with the file: 200 MB are read within 250 MB', { timeout: TIMEOUT }, () => {
  const path = join(folder(), 'large.har');
  const line = `${JSON.stringify(entry({}, { content: { mimeType: 'application/json', text: JSON.stringify({ text: 'x'.repeat(1_000) }) } }))},\n`;
  const block = line.repeat(Math.ceil(1_000_000 / line.length));
  const handle = openSync(path, 'w');
  writeSync(handle, '{"log":{"entries":[');
  for (let written = 0; written < 200_000_000; written += block.length) writeSync(handle, block);
  writeSync(handle, '{}]}}');
  closeSync(handle);
  const said = execFileSync(process.execPath, [join(import.meta.dirname, 'read-all.fixture.ts'), path], { encoding: 'utf8' });
  const { exchanges, flaws, megabytes } = JSON.parse(said) as { exchanges: number; flaws: number; megabytes: number };
  expect(exchanges).toBeGreaterThan(100_000);
  expect(flaws).toBe(1);
  expect(megabytes).toBeLessThan(250);
});

test('nor with one string that never ends', { timeout: TIMEOUT }, () => {
  const path = join(folder(), 'endless.har');
  const handle = openSync(path, 'w');
  writeSync(handle, '{"log":{"entries":[{},{"a":"');
  const block = 'x'.repeat(1_000_000);
  for (let written = 0; written < 300; written += 1) writeSync(handle, block);
  closeSync(handle);
  const said = execFileSync(process.execPath, [join(import.meta.dirname, 'read-all.fixture.ts'), path], { encoding: 'utf8' });
  const { flaws, megabytes } = JSON.parse(said) as { flaws: number; megabytes: number };
  expect(flaws).toBe(2);
  expect(megabytes).toBeLessThan(250);
});

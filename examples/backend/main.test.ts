import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

function start(env: Readonly<Record<string, string>>): ReturnType<typeof spawn> {
  return spawn(process.execPath, [MAIN], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

test('it prints its URL and its defects, and serves', async () => {
  const child = start({ PORT: '0', DEFECT: 'tie-success-boolean, tie-error-500', CLOCK: '2026-03-01T09:00:00+08:00' });
  try {
    const [line] = await once(child.stdout ?? child, 'data');
    const [, url = '', defects] = /^Backend on (http:\/\/127\.0\.0\.1:\d+), with the defects (.+)\n$/.exec(String(line)) ?? [];
    expect(defects).toBe('tie-success-boolean, tie-error-500');
    const answer = await fetch(`${url}/tie/list.json`, { method: 'POST' });
    expect(await answer.text()).toMatch(/^\{"success":true,/);
  } finally {
    child.kill();
  }
});

test.each([
  { env: { DEFECT: 'no-such-defect' }, says: 'DEFECT names no defect: no-such-defect' },
  { env: { PORT: 'http' }, says: 'PORT must be a whole number, not http' },
  { env: { PORT: '70000' }, says: 'It can not start on port 70000' },
  { env: { CLOCK: 'noon' }, says: 'CLOCK is no time: noon' },
  { env: { PORT: '0', DB: '/no/such/folder/backend.sqlite' }, says: 'with the database /no/such/folder/backend.sqlite' },
])('a wrong start says why: $says', async ({ env, says }) => {
  const child = start(env);
  let text = '';
  child.stderr?.on('data', (chunk) => (text += String(chunk)));
  const [code] = await once(child, 'close');
  expect(text).toContain(says);
  expect(code).toBe(2);
});

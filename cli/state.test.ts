import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, start } from './run.fixture.ts';

/** `hufu mock openapi/tie.yaml` with some flags; its URL is the one line that --quiet prints. */
async function serve(...flags: string[]) {
  const running = start(['mock', 'openapi/tie.yaml', '-p', '0', '--quiet', '--no-watch', ...flags]);
  const [url] = await running.says(/http:\S+/);
  const post = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return await response.json();
  };
  const kill = async (): Promise<void> => {
    running.child.kill('SIGKILL');
    await running.ended;
  };
  return { post, kill };
}

const tie = (title: string): object => ({ uid: 5, title, img: 'https://example.com/a.jpg', brief: '走路', link: 'https://example.com/t' });
const titles = (answer: unknown): string[] => (answer as { data: { list: { title: string }[] } }).data.list.map((row) => row.title);

test('what was acknowledged before a kill -9 is there after the next start', async () => {
  const file = join(folderOf({}), 'state.db');
  const before = await serve('--state', file);
  const saving = Array.from({ length: 20 }, (_, index) => `第${index + 1}个`);
  // The last answer and the kill come together: whatever was answered has to survive.
  await Promise.all(saving.map((title) => before.post('/tie/saveOrUpdate.json', tie(title))));
  await before.kill();

  const after = await serve('--state', file);
  expect(titles(await after.post('/tie/list.json', { uid: 5 })).sort()).toEqual([...saving].sort());
  await after.kill();
});

test('without --state a new start begins with the seeds; with --no-state nothing is remembered', async () => {
  const forgetful = await serve('--no-state');
  await forgetful.post('/tie/saveOrUpdate.json', tie('once'));
  expect(titles(await forgetful.post('/tie/list.json', { uid: 5 }))).not.toContain('once');
  await forgetful.kill();
});

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-browser-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where the package's browser lies, as the browser itself says it. */
let program = '';
beforeAll(async () => {
  const browser = await launchBrowser();
  program = readFileSync(`/proc/${await processId(browser)}/cmdline`, 'utf8').split('\0')[0] ?? '';
  await browser.close();
}, 120_000);

/** The process of a browser, from the DevTools protocol. */
async function processId(browser: Awaited<ReturnType<typeof launchBrowser>>): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.find(({ type }) => type === 'browser')?.id ?? 0;
}

/** A program in the browser's place, which adds a line to a file each time it is started. */
function stub(name: string, then: string): { executablePath: string; starts: () => number } {
  const executablePath = join(folder, name);
  const log = `${executablePath}.log`;
  writeFileSync(executablePath, `#!/bin/sh\necho started >> '${log}'\n${then}\n`, { mode: 0o755 });
  return { executablePath, starts: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0) };
}

test('a browser that dies while it starts is started once more', async () => {
  const once = join(folder, 'died');
  const { executablePath, starts } = stub(
    'dies-once',
    `if [ ! -e '${once}' ]; then touch '${once}'; kill -SEGV $$; fi\nexec '${program}' "$@"`,
  );
  const browser = await launchBrowser({ executablePath });
  const page = await browser.newPage();
  await page.setContent('<p>虎符</p>');
  await expect(page.locator('p').textContent()).resolves.toBe('虎符');
  await browser.close();
  expect(starts()).toBe(2);
});

test('one that dies twice is an error, and not started a third time', async () => {
  const { executablePath, starts } = stub('dies', 'kill -SEGV $$');
  await expect(launchBrowser({ executablePath })).rejects.toThrow('has been closed');
  expect(starts()).toBe(2);
});

test('one that is not there is an error at once', async () => {
  await expect(launchBrowser({ executablePath: join(folder, 'nowhere') })).rejects.toThrow("executable doesn't exist");
});

test('one that has started is not started again, whatever a page does to it', async () => {
  const { executablePath, starts } = stub('whole', `exec '${program}' "$@"`);
  const browser = await launchBrowser({ executablePath });
  const gone = new Promise((resolve) => browser.once('disconnected', resolve));
  process.kill(await processId(browser), 'SIGSEGV');
  await gone;
  await expect(browser.newPage()).rejects.toThrow('has been closed');
  expect(starts()).toBe(1);
});

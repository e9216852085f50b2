/**
 * The one place that starts a browser: for the tests of pages, the screenshots and the benches of pages. The browser comes as an npm package, so nothing has to be
 * installed beside it.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import chromium from '@sparticuz/chromium';
import { chromium as browserType } from 'playwright-core';
import type { Browser } from 'playwright-core';

const run = promisify(execFile);

export interface BrowserOptions {
  /** Beside the package's own arguments. */
  readonly args?: readonly string[];
  /** The program to start; by default the package's browser, unpacked when it is first asked for. */
  readonly executablePath?: string;
}

/**
 * A headless Chromium that keeps the same-origin policy. On a busy machine it sometimes dies while it starts: then it is started once more, and only then. Whatever goes
 * wrong with a browser that has opened its first page is the caller's.
 * @throws when it died twice, or could not be started at all.
 */
export async function launchBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const executablePath = options.executablePath ?? (await unpackedBrowser());
  // The package's own arguments switch the same-origin policy off, and put everything into one process.
  const own = chromium.args.filter((argument) => !/web-security|single-process|insecure-content|no-zygote/.test(argument));
  const args = [...own, ...(options.args ?? [])];
  try {
    return await start(executablePath, args);
  } catch (cause) {
    if (!(cause instanceof Error && /has been closed|crashed/.test(cause.message))) throw cause;
    return start(executablePath, args);
  }
}

/** A browser has started once it has opened a page: some die after they have taken the connection. */
async function start(executablePath: string, args: string[]): Promise<Browser> {
  const browser = await browserType.launch({ executablePath, args, headless: true });
  try {
    await (await browser.newPage()).close();
  } catch (cause) {
    await browser.close();
    throw cause;
  }
  return browser;
}

/**
 * The package unpacks into a folder that all processes share, and takes any file that is there for a whole one; a browser cut off in the middle dies of it. So each process
 * unpacks for itself, and what is whole is moved into place.
 */
async function unpackedBrowser(): Promise<string> {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.resolve('@sparticuz/chromium')), 'utf8')) as {
    version: string;
  };
  const place = join(tmpdir(), `hufu-chromium-${version}`);
  const program = join(place, 'chromium');
  if (existsSync(program)) return program;
  const own = mkdtempSync(`${place}-`);
  // The package asks the environment where to; a process of its own leaves this one's environment alone.
  const unpack = `const { default: chromium } = await import('@sparticuz/chromium'); console.log(await chromium.executablePath());`;
  const env = { ...process.env, TMPDIR: own };
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', unpack], { cwd: import.meta.dirname, env });
  if (basename(dirname(stdout.trim())) !== basename(own)) throw new Error(`the browser was unpacked to ${stdout.trim()} instead of ${own}`);
  try {
    renameSync(own, place);
  } catch (cause) {
    rmSync(own, { recursive: true, force: true });
    // Another process was quicker, unless the folder is something else.
    if (!existsSync(program)) throw new Error(`${place} holds no browser; delete it`, { cause });
  }
  return program;
}

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';

/** A page, with everything it asked for and complained about. */
export interface Watched {
  readonly page: Page;
  readonly requests: string[];
  /** Errors of scripts, and what the policy of the page stopped. */
  readonly complaints: string[];
}

let browser: Browser;
const opened: Watched[] = [];

/** A real browser for the tests of a file. After each test, no page may have complained. */
export function withBrowser(): void {
  beforeAll(async () => {
    // `evil.test` is another site that is served by this machine.
    browser = await launchBrowser({ args: ['--host-resolver-rules=MAP evil.test 127.0.0.1'] });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
  });
  afterEach(async () => {
    const watched = opened.splice(0);
    await Promise.all(watched.map(({ page }) => page.context().close()));
    for (const { complaints } of watched) expect(complaints).toEqual([]);
  });
}

export async function openPage(address: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US', ...options });
  const page = await context.newPage();
  const watched: Watched = { page, requests: [], complaints: [] };
  opened.push(watched);
  page.on('request', (request) => watched.requests.push(request.url()));
  page.on('pageerror', (error) => watched.complaints.push(error.message));
  page.on('dialog', (dialog) => {
    watched.complaints.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // That a server refused is what some tests are about.
    if (message.type() === 'error' && !/Failed to load resource|net::ERR|blocked by CORS policy/.test(message.text()))
      watched.complaints.push(message.text());
  });
  await page.goto(address);
  return watched;
}

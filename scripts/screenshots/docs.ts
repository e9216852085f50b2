/**
 * Pictures of the partners' site of the workspace: `node scripts/screenshots/docs.ts [FOLDER]`, by default into docs/screenshots. Chinese needs a Chinese font on the
 * machine (fonts-noto-cjk); without one nothing is written.
 */
import { globSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createDocsSite, writeDocsSite } from '../../docs/index.ts';
import { loadDocument } from '../../operations/index.ts';
import { launchBrowser } from '../browser.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'docs', 'screenshots');

/** Writes a PNG of each screen. @returns the files. @throws Error where the browser has no Chinese font. */
export async function docsScreenshots(folder: string = FOLDER): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const site = await mkdtemp(join(tmpdir(), 'hufu-docs-'));
  // In a single process, closing a page closes the browser.
  const browser = await launchBrowser();
  const files: string[] = [];
  const shoot = async (page: Page, name: string): Promise<void> => {
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    await page.close();
    files.push(path);
  };
  try {
    const documents = globSync(join(ROOT, 'openapi', '*.yaml')).filter((file) => !file.endsWith('.state.yaml'));
    writeDocsSite(await createDocsSite(await Promise.all(documents.sort().map((file) => loadDocument(file)))), site);
    const open = (path: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> =>
      openPage(browser, `${pathToFileURL(site).href}/${path}`, colorScheme);

    const overview = await open('index.html');
    await needChinese(overview);
    await shoot(overview, 'docs-overview');
    await shoot(await open('api/notification-task/createNotificationTask.html'), 'docs-operation');
    const search = await open('api/tie/saveOrUpdateTie.html');
    await search.locator('#search').fill('终止');
    await search.locator('.hit').first().waitFor();
    await shoot(search, 'docs-search');
    await shoot(await open('api/marketing-notice/index.html#machines', 'dark'), 'docs-dark');
  } finally {
    await browser.close();
    await rm(site, { recursive: true, force: true });
  }
  return files;
}

async function openPage(browser: Browser, address: string, colorScheme: 'light' | 'dark'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
  await page.goto(address);
  return page;
}

/** Without a font every character is the same box. */
async function needChinese(page: Page): Promise<void> {
  const differ = await page.evaluate<boolean>(`(() => {
    const draw = (text) => {
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d');
      context.font = '40px ' + getComputedStyle(document.body).fontFamily;
      context.fillText(text, 10, 50);
      return canvas.toDataURL();
    };
    return draw('虎') !== draw('符');
  })()`);
  if (!differ) throw new Error('the browser has no Chinese font; install one, such as fonts-noto-cjk, and try again');
}

if (import.meta.main) {
  for (const file of await docsScreenshots(process.argv[2])) console.log(`wrote ${file}`);
}

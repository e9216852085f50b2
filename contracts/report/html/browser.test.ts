import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../../scripts/browser.ts';
import type { CheckResult, Group } from '../../result.ts';
import { sampleResult } from '../sample.fixture.ts';
import type { ReportSample } from '../sample.fixture.ts';
import { htmlReport } from './page.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-report-'));
let browser: Browser;
let sample: ReportSample;
/** What the page asked for and complained about, beside its own file. */
const requests: string[] = [];
const complaints: string[] = [];
beforeAll(async () => {
  sample = await sampleResult();
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  // An error of the hook fails the test before it.
  const noise = [...requests.splice(0), ...complaints.splice(0)];
  if (noise.length > 0) throw new Error(`the page asked for or complained about: ${noise.join(', ')}`);
});

/** Opens a report from the disk, without a network. */
async function open(result: CheckResult, options: BrowserContextOptions = {}): Promise<Page> {
  const file = join(folder, 'report.html');
  writeFileSync(file, htmlReport(result, { ...sample.places, command: 'hufu check a.har' }));
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  await context.setOffline(true);
  const page = await context.newPage();
  page.on('request', (request) => {
    if (!/^(?:file|data):/.test(request.url())) requests.push(request.url());
  });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(file).href);
  return page;
}

const visible = (page: Page): Promise<number> => page.locator('.group:visible').count();

describe('reading', () => {
  test('the value that is wrong is highlighted and in view, once its group is open', async () => {
    const page = await open(sample.result);
    await expect(page.locator('.group[open]').count()).resolves.toBe(1);
    const mark = page.locator('.group[open] .exchange[open] pre mark.hit').first();
    await expect(mark.textContent()).resolves.toContain('"status": "DONE"');
    const { inBox, box } = await mark.evaluate((element) => {
      const [own, pre] = [element.getBoundingClientRect(), element.closest('pre')?.getBoundingClientRect()];
      return { inBox: pre !== undefined && own.top >= pre.top && own.bottom <= pre.bottom, box: pre?.height };
    });
    expect(inBox).toBe(true);
    expect(box).toBeGreaterThan(50);
  });

  test('everything is there without scripts, the filter by severity too', async () => {
    const page = await open(sample.result, { javaScriptEnabled: false });
    await expect(page.locator('h2').first().textContent()).resolves.toContain('Failed');
    await expect(page.locator('#search').isVisible()).resolves.toBe(false);
    const before = await visible(page);
    await page.locator('label:has(#severity-error)').click();
    expect(await visible(page)).toBe(before - 5);
    await page.locator('label:has(#language-zh)').click();
    await expect(page.locator('#findings h2').innerText()).resolves.toBe('问题（按根因归并）');
  });

  test('in both languages', async () => {
    const page = await open(sample.result);
    await expect(page.locator('.verdict h2').innerText()).resolves.toMatch(/^Failed: 3 new/);
    await page.locator('label:has(#language-zh)').click();
    await expect(page.locator('.verdict h2').innerText()).resolves.toMatch(/^未通过：3 类新问题/);
    await expect(page.locator('html').getAttribute('lang')).resolves.toBe('zh-CN');
    await expect(page.locator('.figures').innerText()).resolves.not.toContain('Statuses seen');
  });

  test('on a phone nothing is wider than the screen', async () => {
    const page = await open(sample.result, { viewport: { width: 390, height: 844 } });
    for (const group of await page.locator('.group > summary').all()) await group.click();
    await expect(page.evaluate<number>('document.documentElement.scrollWidth')).resolves.toBeLessThanOrEqual(390);
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing serious, %s, all open',
    async (colorScheme) => {
      const page = await open(excerptOf(sample.result), { colorScheme });
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter((violation) => violation.impact === 'serious' || violation.impact === 'critical');
      expect(serious.map((violation) => `${violation.id}: ${violation.nodes[0]?.html ?? ''}`)).toEqual([]);
    },
    120_000,
  );
});

/** One of everything: axe looks at every element, and takes its time over each. */
function excerptOf(result: CheckResult): CheckResult {
  const rules = [...new Set(result.groups.map((group) => group.rule))];
  const groups = rules.flatMap((rule) => result.groups.find((group) => group.rule === rule) ?? []);
  const operations = result.coverage.operations.filter((operation) => operation.document === 'tie' || operation.document === 'file');
  return {
    ...result,
    groups: groups.map((group) => ({ ...group, samples: group.samples.slice(0, 1) })),
    coverage: { ...result.coverage, operations },
  };
}

describe('keyboard', () => {
  test('j and k go from group to group, Enter opens, n goes to the next highlighted value', async () => {
    const page = await open(sample.result);
    const focused = (): Promise<string | undefined> => page.evaluate<string | undefined>("document.activeElement?.closest('.group')?.id");
    const ids = await page.locator('.group').evaluateAll((groups) => groups.map((group) => group.id));
    await page.keyboard.press('j');
    expect(await focused()).toBe(ids[0]);
    await page.keyboard.press('j');
    expect(await focused()).toBe(ids[1]);
    await page.keyboard.press('Enter');
    await expect(page.locator(`#${ids[1] ?? ''}`).getAttribute('open')).resolves.toBe('');
    await page.keyboard.press('k');
    expect(await focused()).toBe(ids[0]);
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('n');
    await expect(page.locator('mark.here').isVisible()).resolves.toBe(true);
    await page.keyboard.press('p');
    await expect(page.locator('mark.here').count()).resolves.toBe(1);
  });

  test('/ searches; words, document and check boxes narrow the list', async () => {
    const page = await open(sample.result);
    await page.keyboard.press('/');
    await page.keyboard.type('status must');
    expect(await visible(page)).toBe(1);
    await expect(page.locator('#tally').innerText()).resolves.toBe('1 / 9');
    await page.locator('#search').fill('');
    await page.locator('#module').selectOption('tie');
    expect(await visible(page)).toBe(2);
    await page.locator('label:has(#state-known)').click();
    expect(await visible(page)).toBe(1);
    await page.keyboard.press('Escape');
  });

  test('a tile of the map opens what is wrong with its operation', async () => {
    const page = await open(sample.result);
    await page.locator('.tile.wrong', { hasText: 'Publish or change a tie' }).click();
    await page.locator('.group[open]', { hasText: 'status 500 is not documented' }).waitFor();
    await page.locator('.tile.untouched').first().click();
    await page.locator('.operation:target').waitFor();
    await expect(page.locator('.group[open]').count()).resolves.toBe(2);
  });

  test('the request can be copied as a command', async () => {
    const page = await open(sample.result, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('.group[open] .exchange[open] .curl summary').click();
    await page.locator('.group[open] .exchange[open] .copy').click();
    await page.locator('.copy.done').waitFor();
    await expect(page.evaluate<string>('navigator.clipboard.readText()')).resolves.toContain(
      "curl -X 'GET' 'https://szhl-phiskin.hypers.com.cn/api/v1/notification-tasks",
    );
  });
});

test('text of strangers is text, wherever it stands', async () => {
  const payload = '<script>document.title="hit"</script></script>"><img src=x onerror="document.title=\'hit\'">\u2028\uD800\u0000';
  const [group] = sample.result.groups;
  const [one] = group?.samples ?? [];
  if (group === undefined || one === undefined) throw new Error('the sample has no group');
  const body = { text: JSON.stringify({ [payload]: payload }), bytes: 9, cut: false, binary: false };
  const message = { headers: [[payload, payload]] as const, body };
  const bad: Group = {
    ...group,
    rule: payload,
    message: payload,
    document: `${payload}#/${payload}`,
    operations: [{ document: payload, id: payload, method: payload, path: payload }],
    samples: [
      {
        finding: {
          ...one.finding,
          message: payload,
          name: payload,
          pointer: `/${payload}`,
          property: payload,
          expected: payload,
          actual: payload,
          path: payload,
        },
        exchange: {
          place: { file: payload, index: 0 },
          startedAt: payload,
          request: { method: payload, target: payload, ...message },
          response: { status: 200, ...message, body: { ...body, text: payload } },
        },
      },
    ],
  };
  const page = await open({
    ...sample.result,
    documents: [{ name: payload, title: payload, file: payload, dialect: payload, operations: 1 }],
    recordings: [{ file: payload, exchanges: 1, format: payload }],
    exchanges: { ...sample.result.exchanges, skipped: { [payload]: 1 } },
    groups: [bad],
    coverage: {
      cells: 1,
      covered: 0,
      failing: 1,
      operations: [
        {
          document: payload,
          id: payload,
          method: payload,
          path: payload,
          exchanges: 1,
          failing: 1,
          cells: 1,
          covered: 0,
          list: [{ kind: 'status', name: payload, ok: 0, failing: 1 }],
        },
      ],
    },
    baseline: { file: payload, known: 0, expired: 0, new: 1, fixed: [{ id: payload, rule: payload, message: payload, reason: payload }] },
  });
  await expect(page.title()).resolves.not.toBe('hit');
  await expect(page.locator('script').count()).resolves.toBe(1);
  await expect(page.locator('img').count()).resolves.toBe(0);
  await expect(page.locator('.group').innerText()).resolves.toContain('<script>document.title="hit"</script>');
});

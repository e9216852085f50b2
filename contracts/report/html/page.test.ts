import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult, Group } from '../../result.ts';
import { sampleResult } from '../sample.fixture.ts';
import type { ReportSample } from '../sample.fixture.ts';
import { curlCommand } from './curl.ts';
import { both, escape, html, short } from './markup.ts';
import { htmlReport } from './page.ts';

let sample: ReportSample;
beforeAll(async () => {
  sample = await sampleResult();
});

const PAYLOADS = [
  '<script>window.hit=1</script>',
  '</script><script>window.hit=1</script>',
  '"><img src=x onerror="window.hit=1">',
  "' onmouseover='window.hit=1",
  '</style><b>',
  '\u2028\u2029',
  '\uD800',
  '\u0000\u001B[31m',
  '\u202Egnp.exe',
  '<!--',
  ']]>',
  '&lt;b&gt;',
  '${1}',
  'javascript:alert(1)',
];

describe('markup', () => {
  test.each(PAYLOADS)('%j is text', (payload) => {
    const written = html`<p title="${payload}">${payload}</p>`.html;
    expect(written).toMatch(/^<p title="[^"<>]*">[^<>]*<\/p>$/);
    expect(written.isWellFormed()).toBe(true);
  });
  test('pieces', () => expect(html`<i>${[html`<b>${1}</b>`, ' & ']}${undefined}</i>`.html).toBe('<i><b>1</b> &amp; </i>'));
  test('what looks escaped already is escaped once more', () => expect(escape('&lt;')).toBe('&amp;lt;'));
  test('both languages, one where they are the same', () => {
    expect(both({ en: 'a', zh: '甲' }).html).toBe('<span class="en" lang="en">a</span><span class="zh" lang="zh-CN">甲</span>');
    expect(both({ en: 'a', zh: 'a' }).html).toBe('a');
  });
  test('a cut leaves no half character', () => expect(short('ab🐅', 3)).toBe('ab…'));
});

describe('curl', () => {
  const request = {
    method: 'POST',
    target: "/a?b=it's",
    headers: [
      ['host', '127.0.0.1:8080'],
      ['content-type', 'application/json'],
      ['content-length', '2'],
    ],
    body: { text: "{'$(id)'}", bytes: 9, cut: false, binary: false },
  } as const;
  test('quotes for a shell', () => {
    expect(curlCommand({ place: { file: 'a', index: 0 }, request })).toBe(
      String.raw`curl -X 'POST' 'http://127.0.0.1:8080/a?b=it'\''s' \
  -H 'content-type: application/json' \
  --data-raw '{'\''$(id)'\''}'`,
    );
  });
  test('a cut body is not sent as if it were whole', () => {
    const text = curlCommand({ place: { file: 'a', index: 0 }, request: { ...request, body: { ...request.body, cut: true } } });
    expect(text).not.toContain('--data-raw');
    expect(text).toContain('take it from the recording');
  });
});

describe('the page', () => {
  test('is the same for the same input', async () => {
    const again = await sampleResult();
    expect(htmlReport(again.result, again.places)).toBe(htmlReport(sample.result, sample.places));
  });

  test('allows by its policy nothing but its own style and script', () => {
    const page = htmlReport(sample.result);
    const policy = (/http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&#39;', "'");
    const hashOf = (tag: string): string => {
      const content = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(page)?.[1] ?? '';
      return createHash('sha256').update(content).digest('base64');
    };
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).toContain(`style-src 'sha256-${hashOf('style')}'; script-src 'sha256-${hashOf('script')}'; img-src data:`);
    expect(page.match(/<(?:style|script)[ >]/g)).toHaveLength(2);
    expect(page).not.toMatch(/ style="| on\w+="|(?:src|href)="(?!#|data:,")/);
  });

  test('shows verdict, doubts, figures, map, findings with exchange and document, baseline, coverage', () => {
    const page = htmlReport(sample.result, { ...sample.places, command: 'hufu check a.har' });
    for (const text of [
      'Failed: 3 new root causes and 1 expired exception',
      '未通过：3 类新问题，1 项豁免已过期',
      '2 messages were not recorded whole',
      '1,284 of 1,332 exchanges judged',
      'enum: [PENDING, EXECUTING, COMPLETED, TERMINATED]',
      'openapi/notification-task.yaml:591',
      '&quot;DONE&quot;',
      'Create a notification task',
      '新建群通知任务',
      'hufu check a.har',
      'Fixed since the baseline',
    ])
      expect(page, text).toContain(text);
    expect(page).toMatch(/<mark class="line hit"> +<span class="key">&quot;status&quot;<\/span>: <span class="s">&quot;DONE&quot;/);
    expect(page).toMatch(/<mark class="line hit"> +<span class="key">&quot;scheduledStartTime&quot;<\/span>: <em>/);
    expect(page).not.toMatch(/secret-of-somebody|secret-cookie|correct horse|access_token=abc|eyJhbGci/);
  });

  test('without findings and without anything', () => {
    const empty: CheckResult = {
      version: 1,
      documents: [],
      recordings: [],
      exchanges: { total: 0, judged: 0, clean: 0, skipped: {} },
      groups: [],
      coverage: { cells: 0, covered: 0, failing: 0, operations: [] },
    };
    expect(htmlReport(empty)).toContain('Not checked: this is no pass');
    expect(htmlReport({ ...sample.result, groups: [] }, { language: 'zh' })).toContain('<html lang="zh-CN">');
  });

  test('5,000 groups with the largest bodies stay below 10 MB', () => {
    const [group] = sample.result.groups;
    const [one] = group?.samples ?? [];
    if (group === undefined || one === undefined) throw new Error('the sample has no group');
    const text = JSON.stringify({
      data: { tie: { id: '789' } },
      list: Array.from({ length: 2_000 }, (_, id) => ({ id, name: '贴钱活动' })),
    }).slice(0, 65_000);
    const body = { text, bytes: text.length, cut: true, binary: false };
    const exchange = {
      ...one.exchange,
      request: { ...one.exchange.request, body },
      response: { status: 200, headers: one.exchange.request.headers, body },
    };
    const groups = Array.from({ length: 5_000 }, (_, index): Group => ({
      ...group,
      id: index.toString(16).padStart(12, '0'),
      message: 'm'.repeat(2_000),
      samples: [1, 2, 3].map(() => ({ finding: one.finding, exchange })),
    }));
    const [operation] = sample.result.coverage.operations;
    if (operation === undefined) throw new Error('the sample has no operation');
    const operations = Array.from({ length: 6_000 }, (_, index) => ({ ...operation, id: `${operation.id}${index}` }));
    const page = htmlReport({ ...sample.result, groups, coverage: { ...sample.result.coverage, operations } }, sample.places);
    expect(Buffer.byteLength(page)).toBeLessThan(10_000_000);
    expect(page.match(/<details\s+class="group /g)?.length).toBeGreaterThan(3_000);
    expect(page).toContain('more root causes are in the JSON report');
    expect(page).toContain('and 4,000 more, see the JSON report');
  });
});

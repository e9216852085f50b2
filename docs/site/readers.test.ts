import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { slug, createNames } from './anchors.ts';
import { readCheckReport } from './check-report.ts';
import { parseDecisions } from './decisions.ts';
import { maskWhole } from './mask.ts';
import { block, inline, plain } from './commonmark.ts';

describe('decisions', () => {
  test('rows of the tables that have the columns, in whatever order', () => {
    const markdown = [
      '# Decisions',
      '## tie: discrepancies',
      '| id | kind | where | the source says | decided |',
      '|---|---|---|---|---|',
      '| D1 | W | `a\\|b` | says `x` | keep |',
      '| | S | nothing | without an id | left out |',
      '',
      '| id | basis | rule |',
      '|---|---|---|',
      '| R1 | stated | no decision |',
    ].join('\n');
    expect(parseDecisions(markdown)).toEqual([
      { id: 'D1', section: 'tie', kind: 'W', where: '`a|b`', source: 'says `x`', decided: 'keep' },
    ]);
  });

  test("the workspace's own file is read whole", () => {
    const decisions = parseDecisions(readFileSync(join(import.meta.dirname, '../../openapi/DECISIONS.md'), 'utf8'));
    expect(decisions.length).toBeGreaterThan(190);
    expect(new Set(decisions.map(({ id }) => id)).size).toBe(decisions.length);
    expect(decisions.every(({ source, decided, section }) => source !== '' && decided !== '' && section !== '')).toBe(true);
  });
});

describe('check reports', () => {
  test('coverage and findings of each operation', () => {
    const report = {
      version: 1,
      coverage: { operations: [{ document: 'tie', id: 'a', exchanges: 12, covered: 5, cells: 9 }, { document: 'tie' }, 7] },
      groups: [
        {
          operations: [
            { document: 'tie', id: 'a' },
            { document: 'tie', id: 'other' },
          ],
          severity: 'error',
          count: 3,
        },
        { operations: [{ document: 'tie', id: 'a' }], severity: 'warning' },
        { operations: [{ document: 'tie', id: 'unknown' }], severity: 'error' },
        null,
      ],
    };
    expect([...readCheckReport(report)]).toEqual([['tie a', { exchanges: 12, covered: 5, cells: 9, errors: 3, warnings: 1 }]]);
  });

  test('malformed counts are none', () => {
    const report = {
      version: 1,
      coverage: { operations: [{ document: 'd', id: 'a', exchanges: -3, covered: 'x', cells: Infinity }] },
    };
    expect([...readCheckReport(report).values()]).toEqual([{ exchanges: 0, covered: 0, cells: 0, errors: 0, warnings: 0 }]);
  });

  test.each([[{}], [null], [[]], [{ version: 2, coverage: { operations: [] } }], [{ version: 1 }]])('%j is refused', (given) => {
    expect(() => readCheckReport(given)).toThrow(/hufu check/);
  });
});

describe('masks', () => {
  const rows: readonly [name: string, given: unknown, want: unknown][] = [
    ['a phone number', '13812345678', '10000000000'],
    ['a number', 300007, 100000],
    ['a long id', 9007199254740993n, 1000000000000000n],
    ['an e-mail address', 'ann@corp.cn', 'name@example.com'],
    ['a UUID', '6f9619ff-8b86-4011-b42d-00c04fc964ff', '00000000-0000-4000-8000-000000000000'],
    ['a time', '2026-03-08 09:00:00', '2000-01-01 00:00:00'],
    ['words', '张三', '********'],
    ['inside', { a: ['张三', null, true] }, { a: ['********', null, true] }],
    ['nothing', '', ''],
  ];
  test.each(rows)('%s', (_name, given, want) => {
    expect(maskWhole(given)).toEqual(want);
  });
});

describe('names of files and anchors', () => {
  test.each([
    ['GET /a/{id}', 'GET-a-id'],
    ['body.data.list[]', 'body.data.list'],
    ['../../etc/passwd', 'etc-passwd'],
    ['贴 活动', '贴-活动'],
    ['', '_'],
    ['CON', 'CON_'],
    ['index', 'index_'],
  ])('%s', (given, want) => {
    expect(slug(given)).toBe(want);
  });

  test('no two differ in case alone', () => {
    const names = createNames();
    expect([names.take('list'), names.take('List'), names.take('list')]).toEqual(['list', 'List-2', 'list-3']);
  });
});

describe('CommonMark', () => {
  test.each([
    ['<img src=x onerror=alert(1)>', /^<p>&lt;img/],
    ['[x](javascript:alert(1))', /^<p>\[x\]/],
    ['![logo](https://example.com/a.png)', /<a href="https:\/\/example\.com\/a\.png" rel="noopener noreferrer">logo<\/a>/],
    ['# Title', /^<p class="heading">Title<\/p>/],
    ['| a |\n|:-:|\n| b |', /<td>b<\/td>/],
    ['a<br/>b', /a<br>\s*b/],
  ])('%s', (given, want) => {
    const { html } = block(given);
    expect(html).toMatch(want);
    expect(html).not.toMatch(/<img|<script|style=|<h1/);
  });

  test('one line, and words alone', () => {
    expect(inline('a\nb `c`').html).toBe('a b <code>c</code>');
    expect(plain('## 标题\n\n- `a` **b**')).toBe('标题 a b');
  });
});

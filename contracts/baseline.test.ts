import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { BaselineError, applyBaseline, loadBaseline, parseBaseline, updateBaseline } from './baseline.ts';
import type { CheckResult, Group } from './result.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-baseline-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const group = (id: string, given: Partial<Group> = {}): Group => ({
  id: id.repeat(12),
  rule: 'response-body',
  side: 'server',
  severity: 'error',
  message: `message ${id}`,
  count: 1,
  operations: [{ document: 'tie', id: 'listTies', method: 'POST', path: '/tie/list.json' }],
  samples: [],
  ...given,
});
const result = (groups: readonly Group[], called = ['listTies']): CheckResult => ({
  version: 1,
  documents: [],
  recordings: [],
  exchanges: { total: 1, judged: 1, clean: 0, skipped: {} },
  groups,
  coverage: {
    cells: 0,
    covered: 0,
    failing: 0,
    operations: ['listTies', 'findTieById'].map((id) => ({
      document: 'tie',
      id,
      method: 'POST',
      path: `/${id}`,
      exchanges: called.includes(id) ? 1 : 0,
      failing: 0,
      cells: 0,
      covered: 0,
      list: [],
    })),
  },
});
const entry = (id: string, more = ''): string =>
  `  - id: "${id.repeat(12)}"\n    rule: response-body\n    operations: [tie listTies]\n    message: message ${id}\n    reason: because ${id}\n    since: 2026-01-01\n${more}`;
const file = (...entries: string[]): string => `version: 1\nfindings:\n${entries.join('')}`;
const parsed = (...entries: string[]): ReturnType<typeof parseBaseline> => parseBaseline(file(...entries), 'baseline.yaml');

describe('applying', () => {
  const baseline = parsed(
    entry('a'),
    entry('b', '    expires: 2026-11-22\n'),
    entry('c'),
    entry('d').replace('listTies', 'findTieById'),
    entry('e', '    expires: "2026-11-23"\n'),
  );
  const applied = applyBaseline(
    result([group('a'), group('b'), group('e'), group('f'), group('0', { severity: 'notice' })]),
    baseline,
    '2026-11-22',
  );

  test('known, expired today, not yet expired, new', () =>
    expect(applied.groups.map((one) => one.baseline)).toEqual(['known', 'expired', 'known', undefined, undefined]));
  test('fixed is told only where the operation was called', () => {
    expect(applied.baseline).toEqual({
      file: 'baseline.yaml',
      known: 2,
      expired: 1,
      new: 1,
      fixed: [{ id: 'c'.repeat(12), rule: 'response-body', message: 'message c', reason: 'because c' }],
    });
  });
  test('twice is the same', () => expect(applyBaseline(applied, baseline, '2026-11-22')).toEqual(applied));
});

describe('updating', () => {
  const options = { reason: 'release 4', today: '2026-11-22' };

  test('a first baseline: errors and warnings, readable, with a head', () => {
    const made = updateBaseline(result([group('a'), group('b', { severity: 'warning' }), group('c', { severity: 'notice' })]), undefined, {
      ...options,
      owner: 'backend',
      expires: '2026-12-31',
    });
    expect(made.file).toBe('contracts/baseline.yaml');
    expect(made.text).toMatch(/^# Known findings of the contract check\./);
    expect(made.entries).toEqual([
      {
        id: 'a'.repeat(12),
        rule: 'response-body',
        operations: ['tie listTies'],
        message: 'message a',
        reason: 'release 4',
        owner: 'backend',
        expires: '2026-12-31',
        since: '2026-11-22',
      },
      expect.objectContaining({ id: 'b'.repeat(12) }),
    ]);
    expect(applyBaseline(result([group('a')]), made, '2026-11-22').groups[0]?.baseline).toBe('known');
  });

  test('reasons and comments of people stay, fixed ones go, what was not called stays', () => {
    const old = parseBaseline(
      file(
        entry('a').replace('    reason', '    # asked in the review\n    reason'),
        entry('b'),
        entry('d').replace('listTies', 'findTieById'),
      ),
      'b.yaml',
    );
    const next = updateBaseline(result([group('a'), group('f')]), old, options);
    expect(next.entries.map((one) => [one.id.charAt(0), one.reason])).toEqual([
      ['a', 'because a'],
      ['d', 'because d'],
      ['f', 'release 4'],
    ]);
    expect(next.text).toContain('# asked in the review');
  });

  test('an expired entry gets a new day only when one is given', () => {
    const old = parsed(entry('a', '    expires: 2026-11-01\n'), entry('b', '    expires: 2027-01-01\n'));
    const both = result([group('a'), group('b')]);
    expect(updateBaseline(both, old, options).entries.map((one) => one.expires)).toEqual(['2026-11-01', '2027-01-01']);
    expect(updateBaseline(both, old, { ...options, expires: '2026-12-24' }).entries.map((one) => one.expires)).toEqual([
      '2026-12-24',
      '2027-01-01',
    ]);
  });

  test('JSON stays JSON', () => {
    const old = parseBaseline('{"version":1,"findings":[]}', 'b.json');
    expect(JSON.parse(updateBaseline(result([group('a')]), old, options).text)).toMatchObject({
      version: 1,
      findings: [{ reason: 'release 4' }],
    });
    expect(JSON.parse(updateBaseline(result([group('a')]), 'new.json', options).text)).toMatchObject({
      findings: [{ id: 'a'.repeat(12) }],
    });
  });

  test('an id of digits only survives', () => {
    const made = updateBaseline(result([group('1'), group('0', { id: '0123456789e1' })]), undefined, options);
    expect(parseBaseline(made.text, 'x').entries.map((one) => one.id)).toEqual(['1'.repeat(12), '0123456789e1']);
  });

  test('a day that is none is refused', () =>
    expect(() => updateBaseline(result([]), undefined, { ...options, expires: '31.12.2026' })).toThrow(/"31\.12\.2026" is no day/));
});

describe('files that are none', () => {
  test.each([
    { name: 'no YAML', text: 'version: 1\nfindings: [', want: /^b\.yaml:\d+:\d+: is not valid YAML/ },
    { name: 'a list', text: '- 1', want: 'b.yaml:1:1: must be an object with "version" and "findings"' },
    { name: 'no version', text: 'findings: []', want: 'b.yaml:1:1: "version" must be 1' },
    { name: 'another version', text: 'version: 2', want: 'b.yaml:1:10: "version" must be 1' },
    { name: 'an unknown key', text: 'version: 1\nentries: []', want: 'b.yaml:2:1: unknown key "entries"' },
    { name: 'findings that are no list', text: 'version: 1\nfindings: 5', want: 'b.yaml:2:11: "findings" must be a list' },
    { name: 'an entry that is text', text: 'version: 1\nfindings: [a]', want: 'b.yaml:2:12: an entry must be an object' },
    {
      name: 'an unknown key of an entry',
      text: file(entry('a', '    expire: 2027-01-01\n')),
      want: 'b.yaml:9:5: unknown key "expire"; known are id, rule, message, reason, since, operations, owner, expires',
    },
    { name: 'no reason', text: file(entry('a').replace(/ {4}reason.*\n/, '')), want: 'b.yaml:3:5: an entry needs "reason"' },
    { name: 'an empty reason', text: file(entry('a').replace('because a', '" "')), want: 'b.yaml:7:13: "reason" must be text' },
    {
      name: 'no day',
      text: file(entry('a', '    expires: soon\n')),
      want: 'b.yaml:9:14: "expires" must be a day written yyyy-mm-dd, not "soon"',
    },
    { name: 'no day of the calendar', text: file(entry('a', '    expires: 2026-02-30\n')), want: 'not "2026-02-30"' },
    { name: 'an id in numbers', text: file(entry('1').replaceAll('"', '')), want: '"id" must be text; put it in quotes' },
    { name: 'no id', text: file(entry('z')), want: 'is no id of a finding' },
    { name: 'twice', text: file(entry('a'), entry('a')), want: 'b.yaml:9:5: the finding aaaaaaaaaaaa is listed twice' },
    { name: 'operations that are text', text: file(entry('a').replace('[tie listTies]', 'x')), want: '"operations" must be a list' },
    { name: 'aliases without end', text: 'version: 1\nfindings: &a [*a]', want: 'an entry must be an object' },
    { name: 'nested without end', text: `version: 1\nfindings: ${'['.repeat(50_000)}`, want: 'b.yaml' },
  ])('$name', ({ text, want }) => {
    expect(() => parseBaseline(text, 'b.yaml')).toThrow(BaselineError);
    expect(() => parseBaseline(text, 'b.yaml')).toThrow(want);
  });

  test('an empty file is an empty baseline', () => expect(parseBaseline('# nothing yet\n', 'b.yaml').entries).toEqual([]));

  test('from the disk', async () => {
    const path = join(folder, 'baseline.yaml');
    writeFileSync(path, file(entry('a')));
    await expect(loadBaseline(path)).resolves.toMatchObject({ file: path, entries: [{ reason: 'because a' }] });
    await expect(loadBaseline(join(folder, 'none.yaml'))).rejects.toThrow('does not exist; make one with --update-baseline');
    await expect(loadBaseline(folder)).rejects.toThrow(BaselineError);
  });
});

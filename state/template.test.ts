import { describe, expect, test } from 'vitest';
import { contextOver, scopeWith } from './state.fixture.ts';
import { compileTemplate } from './template.ts';
import type { Row } from './world.ts';

const ROWS: readonly Row[] = [
  { id: 1, kind: 'a', count: 3, at: '2026-03-01 09:00:00' },
  { id: 2, kind: 'a', count: 12, at: '2026-03-10 08:00:00' },
  { id: 3, kind: 'b', count: 40 },
];

/** Fills a template over the collection `item`; the complaints of compiling beside it. */
function fill(template: unknown, row: Row = {}): { readonly value: unknown; readonly problems: readonly string[] } {
  const { context, problems } = contextOver({ item: ROWS });
  return { value: compileTemplate(template, '', context)(scopeWith({ row })), problems };
}

describe('$max', () => {
  test.each([
    { name: 'numbers of rows by value, not by text', given: { $max: 'item', of: 'count' }, want: 40 },
    { name: 'times of rows', given: { $max: 'item', of: 'at' }, want: '2026-03-10 08:00:00' },
    { name: 'rows that fit', given: { $max: 'item', of: 'count', where: { kind: 'a' } }, want: 12 },
    { name: 'no row', given: { $max: 'item', of: 'count', where: { kind: 'c' } }, want: undefined },
    { name: 'a field no row has', given: { $max: 'item', of: 'none' }, want: undefined },
    { name: 'a list of values', given: { $max: ['2026-03-01 09:00:00', '2026-02-28 23:00:00'] }, want: '2026-03-01 09:00:00' },
    { name: 'a list with absent and null', given: { $max: ['$row#/none', null, 5, 7] }, want: 7 },
  ])('$name', ({ given, want }) => {
    expect(fill(given)).toEqual({ value: want, problems: [] });
  });
});

describe('$map', () => {
  const table = { DRAFT: 1, RELEASE: '$row#/to', 7: 'seven', true: false };
  test.each([
    { name: 'an entry', row: { key: 'DRAFT' }, want: 1 },
    { name: 'an entry that is an expression', row: { key: 'RELEASE', to: 'there' }, want: 'there' },
    { name: 'a number as key', row: { key: 7 }, want: 'seven' },
    { name: 'a boolean as key', row: { key: true }, want: false },
    { name: 'no such entry', row: { key: 'OTHER' }, want: undefined },
    { name: 'a name that every object has', row: { key: 'constructor' }, want: undefined },
    { name: 'nothing', row: {}, want: undefined },
  ])('$name', ({ row, want }) => {
    expect(fill({ $map: '$row#/key', to: table }, row)).toEqual({ value: want, problems: [] });
  });

  test('a table is needed', () => {
    expect(fill({ $map: '$row#/key' }).problems).toEqual([expect.stringContaining('needs "to"')]);
  });
});

describe('$ratio', () => {
  test.each([
    { name: 'a fraction', given: [1, 4], want: 0.25 },
    { name: 'four decimals', given: [88, 120], want: 0.7333 },
    { name: 'everything', given: [3, 3], want: 1 },
    { name: 'of nothing', given: [0, 0], want: 0 },
    { name: 'of no number', given: [1, '$row#/none'], want: 0 },
    { name: 'templates', given: [{ $count: 'item', where: { kind: 'b' } }, { $count: 'item' }], want: 0.3333 },
  ])('$name', ({ given, want }) => {
    expect(fill({ $ratio: given })).toEqual({ value: want, problems: [] });
  });

  test('two values are needed', () => {
    expect(fill({ $ratio: [1] }).problems).toEqual([expect.stringContaining('list of two')]);
  });
});

describe('$sum', () => {
  test.each([
    { name: 'a field', given: { $sum: 'item', of: 'count' }, want: 55 },
    { name: 'a field of rows that fit', given: { $sum: 'item', of: 'count', where: { kind: 'a' } }, want: 15 },
    { name: 'a template of each row', given: { $sum: 'item', of: { $size: '$row#/kind' } }, want: 3 },
    {
      name: 'a template that sees the row around',
      given: { $sum: 'item', of: { $default: ['$outer#/each', '$row#/count'] } },
      row: { each: 2 },
      want: 6,
    },
    {
      name: 'rows of a list',
      given: { $sum: '$row#/list', of: { $count: '$row#/inner' } },
      row: { list: [{ inner: [1, 2] }, {}] },
      want: 2,
    },
    { name: 'what is no number', given: { $sum: 'item', of: 'kind' }, want: 0 },
  ])('$name', ({ given, row, want }) => {
    expect(fill(given, row)).toEqual({ value: want, problems: [] });
  });
});

describe('$mask', () => {
  test.each([
    { name: 'a secret', row: { secret: 'abc' }, want: '********' },
    { name: 'an empty one', row: { secret: '' }, want: '********' },
    { name: 'null', row: { secret: null }, want: null },
    { name: 'nothing', row: {}, want: undefined },
  ])('$name', ({ row, want }) => {
    expect(fill({ $mask: '$row#/secret' }, row)).toEqual({ value: want, problems: [] });
  });
});

describe('$uri', () => {
  const address = { $uri: 'https://example.com/a?b={$row#/b}' };
  test.each([
    { name: 'plain', row: { b: 'x_1' }, want: 'https://example.com/a?b=x_1' },
    { name: 'a number', row: { b: 9007199254740993n }, want: 'https://example.com/a?b=9007199254740993' },
    { name: 'what would end the query', row: { b: 'a&b#c d' }, want: 'https://example.com/a?b=a%26b%23c%20d' },
    { name: 'Chinese', row: { b: '渠道' }, want: 'https://example.com/a?b=%E6%B8%A0%E9%81%93' },
    { name: 'half a surrogate pair', row: { b: '\ud800' }, want: 'https://example.com/a?b=%EF%BF%BD' },
    { name: 'nothing', row: {}, want: null },
  ])('$name', ({ row, want }) => {
    expect(fill(address, row)).toEqual({ value: want, problems: [] });
  });
});

test('an object inside a text is JSON, with every digit', () => {
  expect(fill('{$row#/some}', { some: { id: 9007199254740993n } }).value).toBe('{"id":9007199254740993}');
});

describe('$basic', () => {
  const header = `Basic ${Buffer.from('demo:a:b').toString('base64')}`;
  test.each([
    { name: 'the name', given: { $basic: '$row#/header', part: 'name' }, row: { header }, want: 'demo' },
    { name: 'the password', given: { $basic: '$row#/header', part: 'password' }, row: { header }, want: 'a:b' },
    // Null and not absent: a filter passes over what is absent.
    { name: 'another scheme', given: { $basic: '$row#/header', part: 'name' }, row: { header: 'Bearer x' }, want: null },
    { name: 'no header', given: { $basic: '$row#/header', part: 'name' }, row: {}, want: null },
  ])('$name', ({ given, row, want }) => {
    expect(fill(given, row)).toEqual({ value: want, problems: [] });
  });

  test('a part that there is not is a problem', () => {
    expect(fill({ $basic: '$row#/header', part: 'user' }).problems).toEqual(['the part of Basic credentials is name or password']);
  });
});

test('$index is the place in the list, from 0', () => {
  expect(fill({ $each: ['a', 'b'], show: { item: '$item', at: '$index' } })).toEqual({
    value: [
      { item: 'a', at: 0 },
      { item: 'b', at: 1 },
    ],
    problems: [],
  });
});

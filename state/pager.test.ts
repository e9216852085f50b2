import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePager } from './pager.ts';
import type { Page } from './pager.ts';
import { contextOver, NO_REQUEST, scopeWith } from './state.fixture.ts';
import type { Row } from './world.ts';

const TEN: readonly Row[] = Array.from({ length: 10 }, (_, index) => ({ id: index + 1 }));

function cut(
  pager: Row,
  query: Row,
  rows: readonly Row[] = TEN,
): { readonly ids: readonly unknown[]; readonly page: Page['page']; readonly out: unknown } {
  const { context, problems } = contextOver({});
  const compiled = compilePager(pager, '', context);
  expect(problems).toEqual([]);
  const scope = scopeWith({ request: { ...NO_REQUEST, query } });
  const { rows: cut, page } = compiled.cut(rows, scope);
  return { ids: cut.map((row) => row['id']), page, out: compiled.out({ ...scope, rows: cut, total: rows.length, page }) };
}

const byPage = { page: '$request.query.page', size: '$request.query.size' };
const byOffset = { offset: '$request.query.start', size: 4 };
const laravel = { page: '$request.query.page', first: 1, size: 4 };
const spring = { ...byPage, preset: 4, unpaged: true };
const capped = { ...byPage, preset: 3, most: 5 };

describe('where a page begins and ends', () => {
  test.each([
    {
      name: 'page 0',
      pager: byPage,
      query: { page: 0, size: 3 },
      ids: [1, 2, 3],
      page: {
        current: 0,
        number: 0,
        size: 3,
        total: 10,
        pages: 4,
        offset: 0,
        first: true,
        last: false,
        next: 1,
        previous: null,
        from: 1,
        to: 3,
        lastPage: 3,
      },
    },
    {
      name: 'the last page',
      pager: byPage,
      query: { page: 3, size: 3 },
      ids: [10],
      page: { current: 3, first: false, last: true, next: null, previous: 2, count: 1, from: 10, to: 10 },
    },
    {
      name: 'behind the last page',
      pager: byPage,
      query: { page: 4, size: 3 },
      ids: [],
      page: { current: 4, empty: true, last: true, from: null, to: null, previous: 3, next: null },
    },
    { name: 'texts of numbers', pager: byPage, query: { page: '1', size: '3' }, ids: [4, 5, 6], page: { current: 1, size: 3 } },
    {
      name: 'nothing asked',
      pager: byPage,
      query: {},
      ids: TEN.map(({ id }) => id),
      page: { current: 0, size: 20, pages: 1, paged: true },
    },
    {
      name: 'the first page is 1',
      pager: laravel,
      query: { page: 2 },
      ids: [5, 6, 7, 8],
      page: { current: 2, number: 1, first: false, next: 3, previous: 1, lastPage: 3 },
    },
    { name: 'the first page is 1, nothing asked', pager: laravel, query: {}, ids: [1, 2, 3, 4], page: { current: 1, previous: null } },
    { name: 'the first page is 1, page 0 asked', pager: laravel, query: { page: 0 }, ids: [1, 2, 3, 4], page: { current: 1 } },
    {
      name: 'offset',
      pager: byOffset,
      query: { start: 5 },
      ids: [6, 7, 8, 9],
      page: { offset: 5, current: 1, first: false, last: false, previous: 0, next: 2 },
    },
    { name: 'offset behind the end', pager: byOffset, query: { start: 10 }, ids: [], page: { offset: 10, empty: true } },
    {
      name: 'unpaged',
      pager: spring,
      query: {},
      ids: TEN.map(({ id }) => id),
      page: { paged: false, unpaged: true, size: 10, pages: 1, current: 0 },
    },
    { name: 'paged after all', pager: spring, query: { page: 2 }, ids: [9, 10], page: { paged: true, unpaged: false, size: 4 } },
    { name: 'preset size', pager: capped, query: {}, ids: [1, 2, 3], page: { size: 3 } },
    { name: 'at the most', pager: capped, query: { size: 100 }, ids: [1, 2, 3, 4, 5], page: { size: 5 } },
  ])('$name', ({ pager, query, ids, page }) => {
    expect(cut(pager, query)).toMatchObject({ ids, page });
  });

  test('no rows at all', () => {
    expect(cut(laravel, {}, [])).toMatchObject({
      ids: [],
      page: { current: 1, total: 0, pages: 0, lastPage: 1, empty: true, first: true, last: true, next: null, previous: null },
    });
    expect(cut(spring, {}, [])).toMatchObject({ ids: [], page: { size: 0, total: 0, pages: 0, unpaged: true } });
  });

  test.each([
    { name: 'negative', page: -1, first: true },
    { name: 'very negative', page: -1e300, first: true },
    { name: 'huge', page: 1e300, first: false },
    { name: 'beyond 2^53', page: 9007199254740993n, first: false },
    { name: 'a long text', page: '99999999999999999999999', first: false },
    { name: 'a text that is no number', page: 'abc', first: true },
    { name: 'a number in another notation', page: '0x10', first: true },
    { name: 'an empty text', page: '', first: true },
    { name: 'a fraction', page: 0.9, first: true },
    { name: 'null', page: null, first: true },
    { name: 'a list', page: [1], first: true },
    { name: 'an object', page: { toString: 1 }, first: true },
    { name: 'true', page: true, first: true },
  ])('a page number that is $name', ({ page, first }) => {
    const made = cut(laravel, { page });
    expect(made.ids).toEqual(first ? [1, 2, 3, 4] : []);
    for (const value of Object.values(made.page)) expect(typeof value === 'number' ? Number.isSafeInteger(value) : true).toBe(true);
  });

  test('any page number and size: whole numbers, rows in their place', () => {
    const anything = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.bigInt(),
      fc.string(),
      fc.constant(null),
      fc.constant(undefined),
      fc.array(fc.integer()),
    );
    const pagers = fc.constantFrom<Row>(byPage, laravel, spring, capped, { ...byOffset, size: '$request.query.size' });
    fc.assert(
      fc.property(pagers, anything, anything, fc.nat(30), (pager, page, size, count) => {
        const rows = Array.from({ length: count }, (_, index) => ({ id: index }));
        const made = cut(pager, { page, start: page, size }, rows);
        const { offset, total, size: perPage, count: shown } = made.page as Record<string, number>;
        for (const value of Object.values(made.page))
          expect(typeof value === 'number' ? Number.isSafeInteger(value) && value >= 0 : true).toBe(true);
        expect(made.ids).toEqual(rows.map(({ id }) => id).slice(offset, Number(offset) + Number(perPage)));
        expect([total, shown]).toEqual([count, made.ids.length]);
      }),
    );
  });
});

describe('sort', () => {
  const rows: readonly Row[] = [
    { id: 1, n: 10, t: '2026-03-01 09:00:00', s: 'b', x: 1 },
    { id: 2, n: null, t: '2026-03-01', s: 'a' },
    { id: 3, n: 9, t: '2025-12-31T23:59:59Z', s: 'b', x: null },
    { id: 4, n: 9007199254740993n, t: null, s: 'B', x: 'text' },
    { id: 5, n: 9007199254740992, t: 'no time', s: 'a', x: { toString: 1 } },
  ];
  const asked = { by: '$request.query.by', direction: '$request.query.direction', nulls: '$request.query.nulls' };
  test.each([
    { name: 'by number, nulls last', sort: asked, query: { by: 'n' }, want: [3, 1, 5, 4, 2] },
    { name: 'down, nulls last all the same', sort: asked, query: { by: 'n', direction: 'DESC' }, want: [4, 5, 1, 3, 2] },
    { name: 'nulls first', sort: asked, query: { by: 'n', nulls: 'NULLS_FIRST' }, want: [2, 3, 1, 5, 4] },
    { name: 'two fields', sort: asked, query: { by: ['s', '-id'] }, want: [4, 5, 2, 3, 1] },
    { name: 'two fields with commas', sort: asked, query: { by: 's,id' }, want: [4, 2, 5, 1, 3] },
    { name: 'down turns each round', sort: asked, query: { by: 's,-id', direction: 'desc' }, want: [1, 3, 2, 5, 4] },
    { name: 'a field that there is not: as they come', sort: asked, query: { by: 'nothing' }, want: [1, 2, 3, 4, 5] },
    { name: 'a field that every object has', sort: asked, query: { by: 'constructor' }, want: [1, 2, 3, 4, 5] },
    { name: 'the preset', sort: { ...asked, preset: '-id' }, query: {}, want: [5, 4, 3, 2, 1] },
    { name: 'the request wins over the preset', sort: { ...asked, preset: '-id' }, query: { by: 'id' }, want: [1, 2, 3, 4, 5] },
    { name: 'a preset alone', sort: '-id', query: {}, want: [5, 4, 3, 2, 1] },
  ])('$name', ({ sort, query, want }) => {
    expect(cut({ sort }, query, rows).ids).toEqual(want);
  });

  test('times by their moment, whatever their form', () => {
    expect(cut({ sort: 't' }, {}, rows.slice(0, 4)).ids).toEqual([3, 2, 1, 4]);
  });

  test('values of different kinds keep an order and throw nothing', () => {
    expect(cut({ sort: 'x' }, {}, rows).ids).toHaveLength(5);
  });
});

test('the parts of an answer', () => {
  expect(cut({ ...laravel, out: { list: '$rows', at: '$page.current', of: '$total' } }, { page: 3 }).out).toEqual({
    list: [{ id: 9 }, { id: 10 }],
    at: 3,
    of: 10,
  });
  expect(cut(laravel, { page: 3 }).out).toEqual({ rows: [{ id: 9 }, { id: 10 }], total: 10 });
});

import { describe, expect, test } from 'vitest';
import { start } from '../state.fixture.ts';

const file = (list: string): string => `
timezone: '+08:00'
pagers:
  two: { page: $request.query.page, first: 1, size: 2, out: { list: $rows, total: $total, page: $page.current } }
collections:
  plan:
    softDelete: { gone: 1 }
    seed:
      - { id: 1, name: 春季新品, size: 3, at: '2026-03-01 09:00:00', tags: [a, b] }
      - { id: 2, name: 春季回访, size: 12, at: '2026-03-02 23:59:59', tags: [] }
      - { id: 3, name: 周年庆, size: 100, at: '2026-03-03 00:00:00', tags: [b], note: null }
      - { id: 4, name: 春季旧的, size: 5, gone: 1 }
      - { id: 9007199254740993, name: big, size: 9007199254740995 }
operations:
  list: { do: list, in: plan, ${list} }
`;
const ids = 'show: $row#/id';

describe('list', () => {
  test.each([
    { name: 'everything that is not deleted', list: ids, query: {}, want: [1, 2, 3, 9007199254740993n] },
    { name: 'a part of a text', list: `where: { name: { contains: $request.query.q } }, ${ids}`, query: { q: '春季' }, want: [1, 2] },
    {
      name: 'an empty text asks for nothing',
      list: `where: { name: { contains: $request.query.q } }, ${ids}`,
      query: { q: '' },
      want: [1, 2, 3, 9007199254740993n],
    },
    {
      name: 'null asks for nothing in an operator',
      list: `where: { name: { contains: $request.query.q } }, ${ids}`,
      query: { q: null },
      want: [1, 2, 3, 9007199254740993n],
    },
    { name: 'the beginning of a text', list: `where: { name: { startsWith: $request.query.q } }, ${ids}`, query: { q: '周' }, want: [3] },
    { name: 'equal, number and text', list: `where: { size: $request.query.q }, ${ids}`, query: { q: '12' }, want: [2] },
    { name: 'not', list: `where: { size: { not: $request.query.q } }, ${ids}`, query: { q: 12 }, want: [1, 3, 9007199254740993n] },
    {
      name: 'one of a list',
      list: `where: { id: { in: $request.query.q } }, ${ids}`,
      query: { q: ['3', 1, 9007199254740993n] },
      want: [1, 3, 9007199254740993n],
    },
    { name: 'one of a text with commas', list: `where: { id: { in: $request.query.q } }, ${ids}`, query: { q: ' 3, 1,' }, want: [1, 3] },
    { name: 'one of nothing', list: `where: { id: { in: $request.query.q } }, ${ids}`, query: { q: [] }, want: [] },
    { name: 'a list holds', list: `where: { tags: { contains: $request.query.q } }, ${ids}`, query: { q: 'b' }, want: [1, 3] },
    { name: 'a list holds one of', list: `where: { tags: { anyOf: $request.query.q } }, ${ids}`, query: { q: 'a,c' }, want: [1] },
    { name: 'a range of numbers by value', list: `where: { size: { from: 5, to: 100 } }, ${ids}`, query: {}, want: [2, 3] },
    {
      name: 'a range of numbers from a text',
      list: `where: { size: { from: $request.query.q } }, ${ids}`,
      query: { q: '12' },
      want: [2, 3, 9007199254740993n],
    },
    {
      name: 'every digit of a great number counts',
      list: `where: { size: { from: $request.query.q } }, ${ids}`,
      query: { q: 9007199254740996n },
      want: [],
    },
    {
      name: 'a range of times',
      list: `where: { at: { from: '2026-03-01 09:00:01', to: '2026-03-03T00:00:00+08:00' } }, ${ids}`,
      query: {},
      want: [2, 3],
    },
    {
      name: 'the last day of a range is the whole day',
      list: `where: { at: { from: '2026-03-01', to: '2026-03-02' } }, ${ids}`,
      query: {},
      want: [1, 2],
    },
    { name: 'the day of a time', list: `where: { at: { on: $request.query.q } }, ${ids}`, query: { q: '2026-03-02' }, want: [2] },
    { name: 'the day of what is no time', list: `where: { at: { on: $request.query.q } }, ${ids}`, query: { q: 'yesterday' }, want: [] },
    { name: 'null is in no range', list: `where: { note: { to: 5 } }, ${ids}`, query: {}, want: [] },
    { name: 'null in no lower range', list: `where: { note: { from: 0 } }, ${ids}`, query: {}, want: [] },
    { name: 'several operators', list: `where: { size: { from: 4, not: 12 } }, ${ids}`, query: {}, want: [3, 9007199254740993n] },
    {
      name: 'one of several fields',
      list: `where: { $any: { fields: [name, at], contains: $request.query.q } }, ${ids}`,
      query: { q: '03-03' },
      want: [3],
    },
    {
      name: 'one of several fields, not asked',
      list: `where: { $any: { fields: [name, at], contains: $request.query.q } }, ${ids}`,
      query: {},
      want: [1, 2, 3, 9007199254740993n],
    },
    { name: 'a field by pointer', list: `where: { /tags/0: b }, ${ids}`, query: {}, want: [3] },
    { name: 'not given, not asked', list: `where: { name: $request.query.q }, ${ids}`, query: {}, want: [1, 2, 3, 9007199254740993n] },
    { name: 'null is asked for as a value', list: `where: { note: $request.query.q }, ${ids}`, query: { q: null }, want: [3] },
    { name: 'by the key', list: `where: { id: $request.query.q }, ${ids}`, query: { q: '2' }, want: [2] },
    { name: 'by the key of a deleted row', list: `where: { id: $request.query.q }, ${ids}`, query: { q: 4 }, want: [] },
    { name: 'by no key', list: `where: { id: $request.query.q }, ${ids}`, query: {}, want: [1, 2, 3, 9007199254740993n] },
    { name: 'a page', list: `page: two, ${ids}`, query: { page: 2 }, want: { list: [3, 9007199254740993n], total: 4, page: 2 } },
    { name: 'a pager of its own', list: `page: { offset: 0, size: 1, out: $rows }, ${ids}`, query: {}, want: [1] },
    {
      name: 'data of the page',
      list: `page: two, ${ids}, data: { rows: $rows, all: { $size: $matches }, data: $data }`,
      query: {},
      want: { rows: [1, 2], all: 4, data: { list: [1, 2], total: 4, page: 1 } },
    },
  ])('$name', ({ list, query, want }) => {
    expect(start(file(list)).body('list', { query })).toEqual(want);
  });
});

import { describe, expect, test } from 'vitest';
import { start } from './state.fixture.ts';

const file = (check: string): string => `
timezone: '+08:00'
collections:
  group: { softDelete: { gone: 1 }, seed: [{ id: 1, name: a, kind: x }, { id: 2, name: b, kind: y }, { id: 3, name: c, gone: 1 }, { id: 9007199254740993, name: d }] }
operations:
  act: { checks: [${check}], data: fine }
errors: { NO_GROUP: { status: 404 } }
`;
const key = 'key: $request.body#/id';

describe('exists', () => {
  test.each([
    { name: 'there', check: `{ exists: group, ${key} }`, given: { id: 1 }, want: 'fine' },
    { name: 'there, as text', check: `{ exists: group, ${key} }`, given: { id: '9007199254740993' }, want: 'fine' },
    { name: 'not there', check: `{ exists: group, ${key} }`, given: { id: 7 }, want: 'INVALID' },
    { name: 'deleted', check: `{ exists: group, ${key} }`, given: { id: 3 }, want: 'INVALID' },
    { name: 'named', check: `{ exists: group, ${key}, otherwise: NO_GROUP }`, given: { id: 7 }, want: 'NO_GROUP' },
    { name: 'not given refers to nothing', check: `{ exists: group, ${key} }`, given: {}, want: 'fine' },
    { name: 'null refers to nothing', check: `{ exists: group, ${key} }`, given: { id: null }, want: 'fine' },
    { name: 'empty refers to a row that is not there', check: `{ exists: group, ${key} }`, given: { id: '' }, want: 'INVALID' },
    { name: 'fits', check: `{ exists: group, ${key}, where: { kind: x } }`, given: { id: 1 }, want: 'fine' },
    { name: 'does not fit', check: `{ exists: group, ${key}, where: { kind: x } }`, given: { id: 2 }, want: 'INVALID' },
    { name: 'by filter', check: '{ exists: group, where: { name: $request.body#/name } }', given: { name: 'b' }, want: 'fine' },
    { name: 'by filter, none', check: '{ exists: group, where: { name: $request.body#/name } }', given: { name: 'z' }, want: 'INVALID' },
    { name: 'each', check: '{ exists: group, each: $request.body#/ids, key: $item }', given: { ids: [1, '2'] }, want: 'fine' },
    { name: 'each, one is not', check: '{ exists: group, each: $request.body#/ids, key: $item }', given: { ids: [1, 7] }, want: 'INVALID' },
    { name: 'each of none', check: '{ exists: group, each: $request.body#/ids, key: $item }', given: { ids: [] }, want: 'fine' },
    { name: 'each of no list', check: '{ exists: group, each: $request.body#/ids, key: $item }', given: { ids: 7 }, want: 'fine' },
    {
      name: 'each by filter on the element',
      check: '{ exists: group, each: $request.body#/ids, where: { id: $item, kind: y } }',
      given: { ids: [2] },
      want: 'fine',
    },
  ])('$name', ({ check, given, want }) => {
    expect(start(file(check)).body('act', { body: given })).toBe(want);
  });
});

describe('absent', () => {
  test.each([
    { name: 'no row fits', check: '{ absent: group, where: { name: $request.body#/name } }', given: { name: 'z' }, want: 'fine' },
    { name: 'a row fits', check: '{ absent: group, where: { name: $request.body#/name } }', given: { name: 'a' }, want: 'INVALID' },
    { name: 'the row of the key fits', check: `{ absent: group, ${key}, where: { kind: x } }`, given: { id: 1 }, want: 'INVALID' },
    { name: 'the row of the key does not', check: `{ absent: group, ${key}, where: { kind: x } }`, given: { id: 2 }, want: 'fine' },
    { name: 'there is no such row', check: `{ absent: group, ${key}, where: { kind: x } }`, given: { id: 7 }, want: 'fine' },
  ])('$name', ({ check, given, want }) => {
    expect(start(file(check)).body('act', { body: given })).toBe(want);
  });
});

describe('that', () => {
  test.each([
    { name: 'a range', check: '{ that: $request.body#/a, to: $request.body#/b }', given: { a: 1, b: 2 }, want: 'fine' },
    {
      name: 'a range the wrong way round',
      check: '{ that: $request.body#/a, to: $request.body#/b }',
      given: { a: 3, b: 2 },
      want: 'INVALID',
    },
    { name: 'nothing to compare', check: '{ that: $request.body#/a, to: $request.body#/b }', given: { b: 2 }, want: 'fine' },
    { name: 'nothing to compare with', check: '{ that: $request.body#/a, to: $request.body#/b }', given: { a: 3 }, want: 'fine' },
    {
      name: 'dates',
      check: '{ that: $request.body#/a, to: $request.body#/b }',
      given: { a: '2026-03-02', b: '2026-03-01' },
      want: 'INVALID',
    },
    {
      name: 'an unsafe integer',
      check: '{ that: $request.body#/a, equal: $request.body#/b }',
      given: { a: 9007199254740993n, b: 9007199254740992 },
      want: 'INVALID',
    },
    { name: 'one of', check: '{ that: $request.body#/a, in: [x, y] }', given: { a: 'y' }, want: 'fine' },
    { name: 'none of', check: '{ that: $request.body#/a, in: [x, y] }', given: { a: 'z' }, want: 'INVALID' },
    { name: 'two comparisons', check: '{ that: { $size: $request.body#/a }, from: 2, to: 3 }', given: { a: 'abcd' }, want: 'INVALID' },
    {
      name: 'the same day',
      check: '{ that: $request.body#/a, on: $request.body#/b }',
      given: { a: '2026-03-01 23:00:00', b: '2026-03-01 01:00:00' },
      want: 'fine',
    },
  ])('$name', ({ check, given, want }) => {
    expect(start(file(check)).body('act', { body: given })).toBe(want);
  });

  test('the first check that fails is told', () => {
    const { act } = start(file(`{ that: 1, equal: 1 }, { exists: group, key: 7, otherwise: NO_GROUP }, { that: 1, equal: 2 }`));
    expect(act('act')).toMatchObject({ status: 404, error: 'NO_GROUP' });
  });
});

import { describe, expect, test } from 'vitest';
import { start } from './state.fixture.ts';

describe('keys', () => {
  const create = 'operations: { add: { do: create, in: t, set: { id: $request.body#/id, n: $request.body#/n }, data: $row#/id } }';
  test.each([
    { name: 'counted from the start', key: '{ start: 100 }', seeds: '', given: [{}, {}], want: [100, 101] },
    { name: 'past the seeds', key: '{ start: 1 }', seeds: '{ n: 1 }, { n: 2 }', given: [{}], want: [3] },
    { name: 'past a seed in the way', key: '{ start: 1 }', seeds: '{ id: 2, n: 1 }', given: [{}, {}], want: [1, 3] },
    { name: 'given', key: '{ strategy: given }', seeds: '', given: [{ id: 'a' }], want: ['a'] },
    { name: 'null is not given', key: '{}', seeds: '', given: [{ id: null }, { id: '' }], want: [1, 2] },
    {
      name: 'beyond 2^53',
      key: '{}',
      seeds: '',
      given: [{ id: 9007199254740993n }, { id: 9007199254740992n }],
      want: [9007199254740993n, 9007199254740992n],
    },
    { name: 'a number and its text are one', key: '{}', seeds: '', given: [{ id: 7 }, { id: '7' }], want: [7, 'CONFLICT'] },
  ])('$name', ({ key, seeds, given, want }) => {
    const { body } = start(`collections: { t: { key: ${key}, seed: [${seeds}] } }\n${create}`);
    expect(given.map((one) => body('add', { body: one }))).toEqual(want);
  });

  test('a seed that is counted never takes the place of one that names its key', () => {
    const { rows } = start('collections: { t: { key: { start: 1 }, seed: [{ id: 2, n: a }, { n: b }, { n: c }] } }');
    expect(rows('t')).toEqual(
      [
        { id: 2, n: 'a' },
        { id: 3, n: 'b' },
        { id: 4, n: 'c' },
      ].map((row) => expect.objectContaining(row)),
    );
  });

  test('a key once given is never given again', () => {
    const { body } = start(
      'collections: { t: {} }\noperations: { add: { do: create, in: t, data: $row#/id }, drop: { do: delete, in: t, key: $request.body } }',
    );
    expect([body('add', { body: {} }), body('drop', { body: 1 }), body('add', { body: {} })]).toEqual([1, {}, 2]);
  });
});

describe('a new row', () => {
  test('has defaults, the first status, what is given and stamps, the later over the earlier', () => {
    const { body } = start(
      `timezone: '+08:00'
collections:
  t:
    defaults: { a: 1, b: 1, c: 1, d: { $size: $row#/name }, status: none }
    stamps: { create: { c: 3, at: $now.local, day: $now.date } }
    machine: { field: status, initial: NEW, transitions: { NEW: [OLD] } }
operations:
  add: { do: create, in: t, data: $row }`,
      { now: '2026-03-01T20:00:00Z' },
    );
    expect(body('add', { body: { name: 'abc', b: 2, c: 2 } })).toEqual({
      id: 1,
      name: 'abc',
      a: 1,
      b: 2,
      c: 3,
      d: 3,
      status: 'NEW',
      at: '2026-03-02 04:00:00',
      day: '2026-03-02',
    });
    expect(body('add', { body: { name: 'x', status: 'OLD' } })).toMatchObject({ status: 'OLD' });
  });
});

describe('unique', () => {
  const file = (unique: string): string => `
collections: { t: { defaults: { kind: 0 }, softDelete: { gone: 1 }, unique: [${unique}], seed: [{ name: a, kind: 0 }, { name: b, kind: 1 }, { name: c, kind: 0, gone: 1 }, { name: null }] } }
operations: { add: { do: create, in: t, data: $row#/name }, all: { do: create, in: t, each: $request.body, data: $total }, skip: { do: create, in: t, each: $request.body, conflict: skip, data: { $size: $rows } } }`;
  test.each([
    { name: 'another name', unique: '[name]', given: { name: 'z' }, want: 'z' },
    { name: 'the same name', unique: '[name]', given: { name: 'a' }, want: 'CONFLICT' },
    { name: 'the name of a deleted row', unique: '[name]', given: { name: 'c' }, want: 'c' },
    { name: 'no name', unique: '[name]', given: {}, want: undefined },
    { name: 'null is no name', unique: '[name]', given: { name: null }, want: null },
    { name: 'one of two fields', unique: '[name, kind]', given: { name: 'a', kind: 5 }, want: 'a' },
    { name: 'both fields', unique: '[name, kind]', given: { name: 'b', kind: '1' }, want: 'CONFLICT' },
    { name: 'both fields, one by its default', unique: '[name, kind]', given: { name: 'a' }, want: 'CONFLICT' },
    { name: 'only among those that fit', unique: '{ fields: [name], where: { kind: 1 } }', given: { name: 'a' }, want: 'a' },
    { name: 'among those that fit', unique: '{ fields: [name], where: { kind: 1 } }', given: { name: 'b', kind: 1 }, want: 'CONFLICT' },
    { name: 'the second of two rules', unique: '[kind, name], [name]', given: { name: 'a', kind: 9 }, want: 'CONFLICT' },
    { name: 'values that only look alike', unique: '[name, kind]', given: { name: 'b","=1', kind: 0 }, want: 'b","=1' },
  ])('$name', ({ unique, given, want }) => {
    expect(start(file(unique)).body('add', { body: given })).toEqual(want);
  });

  test.each([
    { name: 'all new', given: [{ name: 'x' }, { name: 'y' }], want: 2, left: 6 },
    { name: 'one is taken: none', given: [{ name: 'x' }, { name: 'a' }], want: 'CONFLICT', left: 4 },
    { name: 'two of the batch alike: none', given: [{ name: 'x' }, { name: 'x' }], want: 'CONFLICT', left: 4 },
  ])('a batch: $name', ({ given, want, left }) => {
    const { body, rows } = start(file('[name]'));
    expect(body('all', { body: given })).toEqual(want);
    expect(rows('t')).toHaveLength(left);
  });

  test('a batch that skips adds what is new', () => {
    const { body, rows } = start(file('[name]'));
    expect(body('skip', { body: [{ name: 'x' }, { name: 'a' }, { name: 'x' }] })).toBe(3);
    expect(rows('t')).toHaveLength(5);
  });

  test('a batch looks at each row once: ten thousand beside ten thousand', () => {
    const { body } = start(`
collections: { t: { unique: [[name]], seed: [{ repeat: 10000, row: { name: 'old {$item}' } }] } }
operations: { all: { do: create, in: t, each: $request.body, data: $total } }`);
    expect(body('all', { body: Array.from({ length: 10_000 }, (_, index) => ({ name: `new ${index}` })) })).toBe(10_000);
  });
});

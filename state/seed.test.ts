import { describe, expect, test } from 'vitest';
import { start } from './state.fixture.ts';

const FILES = {
  shop: `
timezone: '+08:00'
collections:
  item:
    key: { start: 1 }
    defaults: { note: null }
    machine: { field: status, initial: NEW, transitions: { NEW: [OLD] } }
    seed: [{ name: first }, { repeat: 3, row: { name: '第{$item}件', place: $item, day: $now.date } }, { name: last, status: OLD, of: { $count: item } }]
scenarios: { empty: { item: [] }, single: { item: [{ id: 9, name: only }] } }`,
  desk: `
collections: { person: { seed: [{ id: 1 }] } }
scenarios: { empty: { person: [] } }`,
};

describe('scenarios', () => {
  test('default: rows in their order, with defaults and the first status', () => {
    expect(start(FILES).rows('shop/item')).toEqual([
      { id: 1, name: 'first', note: null, status: 'NEW' },
      ...[1, 2, 3].map((place) => ({ id: place + 1, name: `第${place}件`, place, day: '2026-01-01', note: null, status: 'NEW' })),
      { id: 5, name: 'last', note: null, status: 'OLD', of: 4 },
    ]);
  });

  test.each([
    { scenario: 'empty', items: [], persons: [] },
    { scenario: 'single', items: [9], persons: [1] },
  ])('$scenario: modules and collections that do not name it begin as ever', ({ scenario, items, persons }) => {
    const { rows } = start(FILES, { scenario });
    expect([rows('shop/item').map(({ id }) => id), rows('desk/person').map(({ id }) => id)]).toEqual([items, persons]);
  });
});

describe('new rows count on from the starting rows', () => {
  const operations = 'operations: { add: { do: create, in: t, data: $row#/id }, drop: { do: delete, in: t, key: $request.body } }';
  const added = (collection: string): unknown[] => {
    const { body } = start(`collections: { t: ${collection} }\n${operations}`);
    return [body('add', { body: {} }), body('add', { body: {} })];
  };

  test.each([
    { name: 'counted ones', given: '{ seed: [{ repeat: 1000, row: {} }] }', want: [1001, 1002] },
    { name: 'with a gap, which is filled', given: '{ seed: [{ id: 1 }, { id: 2 }, { id: 4 }] }', want: [3, 5] },
    { name: 'behind the first number', given: '{ key: { start: 7 }, seed: [{ id: 8 }] }', want: [7, 9] },
    { name: 'like a given key', given: '{ key: { strategy: like, like: A08 }, seed: [{ id: A08 }, { id: A09 }] }', want: ['A10', 'A11'] },
    { name: 'none', given: '{}', want: [1, 2] },
  ])('$name', ({ given, want }) => {
    expect(added(given)).toEqual(want);
  });

  test('unless one was removed before anything counted', () => {
    const { body } = start(`collections: { t: { seed: [{ repeat: 3, row: {} }] } }\n${operations}`);
    expect([body('drop', { body: 2 }), body('add', { body: {} }), body('add', { body: {} })]).toEqual([{}, 2, 4]);
  });
});

test('modules refer to each other’s collections, whatever their order', () => {
  const { body } = start({
    one: 'collections: { a: { seed: [{ id: 1, b: 2 }] } }\noperations: { show: { do: get, in: a, key: 1, checks: [{ exists: two/b, key: 2 }], show: { b: { $first: two/b, where: { id: $outer#/b }, show: $row#/name } }, also: [{ update: two/b, key: 2, set: { seen: true } }] } }',
    two: 'collections: { b: { seed: [{ id: 2, name: two, a: { $count: one/a } }] } }\noperations: { look: { do: get, in: b, key: 2 } }',
  });
  expect([body('show'), body('look')]).toEqual([{ b: 'two' }, { id: 2, name: 'two', a: 1, seen: true }]);
});

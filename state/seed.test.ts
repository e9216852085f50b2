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

test('modules refer to each other’s collections, whatever their order', () => {
  const { body } = start({
    one: 'collections: { a: { seed: [{ id: 1, b: 2 }] } }\noperations: { show: { do: get, in: a, key: 1, checks: [{ exists: two/b, key: 2 }], show: { b: { $first: two/b, where: { id: $outer#/b }, show: $row#/name } }, also: [{ update: two/b, key: 2, set: { seen: true } }] } }',
    two: 'collections: { b: { seed: [{ id: 2, name: two, a: { $count: one/a } }] } }\noperations: { look: { do: get, in: b, key: 2 } }',
  });
  expect([body('show'), body('look')]).toEqual([{ b: 'two' }, { id: 2, name: 'two', a: 1, seen: true }]);
});

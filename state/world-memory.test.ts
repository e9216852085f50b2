import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBase, createWorld } from './world-memory.ts';
import type { Key, Row } from './world.ts';

const base = createBase([
  [
    'shop/item',
    [
      ['1', { id: 1, tags: ['a'] }],
      ['2', { id: 2 }],
      ['3', { id: 3 }],
    ],
  ],
]);
const keysOf = (rows: Iterable<readonly [Key, Row]>): Key[] => Array.from(rows, ([key]) => key);

describe('world in memory', () => {
  test('a changed row keeps its place, a new one and one that comes again go to the end', () => {
    const world = createWorld(base);
    world.put('shop/item', '9', { id: 9 });
    world.put('shop/item', '2', { id: 2, again: false });
    expect(world.remove('shop/item', '1')).toBe(true);
    expect(world.remove('shop/item', '1')).toBe(false);
    world.put('shop/item', '1', { id: 1, again: true });
    expect([...world.rows('shop/item')]).toEqual([
      ['2', { id: 2, again: false }],
      ['3', { id: 3 }],
      ['9', { id: 9 }],
      ['1', { id: 1, again: true }],
    ]);
    expect(world.size('shop/item')).toBe(4);
  });

  test('a row that nests too deeply to be shown is refused, and nothing of it is kept', () => {
    const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
    const world = createWorld(base);
    world.put('shop/item', '9', { deep: nested(900) });
    for (const levels of [2_000, 100_000]) expect(() => world.put('shop/item', '8', { deep: nested(levels) })).toThrow(/nests deeper than/);
    expect(keysOf(world.rows('shop/item'))).toEqual(['1', '2', '3', '9']);
  });

  test('the base and other worlds see nothing of it', () => {
    const world = createWorld(base);
    world.put('shop/item', '2', { id: 'changed' });
    world.remove('shop/item', '3');
    world.put('shop/other', '1', {});
    expect(keysOf(createWorld(base).rows('shop/item'))).toEqual(['1', '2', '3']);
    expect(createWorld(base).get('shop/item', '2')).toEqual({ id: 2 });
    expect(createWorld(base).size('shop/other')).toBe(0);
  });

  test('a world over many rows reads none of them before it is asked', () => {
    const untouchable = new Map<Key, Row>([['1', { id: 1 }]]);
    for (const method of ['entries', 'keys', 'values', 'forEach', Symbol.iterator] as const) {
      Object.defineProperty(untouchable, method, { value: () => expect.unreachable('the base was walked through') });
    }
    const world = createWorld(new Map([['shop/item', untouchable]]));
    world.put('shop/item', '2', { id: 2 });
    world.remove('shop/item', '1');
    expect(world.size('shop/item')).toBe(1);
  });

  test('an iteration sees the rows as they were when it began', () => {
    const world = createWorld(base);
    world.put('shop/item', '9', { id: 9 });
    const seen: Key[] = [];
    for (const [key, row] of world.rows('shop/item')) {
      seen.push(key);
      world.put('shop/item', `${key}+`, row);
      world.remove('shop/item', '3');
      world.remove('shop/item', '9');
    }
    expect(seen).toEqual(['1', '2', '3', '9']);
    expect(keysOf(world.rows('shop/item'))).toEqual(['1', '2', '1+', '2+', '3+', '9+']);
  });

  test('rows can be walked through again, and given up half-way', () => {
    const world = createWorld(base);
    world.put('shop/item', '9', { id: 9 });
    const rows = world.rows('shop/item');
    for (const _ of rows) break;
    const iterator = rows[Symbol.iterator]();
    iterator.next();
    iterator.return?.();
    expect(iterator.next().done).toBe(true);
    expect(keysOf(rows)).toEqual(keysOf(rows));
    expect(keysOf(rows)).toHaveLength(4);
  });

  test('rows are frozen, seeds and put ones: a change in place is an error where it is made', () => {
    const world = createWorld(base);
    world.put('shop/item', '9', { id: 9, inner: { list: [{ x: 1 }] } });
    for (const key of ['1', '9']) expect(Object.isFrozen(world.get('shop/item', key))).toBe(true);
    expect(Object.isFrozen(world.get('shop/item', '1')?.['tags'])).toBe(true);
    const inner = world.get('shop/item', '9')?.['inner'] as { list: { x: number }[] };
    expect(() => inner.list.push({ x: 2 })).toThrow(TypeError);
    expect(() => Object.assign(inner.list[0] ?? {}, { x: 2 })).toThrow(TypeError);
  });

  test('names and keys may be what objects have of their own', () => {
    const world = createWorld(base);
    for (const name of ['__proto__', 'constructor', '']) {
      expect(world.get(name, name)).toBeUndefined();
      world.put(name, name, { name });
      expect(world.get(name, name)).toEqual({ name });
    }
  });

  test('a counter never gives a number twice', () => {
    const world = createWorld(base);
    const given = [
      world.next('a', 10),
      world.next('a', 10),
      world.next('b', 0),
      world.next('a', 5),
      world.next('a', 20),
      world.next('a', 20),
    ];
    expect(given).toEqual([10, 11, 0, 12, 20, 21]);
  });

  test.each([Number.MAX_SAFE_INTEGER + 1, 1.5, Number.NaN])('a counter refuses to start at %s', (start) => {
    expect(() => createWorld(base).next('a', start)).toThrow(expect.objectContaining({ code: 'counter-range' }));
  });

  test('a counter refuses to go beyond what a number holds', () => {
    const world = createWorld(base);
    world.next('a', Number.MAX_SAFE_INTEGER);
    expect(() => world.next('a', 1)).toThrow(expect.objectContaining({ code: 'counter-range' }));
  });

  test('shows the time of its clock', () => {
    expect(createWorld(base, () => 42).now()).toBe(42);
  });

  test('any operations do what they do on a plain Map', () => {
    const key = fc.constantFrom('1', '2', '3', '4', '5');
    const operation = fc.oneof(
      fc.record({ do: fc.constant('put' as const), key, value: fc.nat() }),
      fc.record({ do: fc.constant('remove' as const), key }),
      fc.record({ do: fc.constant('walk' as const), stop: fc.nat(5), key, value: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
        const world = createWorld(base);
        const model = new Map<Key, Row>(base.get('shop/item'));
        for (const step of operations) {
          if (step.do === 'put') {
            world.put('shop/item', step.key, { value: step.value });
            model.set(step.key, { value: step.value });
          } else if (step.do === 'remove') {
            expect(world.remove('shop/item', step.key)).toBe(model.delete(step.key));
          } else {
            const before = [...model];
            let count = 0;
            for (const entry of world.rows('shop/item')) {
              expect(entry).toEqual(before[count]);
              if (count++ === step.stop) break;
              world.remove('shop/item', step.key);
              world.put('shop/item', step.key, { value: step.value });
              model.delete(step.key);
              model.set(step.key, { value: step.value });
            }
          }
          expect([...world.rows('shop/item')]).toEqual([...model]);
          expect(world.size('shop/item')).toBe(model.size);
          for (const known of ['1', '2', '3', '4', '5']) expect(world.get('shop/item', known)).toEqual(model.get(known));
        }
      }),
    );
  });
});

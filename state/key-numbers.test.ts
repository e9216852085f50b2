import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highestNumberOf, NO_NUMBER, numberOf } from './key-numbers.ts';
import { createBase, createWorld, Layer, LayerWorld } from './world-memory.ts';

const cases = [
  { name: 'a number', key: '1042', want: 1042 },
  { name: 'zero', key: '0', want: 0 },
  { name: 'zeros before it', key: '0007', want: NO_NUMBER },
  { name: 'the largest that keys are counted by', key: String(Number.MAX_SAFE_INTEGER), want: Number.MAX_SAFE_INTEGER },
  { name: 'beyond it', key: '9007199254740993', want: NO_NUMBER },
  { name: 'longer than any of those', key: '12345678901234567', want: NO_NUMBER },
  { name: 'below zero', key: '-3', want: NO_NUMBER },
  { name: 'a fraction', key: '1.5', want: NO_NUMBER },
  { name: 'a text', key: 'c0ffee', want: NO_NUMBER },
  { name: 'nothing', key: '', want: NO_NUMBER },
];
test.each(cases)('numberOf: $name', ({ key, want }) => expect(numberOf(key)).toBe(want));

test('the highest of some rows', () => {
  expect(highestNumberOf(new Map())).toBe(NO_NUMBER);
  expect(highestNumberOf(new Map(['9', 'a12', '100', '20'].map((key) => [key, {}])))).toBe(100);
});

const key = fc.oneof(
  fc.integer({ min: -3, max: 30 }).map(String),
  fc.constantFrom('007', 'x9', '', '1e1', String(Number.MAX_SAFE_INTEGER), '9007199254740993'),
);
const number = fc.oneof(fc.integer({ min: -3, max: 30 }), fc.constantFrom(Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER));
const step = fc.oneof(
  fc.record({ do: fc.constant('put' as const), key, isFree: fc.boolean() }),
  fc.record({ do: fc.constant('remove' as const), key }),
  fc.record({ do: fc.constantFrom('commit' as const, 'undo' as const, 'share' as const) }),
);

test('a number that is beyond all keys is none of them, over transactions and copies', () => {
  expect.hasAssertions();
  fc.assert(
    fc.property(fc.uniqueArray(key), fc.array(step, { maxLength: 20 }), number, (seeded, steps, asked) => {
      let below = new Layer(createBase([['things', seeded.map((name) => [name, {}] as const)]]));
      let above = new Layer(below);
      for (const next of steps) {
        const world = new LayerWorld(above, 0);
        if (next.do === 'put') world.put('things', next.key, {}, next.isFree && world.get('things', next.key) === undefined);
        else if (next.do === 'remove') world.remove('things', next.key);
        else {
          if (next.do === 'commit') below.absorb(above);
          if (next.do === 'share') below = below.share();
          above = new Layer(below);
        }
        for (const layer of [above, below]) {
          const seen = new LayerWorld(layer, 0);
          for (const one of [asked, 0, 7, 31])
            expect(seen.isBeyond('things', one) && seen.get('things', String(one)) !== undefined).toBe(false);
        }
      }
    }),
  );
});

test('keys that were given are passed over, whatever the counter says', () => {
  const world = createWorld(createBase([['things', [['5', {}]]]]));
  expect([4, 5, 6].map((one) => world.isBeyond?.('things', one))).toEqual([false, false, true]);
  world.put('things', '7', {});
  expect([6, 7, 8].map((one) => world.isBeyond?.('things', one))).toEqual([false, false, true]);
  expect(world.isBeyond?.('others', 0)).toBe(true);
});

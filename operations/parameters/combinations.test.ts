import { expect, test } from 'vitest';
import { arraysOf, combinations, objectsOf } from './combinations.ts';

test.each<[string, unknown[][], unknown[][]]>([
  ['nothing', [], [[]]],
  ['one reading each', [[1], [2]], [[1, 2]]],
  [
    'every combination, the first readings first',
    [[1, '1'], ['a'], [2, '2']],
    [
      [1, 'a', 2],
      [1, 'a', '2'],
      ['1', 'a', 2],
      ['1', 'a', '2'],
    ],
  ],
])('%s', (_name, parts, want) => {
  expect(arraysOf(parts)).toStrictEqual(want);
});

test('beyond 16: all first, all last, then single changes', () => {
  const picks = combinations(
    Array.from({ length: 5 }, (_, at) => [at, String(at)]),
    (pick) => pick.join(' ') + pick.map((reading) => (typeof reading === 'string' ? 's' : 'n')).join(''),
  );
  expect(picks.map((pick) => pick.slice(-5))).toStrictEqual([
    'nnnnn',
    'sssss',
    'snnnn',
    'nsnnn',
    'nnsnn',
    'nnnsn',
    'nnnns',
    'nssss',
    'snsss',
    'ssnss',
    'sssns',
    'ssssn',
  ]);
});

test('long values have two readings', () => {
  expect(arraysOf(Array.from({ length: 1000 }, () => [1, '1']))).toHaveLength(2);
});

test('names of every object are ordinary own properties', () => {
  const [object] = objectsOf(
    new Map([
      ['__proto__', [1]],
      ['toString', [2]],
    ]),
  );
  expect(Object.keys(object ?? {})).toStrictEqual(['__proto__', 'toString']);
  expect(JSON.stringify(object)).toBe('{"__proto__":1,"toString":2}');
  expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
});

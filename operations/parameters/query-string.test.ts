import { expect, test } from 'vitest';
import { parseQueryString, valuesOf } from './query-string.ts';

test.each<[string, string, string[][]]>([
  ['empty', '', []],
  [
    'pairs',
    'a=1&b=2',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  ['values stay raw, names do not', 'a%20b+c=%20+', [['a b c', '%20+']]],
  [
    'no value',
    'a&b=',
    [
      ['a', ''],
      ['b', ''],
    ],
  ],
  [
    'equals in the value',
    'a=b=c&d',
    [
      ['a', 'b=c'],
      ['d', ''],
    ],
  ],
  ['empty pairs', '&&a=1&&', [['a', '1']]],
  ['no name', '=1', [['', '1']]],
  ['broken name stays raw', '%=1', [['%', '1']]],
  ['question marks are data', '?a=?', [['?a', '?']]],
  ['bytes', Buffer.from('名=值').toString('latin1'), [['名', '值']]],
])('%s', (_name, given, want) => {
  const { names, values } = parseQueryString(given);
  expect(names.map((name, at) => [name, values[at]])).toStrictEqual(want);
});

test('values of a name, in order', () => {
  const query = parseQueryString('a=1&b=2&%61=3&__proto__=4');
  expect(valuesOf(query, 'a')).toStrictEqual(['1', '3']);
  expect(valuesOf(query, 'c')).toStrictEqual([]);
  expect(valuesOf(query, '__proto__')).toStrictEqual(['4']);
});

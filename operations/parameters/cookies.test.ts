import { expect, test } from 'vitest';
import { lazyCookies, parseCookies } from './cookies.ts';

test.each<[string, string | string[] | undefined, string[][]]>([
  ['none', undefined, []],
  ['empty', '', []],
  [
    'in order',
    'b=2; a=1; b=3',
    [
      ['b', '2'],
      ['a', '1'],
      ['b', '3'],
    ],
  ],
  [
    'without the space',
    'a=1;b=2',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  [
    'quoted',
    'a="x y"; b="',
    [
      ['a', 'x y'],
      ['b', '"'],
    ],
  ],
  ['equals in the value', 'a=b=c==', [['a', 'b=c==']]],
  ['pieces without a name or value', 'x; =1; a=; ;', [['a', '']]],
  [
    'several headers',
    ['a=1', 'b=2'],
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  [
    'names of regular expressions and objects',
    'a.b=1; __proto__=2; [=3',
    [
      ['a.b', '1'],
      ['__proto__', '2'],
      ['[', '3'],
    ],
  ],
  ['Chinese', Buffer.from('名=值').toString('latin1'), [['名', '值']]],
])('%s', (_name, given, want) => {
  expect(parseCookies(given).map(({ name, value }) => [name, value])).toStrictEqual(want);
  expect(lazyCookies(given).all()).toStrictEqual(parseCookies(given));
});

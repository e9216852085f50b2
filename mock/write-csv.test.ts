import { expect, test } from 'vitest';
import { writeCsv } from './write-csv.ts';

test.each<{ name: string; given: unknown; want: string | undefined }>([
  {
    name: 'objects under their names',
    given: [
      { id: 1, name: 'a' },
      { id: 2, tag: true },
    ],
    want: 'id,name,tag\r\n1,a,\r\n2,,true\r\n',
  },
  { name: 'one object', given: { id: 1 }, want: 'id\r\n1\r\n' },
  {
    name: 'lists',
    given: [
      ['a', 1],
      ['b', 2],
    ],
    want: 'a,1\r\nb,2\r\n',
  },
  { name: 'plain values', given: [1, null, 'x'], want: '1\r\n\r\nx\r\n' },
  { name: 'what has to be quoted', given: [['a,b', 'say "x"', '1\n2', { a: 1 }]], want: '"a,b","say ""x""","1\n2","{""a"":1}"\r\n' },
  { name: 'an empty list', given: [], want: '' },
  { name: 'a text', given: 'a,b', want: undefined },
])('$name', ({ given, want }) => expect(writeCsv(given)).toBe(want));

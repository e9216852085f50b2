import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLines, parseJson, writeJson } from './json.ts';

test.each<[name: string, given: string]>([
  ['an id beyond 2^53', '{\n  "id": 9007199254740993\n}'],
  ['a negative one', '[\n  -123456789012345678901234567890\n]'],
  ['nothing', 'null'],
  ['empty ones', '{\n  "a": {},\n  "b": []\n}'],
  ['names that mean something elsewhere', '{\n  "__proto__": 1,\n  "a/b~c": "</script>"\n}'],
])('%s is written as it was read', (_name, text) => {
  expect(writeJson(parseJson(text))).toBe(text);
});

test('lines know what they are of', () => {
  const lines = jsonLines({ list: [{ 'a/b': 1 }] });
  expect(lines.map(({ pointer, kind, depth }) => [pointer, kind, depth])).toEqual([
    ['', 'open', 0],
    ['/list', 'open', 1],
    ['/list/0', 'open', 2],
    ['/list/0/a~1b', 'number', 3],
    ['/list/0', 'close', 2],
    ['/list', 'close', 1],
    ['', 'close', 0],
  ]);
});

test('any value comes back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(writeJson(plain))).toEqual(plain);
      expect(writeJson(plain).replaceAll(/\s/g, '')).toBe(JSON.stringify(plain).replaceAll(/\s/g, ''));
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { essence, fit, isJson, isXml, parseAccept, parseMediaType } from './media-type.ts';

describe('parseMediaType', () => {
  test.each<[string, string | undefined, Record<string, string>]>([
    ['application/json', 'application/json', {}],
    [' Text/HTML ; Charset=UTF-8', 'text/html', { charset: 'UTF-8' }],
    ['a/b; x="a;b,\\"c"; y=', 'a/b', { x: 'a;b,"c', y: '' }],
    ['a/b;novalue;=x', 'a/b', { '': 'x' }],
    ['*/*', '*/*', {}],
    ['*', '*/*', {}],
    ['application/*+json', 'application/*+json', {}],
    ['', undefined, {}],
    ['json', undefined, {}],
    ['/json', undefined, {}],
    ['a/b/c', undefined, {}],
    ['a b/c', undefined, {}],
    ['application/json, application/json', undefined, {}],
    ['应用/json', undefined, {}],
  ])('%s', (given, want, parameters) => {
    const parsed = parseMediaType(given);
    expect(parsed && essence(parsed)).toBe(want);
    expect(Object.fromEntries(parsed?.parameters ?? [])).toEqual(parameters);
  });

  test.each([
    ['application/json', true, false],
    ['application/problem+json', true, false],
    ['text/xml', false, true],
    ['image/svg+xml', false, true],
    ['application/jsonx', false, false],
  ])('%s is JSON: %s, XML: %s', (given, json, xml) => {
    const parsed = parseMediaType(given);
    expect(parsed && [isJson(parsed), isXml(parsed)]).toEqual([json, xml]);
  });
});

test.each<[string, string, number]>([
  ['*/*', 'a/b', 1],
  ['a/*', 'a/b', 2],
  ['a/b', 'a/b', 5],
  ['a/b', 'a/c', 0],
  ['b/*', 'a/b', 0],
  ['a/*+json', 'a/x+json', 4],
  ['a/*+json', 'a/json', 0],
  ['a/b; v=1', 'a/b; v=1', 6],
  ['a/b; v=1', 'a/b; v=2', 0],
  ['a/b; v=1', 'a/b', 0],
  ['a/b; charset=utf-8', 'a/b', 5],
  ['a/b; q=0.5', 'a/b', 5],
])('%s fits %s: %d', (range, concrete, want) => {
  const [a, b] = [parseMediaType(range), parseMediaType(concrete)];
  expect(a && b && fit(a, b)).toBe(want);
});

test.each<[string, [string, number][]]>([
  ['', []],
  [
    'text/html, */*;q=0.1',
    [
      ['text/html', 1],
      ['*/*', 0.1],
    ],
  ],
  [
    'a/b;x="1,2";q=0.5,nonsense, c/d;q=7',
    [
      ['a/b', 0.5],
      ['c/d', 1],
    ],
  ],
  [
    'a/b;q=0, c/d;q=x, e/f;q=, g/h;q=-1',
    [
      ['a/b', 0],
      ['c/d', 1],
      ['e/f', 1],
      ['g/h', 1],
    ],
  ],
])('Accept: %s', (given, want) => {
  expect(parseAccept(given).map(({ range, quality }) => [essence(range), quality])).toEqual(want);
});

test('no header throws', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-z*/;,="\\ q01.]{0,40}$/));
  fc.assert(
    fc.property(text, (given) => {
      const parsed = parseMediaType(given);
      for (const { range, quality } of parseAccept(given)) {
        expect(quality).toBeGreaterThanOrEqual(0);
        expect(quality).toBeLessThanOrEqual(1);
        if (parsed !== undefined) expect(fit(range, parsed)).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 500 },
  );
});

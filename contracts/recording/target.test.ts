import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targetOf } from './target.ts';

describe('targetOf', () => {
  test.each<[string, string, ReturnType<typeof targetOf>]>([
    ['path and query', 'https://a.example/b?c=1', { origin: 'https://a.example', path: '/b', query: 'c=1' }],
    ['no path', 'https://a.example?c', { origin: 'https://a.example', path: '/', query: 'c' }],
    ['a fragment', 'https://a.example/b?c#d?e', { origin: 'https://a.example', path: '/b', query: 'c' }],
    ['a query in a fragment', 'https://a.example/b#c?d', { origin: 'https://a.example', path: '/b', query: '' }],
    ['letters beyond ASCII', 'https://a.example/é?ü', { origin: 'https://a.example', path: '/%C3%A9', query: '%C3%BC' }],
    ['space around', ' https://a.example/b\n', { origin: 'https://a.example', path: '/b', query: '' }],
    ['the default port', 'http://a.example:80/b', { origin: 'http://a.example', path: '/b', query: '' }],
    ['a host that begins alike', 'https://a.example.org/b', { origin: 'https://a.example.org', path: '/b', query: '' }],
    ['a user', 'https://a.example@b.example/c', { origin: 'https://b.example', path: '/c', query: '' }],
    ['another scheme', 'ftp://a.example/b', undefined],
  ])('%s', (_name, given, want) => {
    targetOf('https://a.example/before');
    expect(targetOf(given)).toEqual(want);
    expect(targetOf(given)).toEqual(want);
  });

  test('does not depend on where the last URL went', () => {
    const part = fc.stringMatching(/^[\w./?#&=:@\\ %é\n-]{0,12}$/);
    const url = fc
      .tuple(fc.constantFrom('https://a.example', 'HTTP://A.example:80', 'https://a.example:8443', '', '//'), part)
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(url, url, (one, other) => {
        targetOf('https://elsewhere.example/');
        const alone = targetOf(other);
        targetOf(one);
        expect(targetOf(other)).toEqual(alone);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backtrackingCost } from './pattern-cost.ts';
import { compilePattern } from './pattern.ts';

const matches = (source: string, text: string): boolean | string => {
  const compiled = compilePattern(source);
  return compiled.ok ? compiled.pattern.test(text) : compiled.reason;
};

describe('a pattern', () => {
  test.each<[string, string, boolean]>([
    ['b', 'abc', true],
    ['^[\\w-_]+$', 'a-b_c', true],
    ['^[\\u4e00-\\u9fa5]{2,4}$', '宠物', true],
    ['^\\p{Script=Han}+$', '宠物', true],
    ['^\\p{L}+$', 'äö1', false],
    ['^.{2}$', '😀😀', true],
    ['^.{1}$', '😀', true],
    ['^😀{2}$', '😀😀', true],
    ['^[😀😁]$', '😁', true],
    ['^[^\\uD800-\\uDFFF]*$', 'plain', true],
    ['^[^\\uD800-\\uDFFF]*$', 'a😀', false],
    ['[\\uD83C-\\uDBFF][\\uDC00-\\uDFFF]', 'a😀', true],
    ['^\\u{1F600}$', '😀', true],
    ['(?i)^abc$', 'aBC', true],
    ['\\Aabc\\z', 'abc', true],
    ['\\Aabc\\Z', 'abcd', false],
    ['^\\\\A$', '\\A', true],
    ['^a\\/b$', 'a/b', true],
    ['^(?=.*\\d)(?=.*[a-z]).{8,}$', 'abcdefg1', true],
    ['^(?=.*\\d)(?=.*[a-z]).{8,}$', 'abcdefgh', false],
    ['^(?<y>\\d{4})-\\k<y>$', '2024-2024', true],
    ['(?<=a)b', 'ab', true],
    ['^.$', '\n', false],
    ['', '', true],
    // Escapes that ECMA-262 takes without the flag "u" only, beside what needs the flag.
    ["^[\\p{L}\\s\\'\\-]+$", "O'Neil-Smith", true],
    ["^[\\p{L}\\s\\'\\-]+$", 'O,Neil', false],
    ['^\\d{3}\\-\\p{L}$', '123-a', true],
    ['^\\d{3}\\-\\p{L}$', '123_a', false],
    ['^[\\p{L}\\_\\@\\ \\"]+\\:$', 'a_b@c "d":', true],
    ['^\\p{L}\\\\\\-$', 'a\\-', true],
    ['^\\p{L}[^\\-\\#]$', 'a-', false],
    // The letter alone, as Perl, Go and Java write it.
    ['^\\pL+$', 'äß茶', true],
    ['^\\pL+$', 'pL', true],
    ['^\\pL+$', 'a1', false],
    ['^[\\pL\\pN]+$', 'ä7', true],
    ['^\\PL+$', '12', true],
    ['^\\\\pL$', '\\pL', true],
    ['^[\\x{4e00}-\\x{9FA5}]+$', '中文', true],
    ['^\\x{4e00}$', '一', true],
    ['^\\x41$', 'A', true],
    ['^\\pl$', 'pl', true],
    // Classes of POSIX.
    ['^[[:alpha:]]+$', 'abc', true],
    ['^[[:alpha:]]+$', 'ab1', false],
    ['^[[:digit:]_-]{2,}$', '1_-', true],
    ['^[^[:space:]]+$', 'a b', false],
    ['^[[:upper:][:punct:]]+$', 'A-Z]', true],
    ['^[:alpha:]+$', 'alpha:', true],
    // No count at the left: from none on.
    ['^a{,3}$', 'aa', true],
    ['^a{,3}$', 'aaaa', false],
    ['^a{,3}$', '', true],
    ['^[a{,3}]+$', '{,3}', true],
    ['^a\\{,3}$', 'a{,3}', true],
    // Further flags in front.
    ['(?s)^a.b$', 'a\nb', true],
    ['(?im)^B$', 'a\nb', true],
  ])('%s on %j: %s', (source, text, want) => expect(matches(source, text)).toBe(want));

  test.each(['(', '[a', 'a**', '(?P<n>x)', '\\p{Nope}'])('%s is none', (source) => expect(compilePattern(source).ok).toBe(false));
});

describe('hostile patterns and texts get an answer', () => {
  const tail = `${'a'.repeat(28)}!`;
  test.each([
    ['^(a+)+$', tail],
    ['^(a|aa)+$', tail],
    ['(?i)^(a+)+$', tail],
    ['(?i)^(a|a|a|a)*$', `${'a'.repeat(15)}!`],
    ['^(a{1,30}){1,30}$', tail],
    ['^((a+)+)+(?=b)', 'a'.repeat(17)],
    ['^(a|a|a|a|a)*(?=b)', 'a'.repeat(17)],
    ['^(\\p{L}+)+$', tail],
    ['^(.*)*\\1x$', tail],
    ['^(?=.*.*.*.*.*.*.*.*.*.*x)', 'a'.repeat(60)],
    ['^(\\w+\\s?)*$', `${'a '.repeat(20_000)}!`],
    ['\\s+$', `${' '.repeat(50_000)}x`],
    [
      '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$',
      `${'a'.repeat(40)}!`,
    ],
  ])('%s', (source, text) => {
    expect(matches(source, text)).toBe(false);
    for (let round = 0; round < 20; round += 1) expect(matches(source, text)).toBe(false);
  });
});

describe('backtrackingCost', () => {
  test.each<[string, number, number]>([
    ['^a{17}$', 1000, 1],
    ['a', 1000, 1000],
    ['^a*b*$', 10, 100],
    ['^[a-z]{1,64}@[a-z]{1,64}$', 1000, 4096],
    ['^[)(*+{]x$', 1000, 1],
    ['^\\(\\*$', 1000, 1],
    ['^(ab){2,20}$', 1000, 19],
    ['^(a+)?$', 10, 20],
    ['^(a+){2}$', 10, Infinity],
    ['^(a|b)*$', 10, Infinity],
    ['^((a|b))*$', 10, Infinity],
    ['^(?:(?:a?))+$', 10, Infinity],
    ['^(?:a*?){3}$', 10, Infinity],
    ['^a{x}$', 10, 1],
  ])('%s on %d characters: %d', (source, length, want) => expect(backtrackingCost(source)(length)).toBe(want));
});

test('no text makes a pattern throw, and no text makes compiling throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.stringMatching(/^[ab()[\]{}*+?|\\.^$,0-9]{0,12}$/)),
      fc.string({ unit: 'binary' }),
      (source, text) => {
        const compiled = compilePattern(source);
        expect(typeof (compiled.ok ? compiled.pattern.test(text) : compiled.reason)).toBe(compiled.ok ? 'boolean' : 'string');
      },
    ),
    { numRuns: 500 },
  );
});

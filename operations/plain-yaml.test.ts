import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readFullYaml } from './full-yaml.ts';
import { readPlainYaml } from './plain-yaml.ts';

/** What the parser of all of YAML reads; `undefined` for what it refuses. */
function full(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: readFullYaml('a.yaml', text) };
  } catch {
    return undefined;
  }
}

/** Values with the order of their members, and `-0` apart from `0`. */
function shown(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' || Object.is(item, -0) ? `${typeof item} ${item === 0 ? '-0' : String(item)}` : item,
  );
}

/** Whatever is read at all is read as the other parser reads it. */
function expectTheSame(text: string): void {
  const plain = readPlainYaml(text);
  if (plain === undefined) return;
  const other = full(text);
  expect(other, `only the plain reader takes ${JSON.stringify(text)}`).toBeDefined();
  expect(shown(plain), JSON.stringify(text)).toBe(shown(other?.value));
}

describe('what is plain is read', () => {
  const rows: readonly [name: string, text: string, want: unknown][] = [
    ['a mapping', 'a: 1\nb: two\n', { a: 1, b: 'two' }],
    ['nested, with comments', '# head\na: # one\n  # inside\n  b: x # y\n\nc: z#z\n', { a: { b: 'x' }, c: 'z#z' }],
    ['an empty value', 'a:\nb: ~\nc: null\n', { a: null, b: null, c: null }],
    ['a list as far left as its key', 'a:\n- 1\n- b: 2\n  c: 3\nd: 4\n', { a: [1, { b: 2, c: 3 }], d: 4 }],
    ['lists in lists', '- - 1\n  - 2\n-\n  - 3\n', [[1, 2], [3]]],
    [
      'scalars',
      'a: true\nb: False\nc: 1.50\nd: 9007199254740993\ne: -7\nf: 007\n',
      { a: true, b: false, c: 1.5, d: 9007199254740993n, e: -7, f: 7 },
    ],
    [
      'texts that look like more',
      'a: 1.2.3\nb: 2024-01-01\nc: yes\nd: -x\ne: a:b\nf: ?q\n',
      { a: '1.2.3', b: '2024-01-01', c: 'yes', d: '-x', e: 'a:b', f: '?q' },
    ],
    ['keys', '"a b": 1\n\'200\': 2\n300: 3\n/x/{y}: 4\n$ref: 5\nk : 6\n', { 'a b': 1, 200: 2, 300: 3, '/x/{y}': 4, $ref: 5, k: 6 }],
    ['quoted', `a: 'it''s'\nb: "x\\ty\\u4e2d"\nc: "a # b: c"\n`, { a: "it's", b: 'x\ty\u4e2d', c: 'a # b: c' }],
    ['quoted, several lines', 'a: "x\n  y\n\n  z \\\n  \\ w"\nb: \'q\n  r\'\n', { a: 'x y\nz  w', b: 'q r' }],
    ['plain, several lines', 'a: x\n  y\n\n  z\nb: 1\n', { a: 'x y\nz', b: 1 }],
    ['literal', 'a: |\n  x\n    y\n\n  z\nb: |-\n  x\nc: |+\n  x\n\nd: 1\n', { a: 'x\n  y\n\nz\n', b: 'x', c: 'x\n\n', d: 1 }],
    ['literal, indented by its own word', 'a: |2\n    x\n  y\n', { a: '  x\ny\n' }],
    ['folded', 'a: >\n  x\n  y\n\n  z\nb: >-\n  x\n  y', { a: 'x y\nz\n', b: 'x y' }],
    ['flow', 'a: { b: [1, "x", { c: d }], e: , }\n'.replace(', e: ,', ','), { a: { b: [1, 'x', { c: 'd' }] } }],
    ['flow, several lines', 'a: [\n    x,\n    y,\n  ]\nb: 1\n', { a: ['x', 'y'], b: 1 }],
    ['anchors', 'a: &one { b: 1 }\nc: *one\nd: [*one]\n', { a: { b: 1 }, c: { b: 1 }, d: [{ b: 1 }] }],
    ['line ends of Windows', 'a: 1\r\nb: |\r\n  x\r\n', { a: 1, b: 'x\n' }],
    ['a mark before it', '---\na: 1\n', { a: 1 }],
  ];
  test.each(rows)('%s', (_name, text, want) => {
    expect(readPlainYaml(text)).toEqual(want);
    expectTheSame(text);
  });

  test('what an alias stands for is one value', () => {
    const { a, b } = readPlainYaml('a: &x [1]\nb: *x\n') as { a: unknown; b: unknown };
    expect(a).toBe(b);
  });
});

describe('what is not plain, or wrong, is left to the other parser', () => {
  const rows: readonly [name: string, text: string][] = [
    ['nothing', ''],
    ['a key twice', 'a: 1\na: 2\n'],
    ['a key twice in a flow', 'a: { b: 1, b: 2 }\n'],
    ['__proto__', '__proto__: { a: 1 }\n'],
    ['a merge', 'a: &x { b: 1 }\nc: { <<: *x }\n'],
    ['a merge in a block', 'a: &x { b: 1 }\nc:\n  <<: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['an unknown alias', 'a: *x\n'],
    ['an alias to what is around it', 'a: &x [*x]\n'],
    ['a tab', 'a:\n\t- b\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['indented by too much', 'a: 1\n  b: 2\n'],
    ['indented by too little', 'a:\n    b: 1\n  c: 2\n'],
    ['a list behind a value', 'a: 1\n- b\n'],
    ['a member behind a list', '- a\nb: 1\n'],
    ['two colons', 'a: b: c\n'],
    ['a quote that is not closed', 'a: "b\n'],
    ['a bracket that is not closed', 'a: [1, 2\n'],
    ['something behind a quote', 'a: "b" c\n'],
    ['something behind a bracket', 'a: [b] c\n'],
    ['a reserved letter', 'a: @b\n'],
    ['a hexadecimal number', 'a: 0x1F\n'],
    ['an exponent', 'a: 1e3\n'],
    ['a key that is asked', '? a\n: b\n'],
    ['a pair in a list', 'a: [b: c]\n'],
    ['a control character', 'a: \u0007\n'],
    ['half a character', 'a: \ud800\n'],
    ['levels without end', `a: ${'['.repeat(5_000)}${']'.repeat(5_000)}\n`],
  ];
  test.each(rows)('%s', (_name, text) => expect(readPlainYaml(text)).toBeUndefined());
});

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      null,
      true,
      false,
      'yes',
      'null',
      '~',
      '',
      ' ',
      'a: b',
      'a #b',
      '- a',
      '#',
      '200',
      '1e3',
      '0x1f',
      '.5',
      '-',
      '?',
      ':',
      '*a',
      '&a',
      '!a',
      '%a',
      '@a',
      '`a',
      '|',
      '>',
      'a\nb',
      'a\n\nb\n',
      '\na',
      ' a\n  b',
      'a\n b\nc',
      '---',
      '...',
      '<<',
      "it's",
      '"',
      '\\',
      'x\\ny',
      '中文，标点：是',
      '\u00a0',
      'a,b',
      '[a]',
      '{a}',
      'a]',
      '=',
      '\u{1f600}',
    ),
    fc.string({ unit: fc.constantFrom(...Array.from('ab1 :#-\n\'"\\[]{},&*!|>%@`~.中')) }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(fc.constantFrom('a', 'b', '200', '/x/{id}', '$ref', 'x y', '', 'null', '1.0', "'", 'k:', '#'), fc.string({ maxLength: 6 })),
      tie('any'),
      { maxKeys: 4 },
    ),
  ),
})).any;

/** Values as two printers write them, in their many styles. */
const printed = fc
  .tuple(value, fc.nat(7), fc.constantFrom(20, 40, 80, -1), fc.boolean(), fc.boolean())
  .map(([given, style, width, flag, other]) =>
    style < 4
      ? dump(given, {
          lineWidth: width,
          flowLevel: style - 1,
          noRefs: flag,
          indent: other ? 2 : 4,
          seqNoIndent: flag,
          forceQuotes: other && flag,
        })
      : stringify(given, {
          lineWidth: Math.max(width, 0),
          indent: other ? 2 : 4,
          indentSeq: flag,
          collectionStyle: style === 7 ? 'flow' : 'any',
          defaultStringType: style === 5 ? 'QUOTE_DOUBLE' : style === 6 ? 'QUOTE_SINGLE' : 'PLAIN',
          blockQuote: flag ? 'literal' : 'folded',
        }),
  );

test('what is read is what the parser of all of YAML reads: printed values', () => {
  fc.assert(fc.property(printed, expectTheSame), { numRuns: 3_000 });
});

/** Lines of the language's own signs put together at random: mostly wrong, sometimes barely right. */
const pieces = fc.constantFrom(
  'a',
  'b: ',
  'c:',
  '- ',
  '-',
  ': ',
  ' ',
  '  ',
  '    ',
  '\n',
  '\n',
  '\n  ',
  '\n    ',
  '#',
  ' # x',
  '|',
  '>',
  '|-',
  '|2',
  '>+',
  '"',
  "'",
  '\\',
  '[',
  ']',
  '{',
  '}',
  ', ',
  '&x ',
  '*x',
  '? ',
  '!t ',
  '1',
  '-1',
  '1.5',
  'null',
  '---',
  '~',
  '<<: ',
  '\t',
  '\r\n',
  '""',
);

test('what is read is what the parser of all of YAML reads: signs put together', () => {
  fc.assert(
    fc.property(
      fc.array(pieces, { minLength: 1, maxLength: 14 }).map((parts) => parts.join('')),
      expectTheSame,
    ),
    { numRuns: 20_000 },
  );
});

const folder = join(import.meta.dirname, '../openapi');
const documents = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

test.each(documents)('%s is plain, and read the same', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  expect(readPlainYaml(text)).toBeDefined();
  expectTheSame(text);
});

test('real documents with a line changed, moved or lost are read the same or left alone', () => {
  expect.hasAssertions();
  const lines = documents.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  fc.assert(
    fc.property(
      fc.nat(lines.length - 40),
      fc.nat(30),
      fc.nat(30),
      fc.constantFrom('', ' ', '  ', '- ', '"', "'", ':', '{', '# '),
      fc.boolean(),
      (from, one, other, sign, cuts) => {
        const part = lines.slice(from, from + 40);
        const margin = Math.min(...part.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length));
        const given = part.map((line) => line.slice(margin));
        if (cuts) given.splice(one, 1);
        else given[one] = sign + (given[other] ?? '');
        expectTheSame(given.join('\n'));
      },
    ),
    { numRuns: 5_000 },
  );
});

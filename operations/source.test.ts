import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DocumentError } from './document-error.ts';
import { parseSource, positionOf, readSource } from './source.ts';

describe('parseSource reads', () => {
  test.each<{ name: string; given: string; want: unknown }>([
    { name: 'JSON', given: '{"a": [1, null]}', want: { a: [1, null] } },
    { name: 'JSON after a byte order mark', given: '\uFEFF{"a": 1}', want: { a: 1 } },
    { name: 'YAML', given: 'a:\n  - 1\n  - ~\n', want: { a: [1, null] } },
    { name: 'YAML flow style', given: '{a: 1}', want: { a: 1 } },
    { name: 'long integers of JSON', given: '{"a": 9007199254740993}', want: { a: 9007199254740993n } },
    {
      name: 'long integers of YAML',
      given: 'a: 9223372036854775807\nb: -9223372036854775808',
      want: { a: 2n ** 63n - 1n, b: -(2n ** 63n) },
    },
    {
      name: 'tags that make no JSON as what is written, beside long integers',
      given: 'a: !!binary aGVsbG8=\nb: 9223372036854775807\nc: !!set {x, y}\nd: !!timestamp 2001-01-01\ne: 5',
      want: { a: 'aGVsbG8=', b: 2n ** 63n - 1n, c: { x: null, y: null }, d: '2001-01-01', e: 5 },
    },
    { name: 'words of YAML 1.1 as text', given: 'a: no\nb: 2024-01-01\nc: 1_000', want: { a: 'no', b: '2024-01-01', c: '1_000' } },
    { name: 'numbers with leading zeros in base ten', given: 'a: 010\nb: 0o10\nc: 0x1F', want: { a: 10, b: 8, c: 31 } },
    { name: 'merge keys', given: 'a: &a {x: 1}\nb:\n  <<: *a\n  y: 2\n', want: { a: { x: 1 }, b: { x: 1, y: 2 } } },
    { name: 'numeric keys as text', given: '200:\n  a: 1\n', want: { 200: { a: 1 } } },
  ])('$name', ({ given, want }) => expect(parseSource('/a.yaml', given).value).toEqual(want));

  test('a property named __proto__ of YAML and JSON as data', () => {
    for (const text of ['{"__proto__": {"a": 1}}', '__proto__:\n  a: 1\n']) {
      const { value } = parseSource('/a.yaml', text);
      expect(Object.keys(value as object)).toEqual(['__proto__']);
      expect((value as { a?: unknown }).a).toBeUndefined();
    }
  });
});

describe('parseSource refuses', () => {
  test.each([
    { name: 'bad YAML, with its place', given: 'a: 1\nb: [1\nc: 2\n', want: /^\/a\.yaml:\d+:\d+: is not valid YAML/ },
    { name: 'bad JSON', given: '{"a": 1,\n "b": }}', want: /^\/a\.yaml:2:\d+: is not valid JSON or YAML/ },
    { name: 'an empty file', given: '', want: /input is empty/ },
    { name: 'a value that holds itself', given: 'a: &a\n  b: *a\n', want: /aliases/ },
    {
      name: 'a billion laughs',
      given: ['a0: &a0 [x, x]', ...Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)].join('\n'),
      want: /aliases/,
    },
    { name: 'nesting without end', given: '['.repeat(20_000), want: /can not be parsed|nested too deeply|not valid/ },
  ])('$name', ({ given, want }) => {
    expect(() => parseSource('/a.yaml', given)).toThrow(DocumentError);
    expect(() => parseSource('/a.yaml', given)).toThrow(want);
  });
});

describe('positionOf', () => {
  const yaml = parseSource('/a.yaml', 'a:\n  - x: 1\n  - y:\n      z/1: &k {q: 2}\nb: *k\n200: {ok: 1}\n');
  const json = parseSource('/a.json', '{\n  "a": [\n    {"x": 1}\n  ]\n}');
  test.each([
    { name: 'the top', source: yaml, given: '', want: [1, 1] },
    { name: 'a key', source: yaml, given: '/a', want: [1, 1] },
    { name: 'an item', source: yaml, given: '/a/1', want: [3, 5] },
    { name: 'an escaped key', source: yaml, given: '/a/1/y/z~11', want: [4, 7] },
    { name: 'through an alias', source: yaml, given: '/b/q', want: [4, 16] },
    { name: 'a numeric key', source: yaml, given: '/200/ok', want: [6, 7] },
    { name: 'the nearest ancestor of nothing', source: yaml, given: '/a/1/nothing/at/all', want: [3, 5] },
    { name: 'JSON', source: json, given: '/a/0/x', want: [3, 6] },
  ])('$name', ({ source, given, want }) => {
    const { line, column } = positionOf(source, given);
    expect([line, column]).toEqual(want);
  });
});

describe('readSource', () => {
  test('says what is wrong with a path', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hufu-source-'));
    await writeFile(join(folder, 'a.yaml'), 'a: 1');
    expect((await readSource(join(folder, 'a.yaml'))).value).toEqual({ a: 1 });
    await expect(readSource(join(folder, 'b.yaml'))).rejects.toThrow('does not exist');
    await expect(readSource(folder)).rejects.toThrow('is a folder');
    await expect(readSource('/dev/zero')).rejects.toThrow('no ordinary file');
    await rm(folder, { recursive: true });
  });

  test('reads UTF-16 by its mark', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hufu-source-'));
    const little = Buffer.from('\uFEFFa: 虎符', 'utf16le');
    await writeFile(join(folder, 'little.yaml'), little);
    await writeFile(join(folder, 'big.yaml'), Buffer.from(little).swap16());
    for (const name of ['little.yaml', 'big.yaml']) expect((await readSource(join(folder, name))).value).toEqual({ a: '虎符' });
    await rm(folder, { recursive: true });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJsonCutter } from './cut-json.ts';
import type { JsonCutter } from './cut-json.ts';
import type { EntryPiece, Piece } from './piece.ts';

function cut(
  text: string,
  { size = 3, limit = 1_000, shape = 'frame' }: { size?: number; limit?: number; shape?: 'frame' | 'log' | 'sequence' } = {},
): readonly (readonly [line: number, text: string])[] {
  const bytes = Buffer.from(text);
  const cutter = createJsonCutter(shape, limit);
  const pieces: Piece[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(...taken(cutter, bytes.subarray(at, at + size)));
  pieces.push(...cutter.end());
  return pieces.map((piece) => [piece.line, piece.kind === 'entry' ? textOf(piece) : piece.reason]);
}

/** What a chunk gives; the chunk is overwritten as soon as it has been looked at. */
function taken(cutter: JsonCutter, chunk: Buffer): Piece[] {
  const pieces = cutter.push(chunk).map((piece) => {
    return piece.kind === 'entry' && Buffer.isBuffer(piece.content) ? { ...piece, content: Buffer.from(piece.content) } : piece;
  });
  chunk.fill('!');
  return pieces;
}

function textOf({ content }: EntryPiece): string {
  return Buffer.isBuffer(content) ? content.toString() : content.text;
}

describe('entries are cut from', () => {
  const cases: readonly [name: string, given: string, want: readonly (readonly [number, string])[]][] = [
    [
      'a HAR',
      '{"log":{"entries":[{"a":1},{"b":[2]}]}}',
      [
        [1, '{"a":1}'],
        [1, '{"b":[2]}'],
      ],
    ],
    ['a HAR without entries', '{"log":{"entries":[]}}', []],
    [
      'a HAR of several lines',
      '{\n"log": {\n"entries": [\n{"a":1},\n{\n"b":2}\n]\n}\n}\n',
      [
        [4, '{"a":1}'],
        [5, '{\n"b":2}'],
      ],
    ],
    [
      'strings with brackets and quotes',
      '{"log":{"entries":[{"a":"]}\\"\\\\"},{"b":"\\\\\\""}]}}',
      [
        [1, '{"a":"]}\\"\\\\"}'],
        [1, '{"b":"\\\\\\""}'],
      ],
    ],
    ['members before and after', '{"x":[1,{"log":{}}],"log":{"pages":[{"entries":[1]}],"entries":[{}],"comment":"]"},"y":0}', [[1, '{}']]],
    [
      'an array',
      ' [ {"a":1} , 2 , "x,]" , null ]',
      [
        [1, '{"a":1}'],
        [1, '2'],
        [1, '"x,]"'],
        [1, 'null'],
      ],
    ],
    ['a second list of entries elsewhere', '{"entries":[1],"log":{"entries":[2]}}', [[1, '2']]],
    [
      'a text that is cut in an entry',
      '{"log":{"entries":[{"a":1},{"b":"',
      [
        [1, '{"a":1}'],
        [1, 'is cut: the file ends in the middle of it'],
      ],
    ],
    [
      'a text that is cut after an entry',
      '{"log":{"entries":[{"a":1},\n',
      [
        [1, '{"a":1}'],
        [2, 'ends after entry 0, without its closing brackets: the rest was not written'],
      ],
    ],
    [
      'a text with more after its end',
      '[1]\n[2]',
      [
        [1, '1'],
        [2, 'goes on after the end of the recording: what follows was not read'],
      ],
    ],
    [
      'a list with a stray bracket',
      '[1,}2]',
      [
        [1, '1'],
        [1, 'has a "}" where an entry should begin: what follows was not read'],
      ],
    ],
    [
      'words that are no JSON',
      '[nonsense, {"a":1}]',
      [
        [1, 'nonsense'],
        [1, '{"a":1}'],
      ],
    ],
  ];
  test.each(cases)('%s', (_name, given, want) => {
    for (const size of [1, 2, 5, 1_000]) expect(cut(given, { size }), `chunks of ${size}`).toEqual(want);
  });
});

test('values that follow one another are cut apart', () => {
  expect(cut('{"a":\n1}\n{"b":2}\n\n', { shape: 'sequence' })).toEqual([
    [1, '{"a":\n1}'],
    [3, '{"b":2}'],
  ]);
});

test('an entry larger than the limit is told and not held; the next one is cut', () => {
  const large = `{"a":"${'x'.repeat(2_000)}"}`;
  expect(cut(`[${large},{"b":1}]`, { limit: 1_024, size: 100 })).toEqual([
    [1, 'is larger than 1 KiB'],
    [1, '{"b":1}'],
  ]);
});

test('nesting and number of values are bounded', () => {
  const deep = '['.repeat(1_001) + ']'.repeat(1_001);
  const many = `[${'0,'.repeat(4_000_001)}0]`;
  expect(cut(`[${deep},${many},{}]`, { limit: 1e8, size: 65_536 }).map(([, text]) => text)).toEqual([
    'is nested deeper than 1000 levels',
    'is made of more than 4000000 values',
    '{}',
  ]);
});

test('however the text comes in chunks, the entries are those that JSON.parse finds', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ minLength: 90, maxLength: 300 }),
    fc.constantFrom('"', '\\', '\\"', ']}', '\n'),
  );
  const value = fc.oneof(fc.jsonValue(), fc.record({ text }), fc.array(text));
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 6 }),
      fc.integer({ min: 1, max: 400 }),
      fc.constantFrom(0, 2),
      fc.boolean(),
      (entries, size, indent, before) => {
        const log = before ? { creator: { name: 'x' }, entries } : { entries, creator: { name: 'x' } };
        const pieces = cut(JSON.stringify({ log }, undefined, indent), { size, limit: 1e6 });
        expect(pieces.map(([, piece]) => JSON.parse(piece) as unknown)).toEqual(JSON.parse(JSON.stringify(entries)));
      },
    ),
  );
});

test('any text is read to its end without an exception', () => {
  const broken = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '\n', ' ', '"log"', '"entries"', 'x'), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(broken, fc.integer({ min: 1, max: 9 }), fc.constantFrom('frame' as const, 'sequence' as const), (parts, size, shape) => {
      const text = parts.join('');
      expect(cut(text, { size, shape })).toEqual(cut(text, { size: 1_000, shape }));
    }),
  );
});

describe('what stands in the log by itself', () => {
  const cases: readonly [name: string, given: string, want: readonly (readonly [number, string])[]][] = [
    ['whole', '{"version":"1.2","pages":[{"entries":[1]}],"entries":[{"a":1}],"comment":"]"}', [[1, '{"a":1}']]],
    [
      'cut',
      '{"entries":[{"a":1}]',
      [
        [1, '{"a":1}'],
        [1, 'ends after entry 0, without its closing brackets: the rest was not written'],
      ],
    ],
  ];
  test.each(cases)('%s', (_name, given, want) => {
    for (const size of [1, 3, 100]) expect(cut(given, { size, shape: 'log' })).toEqual(want);
  });
});

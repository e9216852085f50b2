import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJsonCutter } from './cut-json.ts';
import { createEntryGuesser } from './guess-entry.ts';
import type { Piece } from './piece.ts';

/** Everything that a cutter says of a text but what it parsed on the way. */
function cut(text: string, size: number, limit: number, guesses: boolean): unknown[] {
  const bytes = Buffer.from(text);
  const cutter = createJsonCutter(text.startsWith('{"log"') ? 'frame' : 'sequence', limit, guesses);
  const pieces: Piece[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(...cutter.push(bytes.subarray(at, at + size)));
  pieces.push(...cutter.end());
  const told = pieces.map((piece) => {
    if (piece.kind === 'lost') return piece;
    const { content, ...rest } = piece;
    if (Buffer.isBuffer(content)) return { ...rest, text: content.toString() };
    expect(content.value).toEqual(JSON.parse(content.text));
    return { ...rest, text: content.text };
  });
  return [...told, cutter.position(), cutter.members(), cutter.found()];
}

/** Entries as recorders write them, as strangers do, and broken ones. */
const entry = fc.oneof(
  { weight: 4, arbitrary: fc.record({ startedDateTime: fc.string(), request: fc.jsonValue() }).map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: fc.record({ startedDateTime: fc.nat(), x: fc.jsonValue() }).map((value) => JSON.stringify(value, undefined, 2)) },
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '{"startedDateTime":1,"nested":[{"a":1},{"startedDateTime":2},\n{"startedDateTime":3}]}',
    '{"startedDateTime":"},{\\"startedDateTime\\""}',
    '{"startedDateTime":1,}',
    '{"startedDateTime":1}}',
    '{"startedDateTime":[1}',
    '{"startedDateTime":"\n"}',
    '{"startedDateTime":\u00e91}',
    `{"startedDateTime":${'['.repeat(1_000)}${']'.repeat(1_000)}}`,
    `{"startedDateTime":${'['.repeat(999)}${']'.repeat(999)}}`,
    `{"startedDateTime":"${'x'.repeat(3_000)}"}`,
  ),
);

test('entries that are guessed are those that are scanned', () => {
  fc.assert(
    fc.property(
      fc.array(entry, { maxLength: 30 }),
      fc.constantFrom(',', ',\n', ' , ', '\n', ''),
      fc.constantFrom(7, 100, 5_000, 1e6),
      fc.constantFrom(50, 2_500, 1e6),
      fc.boolean(),
      (entries, between, size, limit, framed) => {
        const text = framed ? `{"log":{"entries":[${entries.join(between)}],"creator":{"name":"x"}}}` : `\n${entries.join(between)}`;
        expect(cut(text, size, limit, true)).toEqual(cut(text, size, limit, false));
      },
    ),
    { numRuns: 1_000 },
  );
});

describe('a guesser', () => {
  const chunk = Buffer.from('{"a":1},\n{"a":{"b":[2]}},\n{"a":3}]');

  test('knows nothing before it has seen two entries', () => {
    const { guess, learn } = createEntryGuesser(1_000);
    expect(guess(chunk, 0)).toBeUndefined();
    learn(chunk, 7);
    expect(guess(chunk, 9)).toEqual({ text: '{"a":{"b":[2]}}', value: { a: { b: [2] } }, end: 24, lines: 0 });
    expect(guess(chunk, 26)).toBeUndefined();
  });

  test('takes nothing that is larger than the limit', () => {
    const { guess, learn } = createEntryGuesser(10);
    learn(chunk, 7);
    expect(guess(chunk, 9)).toBeUndefined();
  });

  test('counts the lines of an entry', () => {
    const text = '{\n "a": 1\n},\n{\n "a": 2\n},\n{\n "a": 3\n}';
    const { guess, learn } = createEntryGuesser(1_000);
    learn(Buffer.from(text), 11);
    expect(guess(Buffer.from(text), 13)).toMatchObject({ value: { a: 2 }, lines: 2 });
  });

  test('gives up where its guesses are wrong', () => {
    const nested = Buffer.from('{"a":1},{"a":[{"a":1},{"a":2}]},{"a":4}');
    const { guess, learn } = createEntryGuesser(1_000);
    learn(nested, 7);
    for (let turn = 0; turn < 25; turn += 1) {
      expect(guess(nested, 8)).toBeUndefined();
      learn(nested, 31);
    }
    // What it would have been right about.
    expect(guess(nested, 0)).toBeUndefined();
  });
});

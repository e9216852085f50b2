import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMediaType } from '../media-type.ts';
import { decodePartSequence } from './read-part-sequence.ts';
import { decodeSequence } from './read-sequence.ts';
import { sequenceForm } from './sequence.ts';
import { writeParts, writeSequence } from './write-sequence.ts';

const none = (): undefined => undefined;

test.each([
  ['application/jsonl', 'lines'],
  ['application/x-ndjson', 'lines'],
  ['application/x-jsonlines', 'lines'],
  ['application/json-seq', 'records'],
  ['application/geo+json-seq', 'records'],
  ['text/event-stream; charset=utf-8', 'events'],
  ['multipart/mixed', 'parts'],
  ['multipart/related', 'parts'],
  ['multipart/form-data', undefined],
  ['multipart/*', undefined],
  ['application/json', undefined],
  ['text/plain', undefined],
])('%s', (given, want) => {
  const mediaType = parseMediaType(given);
  expect(mediaType && sequenceForm(mediaType)).toBe(want);
});

describe('written and read', () => {
  // How long a number is written says how it is read, and its neighbours with it: that is tested with the reader.
  const json = fc
    .jsonValue()
    .map(
      (given) =>
        JSON.parse(
          JSON.stringify(given, (_key, item: unknown) => (typeof item === 'number' ? Math.trunc(item % 1000) || 0 : item)),
        ) as unknown,
    );
  const read = (decoded: { readonly kind: string; readonly candidates?: readonly unknown[] }): unknown => decoded.candidates?.[0];

  test.each(['lines', 'records'] as const)('%s of any JSON', (form) => {
    fc.assert(
      fc.property(fc.array(json), (items) => {
        expect(read(decodeSequence(writeSequence(items, form), form, true, none))).toEqual(items);
      }),
    );
  });

  test('events of any text', () => {
    // Line ends of any kind become one, which is what a reader makes of them.
    const text = fc.string({ unit: 'grapheme' }).map((given) => given.replace(/[\r\0]/g, ''));
    const line = text.map((given) => given.replaceAll('\n', ' '));
    const event = fc.record({ data: text, event: line, id: line, retry: fc.nat() }, { requiredKeys: ['data'] });
    const schema = {
      type: 'array',
      items: { properties: { data: { type: 'string' }, event: { type: 'string' }, id: { type: 'string' } } },
    };
    fc.assert(
      fc.property(fc.array(event), (events) => {
        expect(read(decodeSequence(writeSequence(events, 'events'), 'events', schema, none))).toEqual(events);
      }),
    );
  });

  test('parts of any JSON', () => {
    const schema = { type: 'array', items: {} };
    fc.assert(
      fc.property(fc.array(json), (items) => {
        const body = Buffer.from(writeParts(items, 'b-o-u-n-d', () => 'application/json'));
        expect(read(decodePartSequence(body, 'b-o-u-n-d', schema, () => [], none))).toEqual(items);
      }),
    );
  });
});

test('no text makes it throw', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...Array.from('{}[]",:\n\r \u001edataid1')) }));
  fc.assert(
    fc.property(text, fc.constantFrom('lines', 'records', 'events'), (given, form) => {
      const decoded = decodeSequence(given, form, true, none);
      expect(['value', 'malformed']).toContain(decoded.kind);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const decoded = decodePartSequence(Buffer.concat([Buffer.from('--b\r\n'), bytes]), 'b', true, () => [], none);
      expect(['value', 'malformed']).toContain(decoded.kind);
    }),
  );
});

test('many events are read in a time that grows with them', () => {
  const text = 'data: x\n\n'.repeat(200_000);
  const decoded = decodeSequence(text, 'events', { type: 'array', items: { properties: { data: { type: 'string' } } } }, none);
  expect(decoded.kind === 'value' && (decoded.candidates[0] as unknown[]).length).toBe(200_000);
});

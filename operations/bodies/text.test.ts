import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText, encodeText } from './text.ts';

test.each<[string, number[] | string, string | undefined, string]>([
  ['utf-8 by default', '中', undefined, '中'],
  ['utf-8 in quotes and capitals', '中', '"UTF-8"', '中'],
  ['empty charset', '中', '', '中'],
  ['gbk', [0xd6, 0xd0], 'gbk', '中'],
  ['gb18030', [0xd6, 0xd0, 0x81, 0x30, 0x81, 0x30], 'GB18030', '中\u0080'],
  ['latin1 is not windows-1252', [0xe9, 0x80], 'iso-8859-1', 'é\u0080'],
  ['utf-16', [0x2d, 0x4e], 'utf-16', '中'],
  ['utf-16be', [0x4e, 0x2d], 'utf-16be', '中'],
  ['mark of utf-16 big-endian', [0xfe, 0xff, 0x4e, 0x2d], 'utf-16', '中'],
  ['mark of utf-8', [0xef, 0xbb, 0xbf, 0x61], 'latin1', 'a'],
  ['empty', [], undefined, ''],
])('%s', (_name, bytes, charset, want) => {
  expect(decodeText(Buffer.from(bytes as string), charset)).toStrictEqual({ kind: 'text', text: want });
});

test.each<[string, number[], string | undefined, RegExp]>([
  ['bytes that are not UTF-8', [0xd6, 0xd0], undefined, /valid UTF-8/],
  ['half a UTF-16 unit', [0x4e], 'utf-16', /valid UTF-16LE/],
  ['an unknown charset', [0x61], 'klingon', /"klingon" is none/],
])('malformed: %s', (_name, bytes, charset, want) => {
  expect(decodeText(Buffer.from(bytes), charset)).toStrictEqual({ kind: 'malformed', message: expect.stringMatching(want) });
});

test.each<[string, string]>([
  ['plain', '{"a":1}'],
  ['beyond ASCII', '中é🎉'],
  ['half a character', 'a\ud800b'],
  ['a byte order mark', '\ufeffa'],
  ['empty', ''],
])('what is made of text is read like the same bytes from elsewhere: %s', (_name, text) => {
  const bytes = encodeText(text);
  expect(bytes).toStrictEqual(Buffer.from(text));
  const [other, wanted] = [encodeText('another'), decodeText(Buffer.from(text))];
  expect(decodeText(bytes)).toStrictEqual(wanted);
  expect(decodeText(bytes)).toStrictEqual(wanted);
  expect(decodeText(other)).toStrictEqual({ kind: 'text', text: 'another' });
});

test('a charset decides over what a body was made of', () => {
  expect(decodeText(encodeText('é'), 'latin1')).toStrictEqual({ kind: 'text', text: 'Ã©' });
  expect(decodeText(encodeText('中'), 'utf-16')).toStrictEqual(decodeText(Buffer.from('中'), 'utf-16'));
});

test('bytes are UTF-8 for buffers where the strict decoder says so, and read the same', () => {
  const strict = new TextDecoder('utf-8', { fatal: true });
  const read = (bytes: Buffer): string | undefined => {
    try {
      return strict.decode(bytes);
    } catch {
      return undefined;
    }
  };
  const pieces = ['a', '中', 'é', '🎉', '\ufffd', '\ufeff'].map((text) => [...Buffer.from(text)]);
  const broken = [[0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe4, 0xb8], [0x80], [0xff]];
  const bytes = fc
    .array(fc.oneof(fc.constantFrom(...pieces, ...broken), fc.array(fc.nat(255), { maxLength: 3 })), { maxLength: 12 })
    .map((lists) => Buffer.from(lists.flat()))
    .filter((given) => given[0] !== 0xff && given[0] !== 0xfe);
  fc.assert(
    fc.property(bytes, (given) => {
      const decoded = decodeText(given);
      expect(decoded.kind === 'text' ? decoded.text : undefined).toBe(read(given));
    }),
  );
});

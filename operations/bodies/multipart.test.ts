import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Schema, SchemaLookup } from '../schema/schema.ts';
import type { MultipartLimits } from './multipart-parts.ts';
import { decodeMultipart, type DecodedMultipart } from './multipart.ts';

const none: SchemaLookup = () => undefined;
const schema: Schema = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    text: { type: 'string' },
    file: { type: 'string', format: 'binary' },
    image: { contentMediaType: 'image/png' },
    files: { type: 'array', items: { type: 'string', format: 'binary' } },
    ids: { type: 'array', items: { type: 'integer' } },
    meta: { type: 'object', properties: { a: { type: 'integer' } } },
    coded: { type: 'string' },
  },
};

interface Part {
  readonly name: string;
  readonly fileName?: string;
  readonly type?: string;
  readonly content?: string | Buffer;
}

function bodyOf(parts: readonly Part[], end = '--X--\r\n'): Buffer {
  const chunks: Buffer[] = [];
  for (const { name, fileName, type, content = '' } of parts) {
    const file = fileName === undefined ? '' : `; filename="${fileName}"`;
    const contentType = type === undefined ? '' : `Content-Type: ${type}\r\n`;
    chunks.push(
      Buffer.from(`--X\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${contentType}\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    );
  }
  return Buffer.concat([...chunks, Buffer.from(end)]);
}

function decode(
  body: Buffer | string,
  encoding = {},
  limits: Partial<MultipartLimits> = {},
  boundary: string | undefined = 'X',
): Promise<DecodedMultipart> {
  return decodeMultipart(Buffer.from(body), boundary, schema, encoding, none, limits);
}

const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 89, 13, 10]);

test.each<[string, readonly Part[], Record<string, unknown>, readonly unknown[]]>([
  ['no part', [], {}, [{}]],
  [
    'typed text',
    [
      { name: 'id', content: '1' },
      { name: 'text', content: '1' },
    ],
    {},
    [{ id: 1, text: '1' }],
  ],
  ['an empty part', [{ name: 'text' }, { name: 'id', content: '1' }], {}, [{ text: '', id: 1 }]],
  ['only an empty part', [{ name: 'text' }], {}, [{ text: '' }]],
  [
    'repeated',
    [
      { name: 'ids', content: '1' },
      { name: 'ids', content: '2' },
    ],
    {},
    [{ ids: [1, 2] }],
  ],
  ['one for an array', [{ name: 'ids', content: '1' }], {}, [{ ids: [1] }]],
  ['a whole array as JSON', [{ name: 'ids', content: '[1,2]' }], {}, [{ ids: ['[1,2]'] }, { ids: [1, 2] }]],
  [
    'repeated though no array',
    [
      { name: 'text', content: 'a' },
      { name: 'text', content: 'b' },
    ],
    {},
    [{ text: ['a', 'b'] }],
  ],
  ['JSON by its own type', [{ name: 'meta', type: 'application/json', content: '{"a":1}' }], {}, [{ meta: { a: 1 } }]],
  ['JSON by schema', [{ name: 'meta', content: ' {"a":1}' }], {}, [{ meta: { a: 1 } }]],
  ['JSON by encoding', [{ name: 'coded', content: '"1"' }], { coded: { contentType: 'application/json' } }, [{ coded: '1' }]],
  ['text where an object is wanted', [{ name: 'meta', content: 'x' }], {}, [{ meta: 'x' }]],
  ['undeclared', [{ name: 'x', content: '1' }], {}, [{ x: '1' }]],
  ['Chinese', [{ name: '名', content: '值' }], {}, [{ 名: '值' }]],
  [
    'names of every object',
    [
      { name: '__proto__', content: '1' },
      { name: 'toString', content: '2' },
    ],
    {},
    [JSON.parse('{"__proto__":"1","toString":"2"}')],
  ],
])('%s', async (_name, parts, encoding, want) => {
  const decoded = await decode(bodyOf(parts), encoding);
  expect(decoded).toStrictEqual({ kind: 'value', candidates: want, files: new Map(), parts: expect.any(Array) });
});

test('files keep their bytes and names, and are strings of one character a byte', async () => {
  const decoded = await decode(
    bodyOf([
      { name: 'file', fileName: '照片 1.png', type: 'image/png', content: bytes },
      { name: 'image', type: 'image/png', content: bytes },
      { name: 'files', fileName: 'a.txt', type: 'text/plain', content: 'a' },
      { name: 'files', fileName: 'b', content: '值' },
      { name: 'extra', fileName: '../c.txt', type: 'text/plain', content: '值' },
    ]),
  );
  const latin1 = bytes.toString('latin1');
  expect(decoded).toStrictEqual({
    kind: 'value',
    candidates: [{ file: latin1, image: latin1, files: ['a', Buffer.from('值').toString('latin1')], extra: '值' }],
    files: new Map([
      ['file', [{ fileName: '照片 1.png', contentType: 'image/png', content: bytes }]],
      ['image', [{ fileName: undefined, contentType: 'image/png', content: bytes }]],
      [
        'files',
        [
          { fileName: 'a.txt', contentType: 'text/plain', content: Buffer.from('a') },
          { fileName: 'b', contentType: expect.any(String), content: Buffer.from('值') },
        ],
      ],
      ['extra', [{ fileName: '../c.txt', contentType: 'text/plain', content: Buffer.from('值') }]],
    ]),
    parts: expect.any(Array),
  });
});

test('the header fields of a part are kept, folded lines as one', async () => {
  const body = '--X\r\nContent-Disposition: form-data;\r\n name=id\r\nX-Id:  7 \r\n__proto__: 1\r\n\r\n1\r\n--X--\r\n';
  expect(await decode(body)).toMatchObject({
    parts: [{ name: 'id', headers: { 'content-disposition': 'form-data; name=id', 'x-id': '7' } }],
  });
});

test('a list in one part is cut as the document says, or is a part an item', async () => {
  const styled = { ids: { style: 'pipeDelimited', explode: false } };
  expect(await decode(bodyOf([{ name: 'ids', content: '1|2' }]), styled)).toMatchObject({
    candidates: [{ ids: [1, 2] }, expect.anything()],
  });
  expect(await decode(bodyOf([{ name: 'ids', content: '1,2' }]), { ids: { style: 'form', explode: false } })).toMatchObject({
    candidates: [{ ids: [1, 2] }, expect.anything()],
  });
  const twice = [
    { name: 'ids', content: '1' },
    { name: 'ids', content: '2' },
  ];
  expect(await decode(bodyOf(twice), styled)).toMatchObject({ candidates: [{ ids: [1, 2] }] });
});

test('text in the charset that its part names (RFC 7578 section 4.4)', async () => {
  const schema: Schema = { type: 'object', properties: { a: { type: 'string' } } };
  const part = (type: string) => `--X\r\nContent-Disposition: form-data; name=a\r\nContent-Type: ${type}\r\n\r\n\u00e9\r\n--X--\r\n`;
  const read = (type: string) => decodeMultipart(Buffer.from(part(type), 'latin1'), 'X', schema, {}, () => undefined);
  expect(await read('text/plain; charset=iso-8859-1')).toMatchObject({ candidates: [{ a: '\u00e9' }] });
  expect(await read('text/plain')).toMatchObject({ kind: 'malformed' });
});

test('lines that end in a line feed alone', async () => {
  const head = 'Content-Disposition: form-data; name=id';
  const schema: Schema = { type: 'object', properties: { id: { type: 'integer' }, text: { type: 'string' } } };
  const read = (body: string) => decodeMultipart(Buffer.from(body), 'X', schema, {}, () => undefined);
  expect(await read(`--X\n${head}\n\n1\n--X\n${head.replace('id', 'text')}\n\na\nb\n--X--\n`)).toMatchObject({
    candidates: [{ id: 1, text: 'a\r\nb' }],
  });
  expect(await read(`--X\n${head}\n\n1\n`)).toMatchObject({
    kind: 'malformed',
    message: expect.stringMatching(/closing boundary/) as unknown,
  });
  expect(await read(`--X\n${head}\r\n\r\n1\r\n--X--\r\n`)).toMatchObject({ kind: 'malformed' });
});

test('preamble and epilogue belong to no part (RFC 2046 section 5.1.1)', async () => {
  const body = 'hello\r\n--X\r\nContent-Disposition: form-data; name=id\r\n\r\n1\r\n--X--\r\nbye';
  expect(await decode(body)).toMatchObject({ kind: 'value', candidates: [{ id: 1 }] });
});

test('a large file arrives whole', async () => {
  const content = Buffer.alloc(3_000_000, '\r\n--Y');
  const decoded = await decode(
    bodyOf([
      { name: 'file', fileName: 'f', content },
      { name: 'id', content: '1' },
    ]),
  );
  expect(decoded.kind === 'value' ? decoded.files.get('file')?.[0]?.content.equals(content) : decoded).toBe(true);
});

const one = { name: 'id', content: '1' };
test.each<[string, Buffer | string, RegExp, Partial<MultipartLimits>?, (string | undefined)?]>([
  ['no boundary', bodyOf([one]), /with a boundary/, {}, ''],
  ['a boundary that is none', bodyOf([one]), /70 plain characters/, {}, 'a"b\r\n'],
  ['a boundary too long', bodyOf([one]), /70 plain characters/, {}, 'a'.repeat(71)],
  ['another boundary', bodyOf([one]), /does not occur/, {}, 'Y'],
  ['an empty body', '', /does not occur/],
  ['cut in a part', bodyOf([one], '').subarray(0, -2), /closing boundary is missing/],
  ['cut after a part', bodyOf([one], '--X\r\n'), /closing boundary is missing/],
  ['cut in the headers', '--X\r\nContent-Dispo', /closing boundary is missing/],
  ['headers without an end', '--X\r\nContent-Disposition: form-data; name="id"\r\n--X--\r\n', /empty line after the headers of part 1/],
  ['a part without a name', '--X\r\nContent-Disposition: form-data\r\n\r\n1\r\n--X--\r\n', /Content-Disposition/],
  ['a part without headers', '--X\r\n\r\n1\r\n--X--\r\n', /Content-Disposition/],
  ['an attachment', '--X\r\nContent-Disposition: attachment; name="id"\r\n\r\n1\r\n--X--\r\n', /Content-Disposition/],
  ['too many parts', bodyOf([one, one, one]), /at most 2 parts/, { parts: 2 }],
  ['a field too large', bodyOf([{ name: 'text', content: 'x'.repeat(11) }]), /part "text" must have at most 10 bytes/, { fieldSize: 10 }],
  ['headers too large', bodyOf([{ name: 'x'.repeat(100) }]), /at most 64 bytes of headers in part 1/, { headerSize: 64 }],
  ['JSON', bodyOf([{ name: 'meta', type: 'application/json', content: '{' }]), /part "meta" must be JSON/],
  ['text of another charset', bodyOf([{ name: 'text', content: Buffer.from([0xd6, 0xd0]) }]), /part "text" must be valid UTF-8/],
])('malformed: %s', async (_name, body, want, limits = {}, boundary = 'X') => {
  const [, name] = /^part "(.*)"/.exec(want.source) ?? [];
  const place = name === undefined ? {} : { pointer: `/${name}` };
  expect(await decode(body, {}, limits, boundary)).toStrictEqual({ kind: 'malformed', message: expect.stringMatching(want), ...place });
});

test('no body throws or hangs', async () => {
  const piece = fc.constantFrom(
    '--X',
    '--X--',
    '\r\n',
    '\n',
    'Content-Disposition: form-data; name="a"',
    '; filename="b"',
    'Content-Type: text/plain',
    ':',
    'x',
    '-',
    '"',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
      expect(['value', 'malformed']).toContain((await decode(pieces.join(''))).kind);
    }),
    { numRuns: 1000 },
  );
});

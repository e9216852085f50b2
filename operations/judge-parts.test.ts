import { expect, test } from 'vitest';
import { operationOf } from './document.fixture.ts';
import { validateRequest } from './validate-request.ts';

const operation = operationOf({
  requestBody: {
    content: {
      'multipart/form-data': {
        schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' }, note: {}, 'a/b': {} } },
        encoding: {
          file: {
            contentType: 'image/png, image/jpeg',
            headers: { 'X-Id': { required: true, schema: { type: 'integer' } }, 'Content-Type': { required: true }, 'X-Free': {} },
          },
          note: { contentType: 'text/*' },
          'a/b': { contentType: 'application/json; charset=utf-8' },
          odd: 7,
        },
      },
    },
  },
  responses: {},
});

type Parts = readonly (readonly [name: string, fields: readonly string[]])[];

async function told(parts: Parts): Promise<string[]> {
  const text = parts
    .map(([name, fields]) =>
      ['--X', `Content-Disposition: form-data; name="${name}"`, ...fields, '', '{}'].map((line) => `${line}\r\n`).join(''),
    )
    .join('');
  const { violations } = await validateRequest(
    operation,
    {
      method: 'POST',
      path: '/it',
      query: '',
      headers: { 'content-type': 'multipart/form-data; boundary=X' },
      body: Buffer.from(`${text}--X--\r\n`),
    },
    new Map(),
  );
  return violations.map(
    ({ pointer, code, message, document }) => `${pointer} ${code}: ${message} (${document.replace(/^.*encoding/, '')})`,
  );
}

const PNG = 'Content-Type: image/png';

test.each<{ name: string; parts: Parts; want: readonly string[] }>([
  { name: 'one of a list', parts: [['file', [PNG, 'X-Id: 7']]], want: [] },
  { name: 'the other, in capitals, with a parameter', parts: [['file', ['CONTENT-TYPE: Image/JPEG; q=1', 'x-id: 7']]], want: [] },
  { name: 'no media type of its own', parts: [['file', ['X-Id: 7']]], want: [] },
  { name: 'within a range', parts: [['note', ['Content-Type: text/html']]], want: [] },
  { name: 'a range with a parameter', parts: [['a/b', ['Content-Type: application/json']]], want: [] },
  {
    name: 'a part that the document does not encode',
    parts: [
      ['x', [PNG]],
      ['odd', [PNG]],
      ['toString', [PNG]],
    ],
    want: [],
  },
  {
    name: 'another media type',
    parts: [['file', ['Content-Type: image/gif', 'X-Id: 7']]],
    want: [
      '/file contentType: has the media type image/gif, which is not among the documented ones: image/png, image/jpeg (/file/contentType)',
    ],
  },
  {
    name: 'outside of a range, and told once for a property',
    parts: [
      ['note', [PNG]],
      ['note', [PNG]],
    ],
    want: ['/note contentType: has the media type image/png, which is not among the documented ones: text/* (/note/contentType)'],
  },
  {
    name: 'a name that needs an escape',
    parts: [['a/b', [PNG]]],
    want: [
      '/a~1b contentType: has the media type image/png, which is not among the documented ones: application/json; charset=utf-8 (/a~1b/contentType)',
    ],
  },
  {
    name: 'a header missing',
    parts: [['file', [PNG]]],
    want: ['/file partHeader: must have the header X-Id in its part (/file/headers/X-Id)'],
  },
  {
    name: 'a header of another type',
    parts: [['file', [PNG, 'X-Id: seven']]],
    want: ['/file partHeader: header X-Id must be integer (/file/headers/X-Id)'],
  },
])('$name', async ({ parts, want }) => {
  expect(await told(parts)).toEqual(want);
});

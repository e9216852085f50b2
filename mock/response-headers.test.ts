import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createOperationTable, loadDocument } from '../operations/index.ts';
import { responseHeaders } from './response-headers.ts';

const cases: { name: string; header: object; want: string | string[] | undefined; as?: string }[] = [
  {
    name: "the header's own example",
    header: { schema: { type: 'string', pattern: '^public' }, example: 'public, max-age=60' },
    want: 'public, max-age=60',
  },
  {
    name: 'the first of its named examples',
    header: { schema: { type: 'integer' }, examples: { few: { value: 3 }, many: { value: 900 } } },
    want: '3',
  },
  {
    name: 'an example that breaks the schema is passed over',
    header: { schema: { type: 'integer', minimum: 5 }, example: 'none' },
    want: '5',
  },
  { name: 'a value of its schema', header: { schema: { type: 'string', enum: ['a', 'b'] } }, want: 'a' },
  { name: 'a list in simple style', header: { schema: { type: 'array', items: { type: 'integer' } }, example: [1, 2] }, want: '1,2' },
  {
    name: 'each cookie in a line of its own',
    as: 'Set-Cookie',
    header: { schema: { type: 'array', items: { type: 'string' } }, example: ['a=1; Path=/', 'b=2'] },
    want: ['a=1; Path=/', 'b=2'],
  },
  {
    name: 'JSON where the header has a media type',
    header: { content: { 'application/json': { schema: { type: 'object' }, example: { a: [1] } } } },
    want: '{"a":[1]}',
  },
  {
    name: 'JSON that is made of the schema of a media type',
    header: { content: { 'application/json': { schema: { type: 'object', required: ['a'], properties: { a: { const: 1 } } } } } },
    want: '{"a":1}',
  },
  {
    name: 'a header of CORS without a value is left to the protocol',
    as: 'Access-Control-Allow-Origin',
    header: { schema: { type: 'string' } },
    want: undefined,
  },
  {
    name: "the document's own value of a header of CORS",
    as: 'Access-Control-Allow-Origin',
    header: { schema: { type: 'string' }, example: 'https://me.example' },
    want: 'https://me.example',
  },
  {
    name: 'and that of its schema',
    as: 'Access-Control-Allow-Headers',
    header: { schema: { type: 'string', enum: ['authorization'] } },
    want: 'authorization',
  },
  {
    name: 'of a header of CORS that must be there, what allows most',
    as: 'Access-Control-Allow-Methods',
    header: { required: true, schema: { type: 'string' } },
    want: '*',
  },
  { name: 'text that no header can hold is left out', header: { schema: { type: 'string', const: '中文' } }, want: undefined },
];

test.each(cases)('$name', async ({ header, want, as = 'X-Value' }) => {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-headers-'));
  const file = join(folder, 'api.json');
  const responses = { 200: { description: 'ok', headers: { [as]: header } } };
  await writeFile(file, JSON.stringify({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths: { '/x': { get: { responses } } } }));
  const found = createOperationTable([await loadDocument(file)]).find('GET', '/x');
  await rm(folder, { recursive: true });
  if (found.kind !== 'operation') throw new Error('the operation is there');
  const [rule] = found.operation.responses;
  if (rule === undefined) throw new Error('the response is there');
  expect(responseHeaders(rule, found.operation.validators.lookup, '1', false)[as.toLowerCase()]).toEqual(want);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createOperationTable, loadDocument } from '../operations/index.ts';
import { responseHeaders } from './response-headers.ts';

const cases: { name: string; header: object; want: string | undefined }[] = [
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
  { name: 'text that no header can hold is left out', header: { schema: { type: 'string', const: '中文' } }, want: undefined },
];

test.each(cases)('$name', async ({ header, want }) => {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-headers-'));
  const file = join(folder, 'api.json');
  const responses = { 200: { description: 'ok', headers: { 'X-Value': header } } };
  await writeFile(file, JSON.stringify({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths: { '/x': { get: { responses } } } }));
  const found = createOperationTable([await loadDocument(file)]).find('GET', '/x');
  await rm(folder, { recursive: true });
  if (found.kind !== 'operation') throw new Error('the operation is there');
  const [rule] = found.operation.responses;
  if (rule === undefined) throw new Error('the response is there');
  expect(responseHeaders(rule, found.operation.validators.lookup, '1', false)['x-value']).toBe(want);
});

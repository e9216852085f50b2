import { expect, it } from 'vitest';
import { createSchemas, listOperations } from '../judge/index.ts';
import { CASES, casesDocument, requestBytes } from './cases.ts';

it('a request as it goes over the wire', () => {
  const headers = { 'content-type': 'application/json' };
  expect(requestBytes({ kind: 'request', method: 'POST', path: '/a', headers, body: Buffer.from('"é"') })).toBe(
    'POST /a HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 4\r\n\r\n"é"',
  );
  expect(requestBytes({ kind: 'request', method: 'GET', path: '/a?b=1', headers: {}, body: undefined })).toBe(
    'GET /a?b=1 HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n',
  );
});

it('every case asks an operation of the document, and its body is what the case says of it', () => {
  const document = { file: 'cases.yaml', dialect: '3.1' as const, root: casesDocument() as Record<string, unknown> };
  const operations = new Map(listOperations(document).map((operation) => [operation.name, operation]));
  const schemas = createSchemas(document, 'request');
  expect(operations.size).toBe(46);
  for (const { name, operation, request, valid } of CASES) {
    const schema = operations.get(operation)?.body?.contents.get('application/json')?.schema;
    expect(operations.has(operation), name).toBe(true);
    expect(schema === undefined, name).toBe(request.body === undefined);
    if (request.body === undefined) continue;
    expect(schemas.judge(schema, JSON.parse(request.body.toString('utf8'))).kind, name).toBe(valid ? 'valid' : 'invalid');
  }
});

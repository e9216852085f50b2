import { expect, test } from 'vitest';
import { judgeAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import { parseDocument } from './document.ts';
import { listOperations } from './operations.ts';
import { createSchemas } from './schemas.ts';

const OLD = `swagger: "2.0"
produces: [application/json]
paths:
  /pets:
    get:
      responses:
        200:
          headers: {x-count: {type: integer}}
          schema: {type: array, items: {$ref: '#/definitions/Pet'}}
definitions:
  Pet: {type: object, required: [name], properties: {name: {type: string, x-nullable: true}, age: {type: number, minimum: 0, exclusiveMinimum: true}}}
`;
const NEW = `openapi: 3.1.0
paths:
  /pets:
    get:
      responses:
        2XX:
          headers: {x-count: {required: true, schema: {type: array, items: {type: integer}}}}
          content:
            application/*: {schema: {$ref: '#/components/schemas/Tree'}}
        404: {description: none}
    delete:
      responses: {204: {description: gone}}
    put:
      responses: {200: {description: broken, content: {application/json: {schema: {$ref: '#/components/schemas/Nothing'}}}}}
components:
  schemas:
    Tree:
      type: object
      required: [name, secret]
      properties: {name: {type: [string, 'null']}, secret: {type: string, writeOnly: true}, children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}
`;

function findings(text: string, method: string, status: number, headers: Answer['headers'], body: string): string[] {
  const document = parseDocument(text, 'doc.yaml');
  const operation = listOperations(document).find((item) => item.method === method);
  if (operation === undefined) throw new Error(`no ${method}`);
  const found = judgeAnswer(createSchemas(document, 'response'), operation, { status, headers, body: Buffer.from(body) });
  return found.map(({ side, reason }) => `${side}: ${reason}`);
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const COUNTED = { ...JSON_TYPE, 'x-count': '1,2' };

const right: readonly [name: string, text: string, method: string, status: number, headers: Answer['headers'], body: string][] = [
  ['2.0', OLD, 'GET', 200, { ...JSON_TYPE, 'x-count': '3' }, '[{"name":null,"age":0.5}]'],
  ['3.1, a recursive schema', NEW, 'GET', 200, COUNTED, '{"name":"a","children":[{"name":null}]}'],
  ['nothing', NEW, 'DELETE', 204, {}, ''],
];
test.each(right)('conforms: %s', (_name, text, method, status, headers, body) => {
  expect(findings(text, method, status, headers, body)).toEqual([]);
});

const wrong: readonly [
  name: string,
  text: string,
  method: string,
  status: number,
  headers: Answer['headers'],
  body: string,
  want: RegExp,
][] = [
  ['an undocumented status', OLD, 'GET', 302, JSON_TYPE, '[]', /^mock: status 302 is not documented$/],
  ['a server error', OLD, 'GET', 500, JSON_TYPE, '', /^mock: status 500$/],
  ['a refusal', NEW, 'GET', 404, {}, '', /^mock: a valid request is refused: status 404$/],
  ['another content type', OLD, 'GET', 200, { 'content-type': 'text/html' }, '[]', /^mock: content type text\/html/],
  ['a missing header', NEW, 'GET', 200, JSON_TYPE, '{"name":"a"}', /^mock: header x-count is missing$/],
  ['a header of another type', NEW, 'GET', 200, { ...JSON_TYPE, 'x-count': 'many' }, '{"name":"a"}', /^mock: header x-count: many/],
  ['a missing member', OLD, 'GET', 200, JSON_TYPE, '[{}]', /^mock: body \/0 must have required property 'name'/],
  ['a value on the excluded bound', OLD, 'GET', 200, JSON_TYPE, '[{"name":"a","age":0}]', /^mock: body \/0\/age must be > 0/],
  ['a writeOnly member', NEW, 'GET', 200, COUNTED, '{"name":"a","secret":"x"}', /^mock: body \/secret/],
  ['a wrong value below a recursion', NEW, 'GET', 200, COUNTED, '{"name":"a","children":[{"name":1}]}', /^mock: body \/children\/0\/name/],
  ['no JSON', OLD, 'GET', 200, JSON_TYPE, '[', /^mock: the body is not JSON/],
  ['no body', OLD, 'GET', 200, JSON_TYPE, '', /^mock: the body is empty$/],
  ['a body with 204', NEW, 'DELETE', 204, {}, 'x', /^mock: a body of 1 bytes where none may be$/],
  ['a dangling reference', NEW, 'PUT', 200, JSON_TYPE, '{}', /^document: the schema can not be compiled: .*leads nowhere/],
];
test.each(wrong)('does not conform: %s', (_name, text, method, status, headers, body, want) => {
  const found = findings(text, method, status, headers, body);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(want);
});

import { expect, test } from 'vitest';
import { documentOf } from './document.fixture.ts';
import { lintDocument } from './lint.ts';

const lint = (text: string): string[] =>
  lintDocument(documentOf(text)).map(({ severity, line, message }) => `${line} ${severity} ${message}`);

test('a sound document has nothing to tell', () => {
  expect(
    lint(
      'openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses: {200: {content: {application/json: {schema: {type: integer}, example: 1}}}}\n',
    ),
  ).toEqual([]);
});

test('a text of CSV or XML is not what the schema describes', () => {
  const content = (type: string): string => `${type}: {schema: {type: array}, example: "a,b"}`;
  expect(
    lint(
      `openapi: 3.1.0\npaths:\n  /a: {get: {responses: {200: {content: {${content('text/csv')}, ${content('application/xml')}, ${content('text/plain')}}}}}}\n`,
    ),
  ).toEqual(['3 warning example "default" must be array']);
});

test('what is wrong is told once, with its line', () => {
  const told = lint(`openapi: 3.0.3
paths:
  /a/{id}:
    get:
      operationId: same
      parameters:
        - {name: x, in: path, required: true, schema: {type: string}}
      responses: {}
    put:
      operationId: same
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Pet'}
            examples:
              good: {value: {name: Tom}}
              bad: {value: {name: 1}}
      responses:
        200: {content: {json: {}, application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        404: {$ref: '#/nowhere'}
  /a/{key}:
    get: {operationId: third, responses: {default: {}}}
  /lost: {$ref: '#/elsewhere'}
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string, pattern: '('}
`);
  expect(told).toEqual([
    '4 warning no response is described',
    '7 error the path /a/{id} has no {x}; the parameter is not checked',
    '9 error operationId "same" is used twice, first at api.json#/paths/~1a~1{id}/get',
    '17 warning example "bad" at /name must be string',
    '19 error "json" is no media type; it can not be asked for',
    '20 error "#/nowhere" leads nowhere: there is nothing at /nowhere',
    '22 error GET /a/{key} is described twice: same and third',
    '23 error "#/elsewhere" leads nowhere: there is nothing at /elsewhere',
    expect.stringMatching(/^29 warning the pattern \( is no regular expression/),
  ]);
});

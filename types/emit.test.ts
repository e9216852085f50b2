import { describe, expect, test } from 'vitest';
import { documentOf, documentWith } from './document.fixture.ts';
import { emitTypes } from './emit.ts';

/** The text of a member or a declaration, white space taken together. */
function after(text: string, start: string): string {
  const from = text.indexOf(start);
  if (from < 0) return `no "${start}" in ${text}`;
  const rest = text.slice(from + start.length);
  const closed = /^[^;{]*(?:\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}[^;{]*)*(?:;|\n)/.exec(`${rest}\n`)?.[0] ?? rest;
  return closed.replace(/\s+/g, ' ').replace(/;$/, '').trim();
}

const requestType = (schema: unknown, schemas: object = {}): string => after(emitTypes(documentWith(schema, true, schemas)), 'body:');
const responseType = (schema: unknown, schemas: object = {}): string => after(emitTypes(documentWith(true, schema, schemas)), '200:');

describe('a schema as a type', () => {
  const text = { type: 'string' };
  const rows: readonly [name: string, given: unknown, want: string][] = [
    ['true', true, 'unknown'],
    ['false', false, 'never'],
    ['nothing said', {}, 'unknown'],
    ['a string', { type: 'string', minLength: 1, pattern: '^a' }, 'string'],
    ['a number', { type: 'number', format: 'double' }, 'number'],
    ['an integer', { type: 'integer', format: 'int32' }, 'number'],
    ['int64', { type: 'integer', format: 'int64', minimum: 1 }, 'number | bigint'],
    ['int64 with small bounds', { type: 'integer', format: 'int64', minimum: 1, maximum: 100 }, 'number'],
    ['uint64 below 2^53', { type: 'integer', format: 'uint64', exclusiveMaximum: 2 ** 53 - 1 }, 'number'],
    ['several types', { type: ['null', 'string', 'integer'] }, 'string | number | null'],
    ['an enum', { type: 'string', enum: ['a', "it's", 'say "no"', 'a'] }, `'a' | "it's" | 'say "no"'`],
    ['an enum of more types than allowed', { type: 'integer', enum: [1, '2', 1.5, null] }, '1'],
    ['a const', { const: -1.5 }, '-1.5'],
    ['a const that is an object', { const: { a: [1, null], b: {} } }, '{ a: [1, null]; b: { [key: string]: never; }; }'],
    ['both truths', { enum: [true, false] }, 'boolean'],
    ['text with control characters', { const: 'a\nb\u2028\\' }, "'a\\nb\\u2028\\\\'"],
    ['an array', { type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
    ['an array of anything', { type: 'array' }, 'unknown[]'],
    ['items without a type', { items: text }, 'string[]'],
    ['an array that must be empty', { type: 'array', items: false }, '[]'],
    [
      'a tuple',
      { type: 'array', prefixItems: [text, { type: ['integer', 'null'] }], minItems: 1 },
      '[string, (number | null)?, ...unknown[]]',
    ],
    ['a closed tuple', { type: 'array', prefixItems: [text, text], minItems: 2, items: false }, '[string, string]'],
    ['a tuple cut short', { type: 'array', prefixItems: [text, text], maxItems: 1 }, '[string?]'],
    ['a tuple with more', { prefixItems: [text], items: { type: 'integer' } }, '[string?, ...number[]]'],
    ['any object', { type: 'object' }, '{ [key: string]: unknown; }'],
    ['an open object', { properties: { a: text, b: text }, required: ['a'] }, '{ a: string; b?: string; [key: string]: unknown; }'],
    ['a closed object', { type: 'object', properties: { a: text }, additionalProperties: false }, '{ a?: string; }'],
    [
      'a closed object by unevaluatedProperties',
      { type: 'object', properties: { a: text }, unevaluatedProperties: false },
      '{ a?: string; }',
    ],
    ['an empty object', { type: 'object', additionalProperties: false }, '{ [key: string]: never; }'],
    ['a map', { type: 'object', additionalProperties: { type: 'integer' } }, '{ [key: string]: number; }'],
    [
      'a map with properties of its own',
      { type: 'object', properties: { a: text }, additionalProperties: { type: 'integer' } },
      '{ a?: string; [key: string]: number | string | undefined; }',
    ],
    ['patterns', { type: 'object', patternProperties: { '^x': text }, additionalProperties: false }, '{ [key: string]: string; }'],
    ['patterns among others', { type: 'object', patternProperties: { '^x': text } }, '{ [key: string]: unknown; }'],
    ['required and not declared', { type: 'object', required: ['a'], additionalProperties: text }, '{ a: string; [key: string]: string; }'],
    ['anyOf', { anyOf: [text, { type: 'integer' }, { type: 'null' }] }, 'string | number | null'],
    ['oneOf that says nothing', { oneOf: [text, {}] }, 'unknown'],
    ['a base type and its literals', { anyOf: [{ const: 'a' }, text] }, 'string'],
    ['the type around the branches', { type: 'string', anyOf: [{ enum: ['a', 1] }, { const: 'b' }] }, "'a' | 'b'"],
    ['an integer around a number', { type: 'integer', anyOf: [{ type: ['number', 'string'], format: 'int64' }] }, 'number | bigint'],
    [
      'allOf',
      {
        allOf: [
          { type: 'object', properties: { a: text } },
          { properties: { b: text }, required: ['b'] },
        ],
      },
      '{ a?: string; [key: string]: unknown; } & { b: string; [key: string]: unknown; }',
    ],
    [
      'allOf beside properties',
      { type: 'object', properties: { a: text }, additionalProperties: false, allOf: [{ minProperties: 1 }, {}] },
      '{ a?: string; }',
    ],
    [
      'one of two must be there',
      { type: 'object', properties: { a: text }, additionalProperties: false, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      '( | { a: unknown; [key: string]: unknown; } | { b: unknown; [key: string]: unknown; } ) & { a?: string; }',
    ],
    ['what types can not say', { type: 'string', not: { const: 'a' }, if: { minLength: 2 }, else: { pattern: 'x' } }, 'string'],
    [
      'property names',
      { properties: { 'a-b': text, __proto__x: text, '': text, '1': text, größe: text, class: text }, additionalProperties: false },
      "{ '1'?: string; 'a-b'?: string; __proto__x?: string; ''?: string; 'größe'?: string; class?: string; }",
    ],
    [
      'comments',
      { properties: { a: { ...text, title: 'End */ of\n it', deprecated: true } } },
      '{ /** End *\\/ of it @deprecated */ a?: string; [key: string]: unknown; }',
    ],
  ];
  test.each(rows)('%s', (_name, given, want) => {
    expect(requestType(given)).toBe(want);
    expect(responseType(given)).toBe(want);
  });

  test('a property named __proto__', () => {
    const schema: unknown = JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}},"additionalProperties":false}');
    expect(requestType(schema)).toBe('{ __proto__?: string; }');
  });

  test('an integer that no number can hold', () => {
    const text = emitTypes(documentWith(true, { const: 0 }));
    expect(text).toContain('200: 0;');
    const document = documentWith(true, { const: 'BIG' });
    const root = {
      ...document.root,
      value: JSON.parse(document.root.text, (_key, value: unknown) => (value === 'BIG' ? 2n ** 60n : value)) as unknown,
    };
    expect(emitTypes({ ...document, root, sources: new Map([[root.path, root]]) })).toContain('200: 1152921504606846976n;');
  });
});

describe('requests and responses', () => {
  const pet = {
    type: 'object',
    required: ['id', 'name', 'secret'],
    properties: {
      id: { type: 'integer', readOnly: true },
      name: { type: 'string' },
      secret: { type: 'string', writeOnly: true },
    },
    additionalProperties: false,
  };

  test('readOnly is optional in requests, writeOnly is no part of responses', () => {
    expect(requestType(pet)).toBe('{ id?: number; name: string; secret: string; }');
    expect(responseType(pet)).toBe('{ id: number; name: string; }');
  });

  test('a component that both see differently, and what refers to it, are declared twice', () => {
    const list = { type: 'array', items: { $ref: '#/components/schemas/Pet' } };
    const text = emitTypes(
      documentWith({ $ref: '#/components/schemas/List' }, { $ref: '#/components/schemas/List' }, { Pet: pet, List: list }),
    );
    expect(after(text, 'body:')).toBe('ListInRequest');
    expect(after(text, '200:')).toBe('List');
    expect(after(text, 'type List =')).toBe('Pet[]');
    expect(after(text, 'type ListInRequest =')).toBe('PetInRequest[]');
    expect(after(text, 'type Pet =')).toBe('{ id: number; name: string; }');
  });

  test('a component that both see alike is declared once, recursion included', () => {
    const node = { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } }, additionalProperties: false };
    const text = emitTypes(documentWith({ $ref: '#/components/schemas/Node' }, { $ref: '#/components/schemas/Node' }, { Node: node }));
    expect(text.match(/^export type Node/gm)).toHaveLength(1);
    expect(text).not.toContain('InRequest');
  });

  test('writeOnly behind a reference', () => {
    const holder = { type: 'object', properties: { secret: { $ref: '#/components/schemas/Secret' } }, additionalProperties: false };
    const schemas = { Secret: { type: 'string', writeOnly: true } };
    expect(responseType(holder, schemas)).toBe('{ [key: string]: never; }');
    expect(requestType(holder, schemas)).toBe('{ secret?: Secret; }');
  });
});

describe('names', () => {
  const rows: readonly [name: string, component: string, want: string][] = [
    ['a valid one stays', 'save_Request', 'save_Request'],
    ['Chinese', '邀请', '邀请'],
    ['words', 'simple-user.v1', 'SimpleUserV1'],
    ['a keyword', 'delete', 'Delete'],
    ['a type of TypeScript', 'string', 'String'],
    ['the module’s own', 'Operations', '_Operations'],
    ['a digit first', '2fa', '_2fa'],
    ['no letter at all', '*', 'Schema'],
  ];
  test.each(rows)('%s: %s', (_name, component, want) => {
    const reference = { $ref: `#/components/schemas/${component}` };
    expect(requestType(reference, { [component]: { type: 'object' } })).toBe(want);
  });

  test('two that become one are numbered', () => {
    const either = { oneOf: [{ $ref: '#/components/schemas/a-b' }, { $ref: '#/components/schemas/a.b' }] };
    expect(requestType(either, { 'a-b': { type: 'string' }, 'a.b': { type: 'integer' } })).toBe('AB | AB2');
  });

  test('what is no component is written out', () => {
    const schemas = { Pet: { type: 'object', properties: { kind: { enum: ['cat', 'dog'] } } } };
    expect(requestType({ $ref: '#/components/schemas/Pet/properties/kind' }, schemas)).toBe("'cat' | 'dog'");
  });

  test('what is no component and leads back to itself gets a name', () => {
    const schemas = { Pet: { properties: { tree: { type: 'array', items: { $ref: '#/components/schemas/Pet/properties/tree' } } } } };
    const text = emitTypes(documentWith({ $ref: '#/components/schemas/Pet/properties/tree' }, true, schemas));
    expect(after(text, 'body:')).toBe('PetTree');
    expect(after(text, 'export type PetTree =')).toBe('PetTree[]');
  });
});

describe('circles without a property between', () => {
  const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
  const rows: readonly [name: string, schemas: object, want: string][] = [
    ['its own alternative', { A: { anyOf: [ref('A'), { type: 'string' }] } }, 'string'],
    ['its own part', { A: { allOf: [ref('A'), { type: 'string' }] } }, 'string'],
    ['only itself', { A: { allOf: [ref('A')] } }, 'unknown'],
    ['two', { A: { anyOf: [ref('B'), { type: 'string' }] }, B: { anyOf: [ref('A'), { type: 'null' }] } }, 'B | string'],
  ];
  test.each(rows)('%s', (_name, schemas, want) => {
    expect(after(emitTypes(documentWith(ref('A'), true, schemas)), 'export type A =')).toBe(want);
  });
});

describe('an operation', () => {
  const operation = (rest: object): object => ({ '/pets/{id}': { get: { operationId: 'op', responses: {}, ...rest } } });

  test('parameters by place, as they are decoded', () => {
    const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
    const tags = { name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string' } } };
    const flag = { name: 'x-flag', in: 'header', schema: { type: 'boolean' }, required: true };
    const empty = { name: 'e', in: 'query', schema: { type: 'integer' }, allowEmptyValue: true };
    const text = emitTypes(documentOf(operation({ parameters: [id, tags, flag, empty, { name: 's', in: 'cookie' }] })));
    expect(after(text, 'path:')).toBe('{ id: number; }');
    expect(after(text, 'query:')).toBe("{ tag?: string[]; e?: number | ''; }");
    expect(after(text, 'header:')).toBe("{ 'x-flag': boolean; }");
    expect(after(text, 'cookie:')).toBe('{ s?: unknown; }');
    expect(after(text, 'body:')).toBe('undefined');
  });

  const form = { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, additionalProperties: false };
  const bodies: readonly [name: string, body: object, want: string][] = [
    ['optional', { content: { 'application/json': { schema: { type: 'string' } } } }, 'string | undefined'],
    ['without a schema', { required: true, content: { 'application/json': {} } }, 'unknown'],
    ['a file in a form', { required: true, content: { 'multipart/form-data': { schema: form } } }, '{ file?: string; }'],
    ['bytes, which are not read', { required: true, content: { 'image/png': { schema: { type: 'string' } } } }, 'undefined'],
    ['text', { required: true, content: { 'text/plain': {} } }, 'string'],
    ['any media type', { required: true, content: { '*/*': { schema: { type: 'string' } } } }, 'string | undefined'],
    [
      'several media types',
      { required: true, content: { 'application/json': { schema: { type: 'integer' } }, 'text/plain': {}, 'text/csv': {} } },
      'number | string',
    ],
  ];
  test.each(bodies)('a body: %s', (_name, requestBody, want) => {
    expect(after(emitTypes(documentOf(operation({ requestBody }))), 'body:')).toBe(want);
  });

  test('replies by status', () => {
    const json = (type: string): object => ({ description: 'd', content: { 'application/json': { schema: { type } } } });
    const responses = { 200: json('string'), 204: { description: 'd' }, '4xx': json('integer'), default: json('boolean') };
    expect(after(emitTypes(documentOf(operation({ responses }))), 'replies:')).toBe(
      "{ 200: string; 204: undefined; '4XX': number; default: boolean; }",
    );
  });

  test('an operation without an id goes by method and path; an id given twice means the first', () => {
    const responses = {};
    const text = emitTypes(
      documentOf({ '/a': { get: { responses } }, '/b': { get: { operationId: 'b', responses } }, '/c': { get: { operationId: 'b' } } }),
    );
    expect(text).toContain("\n  'GET /a': {");
    expect(text).toContain('/** GET /b */');
    expect(text).not.toContain('GET /c');
  });

  test('Swagger 2.0 and OpenAPI 3.0', () => {
    const fields = [
      { name: 'n', in: 'formData', type: 'integer', required: true },
      { name: 't', in: 'formData', type: 'string', 'x-nullable': true },
    ];
    const responses = { 200: { description: 'd', schema: { $ref: '#/definitions/Pet' } } };
    const old = emitTypes(documentOf({ '/a': { post: { parameters: fields, responses } } }, { Pet: { type: 'string' } }, '2.0'));
    expect(after(old, 'body:')).toBe('{ n: number; t?: string | null; [key: string]: unknown; }');
    expect(after(old, '200:')).toBe('Pet');
    const nullable = emitTypes(documentWith({ type: 'string', nullable: true, enum: ['a'] }, true, {}, '3.0'));
    expect(after(nullable, 'body:')).toBe("'a' | null");
  });
});

describe('hard documents', () => {
  test('a long chain of references', () => {
    const count = 5_000;
    const schemas = Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`S${at}`, { anyOf: [{ $ref: `#/components/schemas/S${at + 1}` }, { const: at }] }]),
    );
    const text = emitTypes(documentWith({ $ref: '#/components/schemas/S0' }, true, { ...schemas, [`S${count}`]: { type: 'null' } }));
    expect(text.match(/^export type/gm)).toHaveLength(count + 1);
  });

  test('references that double at every step', () => {
    const steps = Array.from({ length: 60 }, (_, at) => {
      const next = { $ref: `#/components/parameters/P${at + 1}/schema` };
      return [`P${at}`, { schema: { type: 'object', properties: { a: next, b: next } } }] as const;
    });
    const document = documentWith({ $ref: '#/components/parameters/P0/schema' }, true);
    const value = { ...(document.root.value as object), components: { parameters: Object.fromEntries(steps) } };
    const root = { ...document.root, value };
    expect(emitTypes({ ...document, root, sources: new Map([[root.path, root]]) }).length).toBeLessThan(100_000);
  });

  test('what can not be used is unknown', () => {
    expect(requestType({ $ref: '#/components/schemas/Missing' })).toBe('unknown');
    expect(requestType('no schema')).toBe('unknown');
    expect(emitTypes(documentOf({}))).toContain('export interface Operations {}');
  });

  test('the path in the first line stays in the first line', () => {
    expect(emitTypes(documentOf({}), 'a\nexport const x = 1;').split('\n')[1]).toBe('');
  });
});

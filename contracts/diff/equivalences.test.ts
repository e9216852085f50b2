import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadDocument, parseJson, record, writeJson } from '../../operations/index.ts';
import { bodyOf, changesOf, documentOf } from './diff.fixture.ts';
import { diffDocuments } from './diff-documents.ts';

const text = { type: 'string' };
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const components = {
  Text: text,
  Money: {
    type: 'object',
    required: ['amount'],
    properties: { amount: { type: 'number', minimum: 0 }, currency: { enum: ['EUR', 'CNY'] } },
  },
  Tree: { type: 'object', properties: { name: text, children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } } },
};

describe('the same values in another form are no change', () => {
  it.each<{ name: string; old: unknown; next: unknown; from?: string; to?: string }>([
    { name: 'a reference', old: ref('Money'), next: components.Money },
    { name: 'a reference in an allOf', old: ref('Tree'), next: { allOf: [ref('Tree')], description: 'words' } },
    {
      name: 'an object split by allOf',
      old: { type: 'object', required: ['a', 'b'], properties: { a: text, b: text } },
      next: {
        allOf: [
          { type: 'object', required: ['b'], properties: { b: text } },
          { required: ['a'], properties: { a: text } },
        ],
      },
    },
    { name: 'bounds said twice', old: { type: 'integer', minimum: 3 }, next: { type: 'integer', allOf: [{ minimum: 1 }, { minimum: 3 }] } },
    { name: 'exclusive bounds of whole numbers', old: { type: 'integer', exclusiveMinimum: 0 }, next: { type: 'integer', minimum: 1 } },
    { name: 'whole numbers', old: { type: 'integer' }, next: { type: 'number', multipleOf: 1 } },
    { name: 'const and enum', old: { const: 'a' }, next: { type: 'string', enum: ['a'] } },
    { name: 'alternatives that are values', old: { oneOf: [{ const: 'a' }, { const: 'b' }] }, next: { type: 'string', enum: ['b', 'a'] } },
    { name: 'true and false', old: { type: 'boolean' }, next: { enum: [true, false] } },
    { name: 'null among the types', old: { type: ['string', 'null'] }, next: { anyOf: [text, { type: 'null' }] } },
    {
      name: 'null beside a reference',
      old: { oneOf: [ref('Money'), { type: 'null' }] },
      next: { anyOf: [{ type: 'null' }, components.Money] },
    },
    { name: 'nullable', old: { ...text, nullable: true }, next: { type: ['string', 'null'] }, from: '3.0.3' },
    {
      name: 'nullable beside a reference',
      old: { nullable: true, allOf: [ref('Money')] },
      next: { oneOf: [ref('Money'), { type: 'null' }] },
      from: '3.0.3',
    },
    {
      name: 'nullable alternatives',
      old: { nullable: true, oneOf: [ref('Money'), ref('Tree')] },
      next: { oneOf: [ref('Tree'), ref('Money'), { type: 'null' }] },
      from: '3.0.3',
    },
    {
      name: 'bounds of 3.0',
      old: { type: 'number', minimum: 0, exclusiveMinimum: true },
      next: { type: 'number', exclusiveMinimum: 0 },
      from: '3.0.3',
    },
    { name: 'bytes', old: { ...text, format: 'byte' }, next: { ...text, contentEncoding: 'base64' }, from: '3.0.3' },
    {
      name: 'alternatives of different types',
      old: { anyOf: [text, { type: 'array', items: text }] },
      next: { type: ['array', 'string'], items: text },
    },
    { name: 'the order of alternatives', old: { oneOf: [ref('Money'), ref('Tree')] }, next: { oneOf: [ref('Tree'), ref('Money')] } },
    {
      name: 'one or any of what excludes each other',
      old: { oneOf: ['a', 'b'].map((kind) => ({ type: 'object', required: ['kind'], properties: { kind: { const: kind } } })) },
      next: { anyOf: ['a', 'b'].map((kind) => ({ type: 'object', required: ['kind'], properties: { kind: { const: kind } } })) },
    },
    { name: 'keywords that say nothing', old: { type: 'array' }, next: { type: 'array', items: {}, minItems: 0, uniqueItems: false } },
    { name: 'an open object', old: { type: 'object' }, next: { type: 'object', additionalProperties: true, required: [], properties: {} } },
    { name: 'words', old: { ...text, description: 'a', title: 'b', example: 'c' }, next: { ...text, 'x-note': 1 } },
    { name: 'a bound beside a list of values', old: { ...text, enum: ['a', 'b'] }, next: { ...text, enum: ['a', 'b'], maxLength: 5 } },
    { name: 'format: password', old: text, next: { ...text, format: 'password' } },
    { name: 'an alternative that allows everything', old: {}, next: { anyOf: [text, {}] } },
    {
      name: 'unevaluated and additional',
      old: { type: 'object', properties: { a: text }, additionalProperties: false },
      next: { allOf: [{ type: 'object', properties: { a: text } }], unevaluatedProperties: false },
    },
  ])('$name', ({ old, next, from = '3.1.0', to = '3.1.0' }) => {
    for (const side of ['request', 'response'] as const) {
      expect(changesOf(bodyOf(side, old, components, from), bodyOf(side, next, components, to))).toEqual([]);
      expect(changesOf(bodyOf(side, next, components, to), bodyOf(side, old, components, from))).toEqual([]);
    }
  });
});

const BENCH = join(import.meta.dirname, '../bench');

describe('dialects', () => {
  it('OpenAPI 3.0 and 3.1 of one API differ in nothing', async () => {
    const [old, next] = [await loadDocument(join(BENCH, 'shop-3.0.yaml')), await loadDocument(join(BENCH, 'shop-3.1.yaml'))];
    expect(diffDocuments([old], [next])).toEqual([]);
    expect(diffDocuments([next], [old])).toEqual([]);
  });

  it('Swagger 2.0 differs in what it really lacks', async () => {
    const [old, next] = [await loadDocument(join(BENCH, 'shop-2.0.yaml')), await loadDocument(join(BENCH, 'shop-3.0.yaml'))];
    const changes = diffDocuments([old], [next]);
    // Bearer tokens and one media type for all responses; the rest is more than 2.0 can say.
    expect(changes.filter(({ level }) => level === 'breaking').map(({ rule, count }) => [rule, count])).toEqual([
      ['security-changed', 10],
      ['media-type-removed', 6],
    ]);
    expect(new Set(changes.map(({ operation }) => operation?.id))).not.toContain('createToken');
    expect(changes.filter(({ pointer }) => /query (?:page|size|ids|tag|sort)|multipart|urlencoded /.test(pointer))).toEqual([]);
  });

  it('Swagger 2.0 and OpenAPI 3.0 of one API differ in nothing', () => {
    const product = {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'integer', format: 'int64' }, note: { type: 'string' } },
    };
    const old = documentOf({
      swagger: '2.0',
      info: { title: 't', version: '1' },
      host: 'api.example.com',
      basePath: '/v1',
      schemes: ['https'],
      consumes: ['application/json'],
      produces: ['application/json'],
      securityDefinitions: { login: { type: 'basic' } },
      security: [{ login: [] }],
      definitions: { Product: { ...product, properties: { ...product.properties, note: { type: 'string', 'x-nullable': true } } } },
      paths: {
        '/a/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }],
          put: {
            parameters: [
              { name: 'q', in: 'query', type: 'string' },
              { name: 'ids', in: 'query', type: 'array', items: { type: 'integer' } },
              { name: 'b', in: 'body', required: true, schema: { $ref: '#/definitions/Product' } },
            ],
            responses: { 200: { description: 'ok', schema: { $ref: '#/definitions/Product' } } },
          },
          post: {
            consumes: ['multipart/form-data'],
            parameters: [
              { name: 'f', in: 'formData', type: 'file', required: true },
              { name: 'n', in: 'formData', type: 'string' },
            ],
            responses: { 204: { description: 'done' } },
          },
        },
      },
    });
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/P' } } };
    const next = documentOf({
      openapi: '3.0.3',
      info: { title: 't', version: '2' },
      servers: [{ url: 'https://api.example.com/v1/' }],
      components: {
        securitySchemes: { renamed: { type: 'http', scheme: 'Basic' } },
        schemas: { P: { ...product, properties: { ...product.properties, note: { type: 'string', nullable: true } } } },
      },
      paths: {
        '/a/{productId}': {
          put: {
            security: [{ renamed: [] }],
            parameters: [
              { name: 'ids', in: 'query', explode: false, schema: { type: 'array', items: { type: 'integer' } } },
              { name: 'productId', in: 'path', required: true, schema: { type: 'string' } },
              { name: 'q', in: 'query', schema: { type: 'string' } },
            ],
            requestBody: { required: true, content },
            responses: { 200: { description: 'fine', content } },
          },
          post: {
            security: [{ renamed: [] }],
            parameters: [{ name: 'productId', in: 'path', required: true, schema: { type: 'string' } }],
            requestBody: {
              required: true,
              content: {
                'multipart/form-data': {
                  schema: {
                    type: 'object',
                    required: ['f'],
                    properties: { f: { type: 'string', format: 'binary' }, n: { type: 'string' } },
                  },
                },
              },
            },
            responses: { 204: { description: 'done' } },
          },
        },
      },
    });
    expect(diffDocuments([old], [next])).toEqual([]);
    expect(diffDocuments([next], [old])).toEqual([]);
  });
});

/** The document with members in another order, parts hoisted into components and schemas wrapped: the same API. */
function rewritten(value: unknown, random: () => number): unknown {
  const hoisted: Record<string, unknown> = {};
  const shuffled = <T>(list: readonly T[]): T[] =>
    list
      .map((item) => [random(), item] as const)
      .sort(([a], [b]) => a - b)
      .map(([, item]) => item);
  const DATA = new Set(['example', 'examples', 'default', 'enum', 'const', 'mapping', 'discriminator']);
  const isSchemaPlace = (key: string, within: string): boolean =>
    ['schema', 'items'].includes(key) || within === 'properties' || within === 'allOf' || within === 'oneOf';
  const walk = (item: unknown, key: string, within: string, inSchema: boolean): unknown => {
    if (Array.isArray(item)) {
      const list = item.map((one: unknown) => walk(one, '', key, inSchema));
      return ['required', 'enum', 'oneOf', 'anyOf', 'parameters', 'type'].includes(key) ? shuffled(list) : list;
    }
    if (typeof item !== 'object' || item === null) return item;
    const made = Object.fromEntries(
      shuffled(Object.entries(item)).map(([name, inner]) => [
        name,
        DATA.has(name) && within !== 'properties' ? inner : walk(inner, name, key, inSchema || key === 'schema' || key === 'schemas'),
      ]),
    );
    const schemaLike = isSchemaPlace(key, within) && (made['$ref'] !== undefined || made['type'] !== undefined);
    if (!schemaLike || made['readOnly'] !== undefined || made['writeOnly'] !== undefined) return made;
    if (random() < 0.2) return { allOf: [made] };
    if (random() > 0.2 || made['$ref'] !== undefined) return made;
    const name = `Hoisted${Object.keys(hoisted).length}`;
    hoisted[name] = made;
    return { $ref: `#/components/schemas/${name}` };
  };
  const made = record(walk(value, '', '', false));
  const parts = record(made['components']);
  return { ...made, components: { ...parts, schemas: { ...record(parts['schemas']), ...hoisted } } };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

describe('a document and itself', () => {
  it.each(['auth', 'distribute', 'file', 'invite-plan', 'marketing-notice', 'member', 'notification-task', 'sop-task', 'tie'])(
    '%s, shuffled and taken apart',
    async (name) => {
      const document = await loadDocument(join(import.meta.dirname, '../../openapi', `${name}.yaml`));
      expect(diffDocuments([document], [document])).toEqual([]);
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const copy = parseJson(writeJson(document.root.value));
          const random = numbersFrom(seed);
          const other = documentOf(rewritten(copy, random), name);
          expect(other.root.text).not.toBe(writeJson(document.root.value));
          expect(changesOf(document, other)).toEqual([]);
        }),
        { numRuns: 8 },
      );
    },
  );
});

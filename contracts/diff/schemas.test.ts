import { describe, expect, it } from 'vitest';
import { bodyOf, changesOf } from './diff.fixture.ts';
import { diffDocuments } from './diff-documents.ts';

const text = { type: 'string' };
const object = (properties: object, more: object = {}): object => ({ type: 'object', properties, ...more });
const dog = object({ kind: { const: 'dog' }, bark: text }, { required: ['kind'] });
const cat = object({ kind: { const: 'cat' }, purr: text }, { required: ['kind'] });
const bird = object({ kind: { const: 'bird' }, sing: text }, { required: ['kind'] });

interface Case {
  readonly name: string;
  readonly old: unknown;
  readonly next: unknown;
  readonly request: string[];
  readonly response: string[];
}

const narrows = (rule: string): Pick<Case, 'request' | 'response'> => ({ request: [`breaking ${rule}`], response: [`compatible ${rule}`] });
const widens = (rule: string): Pick<Case, 'request' | 'response'> => ({ request: [`compatible ${rule}`], response: [`breaking ${rule}`] });
const breaks = (rule: string): Pick<Case, 'request' | 'response'> => ({ request: [`breaking ${rule}`], response: [`breaking ${rule}`] });

const CASES: readonly Case[] = [
  { name: 'another type', old: text, next: { type: 'integer' }, ...breaks('type-changed') },
  { name: 'number to integer', old: { type: 'number' }, next: { type: 'integer' }, ...narrows('type-changed') },
  { name: 'integer to number', old: { type: 'integer' }, next: { type: 'number' }, ...widens('type-changed') },
  { name: 'a further type', old: text, next: { type: ['string', 'integer'] }, ...widens('type-changed') },
  { name: 'null allowed', old: text, next: { type: ['string', 'null'] }, ...widens('nullable-added') },
  { name: 'null forbidden', old: { type: ['string', 'null'] }, next: text, ...narrows('nullable-removed') },
  { name: 'a maximum', old: { type: 'integer' }, next: { type: 'integer', maximum: 5 }, ...narrows('bound-changed') },
  { name: 'a higher maximum', old: { type: 'integer', maximum: 4 }, next: { type: 'integer', maximum: 5 }, ...widens('bound-changed') },
  {
    name: 'a higher minimum',
    old: { type: 'number', minimum: 0 },
    next: { type: 'number', exclusiveMinimum: 0 },
    ...narrows('bound-changed'),
  },
  {
    name: 'a coarser step',
    old: { type: 'number', multipleOf: 0.01 },
    next: { type: 'number', multipleOf: 0.1 },
    ...narrows('multiple-changed'),
  },
  {
    name: 'another step',
    old: { type: 'integer', multipleOf: 2 },
    next: { type: 'integer', multipleOf: 3 },
    ...breaks('multiple-changed'),
  },
  {
    name: 'int32 to int64',
    old: { type: 'integer', format: 'int32' },
    next: { type: 'integer', format: 'int64' },
    ...widens('format-changed'),
  },
  { name: 'a format', old: text, next: { ...text, format: 'uuid' }, ...narrows('format-changed') },
  { name: 'another format', old: { ...text, format: 'date' }, next: { ...text, format: 'date-time' }, ...breaks('format-changed') },
  { name: 'a longer text', old: { ...text, maxLength: 5 }, next: { ...text, maxLength: 9 }, ...widens('length-changed') },
  { name: 'a least length', old: text, next: { ...text, minLength: 1 }, ...narrows('length-changed') },
  { name: 'a pattern', old: text, next: { ...text, pattern: '^a' }, ...narrows('pattern-changed') },
  { name: 'another pattern', old: { ...text, pattern: '^b' }, next: { ...text, pattern: '^a' }, ...breaks('pattern-changed') },
  { name: 'an enum value gone', old: { enum: ['a', 'b'] }, next: { enum: ['a'] }, ...narrows('enum-value-removed') },
  {
    name: 'an enum value more',
    old: { enum: ['a'] },
    next: { enum: ['a', 'b'] },
    request: ['compatible enum-value-added'],
    response: ['warning enum-value-added'],
  },
  { name: 'values restricted', old: text, next: { ...text, enum: ['a'] }, ...narrows('enum-set') },
  { name: 'values freed', old: { ...text, enum: ['a'] }, next: text, ...widens('enum-dropped') },
  {
    name: 'fewer items',
    old: { type: 'array', items: text },
    next: { type: 'array', items: text, maxItems: 3 },
    ...narrows('item-count-changed'),
  },
  {
    name: 'unique items',
    old: { type: 'array', items: text, uniqueItems: true },
    next: { type: 'array', items: text },
    ...widens('unique-items-changed'),
  },
  {
    name: 'items of another type',
    old: { type: 'array', items: text },
    next: { type: 'array', items: { type: 'integer' } },
    ...breaks('type-changed'),
  },
  {
    name: 'an optional property',
    old: object({ a: text }),
    next: object({ a: text, b: text }),
    request: ['compatible property-added'],
    response: ['compatible property-added'],
  },
  {
    name: 'an optional property in a closed object',
    old: object({ a: text }, { additionalProperties: false }),
    next: object({ a: text, b: text }, { additionalProperties: false }),
    request: ['compatible property-added'],
    response: ['warning property-added'],
  },
  {
    name: 'a required property',
    old: object({ a: text }),
    next: object({ a: text, b: text }, { required: ['b'] }),
    request: ['breaking property-added'],
    response: ['compatible property-added'],
  },
  {
    name: 'a property that was required before it had a name',
    old: object({ a: text }, { required: ['b'] }),
    next: object({ a: text, b: text }, { required: ['b'] }),
    request: ['compatible property-added'],
    response: ['compatible property-added'],
  },
  {
    name: 'a property that was always there and is optional now that it has a name',
    old: object({ a: text }, { required: ['b'] }),
    next: object({ a: text, b: text }),
    request: ['compatible property-added', 'compatible property-optional'],
    response: ['breaking property-optional', 'compatible property-added'],
  },
  {
    name: 'a property that says something else than all further ones did',
    old: object({ a: text }, { additionalProperties: { type: 'integer' } }),
    next: object({ a: text, b: text }, { additionalProperties: { type: 'integer' } }),
    request: ['breaking type-changed', 'compatible property-added'],
    response: ['breaking type-changed', 'compatible property-added'],
  },
  {
    name: 'an optional property gone',
    old: object({ a: text, b: text }),
    next: object({ a: text }),
    request: ['warning property-removed'],
    response: ['warning property-removed'],
  },
  {
    name: 'a property gone from a closed object',
    old: object({ a: text, b: text }, { additionalProperties: false }),
    next: object({ a: text }, { additionalProperties: false }),
    request: ['breaking property-removed'],
    response: ['warning property-removed'],
  },
  {
    name: 'a required property gone',
    old: object({ a: text, b: text }, { required: ['b'] }),
    next: object({ a: text }),
    request: ['warning property-removed'],
    response: ['breaking property-removed'],
  },
  { name: 'required', old: object({ a: text }), next: object({ a: text }, { required: ['a'] }), ...narrows('property-required') },
  { name: 'optional', old: object({ a: text }, { required: ['a'] }), next: object({ a: text }), ...widens('property-optional') },
  {
    name: 'closed',
    old: object({ a: text }),
    next: object({ a: text }, { additionalProperties: false }),
    ...narrows('additional-properties-changed'),
  },
  {
    name: 'opened',
    old: object({ a: text }, { additionalProperties: false }),
    next: object({ a: text }),
    request: ['compatible additional-properties-changed'],
    response: ['warning additional-properties-changed'],
  },
  {
    name: 'values of a map',
    old: { type: 'object', additionalProperties: { type: 'integer' } },
    next: { type: 'object', additionalProperties: text },
    ...breaks('type-changed'),
  },
  { name: 'another alternative', old: { oneOf: [dog, cat] }, next: { oneOf: [dog, cat, bird] }, ...widens('branch-added') },
  { name: 'an alternative less', old: { oneOf: [dog, cat, bird] }, next: { oneOf: [cat, dog] }, ...narrows('branch-removed') },
  { name: 'a schema that becomes one of two', old: dog, next: { oneOf: [dog, cat] }, ...widens('branch-added') },
  { name: 'one of two that becomes the schema', old: { anyOf: [dog, cat] }, next: dog, ...narrows('branch-removed') },
  {
    name: 'a schema split into its cases only says more',
    old: object({ ok: { type: 'boolean' }, data: text, code: text }, { required: ['ok'] }),
    next: {
      oneOf: [
        object({ ok: { const: true }, data: text, code: text }, { required: ['ok', 'data'] }),
        object({ ok: { const: false }, data: text, code: text }, { required: ['ok', 'code'] }),
      ],
    },
    request: ['breaking enum-value-removed', 'breaking property-required', 'compatible branch-added'],
    response: [
      'compatible enum-value-removed',
      'compatible enum-value-removed',
      'compatible property-required',
      'compatible property-required',
    ],
  },
  {
    name: 'a condition on required properties',
    old: object({ a: text, b: text }),
    next: object({ a: text, b: text }, { anyOf: [{ required: ['a'] }, { required: ['b'] }] }),
    ...narrows('choice-changed'),
  },
  {
    name: 'a new condition',
    old: object({ a: text }),
    next: object({ a: text }, { not: { required: ['b'] } }),
    ...narrows('condition-changed'),
  },
  {
    name: 'a dependency that goes',
    old: object({ a: text, b: text }, { dependentRequired: { a: ['b'] } }),
    next: object({ a: text, b: text }),
    ...widens('condition-changed'),
  },
  {
    name: 'readOnly',
    old: object({ a: text }),
    next: object({ a: { ...text, readOnly: true } }),
    request: ['warning read-only-changed'],
    response: [],
  },
  {
    name: 'no longer readOnly, but required',
    old: object({ a: { ...text, readOnly: true } }, { required: ['a'] }),
    next: object({ a: text }, { required: ['a'] }),
    request: ['breaking property-required', 'compatible read-only-changed'],
    response: [],
  },
  {
    name: 'a required property becomes writeOnly',
    old: object({ a: text }, { required: ['a'] }),
    next: object({ a: { ...text, writeOnly: true } }, { required: ['a'] }),
    request: [],
    response: ['breaking write-only-changed'],
  },
  {
    name: 'a readOnly property changes',
    old: object({ a: { ...text, readOnly: true } }),
    next: object({ a: { type: 'integer', readOnly: true } }),
    request: [],
    response: ['breaking type-changed'],
  },
  {
    name: 'another default',
    old: { ...text, default: 'a' },
    next: { ...text, default: 'b' },
    request: ['warning default-changed'],
    response: [],
  },
  { name: 'a first default', old: text, next: { ...text, default: 'b' }, request: ['compatible default-changed'], response: [] },
  {
    name: 'deprecated',
    old: object({ a: text }),
    next: object({ a: { ...text, deprecated: true } }),
    request: ['compatible deprecated-added'],
    response: ['compatible deprecated-added'],
  },
  { name: 'no value at all', old: object({ a: text }), next: { not: {} }, ...narrows('type-changed') },
  {
    name: 'a type where none was written, as it was meant',
    old: { properties: { a: text } },
    next: object({ a: text }),
    request: ['warning type-changed'],
    response: ['compatible type-changed'],
  },
  {
    name: 'a bound that a double does not hold',
    old: { type: 'integer', maximum: 9007199254740992 },
    next: { type: 'integer' },
    ...widens('bound-changed'),
  },
];

describe('what narrows breaks requests, what widens breaks responses', () => {
  it.each(CASES)('$name', ({ old, next, request, response }) => {
    expect({ request: changesOf(bodyOf('request', old), bodyOf('request', next)) }).toEqual({ request });
    expect({ response: changesOf(bodyOf('response', old), bodyOf('response', next)) }).toEqual({ response });
  });
});

describe('where', () => {
  it('names the place in the message and in both documents', () => {
    const old = { type: 'object', properties: { items: { type: 'array', items: object({ price: { type: 'integer' } }) } } };
    const next = { type: 'object', properties: { items: { type: 'array', items: object({ price: text }) } } };
    const at = '#/paths/~1a/post/responses/200/content/application~1json/schema/properties/items/items/properties/price';
    expect(diffDocuments([bodyOf('response', old)], [bodyOf('response', next)])).toEqual([
      {
        id: expect.stringMatching(/^[\da-f]{12}$/),
        rule: 'type-changed',
        level: 'breaking',
        side: 'response',
        document: 'api',
        message: 'the type was integer, it is string',
        messageZh: '类型由 integer 变为 string',
        operation: { document: 'api', id: 'POST /a', method: 'POST', path: '/a' },
        operations: [{ document: 'api', id: 'POST /a', method: 'POST', path: '/a' }],
        count: 1,
        old: `api.json${at}`,
        new: `api.json${at}`,
        pointer: 'response 200 application/json /items/*/price',
        before: ['integer'],
        after: ['string'],
      },
    ]);
  });

  it('a component that changed is one change, and a circle of components ends', () => {
    const tree = (leaf: unknown): object => ({
      Node: object({ leaf, left: { $ref: '#/components/schemas/Node' }, right: { $ref: '#/components/schemas/Node' } }),
    });
    const schema = { type: 'array', items: { $ref: '#/components/schemas/Node' } };
    const changes = diffDocuments([bodyOf('response', schema, tree(text))], [bodyOf('response', schema, tree({ type: 'integer' }))]);
    expect(changes.map(({ rule, pointer }) => [rule, pointer])).toEqual([['type-changed', 'response 200 application/json /*/leaf']]);
  });
});

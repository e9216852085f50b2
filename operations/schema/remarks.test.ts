import { describe, expect, it } from 'vitest';
import { schemaDocument } from '../document.fixture.ts';
import type { View } from './excused.ts';
import { MAX_REMARKS } from './remarks.ts';
import { createValidators } from './validator.ts';

/** Every remark as `kind pointer`, in the request or the response view; the closed copy has no part in it. */
function remarksOf(schema: unknown, value: unknown, view: View, others: Record<string, unknown> = {}, version = '3.1'): string[] {
  const document = schemaDocument(version, schema, others);
  const pointer = version === '2.0' ? '/definitions/It' : '/components/schemas/It';
  const validator = createValidators(document).at({ value: schema, source: document.root, pointer }, view);
  return validator.remarks(value).map(({ kind, pointer: place }) => `${kind} ${place}`);
}

const text = { type: 'string' };
const object = (properties: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'object',
  properties,
  ...more,
});
const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });
const id = { ...text, readOnly: true };
const pin = { ...text, writeOnly: true };

describe('what nobody described', () => {
  it.each<{ name: string; schema: unknown; value: unknown; others?: Record<string, unknown>; want: string[] }>([
    { name: 'a further property', schema: object({ a: text }), value: { a: '', b: 1 }, want: ['undescribed /b'] },
    { name: 'names with / and ~', schema: object({ a: text }), value: { 'x/y~z': 1 }, want: ['undescribed /x~1y~0z'] },
    {
      name: 'in an item of an array',
      schema: { type: 'array', items: object({ a: text }) },
      value: [{ a: '' }, { b: 1 }],
      want: ['undescribed /1/b'],
    },
    {
      name: 'in a tuple, and in what comes after it',
      schema: { type: 'array', prefixItems: [object({ a: text })], items: object({ b: text }) },
      value: [{ b: 1 }, { a: 1 }],
      want: ['undescribed /0/b', 'undescribed /1/a'],
    },
    {
      name: 'below a map of objects',
      schema: { type: 'object', additionalProperties: object({ a: text }) },
      value: { any: { b: 1 } },
      want: ['undescribed /any/b'],
    },
    {
      name: 'below a pattern',
      schema: { type: 'object', patternProperties: { '^x-': object({ a: text }) } },
      value: { 'x-1': { b: 1 }, y: 1 },
      want: ['undescribed /x-1/b', 'undescribed /y'],
    },
    { name: 'by reference', schema: ref('Row'), others: { Row: object({ a: text }) }, value: { b: 1 }, want: ['undescribed /b'] },
    {
      name: 'a recursive schema',
      schema: object({ next: ref('It') }),
      value: { next: { next: { odd: 1 } } },
      want: ['undescribed /next/next/odd'],
    },
    {
      name: 'beside null',
      schema: { oneOf: [object({ a: text }), { type: 'null' }] },
      value: { b: 1 },
      want: ['undescribed /b'],
    },
    {
      name: 'what no part of an allOf knows',
      schema: { allOf: [object({ a: text }), object({ b: text })] },
      value: { a: '', b: '', c: '' },
      want: ['undescribed /c'],
    },
    {
      name: 'what no branch of a choice knows',
      schema: { anyOf: [object({ a: text }), object({ b: text })] },
      value: { a: '', b: '', c: '' },
      want: ['undescribed /c'],
    },
    {
      name: 'a property of a branch, where only then knows it, is described',
      schema: object({ a: text }, { if: object({ a: { const: 'x' } }), then: object({ b: text }) }),
      value: { a: 'x', b: '' },
      want: [],
    },
    {
      name: 'dependentSchemas describe too',
      schema: object({ a: text }, { dependentSchemas: { a: object({ b: text }) } }),
      value: { a: 'x', b: '' },
      want: [],
    },
    { name: 'an open schema welcomes every name', schema: object({ a: text }, { additionalProperties: true }), value: { b: 1 }, want: [] },
    {
      name: 'a closed one is the validator’s affair',
      schema: object({ a: text }, { additionalProperties: false }),
      value: { b: 1 },
      want: [],
    },
    { name: 'unevaluatedProperties likewise', schema: object({ a: text }, { unevaluatedProperties: false }), value: { b: 1 }, want: [] },
    { name: 'an object without a word about names', schema: { type: 'object' }, value: { b: { c: 1 } }, want: [] },
    { name: 'a branch that takes everything', schema: { anyOf: [object({ a: text }), {}] }, value: { b: 1 }, want: [] },
    { name: 'a branch that is true', schema: { anyOf: [object({ a: text }), true] }, value: { b: 1 }, want: [] },
    { name: 'true in an allOf says nothing', schema: { allOf: [object({ a: text }), true] }, value: { b: 1 }, want: ['undescribed /b'] },
    { name: 'scalars', schema: text, value: 'x', want: [] },
    { name: 'null', schema: object({ a: text }), value: null, want: [] },
    {
      name: 'a name of Object.prototype',
      schema: object({ a: text }),
      value: JSON.parse('{"constructor":1,"__proto__":2}'),
      want: ['undescribed /constructor', 'undescribed /__proto__'],
    },
  ])('$name', ({ schema, value, others, want }) => {
    expect(remarksOf(schema, value, 'response', others).sort()).toEqual([...want].sort());
    expect(remarksOf(schema, value, 'request', others).sort()).toEqual([...want].sort());
  });
});

describe('what only the other side should send', () => {
  it.each<{ name: string; schema: unknown; value: unknown; others?: Record<string, unknown>; request: string[]; response: string[] }>([
    {
      name: 'a property',
      schema: object({ id, pin }),
      value: { id: '', pin: '' },
      request: ['readOnly /id'],
      response: ['writeOnly /pin'],
    },
    {
      name: 'a schema that is readOnly by reference',
      schema: object({ id: ref('Id'), pin: { allOf: [ref('Pin')] } }),
      others: { Id: id, Pin: pin },
      value: { id: '', pin: '' },
      request: ['readOnly /id'],
      response: ['writeOnly /pin'],
    },
    {
      name: 'a mark beside a reference',
      schema: object({ id: { ...ref('Text'), readOnly: true } }),
      others: { Text: text },
      value: { id: '' },
      request: ['readOnly /id'],
      response: [],
    },
    {
      name: 'a mark in an allOf beside a reference',
      schema: object({ id: { ...ref('Text'), allOf: [{ readOnly: true }] } }),
      others: { Text: text },
      value: { id: '' },
      request: ['readOnly /id'],
      response: [],
    },
    {
      name: 'one part of an allOf is enough',
      schema: { allOf: [object({ id: text }), object({ id })] },
      value: { id: '' },
      request: ['readOnly /id'],
      response: [],
    },
    {
      name: 'beside null it is as sure as alone',
      schema: { anyOf: [object({ pin }), { type: 'null' }] },
      value: { pin: '' },
      request: [],
      response: ['writeOnly /pin'],
    },
    {
      name: 'in every branch that knows it',
      schema: { oneOf: [object({ id, a: text }), object({ id, b: text })] },
      value: { id: '', a: '' },
      request: ['readOnly /id'],
      response: [],
    },
    {
      name: 'in one of two branches: the value may have taken the other',
      schema: {
        oneOf: [
          object({ name: { ...text, readOnly: true }, cat: text }, { required: ['cat'] }),
          object({ name: text, dog: text }, { required: ['dog'] }),
        ],
      },
      value: { name: '', dog: '' },
      request: [],
      response: [],
    },
    {
      name: 'in a branch, while all cases know it without the mark',
      schema: object({ name: text }, { anyOf: [object({ name: { readOnly: true } }), object({ x: text })] }),
      value: { name: '' },
      request: [],
      response: [],
    },
    {
      name: 'an object, and what is in it',
      schema: object({ owner: object({ id, pin }, { readOnly: true }) }),
      value: { owner: { id: '', pin: '' } },
      request: ['readOnly /owner', 'readOnly /owner/id'],
      response: ['writeOnly /owner/pin'],
    },
    {
      name: 'in every item',
      schema: { type: 'array', items: object({ pin }) },
      value: [{ pin: '' }, { pin: '' }],
      request: [],
      response: ['writeOnly /0/pin', 'writeOnly /1/pin'],
    },
    { name: 'absent properties', schema: object({ id, pin }), value: {}, request: [], response: [] },
  ])('$name', ({ schema, value, others, request, response }) => {
    expect(remarksOf(schema, value, 'request', others)).toEqual(request);
    expect(remarksOf(schema, value, 'response', others)).toEqual(response);
  });

  it.each(['2.0', '3.0'])('reads the marks of OpenAPI %s', (version) => {
    expect(remarksOf(object({ id }), { id: '' }, 'request', {}, version)).toEqual(['readOnly /id']);
    expect(remarksOf(object({ id }), { id: '' }, 'response', {}, version)).toEqual([]);
  });

  it('reads nullable of OpenAPI 3.0 around a reference', () => {
    const schema = object({ owner: { nullable: true, allOf: [ref('Owner')] } });
    const owners = { Owner: object({ id, a: text }) };
    expect(remarksOf(schema, { owner: { id: '', b: '' } }, 'request', owners, '3.0')).toEqual([
      'readOnly /owner/id',
      'undescribed /owner/b',
    ]);
    expect(remarksOf(schema, { owner: null }, 'request', owners, '3.0')).toEqual([]);
  });
});

describe('limits', () => {
  it(`tells at most ${MAX_REMARKS} of one value`, () => {
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`x${index}`, 1]));
    expect(remarksOf(object({ a: text }), wide, 'response')).toHaveLength(MAX_REMARKS);
  });

  it('takes values nested without end', () => {
    let value: unknown = {};
    for (let depth = 0; depth < 100_000; depth += 1) value = { next: value };
    expect(() => remarksOf(object({ next: ref('It') }), value, 'response')).not.toThrow();
  });

  it('says where the document describes it', () => {
    const document = schemaDocument('3.1', object({ id, a: text }));
    const node = { value: undefined, source: document.root, pointer: '/components/schemas/It' };
    const validator = createValidators(document).at({ ...node, value: object({ id, a: text }) }, 'request');
    expect(validator.remarks({ id: '', b: '' }).map(({ document: place }) => place)).toEqual([
      'api.json#/components/schemas/It/properties/id',
      'api.json#/components/schemas/It',
    ]);
  });
});

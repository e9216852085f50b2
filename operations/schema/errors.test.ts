import { describe, expect, it } from 'vitest';
import { schemaDocument, validatorOf } from '../document.fixture.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: 'string' };
const integer = { type: 'integer' };

/** Code, pointer and property of each issue. */
function told(schema: unknown, value: unknown, others: Readonly<Record<string, unknown>> = {}, version = '3.0'): string[] {
  return validatorOf(schemaDocument(version, schema, others))
    .validate(value)
    .map(({ code, pointer, property }) => [code, pointer, property].filter((part) => part !== undefined && part !== '').join(' '));
}

describe('what is said twice of a value', () => {
  const others = {
    Base: { type: 'object', required: ['id'], properties: { id: integer, n: { ...integer, maximum: 3 } } },
    Left: { allOf: [ref('Base'), { properties: { l: text } }] },
    Right: { allOf: [ref('Base'), { properties: { r: text } }] },
  };
  it.each([
    ['by one schema, met twice', { allOf: [ref('Base'), ref('Base')] }, { id: 'x' }, ['type /id']],
    ['by the ancestor of two', { allOf: [ref('Left'), ref('Right')] }, { id: 'x' }, ['type /id']],
    ['of what is missing', { allOf: [ref('Left'), ref('Right')] }, {}, ['required id']],
    ['by two schemas', { allOf: [ref('Base'), { required: ['id'] }] }, {}, ['required id', 'required id']],
    ['of two values', { type: 'array', items: ref('Base') }, [{ id: 'x' }, { id: 'x' }], ['type /0/id', 'type /1/id']],
    ['of two names', { required: ['a', 'b'] }, {}, ['required a', 'required b']],
    ['by two keywords', ref('Base'), { id: 1, n: 4.5 }, ['type /n', 'maximum /n']],
  ])('%s', (_name, schema, value, want) => {
    expect(told(schema, value, others).sort()).toEqual([...want].sort());
  });
});

describe('a choice with a discriminator that names none of its branches', () => {
  const others = {
    Cat: { type: 'object', required: ['kind', 'lives'], properties: { kind: text, lives: integer } },
    Dog: { type: 'object', required: ['kind', 'bark'], properties: { kind: text, bark: integer } },
    cat: { type: 'object', required: ['kind', 'lives'], properties: { kind: { enum: ['CAT'] }, lives: integer } },
    dog: { type: 'object', required: ['kind', 'bark'], properties: { kind: { enum: ['DOG'] }, bark: integer } },
  };
  const choice = (names: readonly string[], mapping?: unknown) => ({
    oneOf: names.map((name) => (name === 'null' ? { type: 'null' } : ref(name))),
    discriminator: { propertyName: 'kind', ...(mapping === undefined ? {} : { mapping }) },
  });
  const both = ['Cat', 'Dog'];
  it.each<{ name: string; schema: unknown; value: unknown; want: string[]; version?: string }>([
    { name: 'an unknown name', schema: choice(both), value: { kind: 'Cow' }, want: ['discriminator kind'] },
    { name: 'no name', schema: choice(both), value: { lives: 9 }, want: ['discriminator kind'] },
    { name: 'no text', schema: choice(both), value: { kind: 7 }, want: ['discriminator kind'] },
    { name: 'half a mapping', schema: choice(both, { c: 'Cat' }), value: { kind: 'Cow' }, want: ['discriminator kind'] },
    { name: 'a name', schema: choice(both), value: { kind: 'Dog', bark: 'x' }, want: ['type /bark'] },
    {
      name: 'a branch that may be null',
      schema: choice([...both, 'null']),
      value: { kind: 'Cow' },
      want: ['discriminator kind'],
      version: '3.1',
    },
    {
      name: 'values of its own that tell the branches apart',
      schema: choice(['cat', 'dog']),
      value: { kind: 'CAT' },
      want: ['required lives'],
    },
    { name: 'what is no object', schema: choice(both), value: 7, want: ['oneOf'] },
    {
      name: 'a branch without a name',
      schema: { ...choice(both), oneOf: [ref('Cat'), others.Dog] },
      value: { kind: 'Cow' },
      want: ['oneOf'],
    },
  ])('$name', ({ schema, value, want, version }) => {
    expect(told(schema, value, others, version)).toEqual(want);
  });
});

describe('what is unevaluated because a condition does not hold', () => {
  const schema = {
    type: 'object',
    properties: { k: text },
    if: { properties: { k: { const: 'x' } }, required: ['k'] },
    then: { required: ['w'], properties: { v: integer, w: integer } },
    unevaluatedProperties: false,
  };
  it.each<[name: string, value: unknown, want: readonly string[]]>([
    ['a wrong value', { k: 'x', w: 1, v: 'y' }, ['type /v']],
    ['a missing one', { k: 'x', v: 1 }, ['required w']],
    ['nothing', { k: 'x', w: 1 }, []],
    ['where the condition says nothing', { k: 'y', v: 1 }, ['unevaluatedProperties v']],
    ['what nobody describes', { k: 'x', w: 1, z: 1 }, ['unevaluatedProperties z']],
  ])('%s', (_name, value, want) => {
    expect(told(schema, value, {}, '3.1')).toEqual(want);
  });
});

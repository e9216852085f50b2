import { describe, expect, test } from 'vitest';
import { documentOf } from '../document.fixture.ts';
import { generate } from '../generate/index.ts';
import { createOperationTable } from '../operation-table.ts';

type Schemas = Readonly<Record<string, unknown>>;

/** The plain value of a schema among components, as a response has it. */
function sampleOf(schema: unknown, components: Schemas, version?: string): unknown {
  const made = generated(schema, components, version);
  expect(made.ok).toBe(true);
  return made.value;
}

function generated(schema: unknown, components: Schemas, version = '3.0.3'): ReturnType<typeof generate> {
  const isOld = version.startsWith('2');
  const response = isOld ? { schema } : { content: { 'application/json': { schema } } };
  const document = documentOf({
    ...(isOld
      ? { swagger: version, produces: ['application/json'], definitions: components }
      : { openapi: version, components: { schemas: components } }),
    paths: { '/it': { get: { responses: { 200: { description: '', ...response } } } } },
  });
  const table = createOperationTable([document]);
  const [route] = table.routes;
  if (route === undefined) throw new Error('no route');
  const { responses, validators } = table.operation(route);
  const validator = responses[0]?.contents[0]?.validator;
  if (validator === undefined) throw new Error('no schema');
  return generate(validator.schema, {
    mode: 'sample',
    seed: '1',
    omit: 'writeOnly',
    lookup: validators.lookup,
    validate: validator.isValid,
  });
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const kind = { type: 'string' };
const Cat = { type: 'object', required: ['kind'], properties: { kind, lives: { type: 'integer' } } };
const Dog = { type: 'object', required: ['kind'], properties: { kind, barks: { type: 'boolean' } } };

describe('values of branches that a discriminator tells apart', () => {
  test.each<{ name: string; discriminator: Schemas; want: unknown }>([
    { name: 'the names of the components', discriminator: { propertyName: 'kind' }, want: { kind: 'Cat', lives: 0 } },
    {
      name: 'the names of the mapping, by reference',
      discriminator: { propertyName: 'kind', mapping: { dog: '#/components/schemas/Dog', cat: '#/components/schemas/Cat' } },
      want: { kind: 'cat', lives: 0 },
    },
    { name: 'and by name', discriminator: { propertyName: 'kind', mapping: { cat: 'Cat' } }, want: { kind: 'cat', lives: 0 } },
    { name: 'nothing for a property that there is not', discriminator: { propertyName: 'other' }, want: { kind: 'string', lives: 0 } },
  ])('$name', ({ discriminator, want }) => {
    for (const version of ['3.0.3', '3.1.0'])
      expect(
        sampleOf(
          { oneOf: [ref('Cat'), ref('Dog')], discriminator },
          { Cat: { ...Cat, additionalProperties: false }, Dog: { ...Dog, additionalProperties: false } },
          version,
        ),
      ).toEqual(want);
  });
});

describe('values of components that inherit a discriminator', () => {
  const heir = (more: Schemas, from = 'Animal') => ({ allOf: [ref(from), { type: 'object', properties: more }] });
  const animal = (more: Schemas = {}, property: unknown = kind) => ({
    type: 'object',
    required: ['kind'],
    discriminator: { propertyName: 'kind', ...more },
    properties: { kind: property },
  });
  test.each<{ name: string; schema: unknown; components: Schemas; want: unknown }>([
    {
      name: 'an heir',
      schema: ref('Tiger'),
      components: { Animal: animal(), Tiger: heir({ n: kind }) },
      want: { kind: 'Tiger', n: 'string' },
    },
    {
      name: 'an heir of an heir',
      schema: ref('Cub'),
      components: { Animal: animal(), Tiger: heir({}), Cub: heir({}, 'Tiger') },
      want: { kind: 'Cub' },
    },
    { name: 'the ancestor', schema: ref('Animal'), components: { Animal: animal() }, want: { kind: 'Animal' } },
    {
      name: 'by the mapping',
      schema: ref('Tiger'),
      components: { Animal: animal({ mapping: { tiger: '#/components/schemas/Tiger' } }), Tiger: heir({}) },
      want: { kind: 'tiger' },
    },
    {
      name: 'in a list',
      schema: { type: 'array', items: ref('Tiger') },
      components: { Animal: animal(), Tiger: heir({}) },
      want: [{ kind: 'Tiger' }],
    },
    {
      name: 'branches and inheritance: the mapping beside the branches counts',
      schema: { anyOf: [ref('Tiger')], discriminator: { propertyName: 'kind', mapping: { t: 'Tiger' } } },
      components: { Animal: animal(), Tiger: heir({}) },
      want: { kind: 't' },
    },
    {
      name: 'what the ancestor says itself',
      schema: ref('Animal'),
      components: { Animal: animal({}, { type: 'string', example: 'lion' }) },
      want: { kind: 'lion' },
    },
    {
      name: 'what the heir says itself',
      schema: ref('Tiger'),
      components: { Animal: animal(), Tiger: heir({ kind: { enum: ['TIGER'] } }) },
      want: { kind: 'TIGER' },
    },
    {
      name: 'nothing that breaks the property',
      schema: ref('Tiger'),
      components: { Animal: animal({}, { type: 'string', pattern: '^#a$' }), Tiger: heir({}) },
      want: { kind: '#a' },
    },
  ])('$name', ({ schema, components, want }) => expect(sampleOf(schema, components)).toEqual(want));

  test('of Swagger 2.0', () => {
    const definitions = {
      Animal: { type: 'object', discriminator: 'kind', required: ['kind'], properties: { kind } },
      Tiger: { allOf: [{ $ref: '#/definitions/Animal' }, { type: 'object', properties: { n: kind } }] },
    };
    expect(sampleOf({ $ref: '#/definitions/Tiger' }, definitions, '2.0')).toEqual({ kind: 'Tiger', n: 'string' });
  });

  test('a circle of heirs has an end', () => {
    // No validator can judge by such schemas.
    expect(generated(ref('Tiger'), { Animal: heir({}, 'Tiger'), Tiger: heir({}) })).toMatchObject({ ok: false });
    expect(generated(ref('Tiger'), { Animal: { ...animal(), allOf: [ref('Tiger')] }, Tiger: heir({}) })).toMatchObject({ ok: false });
  });

  test('an ancestor that may be null', () => {
    const components = {
      Being: { type: 'object' },
      Animal: { ...animal({ mapping: { tiger: 'Tiger' } }), allOf: [ref('Being')], nullable: true },
      Tiger: heir({}),
    };
    expect(sampleOf(ref('Tiger'), components)).toEqual({ kind: 'tiger' });
  });

  test('the value that a vendor extension gives, and the name of the schema itself rather than of one that refers to it', () => {
    const components = {
      Alias: ref('Tiger'),
      Animal: animal(),
      Tiger: heir({}),
      Lion: { ...heir({}), 'x-discriminator-value': 'lion' },
    };
    expect(['Alias', 'Tiger', 'Lion'].map((name) => sampleOf(ref(name), components))).toEqual([
      { kind: 'Tiger' },
      { kind: 'Tiger' },
      { kind: 'lion' },
    ]);
  });
});

import { expect, test } from 'vitest';
import { schemaDocument } from '../document.fixture.ts';
import { createValidators } from '../schema/validator.ts';
import { generate } from './index.ts';

const text = { type: 'string' };
const others = {
  Base: { type: 'object', properties: { id: text, made: text } },
  Middle: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { name: text } }] },
};
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test.each<{ name: string; schema: Record<string, unknown>; want: string[] }>([
  { name: 'a base before what extends it', schema: { allOf: [ref('Base'), { properties: { own: text } }] }, want: ['id', 'made', 'own'] },
  {
    name: 'bases of bases first',
    schema: { allOf: [ref('Middle'), { properties: { own: text } }] },
    want: ['id', 'made', 'name', 'own'],
  },
  {
    name: 'what stands before the base in the document',
    schema: { allOf: [{ properties: { own: text } }, ref('Base')] },
    want: ['own', 'id', 'made'],
  },
  {
    name: 'own properties behind allOf',
    schema: { allOf: [ref('Middle')], properties: { own: text } },
    want: ['id', 'made', 'name', 'own'],
  },
  {
    name: 'own properties beside allOf, wherever it stands',
    schema: { properties: { own: text }, allOf: [ref('Base')] },
    want: ['id', 'made', 'own'],
  },
  {
    name: 'an alternative behind what is always there',
    schema: { properties: { own: text }, oneOf: [{ required: ['made'], properties: { made: text } }, { required: ['id'] }] },
    want: ['own', 'made'],
  },
])('$name', ({ schema, want }) => {
  for (const version of ['3.0', '3.1'])
    for (const mode of ['sample', 'fake'] as const) {
      const document = schemaDocument(version, schema, others);
      const validators = createValidators(document);
      const value = (document.root.value as { components: { schemas: { It: unknown } } }).components.schemas.It;
      const validator = validators.at({ value, source: document.root, pointer: '/components/schemas/It' }, 'response');
      const options = { mode, seed: '1', lookup: validators.lookup, validate: validator.isValid, omit: 'none' } as const;
      const made = generate(validator.schema, options);
      expect([version, mode, ...Object.keys(made.value as object)]).toEqual([version, mode, ...want]);
    }
});

test('a chain of references as long as documents may have', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`S${index}`, { allOf: [ref(`S${index + 1}`), { properties: { [`p${index}`]: text } }] }]),
  );
  const document = schemaDocument('3.1', ref('S0'), { ...chain, S300: { type: 'object', properties: { last: text } } });
  const validators = createValidators(document);
  const value = ref('S0');
  const { schema } = validators.at({ value, source: document.root, pointer: '/components/schemas/It' }, 'response');
  const made = generate(schema, { mode: 'sample', seed: '1', lookup: validators.lookup, validate: () => true, omit: 'none' });
  expect(Object.keys(made.value as object).slice(0, 2)).toEqual(['last', 'p299']);
});

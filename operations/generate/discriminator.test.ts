import { describe, expect, it } from 'vitest';
import type { Schema } from '../schema/schema.ts';
import { generate } from './index.ts';
import { judgeFor } from './judge.fixture.ts';

const animal = (more: Readonly<Record<string, Schema>>, kind: Schema = { type: 'string' }): Schema => ({
  type: 'object',
  required: ['kind', ...Object.keys(more)],
  properties: { kind, ...more },
});
const CAT = animal({ meows: { type: 'boolean' } });
const DOG = animal({ barks: { type: 'boolean' } });
const values = [['cat', 'kitten'], ['dog']];
const told = { propertyName: 'kind', mapping: { cat: 'Cat', kitten: 'Cat', dog: 'Dog' }, values };
const branches = [{ $ref: 'Cat' }, { $ref: 'Dog' }];

function kindsOf(schema: Schema, references: Readonly<Record<string, Schema>>, mode: 'sample' | 'fake', seeds = 20): unknown[] {
  const validate = judgeFor(schema, references);
  return Array.from({ length: seeds }, (_, seed) => {
    const made = generate(schema, { mode, seed: `${seed}`, omit: 'none', lookup: (key) => references[key], validate });
    expect(made.ok).toBe(true);
    const { kind, ...rest } = made.value as Readonly<Record<string, unknown>>;
    return `${String(kind)} ${Object.keys(rest).join()}`;
  });
}

describe('the property of a discriminator says which branch the value is', () => {
  it.each(['oneOf', 'anyOf'])('%s', (keyword) => {
    const schema = { [keyword]: branches, discriminator: told };
    expect(kindsOf(schema, { Cat: CAT, Dog: DOG }, 'sample', 1)).toEqual(['cat meows']);
    expect(new Set(kindsOf(schema, { Cat: CAT, Dog: DOG }, 'fake'))).toEqual(new Set(['cat meows', 'kitten meows', 'dog barks']));
  });

  it('of one branch', () => {
    const schema = { oneOf: [{ $ref: 'Dog' }], discriminator: { ...told, values: [['dog']] } };
    expect(kindsOf(schema, { Dog: DOG }, 'sample', 1)).toEqual(['dog barks']);
  });

  it('where the property stands beside the branches', () => {
    const shared = { type: 'object', required: ['kind'], properties: { kind: { type: 'string' } }, oneOf: branches, discriminator: told };
    const references = {
      Cat: { required: ['meows'], properties: { meows: { type: 'boolean' } } },
      Dog: { required: ['barks'], properties: { barks: { type: 'boolean' } } },
    };
    expect(kindsOf(shared, references, 'sample', 1)).toEqual(['cat meows']);
  });

  it('one of the values that the branch lists, where it lists some', () => {
    const references = { Cat: animal({ meows: { type: 'boolean' } }, { enum: ['dog', 'kitten'] }), Dog: DOG };
    expect(kindsOf({ oneOf: branches, discriminator: told }, references, 'sample', 1)).toEqual(['kitten meows']);
  });

  it('as the branch says, where it says something else: no validator reads a discriminator', () => {
    const references = {
      Cat: animal({ meows: { type: 'boolean' } }, { const: 'CAT' }),
      Dog: animal({ barks: { type: 'boolean' } }, { const: 'DOG' }),
    };
    expect(kindsOf({ oneOf: branches, discriminator: told }, references, 'sample', 1)).toEqual(['CAT meows']);
  });

  it('nothing where the branch does not have the property', () => {
    const closed = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } }, additionalProperties: false };
    const schema = { oneOf: branches, discriminator: told };
    expect(kindsOf(schema, { Cat: closed, Dog: DOG }, 'sample', 1)).toEqual(['undefined n']);
  });
});

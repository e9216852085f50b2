import { describe, expect, it } from 'vitest';
import type { Schema } from '../schema/schema.ts';
import { generate, type Generated } from './index.ts';
import { satisfies } from './satisfies.ts';

/** AJV overflows its own stack on some of these; the value is judged by `satisfies`, whose agreement with AJV is tested elsewhere. */
function run(schema: Schema, references: Readonly<Record<string, Schema>>, mode: 'sample' | 'fake'): Generated {
  const lookup = (key: string): Schema | undefined => references[key];
  const validate = (value: unknown): boolean => satisfies({ lookup, omitted: new Set(), steps: 1e6 }, schema, value);
  return generate(schema, { mode, seed: 'limits', lookup, validate, omit: 'none' });
}

const numbered = (count: number, make: (index: number) => Schema): Record<string, Schema> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`S${index}`, make(index)]));

function nested(levels: number, wrap: (inner: Schema) => Schema): Schema {
  let schema: Schema = { type: 'integer' };
  for (let level = 0; level < levels; level++) schema = wrap(schema);
  return schema;
}

describe.each(['sample', 'fake'] as const)('%s ends for', (mode) => {
  it('200 objects that all hold arrays of each other', () => {
    const references = numbered(200, () => ({
      type: 'object',
      properties: Object.fromEntries(
        Array.from({ length: 200 }, (_, other) => [`p${other}`, { type: 'array', items: { $ref: `S${other}` } }]),
      ),
    }));
    expect(run({ $ref: 'S0' }, references, mode).ok).toBe(true);
  });

  it('a ring of 200 objects that require each other or null', () => {
    const references = numbered(200, (index) => ({
      type: 'object',
      required: ['next'],
      properties: { next: { type: 'array', minItems: 1, items: { anyOf: [{ $ref: `S${(index + 1) % 200}` }, { type: 'null' }] } } },
    }));
    expect(run({ $ref: 'S0' }, references, mode).ok).toBe(true);
  });

  const last = (index: number, schema: Schema): Schema => (index === 2999 ? { type: 'integer' } : schema);
  it.each([
    ['references', (next: string): Schema => ({ $ref: next })],
    ['optional objects', (next: string): Schema => ({ type: 'object', properties: { next: { $ref: next } } })],
    ['anyOf', (next: string): Schema => ({ anyOf: [{ $ref: next }] })],
  ])('a chain of 3,000 %s', (_, link) => {
    const references = numbered(3000, (index) => last(index, link(`S${index + 1}`)));
    expect(run({ $ref: 'S0' }, references, mode).ok).toBe(true);
  });

  it('a chain of 3,000 required objects, which it refuses', () => {
    const references = numbered(3000, (index) =>
      last(index, { type: 'object', required: ['n'], properties: { n: { $ref: `S${index + 1}` } } }),
    );
    expect(run({ $ref: 'S0' }, references, mode)).toMatchObject({ ok: false, reason: expect.stringContaining('nests deeper') });
  });

  it('60 required levels', () => {
    expect(
      run(
        nested(60, (inner) => ({ type: 'object', properties: { d: inner }, required: ['d'] })),
        {},
        mode,
      ).ok,
    ).toBe(true);
  });

  it('3,000 levels of allOf', () => {
    expect(
      run(
        nested(3000, (inner) => ({ allOf: [inner] })),
        {},
        mode,
      ).ok,
    ).toBe(true);
  });

  it('3,000 levels of not', () => {
    const references = numbered(3000, (index) => last(index, { not: { $ref: `S${index + 1}` } }));
    expect(() => run({ $ref: 'S0' }, references, mode)).not.toThrow();
  });

  it('a search tree without a solution', () => {
    const hopeless: Schema = { type: 'integer', not: { type: 'integer' } };
    let schema = hopeless;
    for (let level = 0; level < 6; level++) {
      schema = {
        type: 'object',
        required: ['a'],
        properties: { a: { anyOf: [schema, { allOf: [schema] }, { type: 'object', required: ['z'], properties: { z: schema } }] } },
      };
    }
    expect(run(schema, {}, mode).ok).toBe(false);
  });

  it.each([
    { type: 5 },
    { type: ['x'] },
    { properties: [1] },
    { properties: { a: 5 } },
    { required: 'a' },
    { items: 5 },
    { enum: 5 },
    { allOf: 5 },
    { anyOf: [5] },
    { pattern: '(' },
    { pattern: 5 },
    { minimum: 'x' },
    { multipleOf: 0 },
    { minLength: -5 },
    { minLength: Number.NaN },
    { $ref: 5 },
    { $ref: 'dangling' },
    { not: 5 },
    { format: 5 },
    { examples: 5 },
    { additionalProperties: 5 },
    { dependentRequired: { a: 5 } },
    { prefixItems: {} },
    { minProperties: 'x', type: 'object' },
    { type: 'integer', multipleOf: 1e-300 },
  ] as Schema[])('the malformed %j, which it ignores as far as it can', (schema) => {
    const lookup = (): undefined => undefined;
    expect(generate(schema, { mode, seed: '', lookup, validate: () => true, omit: 'writeOnly' }).ok).toBe(true);
  });

  it.each([null, undefined, 5, 'x', []])('%j in place of a schema', (schema) => {
    const lookup = (): undefined => undefined;
    expect(generate(schema as unknown as Schema, { mode, seed: '', lookup, validate: () => true, omit: 'none' }).ok).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import type { Schema } from '../schema/schema.ts';
import { generate } from './index.ts';
import { judgeFor } from './judge.fixture.ts';

const references: Readonly<Record<string, Schema>> = {
  Address: { type: 'object', required: ['city'], properties: { city: { type: 'string' }, zip: { type: 'string', pattern: '^\\d{6}$' } } },
  Person: {
    type: 'object',
    required: ['name', 'secret'],
    properties: {
      name: { type: 'string', maxLength: 20 },
      secret: { type: 'string', writeOnly: true },
      age: { type: ['integer', 'null'], minimum: 0 },
      address: { $ref: 'Address' },
      friends: { type: 'array', items: { $ref: 'Person' } },
      contact: {
        oneOf: [
          { type: 'string', format: 'email' },
          { type: 'object', required: ['url'], properties: { url: { type: 'string' } } },
        ],
      },
      tags: { type: 'array', uniqueItems: true, minItems: 2, items: { type: 'string' } },
      level: { enum: ['low', 'middle', 'high'] },
      price: { type: 'number', minimum: 1 },
      share: { type: 'number', multipleOf: 0.05, maximum: 1 },
    },
  },
};
const schema: Schema = { allOf: [{ $ref: 'Person' }, { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } }] };
const lookup = (key: string): Schema | undefined => references[key];
const seeds = Array.from({ length: 200 }, (_, seed) => `${seed}`);

function fake(given: Schema, seed: string, validate: (value: unknown) => boolean): unknown {
  return generate(given, { mode: 'fake', seed, lookup, validate, omit: 'writeOnly' }).value;
}

describe('recipes', () => {
  it('give what the search gives', () => {
    const different = seeds.filter((seed) => {
      // Whoever refuses the first value gets the next one from the search.
      let refusals = 0;
      const searched = fake(schema, seed, () => ++refusals > 1);
      return JSON.stringify(searched) !== JSON.stringify(fake(schema, seed, () => true));
    });
    expect(different).toEqual([]);
  });

  it('are right without a look at the parts', () => {
    // Without what is left out the rest has to be valid.
    const plain = { ...references, Person: { ...(references['Person'] as object), required: ['name'] } };
    const judge = judgeFor(schema, plain);
    expect(seeds.map((seed) => fake(schema, seed, () => true)).filter((value) => !judge(value))).toEqual([]);
  });

  it('leave the neighbours as they were when a property comes that has to be searched for', () => {
    const wider = { allOf: [schema, { properties: { odd: { type: 'array', contains: { const: 1 }, not: { const: [1] } } } }] };
    for (const seed of seeds.slice(0, 20)) {
      const { odd: _, ...others } = fake(wider, seed, () => true) as Record<string, unknown>;
      expect(others).toEqual(fake(schema, seed, () => true));
    }
  });

  it('give values that share nothing', () => {
    const listed: Schema = { type: 'object', required: ['a', 'b'], properties: { a: { enum: [{ x: [1] }] }, b: { enum: [{ x: [1] }] } } };
    const value = fake(listed, '1', () => true) as { a: { x: number[] } };
    value.a.x.push(2);
    expect(fake(listed, '1', () => true)).toEqual({ a: { x: [1] }, b: { x: [1] } });
  });

  it('fall back to the search where branches overlap', () => {
    const open: Schema = {
      oneOf: [
        { type: 'object', properties: { a: { type: 'string' } } },
        { type: 'object', properties: { b: { type: 'integer' } } },
      ],
    };
    const judge = judgeFor(open);
    for (const seed of seeds.slice(0, 20)) expect(judge(fake(open, seed, judge))).toBe(true);
  });
});

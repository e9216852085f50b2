/* oxlint-disable unicorn/no-thenable -- `then` is a keyword of JSON Schema */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../schema/schema.ts';
import { invalidValues, judgeFor } from './judge.fixture.ts';
import { satisfies } from './satisfies.ts';

/** A schema together with a value that satisfies it, so that it is known to be satisfiable. */
interface Solvable {
  readonly schema: Record<string, unknown>;
  readonly witness: unknown;
}

const integer: fc.Arbitrary<Solvable> = fc
  .record({ value: fc.integer({ min: -500, max: 500 }), below: fc.nat(20), above: fc.nat(20), step: fc.constantFrom(undefined, 1, 2, 5) })
  .map(({ value, below, above, step }) => {
    const witness = step === undefined ? value : value * step;
    return {
      witness,
      schema: { type: 'integer', minimum: witness - below, maximum: witness + above, ...(step === undefined ? {} : { multipleOf: step }) },
    };
  });

const text: fc.Arbitrary<Solvable> = fc.oneof(
  fc.nat(12).map((length) => ({ witness: 'x'.repeat(length), schema: { type: 'string', minLength: length, maxLength: length + 2 } })),
  fc.constantFrom(
    { witness: '汉字', schema: { type: 'string', pattern: '^[\\u4e00-\\u9fa5]{2,4}$' } },
    { witness: 'ab-12', schema: { type: 'string', pattern: '^[a-z]{2}-\\d{2,}$', maxLength: 8 } },
    { witness: '2020-02-02', schema: { type: 'string', format: 'date' } },
    { witness: 'a@b.cn', schema: { type: 'string', format: 'email', maxLength: 20 } },
  ),
);

const listed: fc.Arbitrary<Solvable> = fc
  .uniqueArray(fc.oneof(fc.integer(), fc.string({ maxLength: 5 }), fc.boolean(), fc.constant(null)), { minLength: 1, maxLength: 4 })
  .map((values) => ({ witness: values[0], schema: { enum: values } }));

const { solvable } = fc.letrec<{ solvable: Solvable }>((tie) => ({
  solvable: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.oneof(integer, text, listed),
    // An object of required and optional properties, closed or open.
    fc
      .record({
        members: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.tuple(tie('solvable'), fc.boolean()), { maxKeys: 4 }),
        closed: fc.boolean(),
      })
      .map(({ members, closed }) => {
        const entries = Object.entries(members);
        return {
          witness: Object.fromEntries(entries.map(([name, [member]]) => [name, member.witness])),
          schema: {
            type: 'object',
            properties: Object.fromEntries(entries.map(([name, [member]]) => [name, member.schema])),
            required: entries.filter(([, [, required]]) => required).map(([name]) => name),
            ...(closed ? { additionalProperties: false } : {}),
          },
        };
      }),
    fc.tuple(tie('solvable'), fc.integer({ min: 0, max: 3 })).map(([item, count]) => ({
      witness: Array.from({ length: count }, () => item.witness),
      schema: { type: 'array', items: item.schema, minItems: count, maxItems: count + 1 },
    })),
    fc.array(tie('solvable'), { minLength: 1, maxLength: 3 }).map((items) => ({
      witness: items.map((item) => item.witness),
      schema: { type: 'array', prefixItems: items.map((item) => item.schema), items: false, minItems: items.length },
    })),
    fc
      .tuple(tie('solvable'), tie('solvable'))
      .map(([one, other]) => ({ witness: one.witness, schema: { anyOf: [other.schema, one.schema] } })),
    fc
      .tuple(tie('solvable'), tie('solvable'))
      .map(([one, other]) => ({ witness: { tag: 'one', one: one.witness }, schema: exclusive(one.schema, other.schema) })),
    fc.tuple(tie('solvable'), tie('solvable')).map(([one, other]) => ({
      witness: { x: one.witness, y: other.witness },
      schema: {
        allOf: [
          { type: 'object', properties: { x: one.schema }, required: ['x'] },
          { properties: { y: other.schema }, required: ['y'] },
        ],
      },
    })),
    tie('solvable').map((one) => ({
      witness: { flag: true, value: one.witness },
      schema: {
        type: 'object',
        required: ['flag'],
        properties: { flag: { type: 'boolean' } },
        if: { properties: { flag: { const: true } } },
        then: { properties: { value: one.schema }, required: ['value'] },
      },
    })),
    tie('solvable').map((one) => ({ witness: one.witness, schema: { ...one.schema, not: { const: 'never this one' } } })),
  ),
}));

function exclusive(one: Schema, other: Schema): Record<string, unknown> {
  const branch = (tag: string, schema: Schema): Schema => ({
    type: 'object',
    properties: { tag: { const: tag }, [tag]: schema },
    required: ['tag', tag],
  });
  return { oneOf: [branch('one', one), branch('other', other)] };
}

describe('random schemas that have a solution', () => {
  it('are solved in both modes', () => {
    expect(() =>
      fc.assert(
        fc.property(solvable, ({ schema }) => invalidValues(schema, {}, 8).length === 0),
        { numRuns: 100 },
      ),
    ).not.toThrow();
  });

  it('are judged by satisfies as AJV judges them', () => {
    expect(() =>
      fc.assert(
        fc.property(solvable, solvable, (one, other) => {
          const validate = judgeFor(one.schema);
          const check = { lookup: () => undefined, omitted: new Set<string>(), steps: 1e6 };
          return [one.witness, other.witness].every((value) => satisfies(check, one.schema, value) === validate(value));
        }),
        { numRuns: 200 },
      ),
    ).not.toThrow();
  });
});

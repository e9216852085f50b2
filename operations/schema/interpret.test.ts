import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schemaDocument } from '../document.fixture.ts';
import { holds } from './interpret.ts';
import { anySchema, anyValue, SCHEMAS, SELF, smallValue } from './plan.fixture.ts';
import { createPlans } from './plan.ts';
import { createValidators } from './validator.ts';
import type { SchemaValidator } from './validator.ts';

/** The reading of the schema `It`, and its validator, which has compiled it. */
function bothOf(
  schema: unknown,
  others: Readonly<Record<string, unknown>> = {},
): { judge: ((value: unknown) => boolean) | undefined; compiled: SchemaValidator } {
  const document = schemaDocument('3.1', schema, others);
  const validators = createValidators(document);
  const node = { value: schema, source: document.root, pointer: '/components/schemas/It' };
  const compiled = validators.at(node, 'response');
  compiled.isValid(undefined);
  const plan = createPlans(validators.lookup).planOf(validators.schemas.keyOf(node, 'response'));
  return { judge: plan === undefined ? undefined : (value) => holds(plan, value), compiled };
}

describe('a schema that is read', () => {
  test.each(SCHEMAS)('$name: agrees with the compiled one', ({ schema, values }) => {
    const { judge, compiled } = bothOf(schema, { Other: { type: 'string' } });
    const given = values.filter((value) => value !== undefined);
    expect(given.map((value) => judge?.(value))).toEqual(given.map((value) => compiled.isValid(value)));
  });

  test('agrees with the compiled one on any value', () => {
    const both = SCHEMAS.map(({ schema }) => bothOf(schema, { Other: { type: 'string' } }));
    fc.assert(
      fc.property(anyValue, (given) => {
        for (const { judge, compiled } of both) expect(judge?.(given)).toBe(compiled.isValid(given));
      }),
      { numRuns: 500 },
    );
  });

  test('agrees with the compiled one for any schema of these keywords', () => {
    fc.assert(
      fc.property(anySchema, fc.array(smallValue, { minLength: 5, maxLength: 5 }), (given, values) => {
        const { judge, compiled } = bothOf(given, { Other: { type: 'object', additionalProperties: { type: 'integer' } } });
        expect(values.map((one) => judge?.(one))).toEqual(values.map((one) => compiled.isValid(one)));
      }),
      { numRuns: 300 },
    );
  });

  test.each<{ name: string; schema: unknown }>([
    { name: 'not', schema: { not: { type: 'string' } } },
    { name: 'if', schema: JSON.parse('{"if": {}, "then": false}') },
    { name: 'a tuple', schema: { prefixItems: [true] } },
    { name: 'contains', schema: { contains: true } },
    { name: 'patternProperties', schema: { patternProperties: { '^a': true } } },
    { name: 'propertyNames', schema: { propertyNames: { maxLength: 1 } } },
    { name: 'dependentRequired', schema: { dependentRequired: { a: ['b'] } } },
    { name: 'unevaluatedProperties', schema: { unevaluatedProperties: false } },
    { name: 'deep inside', schema: { properties: { a: { items: { anyOf: [{ not: true }] } } } } },
    { name: 'behind a reference', schema: { items: { $ref: '#/components/schemas/Not' } } },
  ])('there is none for $name', ({ schema }) => expect(bothOf(schema, { Not: { not: true } }).judge).toBeUndefined());

  test('there is none for a bound that a double can not hold', () => {
    const schema = { maximum: 2 ** 63, exactBounds: { maximum: '9223372036854775807' } };
    expect(createPlans(() => schema).planOf('any')).toBeUndefined();
  });

  test('throws for what it can not judge', () => {
    expect(() => bothOf({ minimum: 1 }).judge?.(Infinity)).toThrow(RangeError);
    expect(() => bothOf({ allOf: [SELF] }).judge?.(1)).toThrow(RangeError);
  });
});

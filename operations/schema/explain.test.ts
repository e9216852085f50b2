import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schemaDocument } from '../document.fixture.ts';
import { createEngine } from './engine.ts';
import { exactSchema } from './exact.ts';
import { explain } from './explain.ts';
import { holdsBigint } from './extent.ts';
import type { Failure } from './failure.ts';
import { anySchema, anyValue, OTHER, SCHEMAS, SELF, smallValue } from './plan.fixture.ts';
import { createPlans } from './plan.ts';
import { createSchemas, reachable } from './schemas.ts';

type Judge = (value: unknown) => readonly Failure[];

/** What the schema `It` finds wrong: by its plan, and compiled. */
function bothOf(schema: unknown, others: Readonly<Record<string, unknown>> = {}): { planned: Judge; compiled: Judge } {
  const document = schemaDocument('3.1', schema, others);
  const { lookup, keyOf } = createSchemas(document);
  const key = keyOf({ value: schema, source: document.root, pointer: '/components/schemas/It' }, 'response');
  const plan = createPlans(lookup).planOf(key);
  if (plan === undefined) throw new Error('there is no plan');
  const [all, exact] = [createEngine('all'), createEngine('exact')];
  for (const name of reachable(key, lookup)) {
    all.addSchema(lookup(name) ?? true, name);
    exact.addSchema(
      exactSchema(lookup(name) ?? true, () => undefined),
      name,
    );
  }
  return {
    planned: (value) => explain(plan, lookup(key) ?? true, value, lookup, Infinity),
    compiled: (value) => {
      const validate = (holdsBigint(value) ? exact : all).getSchema(key);
      return validate?.(value) === false ? (validate.errors ?? []) : [];
    },
  };
}

/** What failures of a value say; of one that holds `bigint` in no order, for the exact dialect has another one. */
function said(failures: readonly Failure[], value: unknown): string[] {
  const texts = failures.map(({ keyword, instancePath, params, data }) => {
    const { missingProperty, additionalProperty, passingSchemas } = params as Readonly<Record<string, unknown>>;
    const name = keyword.replace(/^exact(?<word>.)/, (_all, word: string) => word.toLowerCase());
    return JSON.stringify([name, instancePath, missingProperty ?? additionalProperty ?? passingSchemas, typeof data]);
  });
  return holdsBigint(value) ? texts.sort() : texts;
}

describe('what a value breaks', () => {
  test.each(SCHEMAS)('$name: as the compiled schema reports it', ({ schema, values }) => {
    const { planned, compiled } = bothOf(schema, { Other: { type: 'string' } });
    const given = values.filter((value) => value !== undefined);
    expect(given.map((value) => said(planned(value), value))).toEqual(given.map((value) => said(compiled(value), value)));
  });

  test('is the same for any value', () => {
    const both = SCHEMAS.map(({ schema }) => bothOf(schema, { Other: { type: 'string' } }));
    fc.assert(
      fc.property(anyValue, (given) => {
        for (const { planned, compiled } of both) expect(said(planned(given), given)).toEqual(said(compiled(given), given));
      }),
      { numRuns: 300 },
    );
  });

  test('is the same for any schema', () => {
    fc.assert(
      fc.property(anySchema, fc.array(smallValue, { minLength: 5, maxLength: 5 }), (given, values) => {
        const { planned, compiled } = bothOf(given, { Other: { type: 'object', additionalProperties: { type: 'integer' } } });
        for (const value of values) expect(said(planned(value), value)).toEqual(said(compiled(value), value));
      }),
      { numRuns: 200 },
    );
  });

  test('is told with the keyword and the schema that it stands in, where these are in the document', () => {
    const own = { type: 'object', properties: { a: OTHER }, required: ['b'] };
    const { planned, compiled } = bothOf(own, { Other: { type: 'string', minLength: 2 } });
    for (const value of [{ a: 'x' }, { a: 1, b: 1 }, 5]) {
      const places = (failures: readonly Failure[]): unknown[] => failures.map(({ schema, parentSchema }) => ({ schema, parentSchema }));
      expect(places(planned(value))).toEqual(places(compiled(value)));
    }
  });

  test('is looked for only so far', () => {
    const items = Array.from({ length: 1_000_000 }, () => 1);
    const document = schemaDocument('3.1', { items: { type: 'string' } });
    const { lookup, keyOf } = createSchemas(document);
    const key = keyOf({ value: { items: { type: 'string' } }, source: document.root, pointer: '/components/schemas/It' }, 'response');
    const plan = createPlans(lookup).planOf(key);
    expect(plan && explain(plan, lookup(key) ?? true, items, lookup, 3).map(({ instancePath }) => instancePath)).toEqual([
      '/0',
      '/1',
      '/2',
    ]);
  });

  test('throws for a schema that refers to itself without an end', () => {
    expect(() => bothOf({ allOf: [SELF] }).planned(1)).toThrow(RangeError);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createOperationTable } from '../../operations/index.ts';
import type { Document } from '../../operations/index.ts';
import { bodyOf } from './diff.fixture.ts';
import { diffDocuments } from './diff-documents.ts';

/** Small schemas over a small world of values, so that two of them often say nearly the same. */
const { schema } = fc.letrec<{ schema: object; leaf: object }>((tie) => ({
  leaf: fc.oneof(
    fc.record(
      { type: fc.constantFrom('integer', 'number'), minimum: fc.integer({ min: 0, max: 2 }), maximum: fc.integer({ min: 2, max: 4 }) },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      { type: fc.constant('string'), minLength: fc.constantFrom(1, 2), maxLength: fc.constantFrom(2, 3), pattern: fc.constantFrom('^a') },
      { requiredKeys: ['type'] },
    ),
    fc.record({ enum: fc.uniqueArray(fc.constantFrom<unknown>('a', 'b', 1, 2, null, true), { minLength: 1 }) }),
    fc.constantFrom<object>(
      { type: 'boolean' },
      { type: ['string', 'null'] },
      { type: ['integer', 'string'] },
      { const: 'a' },
      {},
      { exclusiveMinimum: 1 },
      { multipleOf: 2 },
    ),
  ),
  schema: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    tie('leaf'),
    fc.record(
      { type: fc.constant('array'), items: tie('schema'), minItems: fc.constantFrom(0, 1), maxItems: fc.constantFrom(1, 2) },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      {
        type: fc.constant('object'),
        // An open object may get a property without a warning, by convention: here none is open.
        additionalProperties: fc.oneof(fc.constant(false), tie('leaf')),
        properties: fc.dictionary(fc.constantFrom('a', 'b'), tie('schema')),
        required: fc.subarray(['a', 'b']),
        minProperties: fc.constantFrom(0, 1),
      },
      { requiredKeys: ['type', 'additionalProperties', 'properties'] },
    ),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    // Alternatives that exclude each other: others depend on each other, which is not weighed.
    fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }).chain((tags) =>
      fc.tuple(...tags.map(() => tie('schema'))).map((inner) => ({
        oneOf: tags.map((tag, index) => ({
          type: 'object',
          required: ['a'],
          properties: { a: { const: tag }, b: inner[index] },
          additionalProperties: false,
        })),
      })),
    ),
    fc.record({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ not: tie('leaf'), type: fc.constantFrom('string', 'integer', ['string', 'integer', 'object']) }),
  ),
}));

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 2 },
    fc.constantFrom<unknown>('', 'a', 'b', 'ab', 'abc', 'bbbb', 0, 1, 1.5, 2, 3, 4, 5, null, true, false),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
  ),
}));

function validityOf(document: Document): (value: unknown) => boolean {
  const table = createOperationTable([document]);
  const [route] = table.routes;
  const content = route === undefined ? undefined : table.operation(route).requestBody?.contents[0];
  return (given) => content?.validator?.isValid(given) ?? true;
}

const hasHarm = (old: Document, next: Document): boolean => diffDocuments([old], [next]).some(({ level }) => level !== 'compatible');

it('where a request is not harmed, every value that was valid still is', () => {
  let silent = 0;
  fc.assert(
    fc.property(schema, schema, fc.array(value, { minLength: 30, maxLength: 30 }), (old, next, values) => {
      const [before, after] = [bodyOf('request', old), bodyOf('request', next)];
      if (hasHarm(before, after)) return;
      silent += 1;
      const [wasValid, isValid] = [validityOf(before), validityOf(after)];
      for (const one of values) if (wasValid(one)) expect({ old, next, one, valid: isValid(one) }).toEqual({ old, next, one, valid: true });
    }),
    { numRuns: 1_500 },
  );
  expect(silent).toBeGreaterThan(20);
});

it('where a response is not harmed, every value that is valid was so before', () => {
  let silent = 0;
  fc.assert(
    fc.property(schema, schema, fc.array(value, { minLength: 30, maxLength: 30 }), (old, next, values) => {
      if (hasHarm(bodyOf('response', old), bodyOf('response', next))) return;
      silent += 1;
      const [wasValid, isValid] = [validityOf(bodyOf('request', old)), validityOf(bodyOf('request', next))];
      for (const one of values) if (isValid(one)) expect({ old, next, one, was: wasValid(one) }).toEqual({ old, next, one, was: true });
    }),
    { numRuns: 1_500 },
  );
  expect(silent).toBeGreaterThan(20);
});

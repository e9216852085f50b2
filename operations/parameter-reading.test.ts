import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentOf } from './document.fixture.ts';
import { createOperationTable } from './operation-table.ts';
import type { Operation } from './operation.ts';
import { validateRequest } from './validate-request.ts';

type Given = Readonly<Record<string, unknown>>;

/** Operations `GET /0`, `GET /1` ... of one document, each with its parameters. */
function operationsOf(lists: readonly (readonly Given[])[], more: Given = {}): Operation[] {
  const paths = Object.fromEntries(lists.map((parameters, index) => [`/${index}`, { get: { parameters, responses: {} } }]));
  const table = createOperationTable([documentOf({ openapi: '3.1.0', paths, ...more })]);
  return table.routes.map((route) => table.operation(route));
}

function told(operation: Operation | undefined, query: string): string[] {
  if (operation === undefined) return [];
  const judged = validateRequest(operation, { method: 'GET', path: '/', query, headers: {}, body: undefined }, new Map());
  return judged instanceof Promise ? [] : judged.violations.map(({ code, document }) => `${code} ${document.replace(/^.*#/, '')}`);
}

const page: Given = { name: 'page', in: 'query', schema: { type: 'integer', minimum: 0 } };
const size: Given = { name: 'size', in: 'query', schema: { type: 'integer' } };

describe('two parameters share what reads them', () => {
  test.each<{ name: string; other: Given; want: boolean }>([
    { name: 'alike', other: page, want: true },
    {
      name: 'described otherwise',
      other: { ...page, description: 'from 0', schema: { type: 'integer', minimum: 0, title: 'page' } },
      want: true,
    },
    { name: 'of a schema that is referred to', other: { ...page, schema: { $ref: '#/components/schemas/Page' } }, want: true },
    { name: 'of another name', other: { ...page, name: 'Page' }, want: false },
    { name: 'in another place', other: { ...page, in: 'header' }, want: false },
    { name: 'that is required', other: { ...page, required: true }, want: false },
    { name: 'of another schema', other: { ...page, schema: { type: 'integer', minimum: 1 } }, want: false },
    { name: 'that is deprecated', other: { ...page, deprecated: true }, want: false },
    { name: 'that may be empty', other: { ...page, allowEmptyValue: true }, want: false },
    { name: 'with parts', other: { ...page, schema: { type: 'array', items: { type: 'integer' } } }, want: false },
  ])('$name: $want', ({ other, want }) => {
    const [one, two] = operationsOf([[page], [other]], { components: { schemas: { Page: page['schema'] } } });
    expect(one?.readings[0] === two?.readings[0]).toBe(want);
  });

  test('and operations with the same ones share the list', () => {
    const [one, two, three] = operationsOf([
      [page, size],
      [page, size],
      [size, page],
    ]);
    expect(one?.readings).toBe(two?.readings);
    expect(one?.readings).not.toBe(three?.readings);
  });
});

test('what is wrong is told of the parameter itself', () => {
  const operations = operationsOf([
    [page, size],
    [page, size],
  ]);
  expect(operations.map((operation) => told(operation, 'page=-1&size=x'))).toEqual([
    ['minimum /paths/~10/get/parameters/0/schema/minimum', 'type /paths/~10/get/parameters/1/schema/type'],
    ['minimum /paths/~11/get/parameters/0/schema/minimum', 'type /paths/~11/get/parameters/1/schema/type'],
  ]);
});

const schemas = fc.record(
  {
    type: fc.constantFrom('string', 'integer', 'number', 'boolean', ['string', 'null'], ['integer', 'boolean']),
    minimum: fc.integer({ min: -3, max: 3 }),
    exclusiveMaximum: fc.integer({ min: -3, max: 3 }),
    multipleOf: fc.constantFrom(1, 2, 0.5),
    minLength: fc.integer({ min: 0, max: 3 }),
    maxLength: fc.integer({ min: 0, max: 3 }),
    pattern: fc.constantFrom('^a', '^[0-9]+$'),
    format: fc.constantFrom('int32', 'int64', 'date', 'uuid', 'email'),
    enum: fc.constantFrom(['a', 'b'], [1, 2], [true], ['a', 1, null]),
  },
  { requiredKeys: [] },
);
const values = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'ab',
    '茶',
    '12',
    'a@example.com',
    '2026-02-26',
    0,
    1,
    -2,
    2.5,
    1e300,
    Infinity,
    -0,
    true,
    false,
    null,
    2n,
    2n ** 70n,
  ),
  fc.string(),
  fc.integer(),
);

test('a reading says of a value what the validator of the parameter says, or nothing', () => {
  fc.assert(
    fc.property(schemas, fc.array(values, { minLength: 1, maxLength: 8 }), (schema, given) => {
      const [operation] = operationsOf([[{ name: 'it', in: 'query', schema }]]);
      const validator = operation?.parameters[0]?.validator;
      for (const value of given) {
        const said = operation?.readings[0]?.accepts(value);
        const want = said === undefined ? undefined : validator?.isValid(value);
        expect([value, said]).toEqual([value, want]);
        expect(said === true ? validator?.validate(value) : []).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});

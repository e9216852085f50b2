import { expect, test } from 'vitest';
import type { Schema } from '../schema/schema.ts';
import { INTEGER, NUMERIC, OBJECT, STRING } from './schema-types.ts';
import { shapeOf } from './shape.ts';

const lookupIn =
  (schemas: Record<string, Schema>) =>
  (key: string): Schema | undefined =>
    schemas[key];

test('a recursive schema has finitely many shapes, however deep it is asked', () => {
  const lookup = lookupIn({
    node: {
      allOf: [{ properties: { child: { $ref: 'node' } } }, { properties: { child: { description: 'again' }, id: { type: 'integer' } } }],
    },
  });
  let shape = shapeOf({ $ref: 'node' }, lookup);
  const seen = new Set();
  for (let depth = 0; depth < 50; depth++) {
    expect(shape.property('id').types).toBe(INTEGER);
    seen.add(shape);
    shape = shape.property('child');
  }
  expect(seen.size).toBeLessThan(5);
});

test.each<[string, Record<string, Schema>, number]>([
  ['self reference', { a: { $ref: 'a' } }, STRING],
  ['self in allOf', { a: { allOf: [{ $ref: 'a' }, { type: 'integer' }] } }, INTEGER],
  ['self in anyOf', { a: { anyOf: [{ $ref: 'a' }, { type: 'integer' }] } }, INTEGER],
  [
    'two that need each other',
    { a: { oneOf: [{ $ref: 'b' }, { type: 'number' }] }, b: { oneOf: [{ $ref: 'a' }, { type: 'object' }] } },
    NUMERIC | OBJECT,
  ],
  ['dangling', { a: { $ref: 'gone' } }, STRING],
])('cycle: %s', (_name, schemas, want) => {
  expect(shapeOf({ $ref: 'a' }, lookupIn(schemas)).types).toBe(want);
});

test('branching references cost no more than the schemas there are', () => {
  const schemas: Record<string, Schema> = { s40: { properties: { a: { type: 'integer' } } } };
  for (let at = 0; at < 40; at++) schemas[`s${at}`] = { anyOf: [{ $ref: `s${at + 1}` }, { $ref: `s${at + 1}` }] };
  expect(shapeOf({ $ref: 's0' }, lookupIn(schemas)).property('a').types).toBe(INTEGER);
});

test('pattern and additional properties, prefix items', () => {
  const shape = shapeOf(
    {
      patternProperties: { '^n': { type: 'integer' }, '(': { type: 'null' } },
      additionalProperties: { type: 'object' },
      prefixItems: [{ type: 'integer' }],
      items: { type: 'object' },
    },
    lookupIn({}),
  );
  expect([shape.property('n1').types, shape.property('x').types, shape.open]).toStrictEqual([INTEGER, OBJECT, true]);
  expect([shape.item(0).types, shape.item(1).types, shape.item(1e9).types]).toStrictEqual([INTEGER, OBJECT, OBJECT]);
  expect(shape.property('__proto__').types).toBe(OBJECT);
});

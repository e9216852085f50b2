import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { createOperationTable } from '../../operations/index.ts';
import { documentOf } from '../../operations/document.fixture.ts';
import { answering, asking, countsOf, namesOf, tableOf } from './judged.fixture.ts';

const AB = { enum: ['a', 'b'] };
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('the values of a schema', () => {
  test.each([
    { name: 'an enum', given: { type: 'string', enum: ['a', 'b'] }, want: ['a', 'b'] },
    { name: 'one value', given: { enum: ['a'] }, want: ['a'] },
    { name: 'a boolean, null aside', given: { type: ['boolean', 'null'] }, want: ['true', 'false'] },
    { name: 'a boolean of one value', given: { type: 'boolean', enum: [true] }, want: ['true'] },
    { name: 'a text beside the number that it reads like', given: { enum: ['1', 1, 'x'] }, want: ['"1"', '1', 'x'] },
    { name: 'null, objects and lists are no values', given: { enum: ['a', null, {}, []] }, want: ['a'] },
    { name: 'values that the type forbids', given: { type: 'integer', enum: [1, 1.5, 'x'] }, want: ['1'] },
    { name: 'a lone const', given: { const: 'a' }, want: [] },
    { name: 'consts as alternatives', given: { oneOf: [{ const: 'a' }, { const: 'b' }] }, want: ['a', 'b'] },
    { name: 'a reference', given: { $ref: '#/components/schemas/Kind' }, want: ['cat', 'dog'] },
    { name: 'a reference made narrower', given: { $ref: '#/components/schemas/Kind', enum: ['cat', 'cow'] }, want: ['cat'] },
    { name: 'allOf', given: { allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] }, want: ['b'] },
    { name: 'anyOf with null', given: { anyOf: [AB, { type: 'null' }] }, want: ['a', 'b'] },
    { name: 'an open list', given: { anyOf: [AB, { type: 'string' }] }, want: ['a', 'b'] },
    { name: 'an open list inside a closed one', given: { enum: ['b', 'c'], anyOf: [AB, { type: 'string' }] }, want: ['b', 'c'] },
    { name: 'not', given: { not: AB }, want: [] },
    { name: 'a register of names', given: { enum: numbers(51) }, want: ['*'] },
    { name: 'a schema of itself', given: { $ref: '#/components/schemas/Loop' }, want: [] },
  ])('$name', ({ given, want }) => {
    const schemas = { Kind: { enum: ['cat', 'dog'] }, Loop: { allOf: [{ $ref: '#/components/schemas/Loop' }] } };
    expect(namesOf(tableOf(asking(given), { components: { schemas } }), 'enum')).toEqual(want.map((value) => `body=${value}`));
  });
});

describe('the places in a value', () => {
  test.each([
    { name: 'properties', given: { properties: { 'a/b': AB } }, want: ['/a~1b'] },
    { name: 'items', given: { items: { items: AB } }, want: ['/*/*'] },
    { name: 'free names', given: { additionalProperties: AB }, want: ['/*'] },
    { name: 'alternatives', given: { oneOf: [{ properties: { x: AB } }, { properties: { y: AB } }] }, want: ['/x', '/y'] },
    { name: 'allOf', given: { allOf: [{ properties: { x: AB } }, { items: AB }] }, want: ['/x', '/*'] },
    { name: 'nearest first', given: { properties: { x: { properties: { z: AB } }, y: AB } }, want: ['/y', '/x/z'] },
    { name: 'what only the server writes', given: { properties: { x: { ...AB, readOnly: true } } }, want: [] },
  ])('$name', ({ given, want }) => {
    expect(namesOf(tableOf(asking(given)), 'enum')).toEqual(want.flatMap((at) => [`body ${at}=a`, `body ${at}=b`]));
  });

  test('a property that alternatives make narrower has the values that one of them allows', () => {
    const kind = (value: string) => ({ properties: { kind: { const: value } } });
    const base = { properties: { kind: { enum: ['cat', 'dog', 'cow'] } } };
    expect(namesOf(tableOf(asking({ ...base, oneOf: [kind('cat'), kind('dog')] })), 'enum')).toEqual(['body /kind=cat', 'body /kind=dog']);
    expect(namesOf(tableOf(asking({ ...base, oneOf: [kind('cat'), {}] })), 'enum')).toHaveLength(3);
  });

  test('what only clients write is no value of a response', () => {
    expect(namesOf(tableOf(answering({ properties: { x: { ...AB, writeOnly: true } } })), 'enum')).toEqual([]);
  });

  test('free names are those without a schema of their own; inherited ones are none', () => {
    const schema = { properties: { own: { type: 'string' }, constructor: AB }, additionalProperties: AB };
    expect(countsOf(tableOf(asking(schema)), [{ body: { own: 'a' } }, { body: { other: 'b' } }], 'enum')).toEqual({
      'body /constructor=a': '0/0',
      'body /constructor=b': '0/0',
      'body /*=a': '0/0',
      'body /*=b': '1/0',
    });
  });

  test('integers beyond 2^53 are told apart', () => {
    const schema = JSON.parse('{"enum":[9007199254740992,9007199254740993]}', (_key, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' ? JSON.rawJSON(context?.source ?? '0') : value,
    ) as unknown;
    expect(countsOf(tableOf(asking(schema)), [{ body: '9007199254740993' }], 'enum')).toEqual({
      'body=9007199254740992': '0/0',
      'body=9007199254740993': '1/0',
    });
  });
});

describe('bounds', () => {
  const node = { properties: { kind: AB, children: { type: 'array', items: { $ref: '#/components/schemas/Node' } } } };
  const tree = tableOf(asking({ $ref: '#/components/schemas/Node' }), { components: { schemas: { Node: node } } });

  test('a recursive schema has its values once, at whatever depth they come', () => {
    expect(countsOf(tree, [{ body: { kind: 'a', children: [{ children: [{ kind: 'b' }] }] } }], 'enum')).toEqual({
      'body /kind=a': '1/0',
      'body /kind=b': '1/0',
    });
  });

  test('a value deeper than the stack is looked at as far as it goes', () => {
    const deep = `${'{"children":['.repeat(2_000)}{"kind":"b"}${']}'.repeat(2_000)}`;
    expect(countsOf(tree, [{ body: deep }], 'enum')).toMatchObject({ 'body /kind=b': '0/0' });
  });

  test('an operation has at most 200 such cells; a list that does not fit is left out', () => {
    const property = (_: unknown, index: number): [string, unknown] => [`p${index}`, { enum: numbers(30) }];
    const properties = Object.fromEntries([...Array.from({ length: 10 }, property), ['small', AB]]);
    const names = namesOf(tableOf(asking({ properties })), 'enum');
    expect(names).toHaveLength(182);
    expect(names.slice(-2)).toEqual(['body /small=a', 'body /small=b']);
  });

  test('a register of names is hit by any of them', () => {
    expect(countsOf(tableOf(asking({ enum: numbers(60) })), [{ body: 7 }, { body: 99 }], 'enum')).toEqual({ 'body=*': '1/0' });
  });

  test('schemas that double at each step come to an end', () => {
    const schemas = Object.fromEntries(
      numbers(40).map((index) => {
        const next = { $ref: `#/components/schemas/S${index + 1}` };
        return [`S${index}`, { allOf: [next, next], properties: { x: next, y: next }, anyOf: [next, next] }];
      }),
    );
    const table = tableOf(asking({ $ref: '#/components/schemas/S0' }), { components: { schemas: { ...schemas, S40: AB } } });
    expect(namesOf(table, 'enum').length).toBeLessThanOrEqual(200);
  });

  test('any net of schemas comes to an end', () => {
    const name = fc.constantFrom('A', 'B', 'C');
    const { schema } = fc.letrec((tie) => ({
      schema: fc.oneof(
        { maxDepth: 4 },
        name.map((to) => ({ $ref: `#/components/schemas/${to}` })),
        fc.constantFrom<object[]>(AB, { type: 'boolean' }, { const: 'c' }, { type: 'null' }, {}),
        fc.record({ properties: fc.dictionary(fc.constantFrom('x', 'y', '__proto__'), tie('schema'), { maxKeys: 2 }) }),
        fc.record({ items: tie('schema'), additionalProperties: tie('schema') }, { requiredKeys: [] }),
        fc
          .tuple(fc.constantFrom('allOf', 'oneOf', 'anyOf'), fc.array(tie('schema'), { minLength: 1, maxLength: 3 }))
          .map(([keyword, list]) => ({ [keyword]: list })),
      ),
    }));
    fc.assert(
      fc.property(fc.record({ A: schema, B: schema, C: schema }), fc.jsonValue(), (schemas, value) => {
        const at = { $ref: '#/components/schemas/A' };
        const paths = { '/it': { post: { ...asking(at), ...answering(at) } } };
        const table = createOperationTable([documentOf({ openapi: '3.1.0', components: { schemas }, paths })]);
        const names = namesOf(table);
        expect(new Set(names).size).toBe(names.length);
        expect(() => countsOf(table, [{ body: value, answer: value }])).not.toThrow();
      }),
    );
  });
});

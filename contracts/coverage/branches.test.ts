import { describe, expect, test } from 'vitest';
import { answering, countsOf, namesOf, tableOf } from './judged.fixture.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const SUCCESS = { type: 'object', required: ['data'], properties: { success: { const: true }, data: {} } };
const FAILURE = { type: 'object', required: ['msg'], properties: { success: { const: false }, msg: { type: 'string' } } };
const components = { schemas: { Success: SUCCESS, Failure: FAILURE, Answer: { oneOf: [ref('Success'), ref('Failure')] } } };

describe('names', () => {
  test.each([
    { name: 'components', given: { oneOf: [ref('Success'), ref('Failure')] }, want: ['Success', 'Failure'] },
    { name: 'behind a reference', given: ref('Answer'), want: ['Success', 'Failure'] },
    { name: 'in allOf', given: { allOf: [{ type: 'object' }, ref('Answer')] }, want: ['Success', 'Failure'] },
    { name: 'null aside', given: { anyOf: [ref('Answer'), { type: 'null' }] }, want: ['Success', 'Failure'] },
    { name: 'a value that tells them apart', given: { oneOf: [SUCCESS, FAILURE] }, want: ['success=true', 'success=false'] },
    { name: 'titles', given: { anyOf: [{ title: 'Long' }, { title: 'Short' }] }, want: ['Long', 'Short'] },
    { name: 'types', given: { oneOf: [{ type: 'array' }, { type: 'string' }] }, want: ['array', 'string'] },
    {
      name: 'types that are the same, and nothing',
      given: { oneOf: [{ type: 'string' }, { type: 'string' }, true] },
      want: ['string #1', 'string #2', '#3'],
    },
    { name: 'one schema is no choice', given: { oneOf: [ref('Success')] }, want: [] },
    { name: 'a choice of nothing but itself', given: { $ref: '#/components/schemas/Missing' }, want: [] },
  ])('$name', ({ given, want }) => {
    expect(namesOf(tableOf(answering(given), { components }), 'branch')).toEqual(want.map((name) => `200 ${name}`));
  });
});

describe('the branch of a value', () => {
  test('is told by required and listed properties', () => {
    const wires = [{ answer: { success: true, data: 1 } }, { answer: { success: false, msg: '' } }, { answer: { success: false, msg: 1 } }];
    expect(countsOf(tableOf(answering(ref('Answer')), { components }), wires, 'branch')).toEqual({
      '200 Success': '1/0',
      '200 Failure': '1/1',
    });
  });

  test('is told by a property that a branch forbids', () => {
    const schemas = { Ok: { properties: { code: { not: {} } } }, Bad: { required: ['code'] } };
    const table = tableOf(answering({ oneOf: [ref('Ok'), ref('Bad')] }), { components: { schemas } });
    expect(countsOf(table, [{ answer: { code: 1 } }, { answer: {} }], 'branch')).toEqual({ '200 Ok': '1/0', '200 Bad': '1/0' });
  });

  test('is told by the schemas where the eye can not tell: of anyOf each, of oneOf one', () => {
    const list = [
      { title: 'Short', maxLength: 3 },
      { title: 'Letters', pattern: '^[a-z]*$' },
    ];
    const wires = [{ answer: '"ab"' }, { answer: '"abcd"' }, { answer: '"A1"' }];
    expect(countsOf(tableOf(answering({ anyOf: list })), wires, 'branch')).toEqual({ '200 Short': '2/0', '200 Letters': '2/0' });
    expect(countsOf(tableOf(answering({ oneOf: list })), wires.slice(1), 'branch')).toEqual({ '200 Short': '1/0', '200 Letters': '1/0' });
  });

  test.each([
    { name: 'a mapping', mapping: { c: '#/components/schemas/Cat', d: 'Dog' }, kinds: ['d', 'd', 'c'] },
    { name: "the component's name", mapping: undefined, kinds: ['Dog', 'Dog', 'Cat'] },
  ])('is told by a discriminator: $name', ({ mapping, kinds }) => {
    const animal = { type: 'object', required: ['kind'], properties: { kind: { type: 'string' } } };
    const discriminator = { propertyName: 'kind', ...(mapping === undefined ? {} : { mapping }) };
    const table = tableOf(answering({ anyOf: [ref('Cat'), ref('Dog')], discriminator }), {
      components: { schemas: { Cat: animal, Dog: animal } },
    });
    expect(
      countsOf(
        table,
        kinds.map((kind) => ({ answer: { kind } })),
        'branch',
      ),
    ).toEqual({ '200 Cat': '1/0', '200 Dog': '2/0' });
  });

  test('is none where nothing fits', () => {
    const table = tableOf(answering(ref('Answer')), { components });
    expect(countsOf(table, [{ answer: [] }, { answer: 'null' }, { answer: '{' }], 'branch')).toEqual({
      '200 Success': '0/0',
      '200 Failure': '0/0',
    });
  });
});

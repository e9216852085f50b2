import { describe, expect, test } from 'vitest';
import { schemaDocument, validatorOf } from '../document.fixture.ts';
import type { View } from './excused.ts';
import { createValidators } from './validator.ts';

interface Row {
  readonly name: string;
  readonly version?: string;
  readonly schema: unknown;
  readonly others?: Record<string, unknown>;
  readonly valid: readonly unknown[];
  readonly invalid: readonly unknown[];
}

const NUMBER = { type: 'integer' };
const REF = { $ref: '#/components/schemas/Other' };

describe('what a dialect accepts', () => {
  test.each<Row>([
    { name: 'nullable', schema: { ...NUMBER, nullable: true }, valid: [1, null], invalid: ['1'] },
    { name: 'x-nullable of Swagger 2.0', version: '2.0', schema: { ...NUMBER, 'x-nullable': true }, valid: [1, null], invalid: ['1'] },
    { name: 'nullable has no meaning in 3.1', version: '3.1', schema: { ...NUMBER, nullable: true }, valid: [1], invalid: [null] },
    { name: 'nullable: false', schema: { ...NUMBER, nullable: false }, valid: [1], invalid: [null] },
    { name: 'nullable with enum', schema: { type: 'string', enum: ['a'], nullable: true }, valid: ['a', null], invalid: ['b'] },
    { name: 'nullable without type', schema: { nullable: true, minimum: 2 }, valid: [null, 2, 'x'], invalid: [1] },
    { name: 'nullable with allOf', schema: { nullable: true, allOf: [REF] }, others: { Other: NUMBER }, valid: [1, null], invalid: ['x'] },
    { name: 'nullable with oneOf', schema: { nullable: true, oneOf: [REF] }, others: { Other: NUMBER }, valid: [1, null], invalid: ['x'] },
    {
      name: 'nullable behind a reference',
      schema: REF,
      others: { Other: { ...NUMBER, nullable: true } },
      valid: [1, null],
      invalid: ['x'],
    },
    {
      name: 'siblings of $ref are ignored in 3.0',
      schema: { ...REF, nullable: true, minimum: 5 },
      others: { Other: NUMBER },
      valid: [1],
      invalid: [null],
    },
    {
      name: 'siblings of $ref count in 3.1',
      version: '3.1',
      schema: { ...REF, minimum: 5 },
      others: { Other: NUMBER },
      valid: [5],
      invalid: [4, 'x'],
    },
    {
      name: 'exclusive bounds as booleans in 3.0',
      schema: { minimum: 1, exclusiveMinimum: true, maximum: 3, exclusiveMaximum: false },
      valid: [2, 3],
      invalid: [1, 4],
    },
    {
      name: 'exclusive bounds as booleans in 3.1',
      version: '3.1',
      schema: { minimum: 1, exclusiveMinimum: true },
      valid: [2],
      invalid: [1],
    },
    { name: 'exclusive bounds as numbers', version: '3.1', schema: { exclusiveMinimum: 1, minimum: 0 }, valid: [2], invalid: [1] },
    { name: 'an exclusive bound without a bound', schema: { exclusiveMinimum: true }, valid: [0, -1], invalid: [] },
    {
      name: 'tuple items',
      version: '3.1',
      schema: { items: [NUMBER, { type: 'string' }], additionalItems: false },
      valid: [[1, 'x'], [1], []],
      invalid: [['x'], [1, 'x', 1]],
    },
    {
      name: 'prefixItems',
      version: '3.1',
      schema: { prefixItems: [NUMBER], items: { type: 'string' } },
      valid: [[1, 'x']],
      invalid: [[1, 1]],
    },
    {
      name: 'dependencies of older drafts',
      version: '3.1',
      schema: { dependencies: { a: ['b'], c: { required: ['d'] } } },
      valid: [{ a: 1, b: 1 }, {}],
      invalid: [{ a: 1 }, { c: 1 }],
    },
    { name: 'type lists', version: '3.1', schema: { type: ['string', 'null'] }, valid: ['a', null], invalid: [1] },
    { name: 'boolean schemas', version: '3.1', schema: { properties: { a: false, b: true } }, valid: [{ b: 1 }], invalid: [{ a: 1 }] },
    { name: 'const of 3.1', version: '3.1', schema: { const: { a: [1] } }, valid: [{ a: [1] }], invalid: [{ a: [2] }] },
    {
      name: 'if, then, else',
      version: '3.1',
      schema: JSON.parse('{"if": {"required": ["a"]}, "then": {"required": ["b"]}}'),
      valid: [{}, { a: 1, b: 1 }],
      invalid: [{ a: 1 }],
    },
    {
      name: 'unevaluatedProperties through allOf',
      version: '3.1',
      schema: { allOf: [REF], unevaluatedProperties: false },
      others: { Other: { properties: { a: {} } } },
      valid: [{ a: 1 }],
      invalid: [{ b: 1 }],
    },
    {
      name: 'additionalProperties: false knows nothing of allOf',
      schema: { allOf: [REF], additionalProperties: false, properties: { b: {} } },
      others: { Other: { properties: { a: {} } } },
      valid: [{ b: 1 }],
      invalid: [{ a: 1 }],
    },
    { name: 'file of Swagger 2.0 is anything', version: '2.0', schema: { type: 'file' }, valid: ['x', 1], invalid: [] },
    {
      name: 'a circular schema',
      schema: { type: 'object', properties: { next: { $ref: '#/components/schemas/It' } } },
      valid: [{ next: { next: {} } }],
      invalid: [{ next: { next: 1 } }],
    },
    {
      name: 'references inside properties that are called like keywords',
      version: '3.1',
      schema: { properties: { default: REF, enum: REF, const: REF, examples: REF, $ref: REF, discriminator: REF, xml: REF } },
      others: { Other: NUMBER },
      valid: [{ default: 1, enum: 1, $ref: 1 }],
      invalid: [{ default: 'x' }, { enum: 'x' }, { const: 'x' }, { examples: 'x' }, { $ref: 'x' }, { discriminator: 'x' }, { xml: 'x' }],
    },
    {
      name: 'items that "contains" has found are evaluated',
      version: '3.1',
      schema: { prefixItems: [{ type: 'string' }], contains: NUMBER, unevaluatedItems: false },
      valid: [['a', 1, 2]],
      invalid: [['a', 1, 'x'], ['a']],
    },
    {
      name: 'and others are judged',
      version: '3.1',
      schema: { contains: NUMBER, unevaluatedItems: { type: 'string' } },
      valid: [[1], [1, 'a', 2]],
      invalid: [[1, true], ['a']],
    },
    {
      name: 'properties called like members of Object',
      version: '3.1',
      schema: { required: ['toString', 'constructor'], properties: { constructor: NUMBER, toString: NUMBER } },
      valid: [{ toString: 1, constructor: 1 }],
      invalid: [{}, { toString: 1, constructor: 'x' }],
    },
    {
      name: 'a property called __proto__',
      version: '3.1',
      schema: JSON.parse('{"properties": {"__proto__": {"type": "integer"}}, "required": ["__proto__"], "additionalProperties": false}'),
      valid: [JSON.parse('{"__proto__": 1}')],
      invalid: [{}, JSON.parse('{"__proto__": "x"}'), JSON.parse('{"__proto__": 1, "a": 1}')],
    },
    {
      name: 'formats',
      schema: {
        properties: {
          d: { format: 'date' },
          t: { format: 'date-time' },
          u: { format: 'uuid' },
          e: { format: 'email' },
          x: { format: 'no-such-format' },
          b: { format: 'byte' },
          i: { format: 'ipv4' },
        },
      },
      valid: [{ d: '2024-02-29', t: '2024-02-29T00:00:00Z', x: '?', b: 'YQ==', i: '1.2.3.4' }, { d: 5 }],
      invalid: [{ d: '2023-02-29' }, { t: '2024-02-29 00:00:00' }, { u: 'x' }, { e: 'x' }, { b: '!' }, { i: '1.2.3.256' }],
    },
    {
      name: 'int32',
      schema: { type: 'integer', format: 'int32' },
      valid: [2147483647, -2147483648, 1.0],
      invalid: [2147483648, -2147483649, 0.5, 9007199254740993n],
    },
    {
      name: 'int64',
      schema: { type: 'integer', format: 'int64' },
      valid: [9007199254740993n, 2n ** 63n - 1n, -(2n ** 63n), 1e18],
      invalid: [2n ** 63n, -(2n ** 63n) - 1n, 1e19, 0.5],
    },
    {
      name: 'uniqueItems',
      schema: { uniqueItems: true },
      valid: [[1, '1', [1], { a: 1 }]],
      invalid: [
        [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
        [9007199254740993n, 9007199254740993n],
      ],
    },
    { name: 'propertyNames', version: '3.1', schema: { propertyNames: { pattern: '^a' } }, valid: [{ ab: 1 }], invalid: [{ b: 1 }] },
  ])('$name', ({ version = '3.0', schema, others, valid, invalid }) => {
    const validator = validatorOf(schemaDocument(version, schema, others));
    for (const value of valid) expect([value, validator.validate(value), validator.isValid(value)]).toEqual([value, [], true]);
    for (const value of invalid) {
      expect([value, validator.isValid(value)]).toEqual([value, false]);
      expect(validator.validate(value).filter((issue) => issue.severity === 'error')).not.toEqual([]);
    }
  });
});

describe('keywords that make no sense are told, and the others still count', () => {
  test.each<{ name: string; version?: string; schema: Record<string, unknown>; want: RegExp }>([
    { name: 'a type that is none', schema: { properties: { a: { type: 'int' } } }, want: /"int" is not a type/ },
    { name: 'a type that is an object', schema: { type: { a: 1 } }, want: /^\{"a":1\} is not a type/ },
    { name: 'an empty enum', schema: { enum: [] }, want: /enum must be a list/ },
    {
      name: 'numbers for texts',
      schema: { properties: { a: { type: 'string', enum: [1, 2] } } },
      want: /enum lists no value of the type string/,
    },
    {
      name: 'the values of a list',
      schema: { properties: { a: {}, b: { type: 'array', enum: ['x'] } } },
      want: /no value of the type array/,
    },
    {
      name: 'numbers for texts or lists',
      version: '3.1',
      schema: { properties: { a: { type: ['string', 'array'], enum: [1.5] } } },
      want: /no value of the type string, array/,
    },
    { name: 'a pattern that is none', schema: { properties: { a: { pattern: '(' } } }, want: /no regular expression/ },
    { name: 'a patternProperties key that is none', schema: { patternProperties: { '(': {} } }, want: /no regular expression/ },
    { name: 'a bound that is no number', schema: { minimum: '1' }, want: /minimum must be a number/ },
    { name: 'an exclusive bound that is neither', schema: { exclusiveMaximum: '1' }, want: /exclusiveMaximum must be a number/ },
    { name: 'a count that is negative', schema: { minLength: -1 }, want: /minLength must be a whole number/ },
    { name: 'multipleOf zero', schema: { multipleOf: 0 }, want: /multipleOf must be a number above 0/ },
    { name: 'an empty allOf', schema: { allOf: [] }, want: /allOf must be a list/ },
    { name: 'properties that are none', schema: { properties: [] }, want: /properties must be an object/ },
    { name: 'a schema that is none', schema: { properties: { a: null } }, want: /a schema must be an object or a boolean/ },
    { name: 'a dangling reference', schema: { properties: { a: { $ref: '#/nowhere' } } }, want: /leads nowhere/ },
    { name: 'nullable in 3.1', version: '3.1', schema: { nullable: true }, want: /nullable has no meaning/ },
  ])('$name', ({ version = '3.0', schema, want }) => {
    const document = schemaDocument(version, { ...schema, required: ['must'] });
    const validators = createValidators(document);
    const root = document.root.value as { components: { schemas: { It: unknown } } };
    const validator = validators.at(
      { value: root.components.schemas.It, source: document.root, pointer: '/components/schemas/It' },
      'request',
    );
    expect(validator.validate({ must: 1, a: 'x' })).toEqual([]);
    expect(validator.validate({}).map((issue) => issue.code)).toEqual(['required']);
    expect(validators.problems.map((problem) => problem.message)).toEqual([expect.stringMatching(want)]);
  });

  test.each<{ name: string; version?: string; schema: Record<string, unknown>; value: unknown; isValid: boolean }>([
    { name: 'one that fits', schema: { type: 'string', enum: [1, 'x'] }, value: 'y', isValid: false },
    { name: 'null alone', schema: { type: 'string', nullable: true, enum: [null] }, value: 'y', isValid: false },
    { name: 'null that is allowed', schema: { type: 'string', nullable: true, enum: [null] }, value: null, isValid: true },
    { name: 'nullable without a type', schema: { nullable: true, enum: ['x'] }, value: 'y', isValid: false },
    { name: 'a whole number', schema: { type: 'integer', enum: [1] }, value: 2, isValid: false },
    { name: 'a long one', schema: { type: 'integer', enum: [9007199254740993n] }, value: 2, isValid: false },
    { name: 'objects', schema: { type: 'object', enum: [{ a: 1 }] }, value: {}, isValid: false },
    { name: 'lists', schema: { type: 'array', enum: [[]] }, value: [1], isValid: false },
    { name: 'without a type', schema: { enum: [1] }, value: 'y', isValid: false },
  ])('the values of an enum: $name', ({ version = '3.0', schema, value, isValid }) => {
    const document = schemaDocument(
      version,
      JSON.parse(JSON.stringify(schema, (_key, one: unknown) => (typeof one === 'bigint' ? 1e20 : one))),
    );
    expect(validatorOf(document).isValid(value)).toBe(isValid);
  });

  test('a schema nested without end is cut, not followed', () => {
    let schema: unknown = NUMBER;
    for (let depth = 0; depth < 1000; depth += 1) schema = { items: schema };
    const validator = validatorOf(schemaDocument('3.0', schema));
    expect(validator.validate([[1]])).toEqual([]);
  });
});

describe('readOnly and writeOnly', () => {
  const id = { type: 'integer', readOnly: true };
  const secret = { type: 'string', writeOnly: true };
  test.each<{ name: string; schema: unknown; others?: Record<string, unknown>; value: unknown; request: string[]; response: string[] }>([
    { name: 'here', schema: { required: ['id', 'secret'], properties: { id, secret } }, value: {}, request: ['secret'], response: ['id'] },
    {
      name: 'behind a reference',
      schema: { required: ['id'], properties: { id: REF } },
      others: { Other: id },
      value: {},
      request: [],
      response: ['id'],
    },
    {
      name: 'declared in allOf, required here',
      schema: { required: ['id'], allOf: [REF] },
      others: { Other: { properties: { id } } },
      value: {},
      request: [],
      response: ['id'],
    },
    {
      name: 'declared here, required in allOf',
      schema: { properties: { id }, allOf: [{ required: ['id'] }] },
      value: {},
      request: [],
      response: ['id'],
    },
    {
      name: 'declared here, required behind a reference',
      schema: { properties: { id }, allOf: [REF] },
      others: { Other: { required: ['id', 'b'] } },
      value: {},
      request: ['b'],
      response: ['id', 'b'],
    },
    {
      name: 'declared in a neighbour of the reference',
      schema: { allOf: [{ properties: { secret } }, REF] },
      others: { Other: { required: ['secret'] } },
      value: {},
      request: ['secret'],
      response: [],
    },
    {
      name: 'the referenced schema alone still insists',
      schema: { properties: { a: { properties: { id }, allOf: [REF] }, b: REF } },
      others: { Other: { required: ['id'] } },
      value: { a: {}, b: {} },
      request: ['/b id'],
      response: ['/a id', '/b id'],
    },
    {
      name: 'nested',
      schema: { properties: { in: { items: { required: ['id'], properties: { id } } } } },
      value: { in: [{}] },
      request: [],
      response: ['/in/0 id'],
    },
    { name: 'in an alternative', schema: { oneOf: [{ required: ['id'], properties: { id } }] }, value: {}, request: [], response: ['id'] },
    {
      name: 'declared in an alternative, required here',
      schema: { required: ['id'], oneOf: [{ properties: { id } }] },
      value: {},
      request: [],
      response: ['id'],
    },
    {
      name: 'an alternative does not excuse its neighbour',
      schema: { anyOf: [{ required: ['id'], properties: { id: { type: 'integer' } } }], oneOf: [{ properties: { id } }] },
      value: {},
      request: ['id'],
      response: ['id'],
    },
    { name: 'a value is still judged', schema: { properties: { id } }, value: { id: 'x' }, request: ['/id type'], response: ['/id type'] },
  ])('$name', ({ schema, others, value, request, response }) => {
    const told = (view: View): string[] =>
      validatorOf(schemaDocument('3.0', schema, others), view)
        .validate(value)
        .map((issue) => `${issue.pointer} ${/'(\w+)'/.exec(issue.message)?.[1] ?? issue.code}`.trim());
    expect(told('request')).toEqual(request);
    expect(told('response')).toEqual(response);
  });
});

import fc from 'fast-check';

export const SELF = { $ref: '#/components/schemas/It' };
export const OTHER = { $ref: '#/components/schemas/Other' };
const long = 2n ** 60n;

/** Of every keyword that a plan knows, with values on both sides of it. `Other` is a schema beside them. */
export const SCHEMAS: readonly { readonly name: string; readonly schema: unknown; readonly values: readonly unknown[] }[] = [
  { name: 'true', schema: true, values: [1, null] },
  { name: 'false', schema: false, values: [1, null] },
  { name: 'no keyword', schema: { title: 'It', description: 'anything' }, values: [1, {}] },
  { name: 'each type', schema: { type: ['null', 'boolean', 'array'] }, values: [null, true, [], 'a', 1, {}, long] },
  { name: 'integer', schema: { type: 'integer' }, values: [1, -0, 1.5, 1e300, long, '1', null] },
  { name: 'number', schema: { type: 'number' }, values: [1, 1.5, long, '1', [1]] },
  { name: 'object', schema: { type: 'object' }, values: [{}, [], null, 'a'] },
  { name: 'enum', schema: { enum: ['a', 1, null, { b: [1] }] }, values: ['a', 'b', 1, 1n, null, { b: [1] }, { b: [2] }, undefined] },
  { name: 'const', schema: { const: { a: 1, b: 2 } }, values: [{ b: 2, a: 1 }, { a: 1 }, 'a'] },
  { name: 'const of a text', schema: { const: 'a' }, values: ['a', 'b', 1] },
  { name: 'bounds', schema: { minimum: 1, maximum: 5 }, values: [0, 1, 5, 6, 'a', 3n, long, -long] },
  { name: 'exclusive bounds', schema: { exclusiveMinimum: 1, exclusiveMaximum: 5 }, values: [1, 1.1, 5, 4.9, 5n, null] },
  { name: 'multipleOf', schema: { multipleOf: 0.01 }, values: [19.99, 19.999, 'a', 3n, 0] },
  { name: 'int32', schema: { type: 'integer', format: 'int32' }, values: [2 ** 31, -(2 ** 31), 1.5, 5n, long] },
  { name: 'int64', schema: { format: 'int64' }, values: [2 ** 63, -(2 ** 63), 2n ** 63n, 2n ** 63n - 1n, 1.5, 'a'] },
  { name: 'float', schema: { type: 'number', format: 'float' }, values: [1.5, long, 'a'] },
  { name: 'lengths', schema: { minLength: 2, maxLength: 3 }, values: ['a', 'ab', 'abc', 'abcd', '中文', '😀', '😀😀', '\ud83d\ud83d', 1] },
  { name: 'a lone surrogate', schema: { maxLength: 1 }, values: ['\ud83d', '\ude00', '\ud83da', '😀'] },
  { name: 'pattern', schema: { pattern: '^[a-z]+$' }, values: ['abc', 'ABC', '', 1] },
  { name: 'a pattern of letters', schema: { pattern: '^\\p{L}{2}$' }, values: ['中文', 'a1'] },
  { name: 'date', schema: { type: 'string', format: 'date' }, values: ['2026-02-28', '2026-02-30', '2024-02-29', 'x'] },
  { name: 'date-time', schema: { format: 'date-time' }, values: ['2026-02-28T10:00:00Z', '2026-02-28T10:00:00+0800', '2026-02-28', 5] },
  { name: 'uri', schema: { format: 'uri' }, values: ['https://a.b/c', 'urn:a:b', 'a b', 'https://中国.cn'] },
  { name: 'url', schema: { format: 'url' }, values: ['https://a.b/c', 'mailto:a@b.c'] },
  { name: 'iri', schema: { format: 'iri' }, values: ['https://中国.cn/路', 'a b'] },
  { name: 'email', schema: { format: 'email' }, values: ['a@b.c', 'a@', 5] },
  { name: 'uuid', schema: { format: 'uuid' }, values: ['7c9e6679-7425-40de-944b-e07fc1f90ae7', '7c9e'] },
  { name: 'byte', schema: { format: 'byte' }, values: ['YQ==', 'Y'] },
  { name: 'password', schema: { format: 'password' }, values: ['x', 1] },
  { name: 'a format that nobody knows', schema: { format: 'licence-plate' }, values: ['x', 1] },
  { name: 'a format that objects inherit', schema: { format: 'toString' }, values: ['x', '', 1] },
  {
    name: 'lists',
    schema: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 2 },
    values: [[], ['a'], ['a', 1], ['a', 'b', 'c'], 'a'],
  },
  { name: 'no items', schema: { items: false }, values: [[], [1], 1] },
  {
    name: 'uniqueItems',
    schema: { uniqueItems: true },
    values: [
      [1, 1],
      [1, '1'],
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      ['a', 'a'],
      5,
    ],
  },
  { name: 'required', schema: { required: ['a', 'b'] }, values: [{ a: 1, b: null }, { a: 1 }, { a: 1, b: undefined }, []] },
  {
    name: 'properties',
    schema: { properties: { a: { type: 'string' }, b: false } },
    values: [{ a: 'x' }, { a: 1 }, { a: undefined }, { b: 1 }, { c: 1 }],
  },
  {
    name: 'closed',
    schema: { properties: { a: true }, additionalProperties: false },
    values: [{ a: 1 }, { b: 1 }, { b: undefined }, JSON.parse('{"__proto__":1}')],
  },
  {
    name: 'the rest',
    schema: { properties: { a: true }, additionalProperties: { type: 'integer' } },
    values: [{ a: 'x', b: 1 }, { b: 'x' }, { b: long }],
  },
  { name: 'counts', schema: { minProperties: 1, maxProperties: 2 }, values: [{}, { a: 1 }, { a: 1, b: 2, c: 3 }, []] },
  {
    name: 'names that objects inherit',
    schema: { required: ['constructor'], properties: { toString: { type: 'string' } } },
    values: [{}, { constructor: 1 }, { constructor: 1, toString: 'a' }, { constructor: 1, toString: 1 }],
  },
  { name: 'allOf', schema: { allOf: [{ type: 'string' }, { minLength: 2 }], maxLength: 3 }, values: ['a', 'ab', 'abcd', 5] },
  { name: 'anyOf', schema: { anyOf: [{ type: 'string' }, { minimum: 5 }] }, values: ['a', 4, 5, null, long] },
  { name: 'oneOf', schema: { oneOf: [{ type: 'integer' }, { minimum: 5 }] }, values: [4, 5, 5.5, 4.5, 'a', long, -long] },
  {
    name: 'a reference',
    schema: { properties: { next: SELF, other: OTHER } },
    values: [{ next: { next: { other: 'x' } } }, { next: { other: 1 } }],
  },
  { name: 'a reference with a neighbour', schema: { $ref: '#/components/schemas/Other', minLength: 2 }, values: ['a', 'ab', 5] },
  {
    name: 'a discriminator',
    schema: { oneOf: [OTHER, { type: 'integer' }], discriminator: { propertyName: 'kind' } },
    values: ['a', 5, null],
  },
];

/** A value of any form, `bigint` too. */
export const anyValue = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue(),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'next', 'other', '__proto__', 'constructor', ''), tie('node'), { maxKeys: 4 }),
  ),
})).node;

const name = fc.constantFrom('a', 'b', 'c');
const small = fc.integer({ min: 0, max: 3 });
/** A schema of the keywords that a plan knows. */
export const anySchema = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record(
      {
        type: fc.constantFrom('integer', 'number', 'string', 'object', 'array', 'boolean', ['null', 'string'], ['object', 'integer']),
        enum: fc.array(fc.constantFrom('a', 1, null, true, { a: 1 }), { minLength: 1, maxLength: 3 }),
        minimum: small,
        exclusiveMaximum: small,
        multipleOf: fc.constantFrom(1, 2, 0.5),
        minLength: small,
        maxLength: small,
        pattern: fc.constantFrom('^a', 'b$'),
        format: fc.constantFrom('int32', 'date', 'email', 'unknown'),
        maxItems: small,
        uniqueItems: fc.boolean(),
        minProperties: small,
        required: fc.uniqueArray(name, { maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
    fc.record({ properties: fc.dictionary(name, tie('node'), { maxKeys: 3 }), additionalProperties: tie('node') }, { requiredKeys: [] }),
    fc.record({ items: tie('node') }),
    fc.record({ allOf: fc.array(tie('node'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ anyOf: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ oneOf: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.constantFrom(true, false, OTHER),
  ),
})).node;

/** A value that such a schema may take. */
export const smallValue = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('a', 'b', 'ab', '', 'a@b.c', '2026-02-28', 0, 1, 2, 3, 1.5, 4n, 2n ** 70n, null, true),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(name, tie('node'), { maxKeys: 3 }),
  ),
})).node;

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schemaDocument, validatorOf } from '../document.fixture.ts';
import { parseJson } from '../json.ts';
import { MAX_ISSUES } from './issue.ts';

const judge = (schema: unknown, value: unknown, others: Record<string, unknown> = {}, version = '3.1'): string[] =>
  validatorOf(schemaDocument(version, schema, others))
    .validate(value)
    .map((issue) => `${issue.document.replace('api.json#/components/schemas', '')} ${issue.pointer} ${issue.message}`);

const cat = { type: 'object', required: ['kind', 'miaow'], properties: { kind: { type: 'string' }, miaow: { type: 'boolean' } } };
const dog = { type: 'object', required: ['kind', 'bark'], properties: { kind: { type: 'string' } } };
const others = { Cat: cat, Dog: dog };
const CAT = { $ref: '#/components/schemas/Cat' };
const DOG = { $ref: '#/components/schemas/Dog' };
const mapped = { oneOf: [CAT, DOG], discriminator: { propertyName: 'kind', mapping: { c: 'Cat', d: '#/components/schemas/Dog' } } };

describe('messages of choices', () => {
  test.each<{ name: string; schema: unknown; value: unknown; want: string[] }>([
    {
      name: 'a discriminator names the branch',
      schema: mapped,
      value: { kind: 'c', miaow: 1 },
      want: ['/Cat/properties/miaow/type /miaow must be boolean'],
    },
    {
      name: 'a discriminator names none',
      schema: mapped,
      value: { kind: 'x' },
      want: ['/It/discriminator  property \'kind\' must name one of: "c", "d"'],
    },
    {
      name: 'a discriminator is missing',
      schema: mapped,
      value: {},
      want: ['/It/discriminator  property \'kind\' must name one of: "c", "d"'],
    },
    { name: 'a discriminator on what is no object', schema: mapped, value: 1, want: ['/It/oneOf  must match exactly one schema in oneOf'] },
    {
      name: 'a discriminator called toString',
      schema: { ...mapped, discriminator: { propertyName: 'toString', mapping: { c: 'Cat', d: 'Dog' } } },
      value: {},
      want: ['/It/discriminator  property \'toString\' must name one of: "c", "d"'],
    },
    {
      name: 'nested in a list',
      schema: { items: mapped },
      value: [{ kind: 'd' }, { kind: 'c' }],
      want: ["/Dog/required /0 must have required property 'bark'", "/Cat/required /1 must have required property 'miaow'"],
    },
    {
      name: 'a neighbour of the choice is never lost',
      schema: { ...mapped, required: ['id'] },
      value: { kind: 'd' },
      want: ["/Dog/required  must have required property 'bark'", "/It/required  must have required property 'id'"],
    },
    {
      name: 'only one branch has the type',
      schema: { oneOf: [{ type: 'string' }, { type: 'integer', minimum: 5 }] },
      value: 1,
      want: ['/It/oneOf/1/minimum  must be >= 5'],
    },
    {
      name: 'only one branch has the constant',
      schema: { anyOf: [{ required: ['x'], properties: { t: { const: 'a' } } }, { properties: { t: { const: 'b' } } }] },
      value: { t: 'a' },
      want: ["/It/anyOf/0/required  must have required property 'x'"],
    },
    {
      name: 'no branch is nearer',
      schema: { anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      value: {},
      want: ['/It/anyOf  must match a schema in anyOf'],
    },
    {
      name: 'several branches match',
      schema: { oneOf: [{}, { type: 'integer' }] },
      value: 1,
      want: ['/It/oneOf  must match exactly one schema in oneOf, but matches several (0, 1)'],
    },
    {
      name: 'null is no branch',
      schema: { anyOf: [{ type: 'object', required: ['a'] }, { type: 'null' }] },
      value: {},
      want: ["/It/anyOf/0/required  must have required property 'a'"],
    },
    {
      name: 'a choice inside a choice',
      schema: { oneOf: [{ type: 'string' }, { type: 'array', items: mapped }] },
      value: [{ kind: 'd' }],
      want: ["/Dog/required /0 must have required property 'bark'"],
    },
    {
      name: 'unevaluated only for want of a branch',
      schema: { ...mapped, unevaluatedProperties: false },
      value: { kind: 'd' },
      want: ["/Dog/required  must have required property 'bark'"],
    },
    {
      name: 'contains does not list every item',
      schema: { contains: { type: 'string' } },
      value: [1, 2, 3],
      want: ['/It/contains  must contain at least 1 matching item(s)'],
    },
    {
      name: 'too many matches',
      schema: { contains: { type: 'string' }, maxContains: 1 },
      value: ['a', 'b'],
      want: ['/It/contains  must contain at least 1 and no more than 1 matching item(s)'],
    },
    {
      name: 'the name of a property',
      schema: { propertyNames: { pattern: '^a' } },
      value: { b: 1, c: 1 },
      want: ["/It/propertyNames  property name 'b' is not allowed", "/It/propertyNames  property name 'c' is not allowed"],
    },
    {
      name: 'then, not if',
      schema: JSON.parse('{"if": {}, "then": {"required": ["a"]}}'),
      value: {},
      want: ["/It/then/required  must have required property 'a'"],
    },
    {
      name: 'a tuple that is too long',
      schema: { prefixItems: [{}], items: false },
      value: [1, 2],
      want: ['/It/items  must NOT have more than 1 items'],
    },
    { name: 'a false schema', schema: { properties: { a: false } }, value: { a: 1 }, want: ['/It /a is not allowed here'] },
    { name: 'not', schema: { not: { type: 'string' } }, value: 'a', want: ['/It/not  must NOT be valid against the schema in "not"'] },
    {
      name: 'dependentRequired',
      schema: { dependentRequired: { a: ['b'] } },
      value: { a: 1 },
      want: ["/It/dependentRequired  must have property 'b' when property 'a' is present"],
    },
  ])('$name', ({ schema, value, want }) => expect(judge(schema, value, others)).toEqual(want));

  test('addresses inside a nullable allOf of 3.0', () => {
    const schema = { nullable: true, type: 'object', required: ['a'], allOf: [CAT] };
    expect(judge(schema, { kind: 'x', miaow: true }, others, '3.0')).toEqual(["/It/required  must have required property 'a'"]);
  });
});

describe('integers beyond 2^53', () => {
  const long = 9007199254740993n;
  test.each<{ name: string; schema: unknown; value: unknown; want: string[] }>([
    { name: 'type', schema: { type: 'integer' }, value: long, want: [] },
    { name: 'type, wrong', schema: { type: 'string' }, value: long, want: ['/It/type  must be string'] },
    { name: 'maximum without type', schema: { maximum: 100 }, value: long, want: ['/It/maximum  must be <= 100'] },
    { name: 'format without type', schema: { format: 'int64' }, value: 2n ** 63n, want: ['/It/format  must match format "int64"'] },
    { name: 'not', schema: { not: { type: 'integer' } }, value: long, want: ['/It/not  must NOT be valid against the schema in "not"'] },
    {
      name: 'oneOf',
      schema: { oneOf: [{ type: 'integer' }, {}] },
      value: long,
      want: ['/It/oneOf  must match exactly one schema in oneOf, but matches several (0, 1)'],
    },
    {
      name: 'if',
      schema: JSON.parse('{"if": {"type": "integer"}, "then": {"maximum": 5}}'),
      value: long,
      want: ['/It/then/maximum  must be <= 5'],
    },
    {
      name: 'contains',
      schema: { contains: { type: 'integer' }, maxContains: 0, minContains: 0 },
      value: [long],
      want: ['/It/contains  must contain at least 0 and no more than 0 matching item(s)'],
    },
    {
      name: 'behind a reference',
      schema: { properties: { a: { $ref: '#/components/schemas/Small' } } },
      value: { a: long },
      want: ['/Small/maximum /a must be <= 5'],
    },
    {
      name: 'a branch',
      schema: { oneOf: [{ type: 'string' }, { type: 'integer', maximum: 5 }] },
      value: long,
      want: ['/It/oneOf/1/maximum  must be <= 5'],
    },
    {
      name: 'the null branch',
      schema: { anyOf: [{ type: 'object', required: ['b'] }, { type: 'null' }] },
      value: { a: long },
      want: ["/It/anyOf/0/required  must have required property 'b'"],
    },
    {
      name: 'enum and const',
      schema: { properties: { e: { enum: [long] }, c: { const: long } } },
      value: { e: 9007199254740992n, c: long + 1n },
      want: [
        '/It/properties/e/enum /e must be equal to one of the allowed values: 9007199254740993',
        '/It/properties/c/const /c must be equal to constant 9007199254740993',
      ],
    },
    {
      name: 'enum and const, right',
      schema: { properties: { e: { enum: [long] }, c: { const: long } } },
      value: { e: long, c: long },
      want: [],
    },
    { name: 'multipleOf', schema: { multipleOf: 2 }, value: long, want: ['/It/multipleOf  must be multiple of 2'] },
    {
      name: 'additional properties of a name',
      schema: { type: 'object', additionalProperties: { type: 'integer', format: 'int64' } },
      value: { toString: 2n ** 63n },
      want: ['/It/additionalProperties/format /toString must match format "int64"'],
    },
  ])('$name', ({ schema, value, want }) => {
    const text = JSON.stringify(schema, (_key, item: unknown) => (typeof item === 'bigint' ? JSON.rawJSON(item.toString()) : item));
    const root = `{"openapi":"3.1.0","components":{"schemas":{"It":${text},"Small":{"maximum":5}}}}`;
    const told = judge(JSON.parse(text), value, { Small: { maximum: 5 } });
    const exact = validatorOf({ ...schemaDocument('3.1', {}), ...documentFrom(root) }).validate(value);
    expect(exact.map((issue) => `${issue.document.replace('api.json#/components/schemas', '')} ${issue.pointer} ${issue.message}`)).toEqual(
      want,
    );
    if (!/enum/.test(text)) expect(told).toEqual(want);
  });

  test('bounds keep every digit', () => {
    const schema = '{"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807}';
    const validator = validatorOf(documentFrom(`{"openapi":"3.0.0","components":{"schemas":{"It":${schema}}}}`));
    for (const value of [2n ** 63n - 1n, -(2n ** 63n), 0]) expect(validator.validate(value)).toEqual([]);
    for (const value of [2n ** 63n, -(2n ** 63n) - 1n]) expect(validator.validate(value)).toHaveLength(1);
  });
});

describe('values of strangers', () => {
  test('a value nested too deeply is told', () => {
    const validator = validatorOf(schemaDocument('3.0', { type: 'object', properties: { a: { $ref: '#/components/schemas/It' } } }));
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) deep = { a: deep };
    expect(validator.validate(deep).map((issue) => [issue.code, issue.severity])).toEqual([['depth', 'error']]);
    expect(validator.isValid(deep)).toBe(false);
  });

  test.each([
    { name: 'allOf', schema: { allOf: [{ $ref: '#/components/schemas/It' }] } },
    { name: 'anyOf', schema: { anyOf: [{ $ref: '#/components/schemas/It' }, { type: 'string' }] } },
    { name: '$ref with a sibling', schema: { $ref: '#/components/schemas/It', description: 'itself' } },
  ])('a schema that is itself by $name is no reason to refuse a value', ({ schema }) => {
    const issues = validatorOf(schemaDocument('3.1', schema)).validate(1);
    expect(issues.filter((issue) => issue.severity === 'error')).toEqual([]);
  });

  test.each([
    { name: 'with a plan', keywords: {}, ofMillion: MAX_ISSUES },
    { name: 'without a plan', keywords: { not: { const: 'x' } }, ofMillion: 1 },
  ])('a million errors of a schema $name are told by the first ones', ({ keywords, ofMillion }) => {
    const items = { oneOf: [{ type: 'string' }, { required: ['a', 'b'], type: 'object' }], ...keywords };
    const validator = validatorOf(schemaDocument('3.0', { items }));
    expect(validator.validate(Array.from({ length: 1_000_000 }, () => 1))).toHaveLength(ofMillion);
    expect(validator.validate(Array.from({ length: 5_000 }, () => ({})))).toHaveLength(MAX_ISSUES);
  });

  test.each([
    ['url', `http://${':'.repeat(50_000)} `],
    ['uri', `http://${'a.'.repeat(50_000)} `],
    ['email', 'a@'.repeat(50_000)],
    ['hostname', '-a'.repeat(50_000)],
    ['regex', '('.repeat(50_000)],
    ['date-time', '1'.repeat(50_000)],
  ])('a hostile text for the format %s gets an answer', (format, text) => {
    const validator = validatorOf(schemaDocument('3.0', { type: 'string', format }));
    for (let round = 0; round < 10; round += 1) expect(validator.isValid(text)).toBe(false);
  });

  test.each([
    ['http://a.b', true],
    ['https://a.b:8080/c?d#e', true],
    ['https://中国.cn/路', true],
    ['ftp://a.b', true],
    ['a.b/c', false],
    ['http://a b', false],
    ['http://a.b/c d', false],
    ['mailto:a@b.c', false],
  ])('the format url on %s: %s', (text, want) => {
    expect(validatorOf(schemaDocument('3.0', { format: 'url' })).isValid(text)).toBe(want);
  });

  test('100,000 different objects are unique, and one more is not', () => {
    const validator = validatorOf(schemaDocument('3.0', { uniqueItems: true }));
    const items = Array.from({ length: 100_000 }, (_, index) => ({ index, name: 'x' }));
    expect(validator.isValid(items)).toBe(true);
    expect(validator.validate([...items, { name: 'x', index: 5 }]).map((issue) => issue.code)).toEqual(['uniqueItems']);
  });

  test('secrets are not shown', () => {
    const schema = {
      properties: {
        p: { type: 'string', format: 'password', minLength: 20 },
        x: { type: 'string', 'x-sensitive': true, maxLength: 1 },
        o: { maxLength: 1 },
      },
    };
    const issues = validatorOf(schemaDocument('3.0', schema)).validate({ p: 'secret', x: 'secret', o: 'open' });
    expect(issues.map((issue) => issue.actual)).toEqual([undefined, undefined, 'open']);
  });

  test('a schema that can not be checked warns each time', () => {
    const validator = validatorOf(schemaDocument('3.1', { dependentRequired: { a: 'b' }, enum: [1] }));
    expect(validator.validate({ a: 1 }).map((issue) => issue.code)).not.toEqual([]);
  });

  test('no JSON makes a validator throw, and both ways of asking agree', () => {
    const bigint = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    const value = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue(),
        bigint,
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'kind', '__proto__', 'constructor', 'toString', ''), tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    const self = { $ref: '#/components/schemas/It' };
    const validators = [
      {
        type: ['object', 'null', 'integer'],
        properties: { a: self, kind: { enum: ['c', null, 1] }, toString: { format: 'int64' } },
        additionalProperties: {
          anyOf: [self, { type: 'array', items: self, uniqueItems: true }, { type: 'string', pattern: '^\\p{L}+$' }],
        },
      },
      {
        oneOf: [
          { type: 'integer', multipleOf: 3 },
          { type: 'array', contains: self },
          { ...mapped, unevaluatedProperties: false },
        ],
        not: { const: 'x' },
      },
      {
        ...(JSON.parse('{"if": {"required": ["a"]}, "then": {"minProperties": 2}, "else": {"propertyNames": {"maxLength": 3}}}') as object),
        maximum: 5,
        prefixItems: [self],
        unevaluatedItems: self,
      },
    ].map((schema) => validatorOf(schemaDocument('3.1', schema, others)));
    fc.assert(
      fc.property(value, (given) => {
        for (const validator of validators) expect(validator.isValid(given)).toBe(validator.validate(given).length === 0);
      }),
      { numRuns: 500 },
    );
  });
});

function documentFrom(text: string) {
  const parsed = schemaDocument(text.includes('"3.0.0"') ? '3.0' : '3.1', {});
  const root = { ...parsed.root, text, value: parseJson(text) };
  return { ...parsed, root, sources: new Map([[root.path, root]]) };
}

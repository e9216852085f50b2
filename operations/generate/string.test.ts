import { describe, expect, it } from 'vitest';
import { schemaDocument, validatorOf } from '../document.fixture.ts';
import { generate } from './index.ts';
import { invalidValues, type SchemaCase } from './judge.fixture.ts';

const cases: readonly SchemaCase[] = [
  ['string', { type: 'string' }],
  ['Han pattern', { type: 'string', pattern: '^[\\u4e00-\\u9fa5]{2,4}$' }],
  ['letters of any script', { type: 'string', pattern: '^\\p{L}{3,}$' }],
  ['password by look-aheads', { type: 'string', pattern: '^(?=.*[A-Z])(?=.*\\d)(?=.*[!@#$%])[A-Za-z\\d!@#$%]{8,16}$' }],
  ['look-aheads with lengths', { type: 'string', pattern: '^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d).+$', minLength: 10, maxLength: 12 }],
  ['a look-ahead that counts characters', { type: 'string', pattern: '^(?=.{3,5}$)[a-z]*$' }],
  ['negative look-ahead', { type: 'string', pattern: '^(?!.*admin)[a-z]{3,8}$' }],
  ['back-reference', { type: 'string', pattern: '^(\\w{2})-\\1$' }],
  ['named back-reference', { type: 'string', pattern: '^(?<y>\\d{4})-\\k<y>$' }],
  ['mobile number', { type: 'string', pattern: '^1[3-9]\\d{9}$' }],
  ['alternatives by length', { type: 'string', pattern: '^(cat|horse|elephant)$', minLength: 6 }],
  ['pattern and length', { type: 'string', pattern: '^[a-z0-9-]*$', minLength: 20, maxLength: 22 }],
  ['open pattern and length', { type: 'string', pattern: 'abc', minLength: 10 }],
  ['two patterns', { allOf: [{ type: 'string', pattern: '^[a-z]+$' }, { pattern: 'q' }], minLength: 4 }],
  ['format with a pattern at its start', { type: 'string', format: 'date', pattern: '^2023-' }],
  ['e-mail of one domain', { type: 'string', format: 'email', pattern: '@corp\\.cn$' }],
  ['https only', { type: 'string', format: 'uri', pattern: '^https://' }],
  ['short e-mail', { type: 'string', format: 'email', maxLength: 8 }],
  ['long URI', { type: 'string', format: 'uri', minLength: 60 }],
  ['hostname of 100 characters', { type: 'string', format: 'hostname', minLength: 100, maxLength: 100 }],
  ['byte of at least 9 characters', { type: 'string', format: 'byte', minLength: 9 }],
  ['date-time with a fraction', { type: 'string', format: 'date-time', minLength: 24 }],
  ['time with a fraction', { type: 'string', format: 'time', minLength: 13, maxLength: 13 }],
  ['look-behind at the start', { type: 'string', pattern: '(?<=x)y$' }],
  ['maxLength 3', { type: 'string', maxLength: 3 }],
  ['minLength 50', { type: 'string', minLength: 50 }],
  ['base64', { type: 'string', contentEncoding: 'base64' }],
  ['character beyond U+FFFF', { type: 'string', pattern: '^\\u{1F600}+$' }],
  ['colour', { type: 'string', pattern: '^#([0-9a-f]{3}|[0-9a-f]{6})$' }],
  ['word edges', { type: 'string', pattern: '\\bfoo\\b' }],
  ['empty string only', { type: 'string', pattern: '^$' }],
  ['version', { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+(-[a-z]+(\\.\\d+)?)?$' }],
  ['negated class', { type: 'string', pattern: '^[^\\s/]+$' }],
  [
    'every text format',
    {
      type: 'object',
      properties: {
        date: { type: 'string', format: 'date' },
        time: { type: 'string', format: 'time' },
        'date-time': { type: 'string', format: 'date-time' },
        duration: { type: 'string', format: 'duration' },
        email: { type: 'string', format: 'email' },
        hostname: { type: 'string', format: 'hostname' },
        ipv4: { type: 'string', format: 'ipv4' },
        ipv6: { type: 'string', format: 'ipv6' },
        uri: { type: 'string', format: 'uri' },
        'uri-reference': { type: 'string', format: 'uri-reference' },
        'uri-template': { type: 'string', format: 'uri-template' },
        uuid: { type: 'string', format: 'uuid' },
        'json-pointer': { type: 'string', format: 'json-pointer' },
        'relative-json-pointer': { type: 'string', format: 'relative-json-pointer' },
        regex: { type: 'string', format: 'regex' },
        byte: { type: 'string', format: 'byte' },
        binary: { type: 'string', format: 'binary' },
        password: { type: 'string', format: 'password' },
        url: { type: 'string', format: 'url' },
        'iso-time': { type: 'string', format: 'iso-time' },
        'iso-date-time': { type: 'string', format: 'iso-date-time' },
        'json-pointer-uri-fragment': { type: 'string', format: 'json-pointer-uri-fragment' },
      },
      required: ['date'],
    },
  ],
  ['not enum', { type: 'string', not: { enum: ['string', 'b'] } }],
  ['x-faker', { type: 'string', 'x-faker': 'person.firstName' }],
  ['x-faker unk', { type: 'string', 'x-faker': 'nope.nope' }],
];

describe('strings satisfy their schema in both modes for every seed', () => {
  for (const [name, schema, references] of cases) {
    it(name, () => expect(invalidValues(schema, references)).toEqual([]));
  }
});

// The stock validator knows ECMA-262 only.
describe('patterns of other languages', () => {
  it.each([
    ['classes of POSIX', '^[[:alpha:]]{2,5}$'],
    ['a property of one letter', '^\\pL{2,4}$'],
    ['escapes that need none', "^[\\p{L}\\-\\']{3}\\-$"],
    ['a count from none on', '^a{,3}b$'],
    ['characters by number', '^[\\x{4e00}-\\x{9fa5}]{2}$'],
    ['flags in front', '(?is)^A.b$'],
  ])('%s', (_name, pattern) => {
    const { isValid } = validatorOf(schemaDocument('3.1', { type: 'string', pattern }));
    expect(isValid('')).toBe(false);
    for (const mode of ['sample', 'fake'] as const)
      for (const seed of ['1', '2', '3']) {
        const made = generate({ type: 'string', pattern }, { mode, seed, omit: 'none', lookup: () => undefined, validate: isValid });
        expect(made).toMatchObject({ ok: true });
        expect(isValid(made.value), JSON.stringify(made.value)).toBe(true);
      }
  });
});

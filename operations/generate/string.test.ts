import { describe, expect, it } from 'vitest';
import { invalidValues, type SchemaCase } from './judge.fixture.ts';

const cases: readonly SchemaCase[] = [
  ['string', { type: 'string' }],
  ['Han pattern', { type: 'string', pattern: '^[\\u4e00-\\u9fa5]{2,4}$' }],
  ['letters of any script', { type: 'string', pattern: '^\\p{L}{3,}$' }],
  ['password by look-aheads', { type: 'string', pattern: '^(?=.*[A-Z])(?=.*\\d)(?=.*[!@#$%])[A-Za-z\\d!@#$%]{8,16}$' }],
  ['look-aheads with lengths', { type: 'string', pattern: '^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d).+$', minLength: 10, maxLength: 12 }],
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

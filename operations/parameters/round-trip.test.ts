import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Schema } from '../schema/schema.ts';
import { compileDecoder } from './compile-decoder.ts';
import { lazyCookies } from './cookies.ts';
import type { Decoded } from './decoded.ts';
import type { Parameter, ParameterPlace, ParameterStyle } from './parameter.ts';
import { parseQueryString } from './query-string.ts';

/** Encoders of RFC 6570 as OpenAPI uses it, written apart from the decoders. */
const enc = (text: unknown): string =>
  encodeURIComponent(String(text)).replaceAll(/[!'()*.;~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
const list = (items: readonly unknown[], delimiter: string): string => items.map(enc).join(delimiter);
const flat = (object: object): unknown[] => Object.entries(object).flat();
const pairs = (object: object, delimiter: string): string =>
  Object.entries(object)
    .map(([name, value]) => `${enc(name)}=${enc(value)}`)
    .join(delimiter);

type Value = string | number | readonly unknown[] | Readonly<Record<string, unknown>>;
type Encode = (value: Value) => string;

function byKind(
  primitive: (value: unknown) => string,
  array: (items: readonly unknown[]) => string,
  object: (object: object) => string,
): Encode {
  return (value) => {
    if (typeof value !== 'object') return primitive(value);
    return Array.isArray(value) ? array(value) : object(value);
  };
}

const STYLES: readonly [ParameterPlace, ParameterStyle, explode: boolean, Encode][] = [
  [
    'path',
    'simple',
    false,
    byKind(
      enc,
      (items) => list(items, ','),
      (object) => list(flat(object), ','),
    ),
  ],
  [
    'path',
    'simple',
    true,
    byKind(
      enc,
      (items) => list(items, ','),
      (object) => pairs(object, ','),
    ),
  ],
  [
    'path',
    'label',
    false,
    byKind(
      (v) => `.${enc(v)}`,
      (items) => `.${list(items, ',')}`,
      (object) => `.${list(flat(object), ',')}`,
    ),
  ],
  [
    'path',
    'label',
    true,
    byKind(
      (v) => `.${enc(v)}`,
      (items) => `.${list(items, '.')}`,
      (object) => `.${pairs(object, '.')}`,
    ),
  ],
  [
    'path',
    'matrix',
    false,
    byKind(
      (v) => `;色=${enc(v)}`,
      (items) => `;色=${list(items, ',')}`,
      (object) => `;色=${list(flat(object), ',')}`,
    ),
  ],
  [
    'path',
    'matrix',
    true,
    byKind(
      (v) => `;色=${enc(v)}`,
      (items) => items.map((item) => `;色=${enc(item)}`).join(''),
      (object) => `;${pairs(object, ';')}`,
    ),
  ],
  [
    'query',
    'form',
    false,
    byKind(
      (v) => `色=${enc(v)}`,
      (items) => `色=${list(items, ',')}`,
      (object) => `色=${list(flat(object), ',')}`,
    ),
  ],
  [
    'query',
    'form',
    true,
    byKind(
      (v) => `色=${enc(v)}`,
      (items) => items.map((item) => `色=${enc(item)}`).join('&'),
      (object) => pairs(object, '&'),
    ),
  ],
  [
    'query',
    'deepObject',
    true,
    byKind(
      (v) => `色=${enc(v)}`,
      (items) => items.map((item) => `色=${enc(item)}`).join('&'),
      (object) =>
        Object.entries(object)
          .map(([name, value]) => `${enc(`色[${name}]`)}=${enc(value)}`)
          .join('&'),
    ),
  ],
  [
    'cookie',
    'form',
    false,
    byKind(
      (v) => `色=${enc(v)}`,
      (items) => `色=${list(items, ',')}`,
      (object) => `色=${list(flat(object), ',')}`,
    ),
  ],
];

const NAMES = ['a', '名', 'toString', '__proto__', 'x y', 'a,b', 'a=b'];
const leaf = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.constantFrom('007', 'true', 'null', '1', '中文', 'a,b', 'a|b', '%', '+'),
);
const strings = { schema: { type: 'array', items: { type: 'string' } }, values: fc.array(leaf, { minLength: 1, maxLength: 5 }) };
const integers = { schema: { type: 'array', items: { type: 'integer' } }, values: fc.array(fc.integer(), { minLength: 1, maxLength: 5 }) };
const objects = {
  schema: {
    type: 'object',
    properties: Object.fromEntries(NAMES.map((name) => [name, { type: 'string' }])),
    additionalProperties: { type: 'string' },
  },
  values: fc
    .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), leaf), { selector: ([name]) => name, minLength: 1 })
    .map((entries) => Object.fromEntries(entries)),
};
const kinds: readonly { readonly schema: Schema; readonly values: fc.Arbitrary<Value> }[] = [
  { schema: { type: 'string' }, values: leaf },
  { schema: { type: ['string', 'integer'] }, values: fc.oneof(leaf, fc.integer()) },
  { schema: { type: 'integer' }, values: fc.integer() },
  {
    schema: { type: 'number' },
    values: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((value) => (Object.is(value, -0) ? 0 : value)),
  },
  strings,
  integers,
  objects,
];

function decode(given: Pick<Parameter, 'in' | 'style' | 'explode' | 'schema'>, wire: string): Decoded {
  const parameter: Parameter = {
    name: '色',
    required: false,
    deprecated: false,
    allowEmptyValue: false,
    allowReserved: false,
    mediaType: undefined,
    ...given,
  };
  return compileDecoder(
    parameter,
    () => undefined,
  )({
    path: new Map([['色', wire]]),
    query: parseQueryString(wire),
    headers: { 色: wire },
    cookies: lazyCookies(wire),
  });
}

const wellFormed = (value: unknown): boolean =>
  (JSON.stringify(value) ?? '').isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(value) ?? '');

test.each(STYLES)('%s, style %s, explode %s gives back what was encoded', (place, style, explode, encode) => {
  for (const { schema, values } of kinds) {
    fc.assert(
      fc.property(values.filter(wellFormed), (value) => {
        const decoded = decode({ in: place, style, explode, schema }, encode(value));
        expect(decoded.kind === 'value' ? decoded.candidates : decoded).toContainEqual(value);
      }),
      { numRuns: 60 },
    );
  }
});

const anySchema = fc.constantFrom<Schema | undefined>(
  undefined,
  true,
  { type: 'integer' },
  { type: ['string', 'null', 'array', 'object'] },
  strings.schema,
  objects.schema,
  { oneOf: [objects.schema, strings.schema, { type: 'boolean' }] },
  { type: 'array', items: { type: 'array', items: { type: ['integer', 'object'] } } },
);
const wires = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('色', '=', '&', ',', '.', ';', '[', ']', '%', '%2C', '%E8', '+', ' ', '|', '1', 'a', '"', '{', '}', '__proto__'))
    .map((parts) => `色${parts.join('')}`),
);

test('no text makes a decoder throw, none gives no candidate or more than 16', () => {
  const place = fc.constantFrom<ParameterPlace>('path', 'query', 'header', 'cookie');
  const style = fc.constantFrom<ParameterStyle>(
    'simple',
    'label',
    'matrix',
    'form',
    'spaceDelimited',
    'pipeDelimited',
    'tabDelimited',
    'deepObject',
  );
  fc.assert(
    fc.property(place, style, fc.boolean(), anySchema, wires, (where, style, explode, schema, wire) => {
      const decoded = decode({ in: where, style, explode, schema }, wire);
      if (decoded.kind !== 'value') return;
      expect(decoded.candidates.length).toBeGreaterThan(0);
      expect(decoded.candidates.length).toBeLessThanOrEqual(16);
    }),
    { numRuns: 4000 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Schema, SchemaLookup } from '../schema/schema.ts';
import { decodeForm } from './form.ts';

const none: SchemaLookup = () => undefined;
const address: Schema = { type: 'object', properties: { city: { type: 'string' }, zip: { type: 'integer' } } };
const schema: Schema = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: { type: ['string', 'null'] },
    tags: { type: 'array', items: { type: 'string' } },
    ids: { type: 'array', items: { type: 'integer' } },
    address,
    rows: { type: 'array', items: address },
  },
};

test.each<[string, string, Record<string, unknown>, readonly unknown[]]>([
  ['empty', '', {}, [{}]],
  ['typed', 'id=1&name=a+b', {}, [{ id: 1, name: 'a b' }]],
  ['ambiguous', 'name=null', {}, [{ name: null }, { name: 'null' }]],
  ['repeated', 'tags=a&tags=b', {}, [{ tags: ['a', 'b'] }]],
  ['one for an array', 'ids=1', {}, [{ ids: [1] }]],
  ['no value', 'name', {}, [{ name: '' }, { name: null }]],
  ['delimited by encoding', 'ids=1,2', { ids: { explode: false } }, [{ ids: [1, 2] }]],
  ['pipes by encoding', 'ids=1|2', { ids: { style: 'pipeDelimited' } }, [{ ids: [1, 2] }]],
  ['deepObject by encoding', 'address[city]=X&address[zip]=1', { address: { style: 'deepObject' } }, [{ address: { city: 'X', zip: 1 } }]],
  ['brackets without deepObject are a name', 'address[city]=X', {}, [{ 'address[city]': 'X' }]],
  [
    'JSON by encoding',
    'address={"city":"X","zip":1}',
    { address: { contentType: 'application/json' } },
    [{ address: { city: 'X', zip: 1 } }],
  ],
  [
    'JSON items by encoding',
    'rows={"zip":1}&rows={"zip":2}',
    { rows: { contentType: 'application/json' } },
    [{ rows: [{ zip: 1 }, { zip: 2 }] }],
  ],
  [
    'one JSON item by encoding',
    'rows={"zip":1}',
    { rows: { contentType: 'application/json' } },
    [{ rows: [{ zip: 1 }] }, { rows: { zip: 1 } }],
  ],
  ['JSON though nobody says so', 'address=%7B%22zip%22%3A1%7D', {}, [{ address: { zip: 1 } }]],
  ['exploded object', 'city=X&zip=1&id=2', {}, [{ id: 2, address: { city: 'X', zip: 1 } }]],
  ['undeclared names are properties', 'x=1&x=2&y=', {}, [{ x: ['1', '2'], y: '' }]],
  ['a broken encoding object', 'id=1', { id: 'what' }, [{ id: 1 }]],
  ['Chinese', '名=%E5%80%BC', {}, [{ 名: '值' }]],
  ['names of every object', '__proto__=1&constructor=2&toString=3', {}, [JSON.parse('{"__proto__":"1","constructor":"2","toString":"3"}')]],
])('%s', (_name, text, encoding, want) => {
  expect(decodeForm(text, schema, encoding, none)).toStrictEqual({ kind: 'value', candidates: want });
});

test.each<[string, string, Record<string, unknown>, RegExp, string?]>([
  ['percent in a value', 'id=%', {}, /percent-encoded/],
  ['percent in a name', '%zz=1', {}, /percent-encoded/],
  ['bytes of another charset', 'name=%D6%D0', {}, /percent-encoded/],
  ['JSON', 'address={', { address: { contentType: 'application/json' } }, /"address" must be JSON/, '/address'],
  ['a list given twice', 'ids=1&ids=2', { ids: { explode: false } }, /"ids" must be given once/, '/ids'],
])('malformed: %s', (_name, text, encoding, want, pointer) => {
  const place = pointer === undefined ? {} : { pointer };
  expect(decodeForm(text, schema, encoding, none)).toStrictEqual({ kind: 'malformed', message: expect.stringMatching(want), ...place });
});

test('a schema that says nothing takes every name', () => {
  expect(decodeForm('a=1&b=2&b=3', true, {}, none)).toStrictEqual({ kind: 'value', candidates: [{ a: '1', b: ['2', '3'] }] });
});

test('forms of string properties come back as they were', () => {
  const names = fc.constantFrom('a', '名', 'a[b]', '__proto__', 'x y', '&=');
  const entries = fc.uniqueArray(fc.tuple(names, fc.string({ unit: 'grapheme' })), { selector: ([name]) => name });
  fc.assert(
    fc.property(entries, (given) => {
      const text = new URLSearchParams(given).toString();
      expect(decodeForm(text, true, {}, none)).toStrictEqual({ kind: 'value', candidates: [Object.fromEntries(given)] });
    }),
  );
});

test('no text throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(['value', 'malformed']).toContain(decodeForm(text, schema, { address: { style: 'deepObject' } }, none).kind);
    }),
  );
});

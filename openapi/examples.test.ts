import { createHash } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { asNode, isNode, readDocuments, walk } from './documents.fixture.ts';
import type { Document } from './documents.fixture.ts';

/** A value shown as an example, where it stands and the pointer of the schema it has to fit. */
interface Example {
  readonly pointer: string;
  readonly schema: string;
  readonly value: unknown;
}

const documents = await readDocuments();

/** How many examples each document has; a count that drops means that examples are no longer found. */
const COUNTS: Readonly<Record<string, number>> = {
  auth: 14,
  distribute: 37,
  file: 21,
  'invite-plan': 29,
  'marketing-notice': 127,
  member: 17,
  'notification-task': 52,
  'sop-task': 12,
  tie: 72,
};

describe.each(documents.map((document) => ({ name: document.module, document })))('$name', ({ name, document }) => {
  const examples = examplesOf(document);

  test(`its ${COUNTS[name]} examples fit their schemas`, () => {
    const fits = schemaValidator(document);
    expect(examples.flatMap(({ pointer, schema, value }) => fits(schema, value).map((error) => `${pointer}: ${error}`))).toEqual([]);
    expect(examples.length).toBe(COUNTS[name]);
  });

  test('a broken copy of any example is caught', () => {
    const fits = schemaValidator(document);
    // No schema of a whole example is a boolean.
    expect(examples.filter(({ schema }) => fits(schema, true).length === 0)).toEqual([]);
  });

  test('integers beyond 2^53 are int64 and keep every digit', () => {
    const found = examples
      .flatMap(({ value }) => [...walk(value)].map((inner) => inner.value))
      .filter((value) => typeof value === 'bigint');
    expect(found.filter((value) => BigInt.asIntN(64, value) !== value)).toEqual([]);
    const written = [...document.text.matchAll(/(?<=[\s[,:])\d{16,}(?=[\s\],]|$)/g)].map(([digits]) => digits);
    expect(new Set(found.map(String))).toEqual(new Set(written));
  });

  test('no example carries a secret, a real person or a real host', () => {
    const texts = examples.flatMap(({ pointer, value }) =>
      [...walk(value, undefined, pointer)].flatMap((inner) =>
        typeof inner.value === 'string' ? [{ pointer: inner.pointer, text: inner.value }] : [],
      ),
    );
    expect(texts.flatMap(({ pointer, text }) => leaks(pointer, text).map((leak) => `${pointer}: ${leak}`))).toEqual([]);
  });
});

test('at least one example id lies above 2^53 wherever ids are int64', () => {
  const without = documents.filter(({ text }) => text.includes('format: int64') && !text.includes('9007199254740993'));
  expect(without.map(({ module }) => module)).toEqual([]);
});

describe('the checks of this file can fail', () => {
  const member = documents.find(({ module }) => module === 'member');

  test('one damaged example is one failure, at its place', () => {
    const damaged = structuredClone(member) as Document;
    const [first] = examplesOf(damaged).filter(({ pointer }) => pointer.endsWith('/twoReports/value'));
    const records = asNode(first?.value)['records'] as Record<string, unknown>[];
    Object.assign(records[0] ?? {}, { reportDate: '2026-02-30' });
    const fits = schemaValidator(damaged);
    const failures = examplesOf(damaged).flatMap(({ pointer, schema, value }) => fits(schema, value).map(() => pointer));
    expect(new Set(failures)).toEqual(new Set([first?.pointer]));
  });

  const bad: { name: string; pointer: string; text: string }[] = [
    { name: 'a JSON Web Token', pointer: '/token', text: ['eyJhbGciOiJub25lIn0', 'e30', 'c2ln'].join('.') },
    { name: 'Basic credentials', pointer: '/header', text: `Basic ${Buffer.from('client:secret').toString('base64')}` },
    { name: 'a random UUID', pointer: '/token', text: '3f0c9d52-6b1e-4c7a-9d0e-5a8b7c6d4e21' },
    { name: 'long hexadecimal text', pointer: '/id', text: 'b6f1c3d2a4e5968778695a4b3c2d1e0f' },
    { name: 'a clear password', pointer: '/content/password', text: 'tiger' },
    { name: 'a phone number that may exist', pointer: '/phone', text: '13912345678' },
    { name: 'an address outside example.com', pointer: '/email', text: 'someone@mail.test' },
    { name: 'a host of the source documents', pointer: '/img', text: 'http://img3.imgtn.bdimg.com/it' },
    { name: 'any other host', pointer: '/link', text: 'https://shop.test/1' },
  ];
  test.each(bad)('$name is a leak', ({ pointer, text }) => {
    expect(leaks(pointer, text)).not.toEqual([]);
  });
});

/**
 * Every example of a document: of media types, parameters and headers (`example`, `examples` by name), and of schemas
 * (`examples` as a list, JSON Schema 2020-12 section 9.5).
 */
function examplesOf(document: Document): readonly Example[] {
  const outside = (pointer: string) => !/\/(?:examples?|default|const|enum|x-[^/]+)$/.test(pointer) || /\/properties\/[^/]+$/.test(pointer);
  return [...walk(document.value, outside)].flatMap(({ pointer, value }) => {
    if (!isNode(value)) return [];
    const holdsSchema = isNode(value['schema']);
    const schema = holdsSchema ? `${pointer}/schema` : pointer;
    const { example, examples } = value;
    const isPropertyMap = pointer.endsWith('/properties');
    if (isPropertyMap) return [];
    const single = example === undefined ? [] : [{ pointer: `${pointer}/example`, schema, value: example }];
    if (Array.isArray(examples))
      return [...single, ...examples.map((item: unknown, index) => ({ pointer: `${pointer}/examples/${index}`, schema, value: item }))];
    if (!isNode(examples) || !holdsSchema) return single;
    return [
      ...single,
      ...Object.entries(examples).map(([name, item]) => ({
        pointer: `${pointer}/examples/${name}/value`,
        schema,
        value: asNode(item)['value'],
      })),
    ];
  });
}

/**
 * A validator of the document's own schemas by JSON pointer, straight from AJV's 2020-12: the engine's normalisation has no part in it.
 * AJV knows no `bigint`, so it sees the nearest double; that the digits are right is a test of its own.
 */
function schemaValidator(document: Document): (schema: string, value: unknown) => readonly string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document.value, document.module);
  const compiled = new Map<string, ReturnType<typeof ajv.compile>>();
  return (schema, value) => {
    const fragment = schema.split('/').map(encodeURIComponent).join('/');
    const validate = compiled.get(schema) ?? ajv.compile({ $ref: `${document.module}#${fragment}` });
    compiled.set(schema, validate);
    if (validate(withNumbers(value)) === true) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
  };
}

function withNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(withNumbers);
  return isNode(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withNumbers(inner)])) : value;
}

/** What in a text should not be published; empty for synthetic values. */
function leaks(pointer: string, text: string): readonly string[] {
  const found: string[] = [];
  if (/\beyJ[\w-]+\.[\w-]+\./.test(text)) found.push('a JSON Web Token');
  if (/\b(?:Basic|Bearer)\s+[\w+/=-]{8,}/.test(text)) found.push('credentials of a header');
  if (/password$/i.test(pointer) && !/^\*+$/.test(text)) found.push('a password that is not masked');
  for (const [uuid] of text.matchAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi)) {
    if (!uuid.startsWith('00000000-0000-4000-8000-')) found.push(`the UUID ${uuid}`);
  }
  for (const [hex] of text.matchAll(/[\da-f]{24,}/gi)) {
    if (!hex.startsWith('0000000000004000800000000000') && !SIGNATURES.has(hex)) found.push(`the hexadecimal text ${hex}`);
  }
  for (const [phone] of text.matchAll(/(?<!\d)1[3-9]\d{9}(?!\d)/g)) {
    if (!phone.startsWith('1380000')) found.push(`the phone number ${phone}`);
  }
  for (const [, host] of text.matchAll(/[\w.+-]+@([\w.-]+)/g)) if (host !== 'example.com') found.push(`an address at ${host}`);
  for (const [, host] of text.matchAll(/\bhttps?:\/\/([^/?#\s]+)/g)) if (host !== 'example.com') found.push(`the host ${host}`);
  if (/hypers\.com|yzhonshop|eqxiu|\bt\.cn\b|bdimg/i.test(text)) found.push('a host of the source documents');
  return found;
}

/** The two signatures of the examples: SHA-256 of the example upload, and of a file name. */
const SIGNATURES: ReadonlySet<string> = new Set(
  ['hello', '会员名单-2026年3月.xlsx'].map((text) => createHash('sha256').update(text).digest('hex')),
);

import { describe, expect, it } from 'vitest';
import { writeJson } from '../json.ts';
import type { Schema } from '../schema/schema.ts';
import { generate, type GenerateOptions } from './index.ts';
import { generateJudged } from './judge.fixture.ts';

const unjudged = (options: Partial<GenerateOptions> = {}): GenerateOptions => ({
  mode: 'sample',
  seed: 'seed',
  omit: 'none',
  lookup: () => undefined,
  validate: () => true,
  ...options,
});

describe('sample takes what the document gives, in the order that Prism has', () => {
  const table: readonly (readonly [name: string, given: Schema, want: unknown])[] = [
    ['default first', { type: 'string', default: 'd', examples: ['e'], enum: ['d', 'e'] }, 'd'],
    ['then the first example', { type: 'string', examples: ['e', 'f'] }, 'e'],
    ['then the first of enum', { type: 'string', enum: ['x', 'y'] }, 'x'],
    ['then the format', { type: 'string', format: 'date' }, '2019-08-24'],
    ['e-mail', { type: 'string', format: 'email' }, 'user@example.com'],
    ['a plain string', { type: 'string' }, 'string'],
    ['a plain number', { type: 'number' }, 0],
    ['a plain boolean', { type: 'boolean' }, true],
    ['null last', { type: ['null', 'integer'] }, 0],
    ['a default that breaks the schema is not used', { type: 'integer', default: 'many', examples: [-1, 7], minimum: 1 }, 7],
    ['an enum default outside the enum is not used', { type: 'string', enum: ['a'], default: 'b' }, 'a'],
    ['all optional properties', { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } } }, { a: 'string', b: 0 }],
    ['one item', { type: 'array', items: { type: 'string' } }, ['string']],
    ['as many items as asked for', { type: 'array', items: { type: 'integer' }, minItems: 3 }, [0, 0, 0]],
    ['the first branch that works', { oneOf: [{ type: 'integer', minimum: 5, maximum: 3 }, { type: 'boolean' }] }, true],
    ['a map shows two entries', { type: 'object', additionalProperties: { type: 'integer' } }, { property1: 0, property2: 0 }],
    [
      'undeclared properties are not invented',
      { type: 'object', properties: { a: {} }, additionalProperties: { type: 'integer' } },
      { a: 'string' },
    ],
    ['the default of the chosen branch', { anyOf: [{ type: 'string', default: 'branch' }, { type: 'null' }] }, 'branch'],
  ];
  it.each(table)('%s', (_, given, want) => {
    expect(generateJudged(given)).toEqual({ ok: true, value: want });
  });

  it('takes no notice of the seed', () => {
    const schema = { type: 'string', pattern: '^[A-Z]{6}$' };
    expect(generateJudged(schema, { seed: 'a' })).toEqual(generateJudged(schema, { seed: 'b' }));
  });
});

describe('fake', () => {
  const order: Schema = {
    type: 'object',
    properties: {
      id: { type: 'integer' },
      email: { type: 'string', format: 'email' },
      name: { type: 'string' },
      lines: {
        type: 'array',
        items: { type: 'object', properties: { sku: { type: 'string', pattern: '^[A-Z]{3}\\d{5}$' }, price: { type: 'number' } } },
      },
      createdAt: { type: 'string', format: 'date-time' },
    },
  };
  const bytes = (schema: Schema, seed: string): string => writeJson(generate(schema, unjudged({ mode: 'fake', seed })).value);

  it('gives the same bytes for the same seed, and others for another', () => {
    expect(bytes(order, 'one')).toBe(bytes(structuredClone(order), 'one'));
    expect(bytes(order, 'one')).not.toBe(bytes(order, 'two'));
  });

  it('gives the bytes that every other process and machine gets', () => {
    expect(bytes(order, 'pinned')).toMatchInlineSnapshot(
      `"{"id":8915182,"email":"heidi768@demo.net","name":"尉迟欣怡","lines":[{"sku":"SYI86719","price":731.61},{"sku":"WEK03163","price":1662.14}],"createdAt":"2024-06-17T20:39:36Z"}"`,
    );
  });

  it('leaves the other values as they were when a property is added', () => {
    const wider = { ...order, properties: { first: { type: 'string' }, ...(order as { properties: object }).properties } };
    const value = generate(wider, unjudged({ mode: 'fake' })).value as Record<string, unknown>;
    delete value['first'];
    expect(value).toEqual(generate(order, unjudged({ mode: 'fake' })).value);
  });

  it('reads the names of properties', () => {
    const properties = Object.fromEntries(['phone', 'city', 'avatar', 'companyName'].map((name) => [name, { type: 'string' }]));
    const value = generate({ type: 'object', properties }, unjudged({ mode: 'fake' })).value;
    expect(value).toEqual({
      phone: expect.stringMatching(/^1\d{10}$/),
      city: expect.stringMatching(/^\p{Script=Han}+$/u),
      avatar: expect.stringMatching(/^https:\/\//),
      companyName: expect.stringMatching(/\p{Script=Han}/u),
    });
  });

  it('follows x-faker where its value fits', () => {
    const faked = (annotation: unknown, type = 'string'): unknown =>
      generate({ type, 'x-faker': annotation }, unjudged({ mode: 'fake' })).value;
    expect(faked('internet.ipv4')).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    expect(faked({ 'number.int': [{ min: 5, max: 5 }] }, 'integer')).toBe(5);
    expect(faked('person.firstName', 'integer')).toBeTypeOf('number');
    for (const refused of ['helpers.fromRegExp', 'constructor.constructor', { 'string.alpha': 1e9 }, {}, 5])
      expect(faked(refused)).toBeTypeOf('string');
  });
});

describe('properties to be omitted', () => {
  const references: Readonly<Record<string, Schema>> = {
    Secret: { type: 'string', writeOnly: true },
    User: { type: 'object', properties: { password: { allOf: [{ $ref: 'Secret' }] }, name: { type: 'string' } }, required: ['password'] },
  };
  const users: Schema = { type: 'array', items: { anyOf: [{ $ref: 'User' }] }, minItems: 1 };
  const options = unjudged({ omit: 'writeOnly', lookup: (key) => references[key] });

  it.each(['sample', 'fake'] as const)('never appear in %s, not even required ones behind references', (mode) => {
    const { value } = generate(users, { ...options, mode });
    expect(JSON.stringify(value)).not.toContain('password');
    expect(JSON.stringify(value)).toContain('name');
  });

  it('are taken out of examples', () => {
    const given = { ...users, examples: [[{ password: 'x', name: 'Li' }]] };
    expect(generate(given, options)).toEqual({ ok: true, value: [{ name: 'Li' }] });
  });

  it('are kept on the other side', () => {
    expect(JSON.stringify(generate(users, { ...options, omit: 'readOnly' }).value)).toContain('password');
  });
});

describe('what can not be satisfied is said so', () => {
  const table: readonly (readonly [name: string, given: Schema])[] = [
    ['false', false],
    ['crossed bounds', { type: 'integer', minimum: 5, maximum: 3 }],
    ['a forbidden required property', { type: 'object', required: ['a'], properties: { a: false } }],
    ['more items than the budget', { type: 'array', minItems: 1e9, items: { type: 'integer' } }],
    ['more properties than the budget', { type: 'object', minProperties: 1e9 }],
    ['a text of ten million characters', { type: 'string', minLength: 1e7 }],
    ['a pattern of a million characters', { type: 'string', pattern: '(a{1000}){1000}' }],
    ['more distinct items than there are', { type: 'array', items: { type: 'boolean' }, uniqueItems: true, minItems: 3 }],
  ];
  it.each(table)('%s', (_, given) => {
    for (const mode of ['sample', 'fake'] as const) {
      expect(generateJudged(given, { mode })).toMatchObject({ ok: false, reason: expect.stringMatching(/\w/) });
    }
  });

  it.each(['sample', 'fake'] as const)('%s: what can not be had as a whole has its parts', (mode) => {
    const given = { type: 'object', properties: { a: { const: 1 } }, additionalProperties: false, minProperties: 2 };
    expect(generateJudged(given, { mode })).toMatchObject({ ok: false, value: { a: 1 } });
    expect(generateJudged({ type: 'integer', minimum: 7, maximum: 7, not: { type: 'number' } }, { mode })).toMatchObject({
      ok: false,
      value: 7,
    });
  });

  it('does not use an object that requires itself for ever', () => {
    const references = { Loop: { type: 'object', required: ['loop'], properties: { loop: { $ref: 'Loop' } } } };
    expect(generateJudged({ $ref: 'Loop' }, {}, references).ok).toBe(false);
    expect(generateJudged({ type: 'object', properties: { loop: { $ref: 'Loop' }, id: { type: 'integer' } } }, {}, references)).toEqual({
      ok: true,
      value: { id: 0 },
    });
  });

  it('takes a judge that throws for one that refuses', () => {
    const validate = (): boolean => {
      throw new RangeError('Maximum call stack size exceeded');
    };
    expect(generate({ type: 'string' }, unjudged({ validate }))).toMatchObject({ ok: false, value: 'string' });
  });
});

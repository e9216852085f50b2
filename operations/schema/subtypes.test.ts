import { describe, expect, test } from 'vitest';
import { documentOf, validatorOf } from '../document.fixture.ts';

/** Base, and Dog and Puppy which inherit it; each version in its own words. */
function family(version: string, it: unknown, more: Record<string, unknown> = {}) {
  const is20 = version === '2.0';
  const prefix = is20 ? '#/definitions/' : '#/components/schemas/';
  const base = {
    type: 'object',
    discriminator: is20 ? 'kind' : { propertyName: 'kind' },
    required: ['kind'],
    properties: { kind: { type: 'string' }, name: { type: 'string' }, friend: { $ref: `${prefix}Base` } },
  };
  const heir = (of: string, property: string, type: string) => ({
    allOf: [{ $ref: prefix + of }, { type: 'object', required: [property], properties: { [property]: { type } } }],
  });
  const schemas = {
    Base: base,
    Dog: heir('Base', 'bark', 'boolean'),
    Puppy: heir('Dog', 'age', 'integer'),
    Other: { type: 'object', properties: { kind: { type: 'string' } } },
    It: JSON.parse(JSON.stringify(it).replaceAll('"#', `"${prefix}`)) as unknown,
    ...more,
  };
  return documentOf(is20 ? { swagger: version, definitions: schemas } : { openapi: version, components: { schemas } });
}

const told = (version: string, it: unknown, value: unknown, more?: Record<string, unknown>): string[] =>
  validatorOf(family(version, it, more))
    .subtypes(value)
    .map(({ code, pointer, isHint }) => `${pointer} ${code}${isHint === true ? ' (hint)' : ''}`);

const BASE = { $ref: '#Base' };

describe('a schema that others inherit', () => {
  test.each<[name: string, it: unknown, value: unknown, want: string[]]>([
    ['an heir that is right', BASE, { kind: 'Dog', bark: true }, []],
    ['an heir that lacks what it has to have', BASE, { kind: 'Dog' }, [' required']],
    ['an heir with a wrong member', BASE, { kind: 'Dog', bark: 1 }, ['/bark type']],
    ['an heir of an heir', BASE, { kind: 'Puppy', bark: true }, [' required']],
    ['the schema itself', BASE, { kind: 'Base' }, []],
    ['without a name', BASE, { bark: 1 }, []],
    ['a name that is no text', BASE, { kind: 1 }, []],
    ['a name that every object inherits', BASE, { kind: 'toString' }, []],
    ['in a list', { type: 'array', items: BASE }, [{ kind: 'Dog', bark: true }, { kind: 'Dog' }], ['/1 required']],
    ['in a member', { properties: { a: BASE } }, { a: { kind: 'Dog' } }, ['/a required']],
    ['in a map', { additionalProperties: BASE }, { 'a/b': { kind: 'Dog' } }, ['/a~1b required']],
    ['by a pattern', { patternProperties: { '^a': BASE } }, { ab: { kind: 'Dog' }, b: { kind: 'Dog' } }, ['/ab required']],
    ['behind an allOf', { properties: { a: { allOf: [BASE] } } }, { a: { kind: 'Dog' } }, ['/a required']],
    ['within an heir', BASE, { kind: 'Dog', bark: true, friend: { kind: 'Dog' } }, ['/friend required']],
    ['where an heir is asked for, its ancestor has no say', { $ref: '#Dog' }, { kind: 'Puppy', bark: true }, []],
    ['a schema without a discriminator', { $ref: '#Other' }, { kind: 'Dog' }, []],
    ['no object', BASE, 'Dog', []],
  ])('%s', (_name, it, value, want) => {
    for (const version of ['3.0.3', '3.1.0']) expect(told(version, it, value), version).toEqual(want);
    const known = value !== null && typeof value === 'object' && (value as { kind?: unknown }).kind === 'toString';
    expect(told('2.0', it, value), '2.0').toEqual(known ? ['/kind discriminator'] : want);
  });

  test.each(['3.0.4', '3.1.1', '3.2.0'])('version %s takes it for a hint', (version) => {
    expect(told(version, BASE, { kind: 'Dog' })).toEqual([' required (hint)']);
  });

  test('Swagger 2.0 lets no other name in', () => {
    expect(told('2.0', BASE, { kind: 'Cat' })).toEqual(['/kind discriminator']);
    expect(told('2.0', BASE, { kind: 'Other' })).toEqual(['/kind discriminator']);
    // Documents that write a name in another case than their values are many.
    expect(told('2.0', BASE, { kind: 'dog' })).toEqual([]);
    expect(told('3.0.0', BASE, { kind: 'Cat' })).toEqual([]);
  });

  test('names that the property enumerates, or an extension gives', () => {
    const Base = { discriminator: 'kind', properties: { kind: { enum: ['hound', 'plain'] } } };
    const Dog = { 'x-ms-discriminator-value': 'hound', allOf: [{ $ref: '#/definitions/Base' }, { required: ['bark'] }] };
    expect(told('2.0', BASE, { kind: 'plain' }, { Base, Dog })).toEqual([]);
    expect(told('2.0', BASE, { kind: 'hound' }, { Base, Dog })).toEqual([' required']);
  });

  test('names that are mapped', () => {
    const Base = { discriminator: { propertyName: 'kind', mapping: { d: 'Dog' } }, properties: {} };
    expect(told('3.0.0', BASE, { kind: 'd' }, { Base })).toEqual([' required']);
    expect(told('3.0.0', BASE, { kind: 'Dog' }, { Base })).toEqual([' required']);
  });
});

describe('a choice', () => {
  const choice = { oneOf: [{ $ref: '#Circle' }, { $ref: '#Square' }], discriminator: { propertyName: 'kind' } };
  const shape = (side: string) => ({
    type: 'object',
    required: ['kind', side],
    properties: { kind: { type: 'string' }, [side]: { type: 'number' } },
  });
  const more = { Circle: shape('r'), Square: shape('a') };

  test('a value that fits another branch than the one it names', () => {
    expect(told('3.0.0', choice, { kind: 'Circle', a: 1 }, more)).toEqual([' required']);
    expect(told('3.0.0', choice, { kind: 'Square', a: 1 }, more)).toEqual([]);
  });

  test('a value that names none of the branches, though it fits one', () => {
    const mapped = { ...choice, discriminator: { propertyName: 'kind', mapping: { c: 'Circle', s: '#Square' } } };
    const half = { ...choice, discriminator: { propertyName: 'kind', mapping: { c: 'Circle' } } };
    for (const version of ['3.0.3', '3.1.0']) {
      expect(told(version, mapped, { kind: 'triangle', a: 1 }, more)).toEqual(['/kind discriminator']);
      // What values a document means by the names of its schemas is a guess.
      expect(told(version, choice, { kind: 'Triangle', a: 1 }, more)).toEqual(['/kind discriminator (hint)']);
      expect(told(version, half, { kind: 'triangle', a: 1 }, more)).toEqual(['/kind discriminator (hint)']);
    }
    expect(told('3.1.1', mapped, { kind: 'triangle', a: 1 }, more)).toEqual(['/kind discriminator (hint)']);
    expect(told('3.0.0', choice, { kind: 'SQUARE', a: 1 }, more)).toEqual([]);
    expect(told('3.0.0', choice, { a: 1 }, more)).toEqual([]);
    // Fits none: the validator says so itself.
    expect(told('3.0.0', mapped, { kind: 'triangle' }, more)).toEqual([]);
    expect(told('3.0.0', { ...choice, oneOf: [...choice.oneOf, { required: ['b'] }] }, { kind: 'Triangle', a: 1 }, more)).toEqual([]);
    expect(told('3.1.0', { ...mapped, oneOf: [...choice.oneOf, { type: 'null' }] }, { kind: 'triangle', a: 1 }, more)).toEqual([
      '/kind discriminator',
    ]);
    const listed = { ...more, Square: { ...more.Square, properties: { kind: { enum: ['quad'] }, a: { type: 'number' } } } };
    expect(told('3.0.0', choice, { kind: 'quad', a: 1 }, listed)).toEqual([]);
  });

  test('a value that fits both is the one that it names', () => {
    const { validate } = validatorOf(family('3.0.0', choice, more));
    expect(validate({ kind: 'Circle', a: 1, r: 1 })).toEqual([]);
    expect(validate({ kind: 'Triangle', a: 1, r: 1 }).map(({ code }) => code)).toEqual(['oneOf']);
  });
});

describe('defaultMapping (OpenAPI 3.2, Discriminator Object)', () => {
  const shape = (side: string, kind: object = {}) => ({
    type: 'object',
    required: [side],
    properties: { kind: { type: 'string', ...kind }, [side]: { type: 'number' } },
  });
  const more = { Circle: shape('r', { const: 'circle' }), Other: shape('a') };
  const choice = (fallback: unknown) => ({
    anyOf: [{ $ref: '#Circle' }, { $ref: '#Other' }],
    discriminator: { propertyName: 'kind', mapping: { circle: '#Circle' }, defaultMapping: fallback },
  });

  test.each<[name: string, it: unknown, value: unknown, want: string[]]>([
    ['a value that is mapped', choice('Other'), { kind: 'circle', r: 1 }, []],
    ['one that is not, and is right', choice('Other'), { kind: 'odd', a: 1 }, []],
    ['one that is not, and fits another branch', choice('Other'), { kind: 'odd', r: 1 }, [' required (hint)']],
    ['no value', choice('#Other'), { r: 1 }, [' required (hint)']],
    ['no value, and right', choice('#Other'), { a: 1 }, []],
    ['a name of its own is a mapping', choice('Circle'), { kind: 'Other', a: 1 }, []],
    ['what leads nowhere', choice('#Nobody'), { r: 1 }, []],
  ])('%s', (_name, it, value, want) => {
    expect(told('3.2.0', it, value, more)).toEqual(want);
  });

  test('of a schema that others inherit', () => {
    const Base = {
      type: 'object',
      discriminator: { propertyName: 'kind', defaultMapping: 'Dog' },
      properties: { kind: { type: 'string' } },
    };
    expect(told('3.2.0', BASE, { kind: 'Cat' }, { Base })).toEqual([' required (hint)']);
    expect(told('3.2.0', BASE, { kind: 'Cat', bark: true }, { Base })).toEqual([]);
    expect(told('3.2.0', BASE, { kind: 'Base' }, { Base })).toEqual([]);
  });

  test('older versions do not know it', () => {
    expect(told('3.1.1', choice('Other'), { r: 1 }, more)).toEqual([]);
  });
});

test('members of heirs are described', () => {
  const { remarks } = validatorOf(family('2.0', BASE));
  expect(remarks({ kind: 'Dog', bark: true, odd: 1 }).map(({ pointer }) => pointer)).toEqual(['/odd']);
});

test('a value nested without end is passed over', () => {
  let value: unknown = { kind: 'Dog' };
  for (let depth = 0; depth < 50_000; depth += 1) value = { kind: 'Base', friend: value };
  expect(told('2.0', BASE, value)).toEqual([]);
});

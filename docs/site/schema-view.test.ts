import { describe, expect, test } from 'vitest';
import { child } from '../../operations/index.ts';
import { createNames } from './anchors.ts';
import { api, documentOf } from './document.fixture.ts';
import { MAX_FIELDS, viewSchema } from './schema-view.ts';
import type { FieldView, SchemaView } from './schema-view.ts';

async function view(schema: object, schemas: object = {}, left = MAX_FIELDS): Promise<SchemaView> {
  const document = await documentOf(api({}, { ...schemas, Root: schema }));
  const root = { value: document.root.value, source: document.root, pointer: '' };
  const node = ['components', 'schemas', 'Root'].reduce<ReturnType<typeof child>>(
    (at, token) => (at === undefined ? undefined : child(at, token)),
    root,
  );
  if (node === undefined) throw new Error('the schema is not there');
  return viewSchema({ document, anchors: createNames(), left }, [node], 'body');
}

const brief = (fields: readonly FieldView[]): string[] =>
  fields.map(({ name, anchor, required, schema }) => `${name}${required ? '!' : ''} ${schema.types.join('|')} #${anchor}`);

describe('a schema as a tree', () => {
  test('allOf and references are merged, the nearest text wins', async () => {
    const schema = await view(
      {
        description: '近',
        allOf: [{ $ref: '#/components/schemas/A' }, { required: ['b'], properties: { b: { type: 'integer' }, a: { maxLength: 3 } } }],
      },
      { A: { description: '远', required: ['a'], properties: { a: { type: 'string', description: '甲 · A' } } } },
    );
    expect(schema.description.zh).toBe('近');
    expect(brief(schema.fields)).toEqual(['a! string #body.a', 'b! integer #body.b']);
    expect(schema.fields[0]?.schema).toMatchObject({
      description: { zh: '甲', en: 'A' },
      constraints: [{ en: 'length at most 3 characters' }],
    });
  });

  test('what stands beside a reference holds, at every step of a chain', async () => {
    const schema = await view(
      { $ref: '#/components/schemas/A', required: ['b'] },
      {
        A: { $ref: '#/components/schemas/B', properties: { a: { maxLength: 3 } } },
        B: { properties: { a: { type: 'string' }, b: { type: 'integer' } } },
      },
    );
    expect(brief(schema.fields)).toEqual(['a string #body.a', 'b! integer #body.b']);
    expect(schema.fields[0]?.schema.constraints).toMatchObject([{ en: 'length at most 3 characters' }]);
  });

  test('a dynamic reference leads to the schema that has its anchor', async () => {
    const schema = await view({
      title: 'Node',
      type: 'object',
      $dynamicAnchor: 'node',
      properties: { name: { type: 'string' }, children: { type: 'array', items: { $dynamicRef: '#node' } } },
    });
    expect(schema.fields[1]?.schema.items).toMatchObject({ types: ['object'], name: 'Node', stop: 'recursive' });
  });

  test('a schema inside itself is named, not walked', async () => {
    const schema = await view({ properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Root' } } } });
    const items = schema.fields[0]?.schema.items;
    const again = items?.fields[0]?.schema.items ?? items;
    expect(again).toMatchObject({ stop: 'recursive', name: 'Root', fields: [] });
  });

  test('references in a circle end', async () => {
    const schema = await view(
      { $ref: '#/components/schemas/A' },
      { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } },
    );
    expect(schema).toMatchObject({ fields: [], types: [] });
  });

  test('a page has only so many fields', async () => {
    const wide = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${index}`, { type: 'string' }]));
    const schema = await view({ properties: { a: { properties: wide }, b: { properties: wide } } }, {}, 60);
    expect(schema.fields).toHaveLength(2);
    expect(schema.fields[1]?.schema.fields.length).toBeLessThan(50);
  });

  test('branches with their discriminator', async () => {
    const schema = await view(
      {
        oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
        discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat' } },
      },
      { Cat: { properties: { kind: { const: 'cat' } } }, Dog: { properties: { kind: { const: 'Dog' } } } },
    );
    expect(schema.choice?.branches.map(({ mark, schema: branch }) => [branch.name, mark])).toEqual([
      ['Cat', 'kind = cat'],
      ['Dog', 'kind = Dog'],
    ]);
  });

  test('a choice between required fields is a rule, not branches', async () => {
    const schema = await view({ properties: { a: {}, b: {} }, oneOf: [{ required: ['a'] }, { required: ['b'] }] });
    expect(schema.choice).toBeUndefined();
    expect(schema.rules.map(({ en }) => en)).toEqual(['Exactly one of `a`, `b` must be given.']);
  });

  test('internal properties are not shown', async () => {
    expect(brief((await view({ properties: { a: { type: 'string' }, b: { 'x-internal': true } } })).fields)).toEqual(['a string #body.a']);
  });

  test('names that are not fixed, tuples, null', async () => {
    const schema = await view({
      properties: {
        m: { additionalProperties: { type: 'integer' } },
        t: { type: 'array', prefixItems: [{ type: 'string' }] },
        n: { type: ['string', 'null'] },
      },
    });
    const inside = schema.fields.map(({ schema: field }) =>
      field.fields.map(({ name, schema: { types } }) => `${name} ${types.join('|')}`),
    );
    expect(inside).toEqual([['* integer'], ['[0] string'], []]);
    expect(schema.fields[2]?.schema.types).toEqual(['string', 'null']);
  });
});

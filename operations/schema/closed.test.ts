import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaDocument } from '../document.fixture.ts';
import type { Document, Node } from '../document.ts';
import { record } from '../document.ts';
import { generate } from '../generate/index.ts';
import { loadDocument } from '../load.ts';
import type { View } from './excused.ts';
import { closedSchema } from './closed.ts';
import { createSchemas } from './schemas.ts';
import { createValidators } from './validator.ts';
import type { SchemaValidator } from './validator.ts';

const text = { type: 'string' };
const open = (properties: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'object',
  properties,
  ...more,
});
const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });
const VIEWS: readonly View[] = ['request', 'response'];

function nodeOf(document: Document, name: string): Node {
  const components = record(record(document.root.value)['components']);
  return { value: record(components['schemas'])[name], source: document.root, pointer: `/components/schemas/${name}` };
}

function closedOf(
  schema: unknown,
  view: View,
  others: Record<string, unknown> = {},
  version = '3.1',
): Readonly<Record<string, unknown>> | undefined {
  const document = schemaDocument(version, schema, others);
  const schemas = createSchemas(document);
  const closed = closedSchema(schemas.keyOf(nodeOf(document, 'It'), view), schemas.lookup, view);
  return closed === undefined ? undefined : record(closed.schemas.get(closed.key));
}

describe('a closed copy', () => {
  it('takes no further property, nor one of the other side', () => {
    const schema = open({ id: { ...text, readOnly: true }, pin: { ...text, writeOnly: true } });
    expect(closedOf(schema, 'request')).toMatchObject({ additionalProperties: false, properties: { id: false, pin: text } });
    expect(closedOf(schema, 'response')).toMatchObject({ additionalProperties: false, properties: { id: text, pin: false } });
  });

  it('leaves free names free', () => {
    expect(closedOf(open({ a: text }, { additionalProperties: true }), 'request')).toMatchObject({ additionalProperties: true });
    expect(closedOf({ type: 'object' }, 'request')).not.toHaveProperty('additionalProperties');
  });

  it('closes what it refers to', () => {
    const others = { Row: open({ a: text }) };
    const document = schemaDocument('3.1', { type: 'array', items: ref('Row') }, others);
    const schemas = createSchemas(document);
    const closed = closedSchema(schemas.keyOf(nodeOf(document, 'It'), 'request'), schemas.lookup, 'request');
    expect([...(closed?.schemas.values() ?? [])]).toMatchObject([{ type: 'array' }, { additionalProperties: false }]);
  });

  it.each<{ name: string; schema: unknown; version?: string }>([
    { name: 'null and one thing', schema: { oneOf: [open({ a: text }), { type: 'null' }] } },
    { name: 'nullable around a reference', schema: { nullable: true, allOf: [ref('Row')] }, version: '3.0' },
    { name: 'an allOf of one', schema: { allOf: [ref('Row')] } },
    { name: 'a recursive schema', schema: open({ next: ref('It') }) },
  ])('is made of $name', ({ schema, version }) => {
    expect(closedOf(schema, 'request', { Row: open({ a: text }) }, version)).toBeDefined();
  });

  it.each<{ name: string; schema: unknown }>([
    { name: 'two parts of an allOf', schema: { allOf: [open({ a: text }), open({ b: text })] } },
    { name: 'a choice of two things', schema: { oneOf: [open({ a: text }), open({ b: text })] } },
    { name: 'a choice where anything goes', schema: { anyOf: [open({ a: { ...text, readOnly: true } }), {}] } },
    { name: 'properties beside a reference', schema: { ...ref('Row'), properties: { b: text } } },
    { name: 'properties beside an allOf', schema: open({ a: text }, { allOf: [ref('Row')] }) },
    { name: 'not', schema: open({ a: text }, { not: { required: ['b'] } }) },
    { name: 'if', schema: open({ a: text }, { if: { required: ['b'] } }) },
    { name: 'contains', schema: { type: 'array', contains: open({ a: text }) } },
    { name: 'patterns', schema: open({ a: text }, { patternProperties: { '^x-': text } }) },
    { name: 'a discriminator', schema: { oneOf: [ref('Row')], discriminator: { propertyName: 'a', mapping: { x: 'Row' } } } },
    { name: 'a reference to one of these', schema: open({ a: ref('Two') }) },
  ])('is not made of $name', ({ schema }) => {
    const others = { Row: open({ a: text }), Two: { oneOf: [open({ a: text }), open({ b: text })] } };
    expect(closedOf(schema, 'request', others)).toBeUndefined();
  });
});

/** The same schema with and without closed copies: both must say the same of every value. */
interface Pair {
  readonly plain: SchemaValidator;
  readonly quick: SchemaValidator;
  readonly document: Document;
  readonly view: View;
}

function pairOf(document: Document, node: Node, view: View): Pair {
  return {
    plain: createValidators(document).at(node, view),
    quick: createValidators(document, { remarks: true }).at(node, view),
    document,
    view,
  };
}

function expectTheSame({ plain, quick }: Pair, value: unknown): void {
  const issues = quick.validate(value, true);
  const said = { issues, remarks: quick.remarks(value) };
  expect(said, JSON.stringify(value)).toEqual({ issues: plain.validate(value, true), remarks: plain.remarks(value) });
  // Asked again, in another order, nothing has changed.
  expect(quick.remarks(value)).toEqual(said.remarks);
}

/** Changes one place of a value: takes a member away, adds one, or puts something else there. */
function mutated(value: unknown, draw: (below: number) => number, names: readonly string[]): unknown {
  const other = [null, true, 0, -1.5, '', 'x', '2026-03-01T08:00:00Z', [], {}, { odd: 1 }, [{ odd: 1 }]][draw(11)];
  if (typeof value !== 'object' || value === null) return other;
  if (Array.isArray(value)) {
    const at = draw(value.length + 1);
    return draw(4) === 0
      ? other
      : value.map((item: unknown, index) => (index === at ? mutated(item, draw, names) : item)).concat(draw(3) === 0 ? [other] : []);
  }
  const entries = Object.entries(value);
  const at = draw(entries.length + 1);
  const kind = draw(6);
  if (kind === 0) return other;
  if (kind === 1) return { ...value, [names[draw(names.length)] ?? 'odd']: other };
  return Object.fromEntries(
    entries.flatMap(([name, item], index) => (index !== at ? [[name, item]] : kind === 2 ? [] : [[name, mutated(item, draw, names)]])),
  );
}

function drawFrom(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('with the closed copy as without', () => {
  const root = join(import.meta.dirname, '../..');
  const files = [
    ...readdirSync(join(root, 'openapi'))
      .filter((file) => /^[\w-]+\.yaml$/.test(file))
      .map((file) => join(root, 'openapi', file)),
    join(root, 'contracts/bench/shop-3.0.yaml'),
    join(root, 'contracts/bench/shop-3.1.yaml'),
  ];

  it.each(files)('%s', async (file) => {
    const document = await loadDocument(file);
    const names = Object.keys(record(record(record(document.root.value)['components'])['schemas']));
    expect(names.length).toBeGreaterThan(0);
    let [clean, faulty] = [0, 0];
    for (const name of names) {
      for (const view of VIEWS) {
        const pair = pairOf(document, nodeOf(document, name), view);
        const { plain } = pair;
        const schemas = createValidators(document);
        const given = generate(plain.schema, {
          mode: 'fake',
          seed: name,
          lookup: schemas.lookup,
          validate: plain.isValid,
          omit: view === 'request' ? 'readOnly' : 'writeOnly',
        }).value;
        expectTheSame(pair, given);
        const properties = [...new Set(JSON.stringify(plain.schema).match(/\w+/g) ?? []), 'odd'];
        const draw = drawFrom(name.length * 31 + names.indexOf(name));
        let value = given;
        for (let round = 0; round < 12; round += 1) {
          value = round % 5 === 0 ? mutated(given, draw, properties) : mutated(value, draw, properties);
          expectTheSame(pair, value);
          if (plain.isValid(value) && plain.remarks(value).length === 0) clean += 1;
          else faulty += 1;
        }
      }
    }
    // Both kinds were met, or the test proves nothing.
    expect(clean).toBeGreaterThan(0);
    expect(faulty).toBeGreaterThan(0);
  });

  const names = ['a', 'b', 'c'] as const;
  const mark = fc.constantFrom({}, {}, { readOnly: true }, { writeOnly: true });
  const { schema } = fc.letrec<{ schema: unknown; members: unknown }>((tie) => ({
    members: fc.dictionary(fc.constantFrom(...names), tie('schema'), { maxKeys: 3 }),
    schema: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc
        .tuple(fc.constantFrom({ type: 'string' }, { type: 'integer' }, { type: ['string', 'null'] }, {}, true), mark)
        .map(([given, marks]) => (given === true ? true : { ...given, ...marks })),
      fc.tuple(fc.constantFrom('It', 'Other', 'Third'), mark).map(([name, marks]) => ({ ...ref(name), ...marks })),
      fc
        .tuple(
          tie('members'),
          fc.constantFrom({}, {}, { additionalProperties: false }, { additionalProperties: true }, { required: ['a'] }),
          mark,
        )
        .map(([properties, more, marks]) => ({ type: 'object', properties, ...more, ...marks })),
      tie('schema').map((items) => ({ type: 'array', items })),
      tie('schema').map((additionalProperties) => ({ type: 'object', additionalProperties })),
      fc
        .tuple(
          fc.constantFrom('allOf', 'anyOf', 'oneOf'),
          fc.array(fc.oneof(tie('schema'), fc.constant({ type: 'null' })), { minLength: 1, maxLength: 3 }),
          mark,
        )
        .map(([keyword, branches, marks]) => ({ [keyword]: branches, ...marks })),
      fc.tuple(tie('schema'), tie('members')).map(([part, properties]) => ({ properties, anyOf: [part, { type: 'null' }] })),
      fc.tuple(tie('schema'), tie('schema')).map(([part, other]) => ({ allOf: [part], oneOf: [other, { type: 'null' }] })),
    ),
  }));
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: 'medium' },
      fc.constantFrom<unknown[]>(null, 1, 'x', true),
      fc.dictionary(fc.constantFrom(...names, 'odd'), tie('value'), { maxKeys: 4 }),
      fc.array(tie('value'), { maxLength: 2 }),
    ),
  }));

  /** Where a closed copy would go wrong most easily: branches that describe and mark one name differently, or take everything. */
  const marked = mark.map((marks) => ({ type: 'object', properties: { a: { ...marks } } }));
  const choice = fc
    .tuple(
      fc.constantFrom('anyOf', 'oneOf', 'allOf'),
      fc.array(fc.oneof(marked, marked, schema, fc.constant({})), { minLength: 1, maxLength: 3 }),
    )
    .map(([keyword, branches]) => ({ [keyword]: branches }));

  it('any schema, any value', () => {
    expect.hasAssertions();
    const endless = /refers to itself without an end/;
    fc.assert(
      fc.property(
        fc.tuple(fc.oneof(schema, choice), schema, schema),
        fc.array(value, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(...VIEWS),
        ([it, other, third], values, view) => {
          const document = schemaDocument('3.1', it, { Other: other, Third: third });
          const pair = pairOf(document, nodeOf(document, 'It'), view);
          for (const item of values) {
            // A schema that is a circle of references takes no value at all, whoever judges it.
            if (pair.plain.validate(item, true).some(({ message }) => endless.test(message))) continue;
            expectTheSame(pair, item);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

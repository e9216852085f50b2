import { describe, expect, test } from 'vitest';
import { findResponse } from '../operations/index.ts';
import { mendAnswer } from './mend-answer.ts';
import { json, mockOf, openapi } from './mock.fixture.ts';

/** The value as it is sent under a schema. */
async function mended(schema: unknown, value: unknown): Promise<unknown> {
  const mock = await mockOf([openapi({ '/x': { get: { responses: { 200: json(schema) } } } })]);
  const found = mock.table.find('GET', '/x');
  if (found.kind !== 'operation') throw new Error('the operation is not found');
  const content = findResponse(found.operation, 200)?.contents[0];
  if (content === undefined) throw new Error('the content is not found');
  return mendAnswer(content, value, found.operation.validators.lookup);
}

const text = { type: 'string' };
const row = {
  type: 'object',
  required: ['id', 'note', 'kind'],
  properties: { id: text, note: { type: ['string', 'null'] }, kind: { enum: ['a', 'b'] }, size: { type: 'integer' } },
};

describe('mending an answer', () => {
  const full = { id: 'x', note: 'n', kind: 'b' };
  const rows: readonly [name: string, schema: unknown, given: unknown, want: unknown][] = [
    ['what conforms stays', row, { ...full, more: 1 }, { ...full, more: 1 }],
    ["a field of another type is the sample's", row, { ...full, size: 'large' }, { ...full, size: 0 }],
    ["a field that lacks is null where it may be, else the sample's", row, { id: 'x' }, { id: 'x', note: null, kind: 'a' }],
    ['a field too many goes', { ...row, additionalProperties: false }, { ...full, more: 1 }, full],
    [
      'each row of a list for itself',
      { type: 'array', items: row },
      [full, { ...full, kind: 'c' }, { id: 'z', kind: 'b' }],
      [full, { ...full, kind: 'a' }, { id: 'z', kind: 'b', note: null }],
    ],
    [
      'deep inside',
      { type: 'object', properties: { data: { type: 'object', properties: { item: row } } } },
      { data: { item: { ...full, id: 5 } } },
      { data: { item: { ...full, id: 'string' } } },
    ],
    ['what is something else altogether', row, 'text', { id: 'string', note: 'string', kind: 'a', size: 0 }],
    ['nothing where there must be something', row, null, { id: 'string', note: 'string', kind: 'a', size: 0 }],
    [
      'one of several forms',
      {
        oneOf: [
          { type: 'object', required: ['a'], properties: { a: { const: 1 } } },
          { type: 'object', required: ['b'], properties: { b: { const: 2 } } },
        ],
      },
      { a: 3 },
      { a: 1 },
    ],
  ];
  test.each(rows)('%s', async (_name, schema, given, want) => {
    expect(await mended(schema, given)).toEqual(want);
  });

  test('a thousand rows with the same flaw', async () => {
    const list = Array.from({ length: 1000 }, (_, index) => ({ id: String(index), note: 'n' }));
    const made = await mended({ type: 'array', items: row }, list);
    expect(made).toHaveLength(1000);
    expect(made).toEqual(list.map((item) => ({ ...item, kind: 'a' })));
  });
});

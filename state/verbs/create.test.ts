import { describe, expect, test } from 'vitest';
import { parseSource } from '../../operations/index.ts';
import { answer, Rollback } from '../answer.ts';
import { compileStateFiles } from '../model.ts';
import { seedScenarios } from '../seed.ts';
import type { Row, World } from '../world.ts';

/** A world over the seeds of a state file, and a function that answers its operation `act` with a body. */
function start(file: string): { readonly act: (body: unknown) => unknown; readonly rows: (collection: string) => readonly Row[] } {
  const source = parseSource('test.state.yaml', file);
  const [model] = compileStateFiles([{ module: 'test', source, given: source.value as Row }], () => new Set(['act']));
  const operation = model?.operations.get('act');
  if (model === undefined || operation === undefined) throw new Error('the state file has no operation act');
  const rows = new Map(Array.from(seedScenarios([model]).get('default') ?? [], ([name, seeds]) => [name, new Map(seeds)] as const));
  const counters = new Map<string, number>();
  const world: World = {
    get: (collection, key) => rows.get(collection)?.get(key),
    rows: (collection) => rows.get(collection) ?? [],
    size: (collection) => rows.get(collection)?.size ?? 0,
    put: (collection, key, row) => void rows.set(collection, new Map(rows.get(collection)).set(key, row)),
    remove: (collection, key) => rows.get(collection)?.delete(key) ?? false,
    next(counter, first) {
      const next = counters.get(counter) ?? first;
      counters.set(counter, next + 1);
      return next;
    },
    now: () => 0,
  };
  return {
    rows: (collection) => [...(rows.get(`test/${collection}`)?.values() ?? [])],
    act(body) {
      try {
        return answer(model, operation, { method: 'POST', url: '/', path: {}, query: {}, header: {}, cookie: {}, body }, world).body;
      } catch (error) {
        if (error instanceof Rollback) return error.reply.error;
        throw error;
      }
    },
  };
}

const collections = `
collections:
  thing:
    key: { field: id, strategy: given }
    defaults: { status: 1 }
    unique: [[name]]
    seed: [{ id: a, name: first, note: old, status: 2 }, { id: b, name: second }]
  other:
    key: { field: id, strategy: given }
    seed: [{ id: a, note: old }]
`;

describe('create of a key that is taken', () => {
  test.each([
    {
      name: 'is refused',
      conflict: '',
      body: { id: 'a', name: 'new' },
      want: 'CONFLICT',
      row: { id: 'a', name: 'first', note: 'old', status: 2 },
    },
    {
      name: 'is left out',
      conflict: 'conflict: skip',
      body: { id: 'a', name: 'new' },
      want: { row: { id: 'a', name: 'first', note: 'old', status: 2 } },
      row: { id: 'a', name: 'first', note: 'old', status: 2 },
    },
    {
      name: 'takes the place: nothing of the old one stays',
      conflict: 'conflict: replace',
      body: { id: 'a', name: 'new' },
      want: { row: { id: 'a', name: 'new', status: 1 } },
      row: { id: 'a', name: 'new', status: 1 },
    },
    {
      name: 'takes the place of itself',
      conflict: 'conflict: replace',
      body: { id: 'a', name: 'first' },
      want: { row: { id: 'a', name: 'first', status: 1 } },
      row: { id: 'a', name: 'first', status: 1 },
    },
    {
      name: 'does not take what is another one’s',
      conflict: 'conflict: replace',
      body: { id: 'a', name: 'second' },
      want: 'CONFLICT',
      row: { id: 'a', name: 'first', note: 'old', status: 2 },
    },
  ])('$name', ({ conflict, body, want, row }) => {
    const { act, rows } = start(
      `${collections}\noperations:\n  act:\n    do: create\n    in: thing\n    data: { row: $row }\n    ${conflict}\n`,
    );
    expect(act(body)).toEqual(want);
    expect(rows('thing')).toContainEqual(row);
    expect(rows('thing')).toHaveLength(2);
  });
});

describe('create beside another operation', () => {
  test.each([
    { name: 'skip leaves the row that is there', id: 'a', want: [{ id: 'a', note: 'old' }] },
    {
      name: 'skip adds the row that is not',
      id: 'c',
      want: [
        { id: 'a', note: 'old' },
        { id: 'c', note: 'new' },
      ],
    },
  ])('$name', ({ id, want }) => {
    const { act, rows } = start(
      `${collections}\noperations:\n  act:\n    do: create\n    in: thing\n    conflict: replace\n    also: [{ create: other, conflict: skip, set: { id: $row#/id, note: new } }]\n`,
    );
    act({ id, name: 'any' });
    expect(rows('other')).toEqual(want);
  });
});

test.each(['uuid', 'hex32'])('a key of strategy %s never is the one of a seed', (strategy) => {
  const { act, rows } = start(
    `collections:\n  thing:\n    key: { field: id, strategy: ${strategy} }\n    seed: [{ name: one }, { name: two }]\noperations:\n  act: { do: create, in: thing }\n`,
  );
  act({ name: 'three' });
  expect(rows('thing').map((row) => row['name'])).toEqual(['one', 'two', 'three']);
  const form = strategy === 'uuid' ? /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/ : /^[\da-f]{32}$/;
  for (const row of rows('thing')) expect(row['id']).toMatch(form);
});

import { describe, expect, test } from 'vitest';
import { start } from '../state.fixture.ts';

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
    const { body: act, rows } = start(
      `${collections}\noperations:\n  act:\n    do: create\n    in: thing\n    data: { row: $row }\n    ${conflict}\n`,
    );
    expect(act('act', { body })).toEqual(want);
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
    const { body: act, rows } = start(
      `${collections}\noperations:\n  act:\n    do: create\n    in: thing\n    conflict: replace\n    also: [{ create: other, conflict: skip, set: { id: $row#/id, note: new } }]\n`,
    );
    act('act', { body: { id, name: 'any' } });
    expect(rows('other')).toEqual(want);
  });
});

test.each(['uuid', 'hex32'])('a key of strategy %s never is the one of a seed', (strategy) => {
  const { body: act, rows } = start(
    `collections:\n  thing:\n    key: { field: id, strategy: ${strategy} }\n    seed: [{ name: one }, { name: two }]\noperations:\n  act: { do: create, in: thing }\n`,
  );
  act('act', { body: { name: 'three' } });
  expect(rows('thing').map((row) => row['name'])).toEqual(['one', 'two', 'three']);
  const form = strategy === 'uuid' ? /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/ : /^[\da-f]{32}$/;
  for (const row of rows('thing')) expect(row['id']).toMatch(form);
});

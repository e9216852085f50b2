import { describe, expect, test } from 'vitest';
import { start } from '../state.fixture.ts';

const file = (move: string): string => `
collections:
  task:
    fields: [why]
    stamps: { update: { changed: $now.ms } }
    machine: { field: status, initial: 0, transitions: { 0: [1, 9], 1: [0, 2, 9], 2: [1, 9], 9: [] } }
    seed: [{ id: a, status: 0 }, { id: b, status: 1 }, { id: z, status: 9 }]
operations:
  move: { do: transition, in: task, key: $request.path.id, data: { was: $before#/status, is: $row#/status, why: $row#/why }, ${move} }
errors: { GONE: {}, STUCK: {} }
`;

describe('transition', () => {
  test.each([
    { name: 'as declared', move: 'to: 1', id: 'a', want: { was: 0, is: 1 } },
    {
      name: 'to a status of the request, kept as it is declared',
      move: 'to: $request.body#/to',
      id: 'a',
      given: { to: '9' },
      want: { was: 0, is: 9 },
    },
    { name: 'along no way', move: 'to: 2', id: 'a', want: 'ILLEGAL_STATE' },
    { name: 'to where it stands', move: 'to: 1', id: 'b', want: 'ILLEGAL_STATE' },
    { name: 'from the last', move: 'to: 0', id: 'z', want: 'ILLEGAL_STATE' },
    { name: 'a status that there is not', move: 'to: $request.body#/to', id: 'a', given: { to: 77 }, want: 'ILLEGAL_STATE' },
    { name: 'a status that is not given', move: 'to: $request.body#/to', id: 'a', given: {}, want: 'ILLEGAL_STATE' },
    { name: 'from wins over what is declared', move: 'from: [0, 9], to: 2', id: 'z', want: { was: 9, is: 2 } },
    { name: 'not from there', move: 'from: [0], to: 1', id: 'b', want: 'ILLEGAL_STATE' },
    { name: 'from one', move: 'from: 0, to: 1', id: 'a', want: { was: 0, is: 1 } },
    { name: 'ways: the first that fits', move: 'to: [{ from: [1], to: 2 }, { from: [0], to: 9 }]', id: 'a', want: { was: 0, is: 9 } },
    { name: 'ways: none fits', move: 'to: [{ from: [1], to: 2 }]', id: 'a', want: 'ILLEGAL_STATE' },
    { name: 'unknown', move: 'to: 1', id: 'x', want: 'NOT_FOUND' },
    { name: 'unknown, named', move: 'to: 1, otherwise: GONE', id: 'x', want: 'GONE' },
    { name: 'illegal, named', move: 'to: 1, illegal: STUCK', id: 'z', want: 'STUCK' },
    {
      name: 'fields beside the status',
      move: 'to: 1, set: { why: "{$before#/status} no more", status: 5 }',
      id: 'a',
      want: { was: 0, is: 1, why: '0 no more' },
    },
  ])('$name', ({ move, id, given, want }) => {
    const { body, rows } = start(file(move), { now: 5 });
    expect(body('move', { path: { id }, body: given })).toEqual(want);
    const changed = rows('task').filter((row) => row['changed'] === 5);
    expect(changed).toHaveLength(typeof want === 'string' ? 0 : 1);
  });
});

import { describe, expect, test } from 'vitest';
import { start } from '../state.fixture.ts';

const file = (options = ''): string => `
collections:
  plan:
    key: { start: 10 }
    defaults: { status: DRAFT, note: null }
    stamps: { create: { made: $now.ms }, update: { changed: $now.ms } }
    unique: [[name]]
    machine: { field: status, transitions: { DRAFT: [RUNNING], RUNNING: [DONE] } }
    seed: [{ id: 1, name: first }, { id: 9007199254740993, name: big, status: DONE }]
operations:
  save:
    do: upsert
    in: plan
    key: $request.body#/id
    set: { name: $request.body#/name, status: $request.body#/status }
    data: { id: $row#/id, before: $before#/name }
    ${options}
`;

describe('upsert', () => {
  test.each([
    {
      name: 'without a key adds',
      given: { name: 'new' },
      want: { id: 10 },
      row: { id: 10, name: 'new', status: 'DRAFT', note: null, made: 5 },
    },
    { name: 'a null key adds', given: { id: null, name: 'new' }, want: { id: 10 }, row: { id: 10, name: 'new' } },
    { name: 'an empty key adds', given: { id: '', name: 'new' }, want: { id: 10 }, row: { id: 10, name: 'new' } },
    {
      name: 'with a known key changes, the key stays as it was',
      given: { id: '1', name: 'other' },
      want: { id: 1, before: 'first' },
      row: { id: 1, name: 'other', status: 'DRAFT', changed: 5 },
    },
    { name: 'what is not given stays', given: { id: 1 }, want: { id: 1, before: 'first' }, row: { id: 1, name: 'first' } },
    { name: 'an unknown key adds a row of that key', given: { id: 77, name: 'new' }, want: { id: 77 }, row: { id: 77, name: 'new' } },
    {
      name: 'an id beyond 2^53',
      given: { id: 9007199254740993n, name: 'other' },
      want: { id: 9007199254740993n, before: 'big' },
      row: { id: 9007199254740993n, name: 'other', status: 'DONE' },
    },
    {
      name: 'the neighbour of an id beyond 2^53 is another',
      given: { id: 9007199254740992n, name: 'x' },
      want: { id: 9007199254740992n },
      row: { name: 'big' },
    },
    { name: 'a name that another has', given: { id: 1, name: 'big' }, want: 'CONFLICT', row: { id: 1, name: 'first' } },
    { name: 'a name that another has, new', given: { name: 'big' }, want: 'CONFLICT', row: { name: 'big' } },
    { name: 'its own name', given: { id: 1, name: 'first' }, want: { id: 1, before: 'first' }, row: { id: 1, name: 'first' } },
    {
      name: 'along a transition',
      given: { id: 1, status: 'RUNNING' },
      want: { id: 1, before: 'first' },
      row: { id: 1, status: 'RUNNING' },
    },
    { name: 'along no transition', given: { id: 1, status: 'DONE' }, want: 'ILLEGAL_STATE', row: { id: 1, status: 'DRAFT' } },
  ])('$name', ({ given, want, row }) => {
    const { body, rows } = start(file(), { now: 5 });
    expect(body('save', { body: given })).toEqual(want);
    expect(rows('plan')).toContainEqual(expect.objectContaining(row));
  });

  test.each([
    { name: 'unknown', given: { id: 77 }, want: 'NOT_FOUND' },
    { name: 'not given', given: { name: 'new' }, want: { id: 10 } },
    { name: 'null', given: { id: null, name: 'new' }, want: { id: 10 } },
  ])('missing: error with a key that is $name', ({ given, want }) => {
    expect(start(file('missing: error')).body('save', { body: given })).toEqual(want);
  });

  test('errors by their names', () => {
    const { body } = start(`${file('missing: error\n    otherwise: GONE\n    illegal: STUCK')}\nerrors: { GONE: {}, STUCK: {} }`);
    expect([body('save', { body: { id: 77 } }), body('save', { body: { id: 1, status: 'DONE' } })]).toEqual(['GONE', 'STUCK']);
  });
});

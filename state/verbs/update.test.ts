import { describe, expect, test } from 'vitest';
import { start } from '../state.fixture.ts';

const file = (options = ''): string => `
collections:
  plan:
    stamps: { update: { changed: $now.ms } }
    unique: [[name]]
    machine: { field: status, transitions: { DRAFT: [RUNNING], RUNNING: [DONE] } }
    seed: [{ id: 1, name: first, status: DRAFT }, { id: 2, name: second, status: DONE }]
operations:
  change: { do: update, in: plan, key: $request.path.id, data: { now: $row#/name, then: $before#/name }${options} }
errors: { BUILT_IN: {}, GONE: {} }
`;
const set = ', set: { name: $request.body#/name, status: $request.body#/status, id: $request.body#/id }';

describe('update', () => {
  test.each([
    {
      name: 'by set',
      options: set,
      id: 1,
      given: { name: 'other' },
      want: { now: 'other', then: 'first' },
      row: { id: 1, name: 'other', changed: 5 },
    },
    { name: 'by the body', options: '', id: 1, given: { note: 'n' }, want: { now: 'first', then: 'first' }, row: { id: 1, note: 'n' } },
    {
      name: 'the key stays',
      options: set,
      id: 1,
      given: { id: 9, name: 'x' },
      want: { now: 'x', then: 'first' },
      row: { id: 1, name: 'x' },
    },
    { name: 'null is a value', options: set, id: 1, given: { name: null }, want: { now: null, then: 'first' }, row: { id: 1, name: null } },
    { name: 'unknown', options: set, id: 7, given: {}, want: 'NOT_FOUND', row: { id: 1, name: 'first' } },
    { name: 'unknown, named', options: `${set}, otherwise: GONE`, id: 7, given: {}, want: 'GONE', row: {} },
    { name: 'a name that another has', options: set, id: 1, given: { name: 'second' }, want: 'CONFLICT', row: { id: 1, name: 'first' } },
    { name: 'its own name', options: set, id: 1, given: { name: 'first' }, want: { now: 'first', then: 'first' }, row: { id: 1 } },
    {
      name: 'along a transition',
      options: set,
      id: 1,
      given: { status: 'RUNNING' },
      want: { now: 'first', then: 'first' },
      row: { id: 1, status: 'RUNNING' },
    },
    {
      name: 'the status that it has',
      options: set,
      id: 2,
      given: { status: 'DONE' },
      want: { now: 'second', then: 'second' },
      row: { id: 2, status: 'DONE' },
    },
    { name: 'along no transition', options: set, id: 1, given: { status: 'DONE' }, want: 'ILLEGAL_STATE', row: { id: 1, status: 'DRAFT' } },
    {
      name: 'out of a last status',
      options: set,
      id: 2,
      given: { status: 'DRAFT' },
      want: 'ILLEGAL_STATE',
      row: { id: 2, status: 'DONE' },
    },
    { name: 'illegal, named', options: `${set}, illegal: BUILT_IN`, id: 2, given: { status: 'DRAFT' }, want: 'BUILT_IN', row: {} },
    {
      name: 'fits where',
      options: `${set}, where: { status: DRAFT }`,
      id: 1,
      given: { name: 'x' },
      want: { now: 'x', then: 'first' },
      row: { name: 'x' },
    },
    {
      name: 'does not fit: as good as missing',
      options: `${set}, where: { status: DRAFT }`,
      id: 2,
      given: { name: 'x' },
      want: 'NOT_FOUND',
      row: { id: 2, name: 'second' },
    },
    {
      name: 'does not fit: otherwise',
      options: `${set}, where: { status: DRAFT }, otherwise: GONE`,
      id: 2,
      given: {},
      want: 'GONE',
      row: {},
    },
    {
      name: 'does not fit: illegal',
      options: `${set}, where: { status: DRAFT }, otherwise: GONE, illegal: BUILT_IN`,
      id: 2,
      given: {},
      want: 'BUILT_IN',
      row: {},
    },
    {
      name: 'from what the row was',
      options: ', set: { name: "{$before#/name}!" }',
      id: 1,
      given: {},
      want: { now: 'first!', then: 'first' },
      row: { name: 'first!' },
    },
  ])('$name', ({ options, id, given, want, row }) => {
    const { body, rows } = start(file(options), { now: 5 });
    expect(body('change', { path: { id }, body: given })).toEqual(want);
    expect(rows('plan')).toContainEqual(expect.objectContaining(row));
    expect(rows('plan')).toHaveLength(2);
  });
});

test('a row may be told apart by what it says itself', () => {
  const { body } = start(`
collections: { plan: { seed: [{ id: 1, begin: 3, end: 5 }, { id: 2, begin: 6, end: 5 }] } }
operations: { check: { do: list, in: plan, where: { begin: { to: $row#/end } }, show: $row#/id } }`);
  expect(body('check')).toEqual([1]);
});

import { describe, expect, test } from 'vitest';
import { compileFilter } from './predicate.ts';
import { contextOver, NO_REQUEST, scopeWith } from './state.fixture.ts';
import type { Row } from './world.ts';

const PLANS: readonly Row[] = [
  { id: 1, groupId: 12, status: 'DRAFT' },
  { id: 2, groupId: 13, status: 'COMPLETE' },
];

/** The ids of the groups that a filter lets through, asked with a query. */
function letThrough(filter: unknown, query: Row): { readonly ids: readonly unknown[]; readonly problems: readonly string[] } {
  const { context, problems } = contextOver({ plan: PLANS });
  const fits = compileFilter(filter, '', context).bind(scopeWith({ request: { ...NO_REQUEST, query } }));
  return { ids: [12, 13, 14].filter((id) => fits({ id })), problems };
}

describe('$some', () => {
  const where = { groupId: '$outer#/id', status: '$request.query.status' };
  test.each([
    { name: 'a row of the other collection fits', some: { in: 'plan', where }, query: { status: 'DRAFT' }, want: [12] },
    { name: 'any row that refers to this one', some: { in: 'plan', where }, query: {}, want: [12, 13] },
    { name: 'none fits', some: { in: 'plan', where }, query: { status: 'TERMINATION' }, want: [] },
    { name: 'asked', some: { in: 'plan', where, asked: ['$request.query.status'] }, query: { status: 'COMPLETE' }, want: [13] },
    { name: 'not asked', some: { in: 'plan', where, asked: ['$request.query.status'] }, query: {}, want: [12, 13, 14] },
    {
      name: 'an empty text asks for nothing',
      some: { in: 'plan', where, asked: ['$request.query.word'] },
      query: { word: '' },
      want: [12, 13, 14],
    },
    {
      name: 'one of several is enough',
      some: { in: 'plan', where, asked: ['$request.query.word', '$request.query.status'] },
      query: { status: 'DRAFT' },
      want: [12],
    },
  ])('$name', ({ some, query, want }) => {
    expect(letThrough({ $some: some }, query)).toEqual({ ids: want, problems: [] });
  });

  test('an unknown collection is told', () => {
    expect(letThrough({ $some: { in: 'nothing' } }, {}).problems).toEqual([expect.stringContaining('"nothing"')]);
  });
});

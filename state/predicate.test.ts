import { describe, expect, test } from 'vitest';
import { createClock } from './clock-text.ts';
import { compilePredicate } from './predicate.ts';
import type { Scope } from './scope.ts';
import { compileTemplate } from './template.ts';
import type { TemplateContext } from './template-context.ts';
import type { Row } from './world.ts';

const PLANS: readonly Row[] = [
  { id: 1, groupId: 12, status: 'DRAFT' },
  { id: 2, groupId: 13, status: 'COMPLETE' },
];

/** The ids of the groups that a filter lets through, asked with a query. */
function letThrough(filter: unknown, query: Row): { readonly ids: readonly unknown[]; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const context: TemplateContext = {
    collection: (name) => (name === 'plan' ? 'test/plan' : undefined),
    rows: () => PLANS,
    template: (value, pointer) => compileTemplate(value, pointer, context),
    problem: (_pointer, message) => void problems.push(message),
  };
  const scope: Scope = {
    request: { method: 'GET', url: '/', path: {}, query, header: {}, cookie: {}, body: undefined },
    world: {
      get: () => undefined,
      rows: () => [],
      size: () => 0,
      put: () => undefined,
      remove: () => false,
      next: (_counter, start) => start,
      now: () => 0,
    },
    now: 0,
    clock: createClock(480),
    uuid: () => '',
  };
  const predicate = compilePredicate(filter, '', context);
  return { ids: [12, 13, 14].filter((id) => predicate({ id }, scope)), problems };
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

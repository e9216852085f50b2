import { describe, expect, test } from 'vitest';
import { start } from '../state.fixture.ts';

const file = (remove: string, soft = ''): string => `
collections:
  plan:
    stamps: { update: { changed: $now.ms } }
    ${soft}
    seed: [{ id: 1, state: OLD }, { id: 2, state: NEW }, { id: 3, state: OLD }]
operations:
  remove: { do: delete, in: plan, data: { count: $total, ids: { $each: $rows, show: $item#/id }, one: $before#/id }, ${remove} }
errors: { GONE: {}, FRESH: {} }
`;

describe('delete', () => {
  const each = 'each: $request.body#/ids';
  test.each([
    { name: 'by key', remove: 'key: $request.body#/id', given: { id: '1' }, want: { count: 1, ids: [1], one: 1 }, left: [2, 3] },
    { name: 'unknown', remove: 'key: $request.body#/id', given: { id: 7 }, want: 'NOT_FOUND', left: [1, 2, 3] },
    { name: 'unknown, named', remove: 'key: $request.body#/id, otherwise: GONE', given: { id: 7 }, want: 'GONE', left: [1, 2, 3] },
    {
      name: 'unknown, ignored',
      remove: 'key: $request.body#/id, missing: ignore',
      given: { id: 7 },
      want: { count: 0, ids: [] },
      left: [1, 2, 3],
    },
    { name: 'each', remove: each, given: { ids: [1, '3'] }, want: { count: 2, ids: [1, 3] }, left: [2] },
    {
      name: 'each, by a key inside',
      remove: `${each}, key: $item#/id`,
      given: { ids: [{ id: 2 }] },
      want: { count: 1, ids: [2] },
      left: [1, 3],
    },
    { name: 'each, one unknown: none', remove: each, given: { ids: [1, 7] }, want: 'NOT_FOUND', left: [1, 2, 3] },
    { name: 'each, one twice', remove: each, given: { ids: [1, 1] }, want: 'NOT_FOUND', left: [1, 2, 3] },
    {
      name: 'each, unknown ignored',
      remove: `${each}, missing: ignore`,
      given: { ids: [7, 1, 1] },
      want: { count: 1, ids: [1] },
      left: [2, 3],
    },
    { name: 'each of no list', remove: each, given: {}, want: { count: 0, ids: [] }, left: [1, 2, 3] },
    {
      name: 'that does not fit: as good as missing',
      remove: 'key: $request.body#/id, where: { state: OLD }',
      given: { id: 2 },
      want: 'NOT_FOUND',
      left: [1, 2, 3],
    },
    {
      name: 'that does not fit: illegal',
      remove: 'key: $request.body#/id, where: { state: OLD }, illegal: FRESH',
      given: { id: 2 },
      want: 'FRESH',
      left: [1, 2, 3],
    },
    {
      name: 'that does not fit, ignored',
      remove: `${each}, where: { state: OLD }, missing: ignore`,
      given: { ids: [1, 2, 3] },
      want: { count: 2, ids: [1, 3] },
      left: [2],
    },
  ])('$name', ({ remove, given, want, left }) => {
    const { body, rows } = start(file(remove));
    expect(body('remove', { body: given })).toEqual(want);
    expect(rows('plan').map((row) => row['id'])).toEqual(left);
  });

  test('a collection that keeps its deleted rows marks and stamps them; another delete finds nothing', () => {
    const { body, rows } = start(file('key: $request.body#/id', 'softDelete: { gone: 1 }'), { now: 5 });
    expect(body('remove', { body: { id: 1 } })).toEqual({ count: 1, ids: [1], one: 1 });
    expect(rows('plan')).toContainEqual({ id: 1, state: 'OLD', changed: 5, gone: 1 });
    expect(body('remove', { body: { id: 1 } })).toBe('NOT_FOUND');
  });
});

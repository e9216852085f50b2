import { describe, expect, test } from 'vitest';
import { start } from '../state.fixture.ts';

const file = (get: string): string => `
collections:
  plan:
    softDelete: { gone: true }
    seed: [{ id: 1, name: a, kind: x }, { id: 2, name: b, kind: y }, { id: 3, name: c, kind: x, gone: true }, { id: 9007199254740993, name: d, kind: x }]
operations:
  find: { do: get, in: plan, ${get}, show: { name: $row#/name } }
errors: { NO_PLAN: { status: 410 } }
`;

describe('get', () => {
  const byKey = 'key: $request.path.id';
  test.each([
    { name: 'by key', get: byKey, path: { id: 1 }, want: { name: 'a' } },
    { name: 'by key as text', get: byKey, path: { id: '1' }, want: { name: 'a' } },
    { name: 'by key beyond 2^53', get: byKey, path: { id: 9007199254740993n }, want: { name: 'd' } },
    { name: 'by a number that lost its last digit', get: byKey, path: { id: 9007199254740992 }, want: 'NOT_FOUND' },
    { name: 'unknown', get: byKey, path: { id: 7 }, want: 'NOT_FOUND' },
    { name: 'deleted', get: byKey, path: { id: 3 }, want: 'NOT_FOUND' },
    { name: 'no key given', get: byKey, path: {}, want: 'NOT_FOUND' },
    { name: 'another error', get: `${byKey}, otherwise: NO_PLAN`, path: { id: 7 }, want: 'NO_PLAN' },
    { name: 'by key that fits', get: `${byKey}, where: { kind: x }`, path: { id: 1 }, want: { name: 'a' } },
    { name: 'by key that does not fit', get: `${byKey}, where: { kind: y }`, path: { id: 1 }, want: 'NOT_FOUND' },
    { name: 'the first that fits', get: 'where: { kind: $request.path.kind }', path: { kind: 'x' }, want: { name: 'a' } },
    { name: 'none fits', get: 'where: { kind: $request.path.kind }', path: { kind: 'z' }, want: 'NOT_FOUND' },
    { name: 'by a filter on the key', get: 'where: { id: $request.path.id }', path: { id: '2' }, want: { name: 'b' } },
    { name: 'by a filter on the key and more', get: 'where: { id: $request.path.id, kind: x }', path: { id: '2' }, want: 'NOT_FOUND' },
    { name: 'missing: null', get: `${byKey}, missing: null`, path: { id: 7 }, want: {} },
    { name: 'missing: null, deleted', get: `${byKey}, missing: null`, path: { id: 3 }, want: {} },
    { name: 'missing: null, there', get: `${byKey}, missing: null`, path: { id: 2 }, want: { name: 'b' } },
  ])('$name', ({ get, path, want }) => {
    expect(start(file(get)).body('find', { path })).toEqual(want);
  });

  test('what show leaves absent stays absent: the row itself is never shown instead', () => {
    const { body } = start(
      'collections: { plan: { seed: [{ id: 1, secret: x }] } }\noperations: { find: { do: get, in: plan, key: 1, show: $row#/secret }, none: { do: get, in: plan, key: 1, show: $absent } }',
    );
    expect([body('find'), body('none')]).toEqual(['x', undefined]);
  });
});

import { describe, expect, test } from 'vitest';
import { start } from '../state.fixture.ts';

const FILE = `
errors: { WRONG: { status: 401 }, USED: { status: 400 } }
collections:
  user: { key: { field: name, strategy: given }, seed: [{ name: ann, password: secret }, { name: bob, password: null }] }
  access: { key: { field: value, strategy: uuid } }
  refresh: { key: { field: value, strategy: hex32 }, defaults: { used: false }, seed: [{ value: old, user: ann }, { value: dead, user: ann, used: true }] }
operations:
  token:
    do: token
    grant: $request.body#/grant
    grants:
      password: { find: user, where: { name: { equal: $request.body#/name }, password: $request.body#/password }, otherwise: WRONG }
      refresh: { spend: refresh, key: $request.body#/token, where: { used: false }, set: { used: true }, otherwise: USED }
    issue:
      access: { in: access, set: { user: $before#/name, ends: { $time: $now.ms, as: ms, plus: 60 } } }
      refresh: { in: refresh, set: { user: { $default: [$before#/name, $before#/user] }, of: $row#/access/value } }
    data: { access: $row#/access/value, refresh: $row#/refresh/value }
`;

describe('token', () => {
  test('a grant that is proved issues one row of each', () => {
    const { body, rows } = start(FILE, { now: 1000 });
    const given = body('token', { body: { grant: 'password', name: 'ann', password: 'secret' } }) as Record<string, string>;
    expect(rows('access')).toEqual([{ value: given['access'], user: 'ann', ends: 61_000 }]);
    expect(rows('refresh')).toContainEqual({ value: given['refresh'], user: 'ann', of: given['access'], used: false });
  });

  test('a token that is spent works once, the one that came for it works once more', () => {
    const { body } = start(FILE);
    const first = body('token', { body: { grant: 'refresh', token: 'old' } }) as Record<string, string>;
    expect(body('token', { body: { grant: 'refresh', token: 'old' } })).toBe('USED');
    expect(body('token', { body: { grant: 'refresh', token: first['refresh'] } })).toEqual({
      access: expect.any(String),
      refresh: expect.any(String),
    });
  });

  test.each([
    { name: 'wrong password', given: { grant: 'password', name: 'ann', password: 'no' }, want: 'WRONG' },
    { name: 'unknown user', given: { grant: 'password', name: 'eve', password: 'secret' }, want: 'WRONG' },
    { name: 'a token used before', given: { grant: 'refresh', token: 'dead' }, want: 'USED' },
    { name: 'an unknown token', given: { grant: 'refresh', token: 'none' }, want: 'USED' },
    { name: 'no token', given: { grant: 'refresh' }, want: 'USED' },
    { name: 'another grant', given: { grant: 'magic' }, want: 'INVALID' },
    { name: 'a grant that every object has', given: { grant: 'constructor' }, want: 'INVALID' },
    { name: 'no grant', given: {}, want: 'INVALID' },
    { name: 'a grant that is no text', given: { grant: { toString: 1 } }, want: 'INVALID' },
  ])('$name is refused and issues nothing', ({ given, want }) => {
    const { body, rows } = start(FILE);
    expect(body('token', { body: given })).toBe(want);
    expect([rows('access').length, rows('refresh').length]).toEqual([0, 2]);
  });
});

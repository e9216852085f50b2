import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClock } from './clock-text.ts';
import { EMPTY_COLLECTION } from './collection.ts';
import type { Collection } from './collection.ts';
import { findDuplicates } from './duplicates.ts';
import { compileFilter } from './predicate.ts';
import { excerptOfRows } from './rows.ts';
import { createSessions } from './sessions.ts';
import { contextOver, NO_REQUEST, scopeWith } from './state.fixture.ts';
import { compileUnique } from './unique.ts';
import { createBase } from './world-memory.ts';
import type { Row, World } from './world.ts';

/** More rows than are looked at one by one. */
const SEEDED = 150;
const seeded: readonly unknown[] = [1, '1', 1n, 2, 'x', null, undefined, true, [1]];
/** Those that no row has at first, too. */
const owners: readonly unknown[] = [...seeded, 7, '7', 'new'];
const ownerAt = (index: number): unknown => seeded[index % seeded.length];

type Change = { readonly put: number; readonly owner: unknown } | { readonly remove: number };
/** A few, so that one row changes again and again. */
const key = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: SEEDED, max: SEEDED + 4 }));
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ put: key, owner: fc.constantFrom(...owners) }),
  // Mostly of rows that are new: rows below that are other ones now are found another way.
  fc.record({ put: fc.integer({ min: SEEDED, max: SEEDED + 4 }), owner: fc.constantFrom(...owners) }),
  fc.record({ remove: key }),
);
const changes = fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 6 });

const collection: Collection = { ...EMPTY_COLLECTION, name: 'test/t' };
const { context } = contextOver({});
const filter = compileFilter({ owner: '$request.query.owner' }, '', context);
const unique = compileUnique({ fields: ['owner'], where: { id: { not: 3 } } }, '', context);

function withChanges(turns: readonly (readonly Change[])[], look: (world: World) => void): void {
  const rows = Array.from({ length: SEEDED }, (_, id) => [String(id), { id, owner: ownerAt(id) }] as const);
  const session = createSessions({ bases: new Map([['default', createBase([['test/t', rows]])]]) }).get('test');
  const apply = (world: World, turn: readonly Change[]): void => {
    for (const one of turn) {
      if ('remove' in one) world.remove('test/t', String(one.remove));
      else world.put('test/t', String(one.put), { id: one.put, owner: one.owner });
      look(world);
    }
  };
  for (const [index, turn] of turns.entries()) {
    void session.transact((world) => apply(world, turn));
    void session.transact((world) => look(world));
    if (index % 3 === 2) void session.snapshots.save('kept');
  }
}

describe('rows by what is in them', () => {
  test('a part of the rows that fit is what walking through all of them finds', () => {
    const asked = fc.constantFrom(1, '1', 2n, 'x', 7, 'new', 'none', null, undefined);
    fc.assert(
      fc.property(changes, asked, fc.nat(40), fc.integer({ min: 0, max: 30 }), (turns, owner, from, size) => {
        withChanges(turns, (world) => {
          const scope = scopeWith({ world, request: { ...NO_REQUEST, query: { owner } } });
          const fits = filter.bind(scope);
          const all = Array.from(world.rows('test/t'), ([, row]) => row).filter((row) => fits(row));
          expect(excerptOfRows(scope, collection, filter, from, size)).toEqual({ rows: all.slice(from, from + size), total: all.length });
        });
      }),
    );
  });

  test('a row that another would repeat is found, and only such a one', () => {
    fc.assert(
      fc.property(changes, fc.constantFrom(...owners), key, (turns, owner, except) => {
        withChanges(turns, (world) => {
          const scope = scopeWith({ world, clock: createClock(0) });
          const candidate: Row = { id: 1000, owner };
          const isLike = ([own, row]: readonly [string, Row]): boolean =>
            own !== String(except) && row['id'] !== 3 && unique.index.identity(row) === unique.index.identity(candidate);
          const alike = unique.index.identity(candidate) === undefined ? [] : Array.from(world.rows('test/t')).filter(isLike);
          const found = findDuplicates(scope, { ...collection, unique: [unique] }).find(candidate, String(except));
          if (alike.length === 0) expect(found).toBeUndefined();
          else expect(alike.map(([, row]) => row)).toContain(found);
        });
      }),
      { numRuns: 1_000 },
    );
  });
});

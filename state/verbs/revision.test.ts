import { expect, test } from 'vitest';
import { start } from '../state.fixture.ts';
import type { Row } from '../world.ts';

const FILE = `
collections:
  pet:
    key: { field: id, strategy: given }
    defaults: { kind: dog }
    seed: [{ id: 1, name: Rex, kind: cat, tags: [a], home: { town: Ulm, street: { name: Main, no: 5 } } }]
operations:
  plain: { do: update, in: pet, key: $request.path.id }
  patch: { do: update, in: pet, key: $request.path.id, patch: true }
  swap: { do: update, in: pet, key: $request.path.id, replaces: [id, name, kind, tags] }
  put: { do: upsert, in: pet, key: $request.path.id, replaces: [name, kind, tags] }
`;
const home = { town: 'Ulm', street: { name: 'Main', no: 5 } };
const before = { id: 1, name: 'Rex', kind: 'cat', tags: ['a'], home };

const rows: readonly [name: string, operation: string, body: Row, want: Row][] = [
  [
    'fields take the place of the old ones, null is a value',
    'plain',
    { name: null, home: { town: 'Bonn' } },
    { ...before, name: null, home: { town: 'Bonn' } },
  ],
  [
    'a patch merges objects',
    'patch',
    { home: { town: 'Bonn', street: { no: 6 } } },
    { ...before, home: { town: 'Bonn', street: { name: 'Main', no: 6 } } },
  ],
  [
    'a patch removes by null, at any depth',
    'patch',
    { name: null, home: { street: { name: null } }, gone: null },
    { id: 1, kind: 'cat', tags: ['a'], home: { town: 'Ulm', street: { no: 5 } } },
  ],
  ['a patch leaves out null in what is new', 'patch', { toy: { a: 1, b: null } }, { ...before, toy: { a: 1 } }],
  [
    'a patch replaces lists and what was no object',
    'patch',
    { tags: ['b'], name: { first: 'R' } },
    { ...before, tags: ['b'], name: { first: 'R' } },
  ],
  ['a patch can not remove the key', 'patch', { id: null }, before],
  [
    'what is replaced and not sent goes, or back to its default; the rest stays',
    'swap',
    { tags: [] },
    { id: 1, kind: 'dog', tags: [], home },
  ],
  ['the same for upsert', 'put', { name: 'Tom' }, { id: 1, name: 'Tom', kind: 'dog', home }],
];
test.each(rows)('%s', (_name, operation, body, want) => {
  const world = start(FILE);
  world.act(operation, { path: { id: 1 }, body });
  expect(world.rows('pet')).toEqual([want]);
});

import { describe, expect, test } from 'vitest';
import { start } from './state.fixture.ts';

const file = (effect: string): string => `
collections:
  plan: { seed: [{ id: 1, name: first }] }
  task:
    key: { start: 10 }
    stamps: { update: { changed: $now.ms } }
    unique: [[name]]
    seed: [{ id: 1, plan: 1, name: a }, { id: 2, plan: 1, name: b }, { id: 3, plan: 2, name: c }]
operations:
  act: { do: update, in: plan, key: 1, set: { name: $request.body#/name }, also: [${effect}], data: $row#/name }
errors: { TAKEN: {} }
`;
const kept = [
  { id: 1, plan: 1, name: 'a' },
  { id: 2, plan: 1, name: 'b' },
  { id: 3, plan: 2, name: 'c' },
];

describe('effects', () => {
  test.each([
    {
      name: 'create',
      effect: '{ create: task, set: { plan: $row#/id, name: $request.body#/name } }',
      want: [...kept, { id: 10, plan: 1, name: 'new' }],
    },
    {
      name: 'create for each',
      effect: '{ create: task, each: $request.body#/list, set: { plan: $row#/id, name: $item, place: $index } }',
      want: [...kept, { id: 10, plan: 1, name: 'x', place: 0 }, { id: 11, plan: 1, name: 'y', place: 1 }],
    },
    { name: 'create, skipped', effect: '{ create: task, conflict: skip, set: { id: 1, name: z } }', want: kept },
    {
      name: 'create, replaced',
      effect: '{ create: task, conflict: replace, set: { id: 1, name: z } }',
      want: [{ id: 1, name: 'z' }, ...kept.slice(1)],
    },
    {
      name: 'upsert of a known key',
      effect: '{ upsert: task, key: 2, set: { name: "{$before#/name}!" } }',
      want: [kept[0], { id: 2, plan: 1, name: 'b!', changed: 5 }, kept[2]],
    },
    { name: 'upsert of an unknown key', effect: '{ upsert: task, key: 7, set: { name: z } }', want: [...kept, { id: 7, name: 'z' }] },
    {
      name: 'upsert without a key adds',
      effect: '{ upsert: task, key: $request.body#/none, set: { name: z } }',
      want: [...kept, { id: 10, name: 'z' }],
    },
    {
      name: 'update by filter',
      effect: '{ update: task, where: { plan: $outer#/id }, set: { name: "{$row#/name} of {$outer#/name}" } }',
      want: [{ id: 1, plan: 1, name: 'a of new', changed: 5 }, { id: 2, plan: 1, name: 'b of new', changed: 5 }, kept[2]],
    },
    {
      name: 'update by key',
      effect: '{ update: task, key: 3, set: { name: z } }',
      want: [kept[0], kept[1], { id: 3, plan: 2, name: 'z', changed: 5 }],
    },
    { name: 'update by key that does not fit', effect: '{ update: task, key: 3, where: { plan: 1 }, set: { name: z } }', want: kept },
    { name: 'update of an unknown key', effect: '{ update: task, key: 7, set: { name: z } }', want: kept },
    { name: 'delete by filter', effect: '{ delete: task, where: { plan: $outer#/id } }', want: [kept[2]] },
    { name: 'delete by key', effect: '{ delete: task, key: 3 }', want: [kept[0], kept[1]] },
    { name: 'delete each', effect: '{ delete: task, each: [1, 3], key: $item }', want: [kept[1]] },
    { name: 'delete all, said so', effect: '{ delete: task, where: {} }', want: [] },
    { name: 'in their order', effect: '{ delete: task, where: {} }, { create: task, set: { name: a } }', want: [{ id: 10, name: 'a' }] },
  ])('$name', ({ effect, want }) => {
    const { body, rows } = start(file(effect), { now: 5 });
    expect(body('act', { body: { name: 'new', list: ['x', 'y'] } })).toBe('new');
    expect(rows('task')).toEqual(want);
  });

  test.each([
    { name: 'a key that is taken', effect: '{ create: task, set: { id: 1, name: z } }', want: 'CONFLICT' },
    { name: 'a name that is taken', effect: '{ create: task, conflict: TAKEN, set: { name: a } }', want: 'TAKEN' },
    { name: 'a name that another element has', effect: '{ create: task, each: [1, 2], set: { name: z } }', want: 'CONFLICT' },
  ])('$name takes the whole operation back', ({ effect, want }) => {
    const { body, rows } = start(file(effect));
    expect(body('act', { body: { name: 'new' } })).toBe(want);
    expect([rows('plan'), rows('task')]).toEqual([[{ id: 1, name: 'first' }], kept]);
  });
});

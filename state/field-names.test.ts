import { describe, expect, test } from 'vitest';
import { flawsOf } from './state.fixture.ts';

const file = (operation: string, collection = ''): string => `
collections:
  plan: { defaults: { status: 1 }, stamps: { create: { made: $now } }, softDelete: { gone: 1 }, ${collection} seed: [{ id: 1, name: a, inner: { deep: 1 } }, { repeat: 2, row: { title: x } }] }
  task: { seed: [{ id: 1, plan: 1, hours: 2 }] }
operations: { act: ${operation} }
`;

describe('a field that no row can have', () => {
  test.each([
    { name: 'in show', operation: '{ do: get, in: plan, key: 1, show: { a: $row#/nmae } }', want: /"nmae", did you mean name/ },
    { name: 'in show, with a dot', operation: '{ do: get, in: plan, key: 1, show: $row.nmae }', want: /"nmae"/ },
    { name: 'inside a text', operation: '{ do: get, in: plan, key: 1, show: "a {$row#/nmae}" }', want: /"nmae"/ },
    { name: 'in data', operation: '{ do: update, in: plan, key: 1, set: {}, data: $before#/titel }', want: /"titel", did you mean title/ },
    { name: 'in the show of a list', operation: '{ do: list, in: plan, show: $row#/nmae }', want: /"nmae"/ },
    { name: 'in a filter', operation: '{ do: list, in: plan, where: { nmae: x } }', want: /"nmae"/ },
    { name: 'in a filter by pointer', operation: '{ do: list, in: plan, where: { /inned/deep: x } }', want: /"inned"/ },
    { name: 'in $any', operation: '{ do: list, in: plan, where: { $any: { fields: [name, titel], contains: x } } }', want: /"titel"/ },
    {
      name: 'in $some, of the other',
      operation: '{ do: list, in: plan, where: { $some: { in: task, where: { plam: $outer#/id } } } }',
      want: /task has a field "plam"/,
    },
    {
      name: 'in $some, of the row around',
      operation: '{ do: list, in: plan, where: { $some: { in: task, where: { plan: $outer#/idd } } } }',
      want: /plan has a field "idd"/,
    },
    {
      name: 'in a join',
      operation:
        '{ do: get, in: plan, key: 1, show: { $list: task, where: { plan: $outer#/id }, show: { x: $row#/hour, y: $outer#/name } } }',
      want: /task has a field "hour", did you mean hours/,
    },
    {
      name: 'in a join, of the row around',
      operation: '{ do: get, in: plan, key: 1, show: { $list: task, where: { plan: $outer#/ie } } }',
      want: /plan has a field "ie"/,
    },
    { name: 'summed', operation: '{ data: { $sum: task, of: hour } }', want: /"hour", did you mean hours/ },
    { name: 'the greatest', operation: '{ data: { $max: task, of: hour } }', want: /"hour"/ },
    { name: 'unique', operation: '{}', collection: 'unique: [[name, titel]],', want: /"titel"/ },
    {
      name: 'a condition of unique',
      operation: '{}',
      collection: 'unique: [{ fields: [name], where: { stats: 1 } }],',
      want: /"stats", did you mean status/,
    },
    {
      name: 'the status of a machine',
      operation: '{}',
      collection: 'machine: { field: statsu, transitions: { 1: [2] } },',
      want: /"statsu", did you mean status/,
    },
    {
      name: 'the time of a transition',
      operation: '{}',
      collection: 'machine: { field: status, transitions: { 1: [2] }, timed: [{ from: 1, to: 2, at: $row#/mad }] },',
      want: /"mad", did you mean made/,
    },
    { name: 'in a check', operation: '{ checks: [{ exists: task, where: { hous: 1 } }] }', want: /"hous"/ },
    {
      name: 'in an effect',
      operation: '{ do: get, in: plan, key: 1, also: [{ update: task, where: { plan: $outer#/nmae }, set: {} }] }',
      want: /plan has a field "nmae"/,
    },
    { name: 'in a sort', operation: '{ do: list, in: plan, page: { sort: { preset: [id, -nmae] } } }', want: /"nmae"/ },
  ])('$name', ({ operation, collection, want }) => {
    expect(flawsOf(file(operation, collection))).toEqual([expect.stringMatching(want)]);
  });
});

describe('no false alarm', () => {
  test.each([
    {
      name: 'seeds, defaults, stamps, marks and keys',
      operation:
        '{ do: get, in: plan, key: 1, show: [$row#/id, $row#/name, $row#/title, $row#/status, $row#/made, $row#/gone, $row#/inner/anything] }',
    },
    { name: 'what the operation itself sets', operation: '{ do: update, in: plan, key: 1, set: { more: 1 }, data: $row#/more }' },
    {
      name: 'what a spread of a template sets',
      operation: '{ do: update, in: plan, key: 1, set: { ...: { more: 1 } }, data: $row#/more }',
    },
    {
      name: 'what an effect sets',
      operation: '{ do: get, in: plan, key: 1, also: [{ update: plan, key: 1, set: { more: 1 } }], show: $row#/more }',
    },
    { name: 'a body may bring anything', operation: '{ do: create, in: plan, data: $row#/more }' },
    { name: 'a body that is spread too', operation: '{ do: create, in: plan, set: { ...: $request.body }, data: $row#/more }' },
    { name: 'the elements of a batch too', operation: '{ do: create, in: plan, each: $request.body, show: $row#/more }' },
    { name: 'fields that overrides make', operation: '{ do: get, in: plan, key: 1, show: $row#/more }', collection: 'fields: [more],' },
    {
      name: 'a status that only the machine makes',
      operation: '{ do: get, in: plan, key: 1, show: $row#/phase }',
      collection: 'machine: { field: phase, initial: A, transitions: { A: [B] } },',
    },
    {
      name: 'elements of lists',
      operation: '{ do: get, in: plan, key: 1, show: { $count: $row#/inner, where: { whatever: $row#/else } } }',
    },
    {
      name: 'the rows of a token',
      operation:
        '{ do: token, grant: a, grants: { a: { find: plan, key: 1 } }, issue: { one: { in: task, set: { plan: $before#/x } } }, data: $row#/one/id }',
    },
    {
      name: 'rows inside lists of a join',
      operation: '{ do: get, in: plan, key: 1, show: { $each: { $list: task }, show: $item#/nothing } }',
    },
  ])('$name', ({ operation, collection }) => {
    expect(flawsOf(file(operation, collection))).toEqual([]);
  });

  test('a row of a scenario counts', () => {
    expect(
      flawsOf(`${file('{ do: get, in: plan, key: 1, show: $row#/more }')}scenarios: { more: { plan: [{ id: 1, more: 1 }] } }`),
    ).toEqual([]);
  });

  test('another module may write', () => {
    const flaws = flawsOf({
      one: 'collections: { a: { seed: [{ id: 1 }] } }\noperations: { get: { do: get, in: a, key: 1, show: $row#/more } }',
      two: 'operations: { put: { also: [{ update: one/a, key: 1, set: { more: 1 } }] } }',
    });
    expect(flaws).toEqual([]);
  });
});

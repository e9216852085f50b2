import { describe, expect, test } from 'vitest';
import { compileText, flawsOf } from './state.fixture.ts';

/** A file with a collection that has everything, and what the row adds to it. */
const file = (rest: string): string =>
  `collections: { plan: { machine: { field: status, transitions: { A: [B] } }, seed: [{ id: 1, status: A, name: x }] } }\n${rest}`;
const operation = (text: string): string => file(`operations: { act: { ${text} } }`);

describe('every wrong name is a flaw with file, line and column', () => {
  test.each([
    // The file
    {
      name: 'a key of the file',
      text: 'colections: {}',
      want: /^test.state.yaml:1:1: a state file has no "colections", did you mean collections\?/,
    },
    { name: 'a list for a file', text: '- 1', want: /a state file is an object/ },
    { name: 'a text for a file', text: 'hello', want: /a state file is an object/ },
    { name: 'a part that is no object', text: 'operations: [1]', want: /operations is an object/ },
    { name: 'a time zone', text: 'timezone: Asia/Shanghai', want: /an offset such as \+08:00/ },
    { name: 'mend', text: 'mend: 1', want: /mend is true or false/ },
    { name: 'bearer, collection', text: 'bearer: { in: tokens }', want: /no collection "tokens"/ },
    { name: 'bearer, key', text: file('bearer: { in: plan, expire: name }'), want: /bearer has no "expire", did you mean expires/ },
    {
      name: 'bearer, field',
      text: file('bearer: { in: plan, expires: nme }'),
      want: /no row of test\/plan has a field "nme", did you mean name/,
    },
    // Envelopes, errors, pagers
    { name: 'the envelope of the file', text: 'envelope: bare', want: /no envelope "bare"; there are none/ },
    {
      name: 'an envelope of an operation',
      text: `envelopes: { bare: {} }\n${operation('envelope: bar')}`,
      want: /no envelope "bar"; there are bare/,
    },
    { name: 'a key of an envelope', text: 'envelopes: { bare: { okay: 1 } }', want: /an envelope has no "okay"/ },
    { name: 'a status of an envelope', text: 'envelopes: { bare: { errorStatus: ok } }', want: /a status is a number from 200 to 599/ },
    { name: 'a variable in an envelope', text: 'envelopes: { bare: { ok: $dta } }', want: /no such variable, did you mean data/ },
    { name: 'a key of an error', text: 'errors: { A: { state: 1 } }', want: /an error has no "state"/ },
    { name: 'a status of an error', text: 'errors: { A: { status: 42 } }', want: /a status is a number/ },
    { name: 'a key of a pager', text: 'pagers: { p: { sizes: 1 } }', want: /a pager has no "sizes", did you mean size/ },
    { name: 'a number of a pager', text: 'pagers: { p: { most: many } }', want: /most is a whole number/ },
    { name: 'page and offset', text: 'pagers: { p: { page: 1, offset: 1 } }', want: /by page or by offset, not by both/ },
    { name: 'a key of a sort', text: 'pagers: { p: { sort: { field: id } } }', want: /sort has no "field"/ },
    { name: 'a pager of an operation', text: operation('do: list, in: plan, page: p'), want: /no pager "p"; there are none/ },
    {
      name: 'the sort of a pager',
      text: `pagers: { p: { sort: -nam } }\n${operation('do: list, in: plan, page: p')}`,
      want: /no row of test\/plan has a field "nam", did you mean name/,
    },
    { name: 'a member of the page', text: 'pagers: { p: { out: $page.totl } }', want: /\$page has no "totl", did you mean total/ },
    // Collections
    { name: 'a key of a collection', text: 'collections: { t: { keys: {} } }', want: /a collection has no "keys", did you mean key/ },
    { name: 'a collection that is no object', text: 'collections: { t: 1 }', want: /a collection is an object/ },
    { name: 'a key of a key', text: 'collections: { t: { key: { name: id } } }', want: /a key has no "name"/ },
    { name: 'a strategy', text: 'collections: { t: { key: { strategy: guid } } }', want: /strategy is one of sequence, uuid/ },
    { name: 'a start', text: 'collections: { t: { key: { start: one } } }', want: /starts at a whole number/ },
    { name: 'a stamp', text: 'collections: { t: { stamps: { insert: {} } } }', want: /stamps has no "insert"/ },
    { name: 'a unique without fields', text: 'collections: { t: { unique: [{ where: {} }] } }', want: /unique needs a list of fields/ },
    { name: 'a machine without a field', text: 'collections: { t: { machine: {} } }', want: /a machine needs the field/ },
    { name: 'a key of a machine', text: 'collections: { t: { machine: { field: s, states: [] } } }', want: /a machine has no "states"/ },
    {
      name: 'the first status',
      text: 'collections: { t: { machine: { field: s, initial: C, transitions: { A: [B] } } } }',
      want: /no transition knows the status "C"; there are A, B/,
    },
    {
      name: 'a timed transition, from',
      text: 'collections: { t: { machine: { field: s, transitions: { A: [B] }, timed: [{ from: C, to: B, at: 0 }] } } }',
      want: /no transition knows the status "C"/,
    },
    {
      name: 'a timed transition, to',
      text: 'collections: { t: { machine: { field: s, transitions: { A: [B] }, timed: [{ from: A, to: C, at: 0 }] } } }',
      want: /no transition knows the status "C"/,
    },
    {
      name: 'a timed transition without from',
      text: 'collections: { t: { machine: { field: s, timed: [{ to: C, at: 0 }] } } }',
      want: /needs from, to and at/,
    },
    {
      name: 'a timed transition, key',
      text: 'collections: { t: { machine: { field: s, timed: [{ from: A, to: C, at: 0, when: 1 }] } } }',
      want: /a timed transition has no "when"/,
    },
    {
      name: 'a seed twice',
      text: 'collections: { t: { seed: [{ id: 7 }, { id: "7" }] } }',
      want: /^test.state.yaml:1:\d+: there is a row of the key 7 already/,
    },
    { name: 'a seed that is no row', text: 'collections: { t: { seed: [7] } }', want: /a row is an object/ },
    { name: 'too many of a seed', text: 'collections: { t: { seed: [{ repeat: 1000000000, row: {} }] } }', want: /a number of rows up to/ },
    {
      name: 'a collection of a scenario',
      text: file('scenarios: { empty: { plans: [] } }'),
      want: /has no collection "plans", did you mean plan/,
    },
    // Operations
    {
      name: 'an operationId',
      text: 'operations: { acts: {} }',
      want: /^test.state.yaml:1:15: the document of test has no operation "acts", did you mean act\?/,
    },
    { name: 'a verb', text: operation('do: remove, in: plan'), want: /no verb "remove"; there are create, upsert/ },
    { name: 'a verb that every object has', text: operation('do: constructor, in: plan'), want: /no verb "constructor"/ },
    { name: 'a collection', text: operation('do: list, in: plans'), want: /no collection "plans", did you mean plan/ },
    { name: 'no collection', text: operation('do: list'), want: /no collection ""/ },
    { name: 'a collection of another module', text: operation('do: list, in: other/plan'), want: /no collection "other\/plan"/ },
    { name: 'a key of an operation', text: operation('do: list, in: plan, filter: {}'), want: /do: list has no "filter"/ },
    { name: 'a key of another verb', text: operation('do: list, in: plan, set: {}'), want: /do: list has no "set"/ },
    { name: 'a key of a verb, without one', text: operation('in: plan, set: {}'), want: /an operation without a verb has no "set"/ },
    { name: 'a status', text: operation('status: created'), want: /a status is a number/ },
    { name: 'a get of which row', text: operation('do: get, in: plan'), want: /a get needs a key, or where/ },
    { name: 'an update of which row', text: operation('do: update, in: plan'), want: /an update needs a key/ },
    { name: 'a delete of which row', text: operation('do: delete, in: plan'), want: /a delete needs a key, or each/ },
    { name: 'an upsert of which row', text: operation('do: upsert, in: plan'), want: /an upsert needs a key/ },
    { name: 'a transition of which row', text: operation('do: transition, in: plan, to: B'), want: /a transition needs a key/ },
    { name: 'a transition to what', text: operation('do: transition, in: plan, key: 1'), want: /needs the status that it leads to/ },
    {
      name: 'a transition to what there is not',
      text: operation('do: transition, in: plan, key: 1, to: C'),
      want: /no transition knows the status "C"/,
    },
    {
      name: 'a transition from what there is not',
      text: operation('do: transition, in: plan, key: 1, from: C, to: B'),
      want: /no transition knows the status "C"/,
    },
    {
      name: 'a way',
      text: operation('do: transition, in: plan, key: 1, to: [{ form: A, to: B }]'),
      want: /a way has no "form", did you mean from/,
    },
    {
      name: 'a transition without a machine',
      text: 'collections: { t: {} }\noperations: { act: { do: transition, in: t, key: 1, to: B } }',
      want: /needs a machine/,
    },
    { name: 'missing', text: operation('do: get, in: plan, key: 1, missing: ignore'), want: /a get has missing: null/ },
    {
      name: 'an error',
      text: operation('do: get, in: plan, key: 1, otherwise: NOTFOUND'),
      want: /no error "NOTFOUND", did you mean NOT_FOUND/,
    },
    { name: 'an error of a conflict', text: operation('do: create, in: plan, set: {}, conflict: TAKEN'), want: /no error "TAKEN"/ },
    {
      name: 'a parameter of the path',
      text: operation('do: get, in: plan, key: $request.path.taskid'),
      want: /the path has no "taskid", did you mean taskId/,
    },
    {
      name: 'a variable',
      text: operation('data: $rows.x, do: get, in: plan, key: $reqest.path.taskId'),
      want: /no such variable, did you mean request/,
    },
    { name: 'a variable inside a text', text: operation('data: "a {$rwo#/x}"'), want: /no such variable, did you mean row/ },
    // Checks, effects, tokens
    { name: 'a check of nothing', text: operation('checks: [{ where: {} }]'), want: /a check has one of exists, absent, that/ },
    { name: 'a check of a collection', text: operation('checks: [{ exists: plans, key: 1 }]'), want: /no collection "plans"/ },
    {
      name: 'a key of a check',
      text: operation('checks: [{ exists: plan, kye: 1, where: {} }]'),
      want: /a check has no "kye", did you mean key/,
    },
    { name: 'a check of which row', text: operation('checks: [{ exists: plan }]'), want: /which row\?/ },
    { name: 'the error of a check', text: operation('checks: [{ exists: plan, key: 1, otherwise: NONE }]'), want: /no error "NONE"/ },
    { name: 'an error of a promise', text: operation('promises: { refusals: [NONE] }'), want: /no error "NONE"/ },
    { name: 'promised refusals that are no list', text: operation('promises: { refusals: NOT_FOUND }'), want: /a list of names of errors/ },
    { name: 'a comparison', text: operation('checks: [{ that: 1, equals: 1 }]'), want: /a comparison has no "equals", did you mean equal/ },
    { name: 'a comparison with nothing', text: operation('checks: [{ that: 1 }]'), want: /compared with what\?/ },
    { name: 'a variable in a comparison', text: operation('checks: [{ that: 1, equal: $non }]'), want: /no such variable/ },
    { name: 'an effect of nothing', text: operation('also: [{ set: {} }]'), want: /an effect is one of create/ },
    { name: 'an effect of a collection', text: operation('also: [{ create: plans }]'), want: /no collection "plans"/ },
    { name: 'a key of an effect', text: operation('also: [{ delete: plan, key: 1, set: {} }]'), want: /an effect has no "set"/ },
    { name: 'an effect on which rows', text: operation('also: [{ delete: plan }]'), want: /delete which rows\?/ },
    { name: 'a token without grants', text: operation('do: token'), want: /needs grants/ },
    {
      name: 'a key of a grant',
      text: operation('do: token, grant: a, grants: { a: { find: plan, whre: {}, key: 1 } }'),
      want: /a grant has no "whre"/,
    },
    {
      name: 'a grant of a collection',
      text: operation('do: token, grant: a, grants: { a: { find: plans } }'),
      want: /no collection "plans"/,
    },
    {
      name: 'a grant that everyone has',
      text: operation('do: token, grant: a, grants: { a: { find: plan } }'),
      want: /else every request has it/,
    },
    {
      name: 'what is issued',
      text: operation('do: token, grant: a, grants: { a: { find: plan, key: 1 } }, issue: { a: { in: plans } }'),
      want: /no collection "plans"/,
    },
    // Filters and templates
    { name: 'a filter that is none', text: operation('do: list, in: plan, where: [1]'), want: /a filter is an object/ },
    {
      name: 'an operator of a filter',
      text: operation('do: list, in: plan, where: { name: { contain: x } }'),
      want: /a filter has no "contain", did you mean contains/,
    },
    { name: 'an empty filter of a field', text: operation('do: list, in: plan, where: { name: {} }'), want: /asks for nothing/ },
    { name: 'a $-name in a filter', text: operation('do: list, in: plan, where: { $or: [] }'), want: /a filter has no "\$or"/ },
    { name: '$any without fields', text: operation('do: list, in: plan, where: { $any: { contains: x } }'), want: /\$any needs "fields"/ },
    { name: '$some without a collection', text: operation('do: list, in: plan, where: { $some: { in: x } }'), want: /no collection "x"/ },
    { name: 'an operator', text: operation('data: { $cout: plan }'), want: /no operator \$cout, did you mean \$count/ },
    { name: 'an operator that every object has', text: operation('data: { $constructor: plan }'), want: /no operator \$constructor/ },
    {
      name: 'an option of an operator',
      text: operation('data: { $count: plan, were: {} }'),
      want: /\$count has no "were", did you mean where/,
    },
    {
      name: 'an operator that is not first',
      text: operation('data: { where: {}, $count: plan }'),
      want: /an operator stands alone and first/,
    },
    { name: 'the collection of an operator', text: operation('data: { $list: plans }'), want: /no collection "plans"/ },
    { name: 'a $sum of what', text: operation('data: { $sum: plan }'), want: /of which field\?/ },
    { name: '$each without show', text: operation('data: { $each: $request.body }'), want: /\$each needs "show"/ },
    { name: '$default of no list', text: operation('data: { $default: 1 }'), want: /\$default needs a list/ },
    { name: 'a form of a time', text: operation('data: { $time: $now, as: unix }'), want: /one of iso, ms/ },
    { name: 'the hour of a time', text: operation('data: { $time: $now, at: "25:00" }'), want: /written HH:mm/ },
  ])('$name', ({ text, want }) => {
    const flaws = flawsOf(text, new Map([['act', '/plans/{planId}/tasks/{taskId}']]));
    expect(flaws).toContainEqual(expect.stringMatching(want));
    for (const flaw of flaws) expect(flaw).toMatch(/^test\.state\.yaml:\d+:\d+: /);
  });

  test('all flaws of all files at once, each once, in the order of their places', () => {
    const one = 'envelope: none\ncollections:\n  t:\n    unqiue: []\noperations:\n  act: { do: list, in: x }\n';
    const flaws = flawsOf({ two: 'timezone: no\n', one });
    expect(flaws.map((flaw) => /^\S+/.exec(flaw)?.[0])).toEqual(
      ['one.state.yaml:1:1:', 'one.state.yaml:4:5:', 'one.state.yaml:6:21:', 'two.state.yaml:1:1:'].map((place) =>
        expect.stringContaining(place.split(':').slice(0, 2).join(':')),
      ),
    );
    expect(new Set(flaws).size).toBe(flaws.length);
  });

  test('a name with a slash has its own place', () => {
    expect(flawsOf('envelopes:\n  a/b:\n    okay: 1\n')).toEqual([expect.stringMatching(/^test.state.yaml:3:5: /)]);
  });
});

describe('collections of modules that are not served', () => {
  const file = (isElsewhere?: (module: string) => boolean) => () =>
    compileText(
      {
        test: `
bearer: { in: auth/token, expires: ends }
collections: { t: { seed: [{ id: 1 }] } }
operations:
  get: { do: get, in: t, key: 1, checks: [{ exists: auth/user, key: 7 }], show: { n: { $count: auth/user }, user: { $first: auth/user, show: $row#/name } }, also: [{ create: auth/log, set: { id: 1 } }] }`,
      },
      undefined,
      isElsewhere,
    );
  test('are nobody’s rows where they have a state file', () => {
    expect(file((module) => module === 'auth')).not.toThrow();
  });
  test('are slips of the pen where they have none', () => {
    expect(file()).toThrow(/no collection "auth\/user"/);
  });
});

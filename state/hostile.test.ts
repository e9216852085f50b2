import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson, writeJson } from '../operations/index.ts';
import { start } from './state.fixture.ts';

/** A file that does with the values of a request whatever can be done with them. */
const FILE = `
timezone: '+08:00'
pagers: { p: { page: $request.query.page, size: $request.query.size, sort: { by: $request.query.by, direction: $request.query.direction, nulls: $request.query.nulls } } }
errors: { NO: { message: no } }
collections:
  t:
    key: { strategy: given }
    fields: [at, list, name, size]
    defaults: { status: NEW, size: { $size: $row#/name } }
    stamps: { create: { made: { $time: $row#/at, as: iso, plus: $row#/size } }, update: { seen: $now } }
    unique: [[name], { fields: [id, list], where: { name: { contains: $request.body#/name } } }]
    machine: { field: status, transitions: { NEW: [OLD] }, timed: [{ from: NEW, to: OLD, at: $row#/at }] }
    seed: [{ id: a, name: a, at: '2026-03-01 09:00:00', list: [1] }, { id: b, name: null, at: 5, size: 9007199254740993 }]
operations:
  create: { do: create, in: t, data: $row }
  batch: { do: create, in: t, each: $request.body#/list, set: { ...: $item, place: $index }, conflict: skip, data: $rows }
  upsert: { do: upsert, in: t, key: $request.body#/id, set: { ...: $request.body }, data: $row }
  update: { do: update, in: t, key: $request.body#/id, patch: true, data: $row }
  move: { do: transition, in: t, key: $request.body#/id, to: $request.body#/status }
  remove: { do: delete, in: t, each: $request.body#/list, missing: ignore }
  get: { do: get, in: t, where: { id: $request.body#/id, name: $request.body#/name } }
  list:
    do: list
    in: t
    page: p
    where:
      name: { contains: $request.query.by, startsWith: $request.query.by, not: $request.query.page, in: $request.query.list }
      at: { from: $request.query.page, to: $request.query.size, on: $request.query.by }
      list: { anyOf: $request.query.list, contains: $request.query.page }
      /list/0: { equal: $request.query.page }
      $any: { fields: [name, at], contains: $request.query.by }
  make:
    checks: [{ that: $request.body#/id, from: $request.body#/at, to: $request.body#/list, otherwise: NO }, { absent: t, key: $request.body#/name, where: { at: { from: $request.body#/at } } }]
    data:
      text: '{$request.body#/id} and {$request.body#/list}'
      uri: { $uri: 'https://example.com/{$request.body#/name}' }
      time: { $time: $request.body#/at, as: local, at: '22:00', plus: $request.body#/size }
      map: { $map: $request.body#/id, to: { a: 1 } }
      number: { $number: $request.body#/at }
      ratio: { $ratio: [$request.body#/at, $request.body#/size] }
      basic: { $basic: $request.body#/name, part: name }
      each: { $each: $request.body#/list, show: { ...: $item, i: $index } }
      size: { $size: $request.body#/name }
      max: { $max: [$request.body#/at, $request.body#/size, $request.body#/name] }
      sum: { $sum: $request.body#/list, of: at }
      most: { $max: $request.body#/list, of: at }
      found: { $first: t, where: { id: $request.body#/id }, show: $row#/name }
      body: { ...: $request.body, id: $absent }
`;
const OPERATIONS = ['create', 'batch', 'upsert', 'update', 'move', 'remove', 'get', 'list', 'make'] as const;

const names = fc.constantFrom(
  'id',
  'name',
  'at',
  'list',
  'size',
  'status',
  'page',
  'by',
  'direction',
  'nulls',
  '__proto__',
  'constructor',
  'toString',
  'valueOf',
  'length',
  '...',
);
const scalars = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    '',
    '__proto__',
    'constructor',
    'NEW',
    'OLD',
    '2026-03-01',
    '-1',
    '1e300',
    'abc',
    'DESC',
    '\ud800',
    '{$row#/id}',
    '$row',
  ),
  fc.constantFrom(-1, 0, 0.5, 1e300, -1e300, Number.MAX_SAFE_INTEGER, 9007199254740993n, -9007199254740993n, 10n ** 40n),
  fc.constantFrom(null, true, false),
);
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalars,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.uniqueArray(fc.tuple(names, tie('value')), { selector: ([name]) => name, maxLength: 6 }).map(Object.fromEntries),
  ),
}));

test('no request throws, is slow to be answered with a value, or reaches what is not its own', () => {
  const { act, rows } = start(FILE, { now: '2026-03-01T00:00:00Z' });
  fc.assert(
    fc.property(fc.constantFrom(...OPERATIONS), json, json, (operation, body, query) => {
      // A body comes through the parser: __proto__ is a member of its own there.
      const sent = parseJson(writeJson(body));
      const asked = typeof query === 'object' && query !== null && !Array.isArray(query) ? (query as Record<string, unknown>) : {};
      const answered = act(operation, { body: sent, query: asked });
      expect(() => writeJson(answered.body)).not.toThrow();
    }),
    { numRuns: 3000 },
  );
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
  for (const row of rows('t')) expect([Object.prototype, null]).toContain(Object.getPrototypeOf(row));
});

test('__proto__ of a body is a member like any other', () => {
  const { body, rows } = start(
    'collections: { t: { machine: { field: status, initial: A, transitions: { A: [B] } } } }\noperations: { add: { do: create, in: t, set: { ...: $request.body }, data: $row#/status } }',
  );
  expect(body('add', { body: parseJson('{"__proto__":{"status":"B","polluted":1},"constructor":{"prototype":{"polluted":1}}}') })).toBe(
    'A',
  );
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(Object.getPrototypeOf(rows('t')[0])).toBe(Object.prototype);
  expect(Object.getOwnPropertyDescriptor(rows('t')[0], '__proto__')?.value).toEqual({ status: 'B', polluted: 1 });
});

test('a deep body is kept and shown', () => {
  const { act } = start('collections: { t: {} }\noperations: { add: { do: create, in: t, data: $row } }');
  const deep = parseJson(`${'{"a":'.repeat(900)}1${'}'.repeat(900)}`);
  expect(writeJson(act('add', { body: deep }).body)).toContain('"a":1');
});

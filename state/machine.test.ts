import { describe, expect, test } from 'vitest';
import { start } from './state.fixture.ts';

const FILE = `
timezone: '+08:00'
collections:
  task:
    stamps: { create: { made: $now.local }, update: { changed: $now.local } }
    machine:
      field: status
      initial: PENDING
      transitions: { PENDING: [RUNNING, STOPPED], RUNNING: [DONE], DONE: [], STOPPED: [] }
      timed:
        - { from: PENDING, to: RUNNING, at: $row#/starts, set: { ran: $now.local, was: $before#/status } }
        - { from: [RUNNING], to: DONE, at: { $time: $row#/ran, plus: $row#/takes }, set: { done: $now.local } }
        - { from: PENDING, to: STOPPED, at: $row#/stops }
    seed:
      - { id: 1, starts: '2026-03-01 09:00:00', takes: 3600 }
      - { id: 2, starts: '2026-03-01 09:00:00', takes: 3600, stops: '2026-03-01 08:00:00' }
      - { id: 3 }
      - { id: 4, status: DONE, starts: '2020-01-01 00:00:00' }
      - { id: 5, status: RUNNING, ran: '2026-03-01 12:00:00', takes: -7200 }
operations:
  get: { do: get, in: task, key: $request.path.id }
  list: { do: list, in: task, where: { status: $request.query.status }, show: $row#/id }
  stop: { do: transition, in: task, key: $request.path.id, to: STOPPED }
  take: { do: update, in: task, key: $request.path.id, set: { takes: $request.body#/takes }, data: $row }
  count: { data: { $count: task, where: { status: DONE } } }
`;

describe('timed transitions', () => {
  test.each([
    { name: 'not yet', id: 1, now: '2026-03-01T08:59:59+08:00', want: { status: 'PENDING' } },
    {
      name: 'at the moment',
      id: 1,
      now: '2026-03-01T09:00:00+08:00',
      want: { status: 'RUNNING', ran: '2026-03-01 09:00:00', changed: '2026-03-01 09:00:00', was: 'PENDING' },
    },
    {
      name: 'several at once, each at its own moment',
      id: 1,
      now: '2030-01-01T00:00:00+08:00',
      want: { status: 'DONE', ran: '2026-03-01 09:00:00', done: '2026-03-01 10:00:00', changed: '2026-03-01 10:00:00' },
    },
    { name: 'the earlier of two', id: 2, now: '2030-01-01T00:00:00+08:00', want: { status: 'STOPPED', changed: '2026-03-01 08:00:00' } },
    { name: 'no moment', id: 3, now: '2030-01-01T00:00:00+08:00', want: { status: 'PENDING' } },
    { name: 'from a status that waits for nothing', id: 4, now: '2030-01-01T00:00:00+08:00', want: { status: 'DONE' } },
  ])('$name', ({ id, now, want }) => {
    const { body } = start(FILE, { now });
    const row = body('get', { path: { id } });
    expect(row).toMatchObject(want);
    expect(body('get', { path: { id } })).toEqual(row);
  });

  test('time never runs backwards: what was due before its own status came is done when that came', () => {
    const late = start(
      `collections:\n  t:\n    machine: { field: s, initial: A, transitions: { A: [B], B: [C] }, timed: [{ from: A, to: B, at: $row#/b }, { from: B, to: C, at: $row#/c, set: { when: $now.ms } }] }\n    seed: [{ id: 1, b: 1000, c: 10 }]\noperations: { get: { do: get, in: t, key: 1 } }`,
      { now: 5000 },
    );
    expect(late.body('get')).toEqual({ id: 1, b: 1000, c: 10, s: 'C', when: 1000 });
  });

  test('lists, counts, filters and transitions see the rows as of now', () => {
    const { body, freeze } = start(FILE, { now: '2026-03-01T09:30:00+08:00' });
    expect(body('list', { query: { status: 'RUNNING' } })).toEqual([1, 5]);
    expect(body('stop', { path: { id: 1 } })).toBe('ILLEGAL_STATE');
    freeze('2026-03-01T10:00:00+08:00');
    expect(body('count')).toBe(3);
    expect(body('list', { query: { status: 'RUNNING' } })).toEqual([]);
    expect(body('list', { query: { status: 'DONE' } })).toEqual([1, 4, 5]);
  });

  test('a row that is changed has the moments of its new fields', () => {
    const { body, freeze } = start(FILE, { now: '2026-03-01T09:30:00+08:00' });
    expect(body('get', { path: { id: 1 } })).toMatchObject({ status: 'RUNNING' });
    body('take', { path: { id: 1 }, body: { takes: 7200 } });
    freeze('2026-03-01T10:30:00+08:00');
    expect(body('get', { path: { id: 1 } })).toMatchObject({ status: 'RUNNING' });
    freeze('2026-03-01T11:00:00+08:00');
    expect(body('get', { path: { id: 1 } })).toMatchObject({ status: 'DONE', done: '2026-03-01 11:00:00' });
  });

  test('rules that go round end', () => {
    const { body } = start(
      'collections:\n  t:\n    machine: { field: s, initial: A, transitions: { A: [B], B: [A] }, timed: [{ from: A, to: B, at: 0 }, { from: B, to: A, at: 0 }] }\n    seed: [{ id: 1 }]\noperations: { get: { do: get, in: t, key: 1 } }',
      { now: 1 },
    );
    expect(body('get')).toMatchObject({ s: expect.stringMatching(/[AB]/) });
  });

  test('a moment may depend on more than the row', () => {
    const { body, freeze } = start(
      `collections:\n  t:\n    machine: { field: s, initial: A, transitions: { A: [B] }, timed: [{ from: A, to: B, at: { $first: other, where: { id: $outer#/id }, show: $row#/due } }] }\n    seed: [{ id: 1 }]\n  other: { seed: [{ id: 1, due: 1000 }] }\noperations:\n  get: { do: get, in: t, key: 1, show: $row#/s }\n  later: { do: update, in: other, key: 1, set: { due: 3000 } }`,
    );
    expect(body('get')).toBe('A');
    body('later');
    freeze(2000);
    expect(body('get')).toBe('A');
    freeze(3000);
    expect(body('get')).toBe('B');
  });
});

test('without declared transitions any status may become any other', () => {
  const { body } = start(
    'collections: { t: { machine: { field: s }, seed: [{ id: 1, s: A }] } }\noperations:\n  change: { do: update, in: t, key: 1, data: $row#/s }\n  move: { do: transition, in: t, key: 1, to: C, data: $row#/s }',
  );
  expect([body('change', { body: { s: 'B' } }), body('move')]).toEqual(['B', 'C']);
});

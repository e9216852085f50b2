import { describe, expect, test } from 'vitest';
import { createBase } from './world-memory.ts';
import { createRoom, rowBytes } from './room.ts';
import { createSessions } from './sessions.ts';
import type { Row } from './world.ts';

describe('what a row takes', () => {
  const cases: { name: string; given: Row; want: number }[] = [
    { name: 'nothing in it', given: {}, want: 80 },
    { name: 'numbers, truth values and null', given: { a: 1, b: true, c: null, d: 9007199254740993n }, want: 80 + 4 * 16 },
    { name: 'texts by their length', given: { a: 'x'.repeat(100) }, want: 80 + 16 + 200 },
    { name: 'lists and objects within', given: { a: [{ b: 'xy' }, 'z'] }, want: 80 + 16 + (80 + 2 * 16 + 2) + (80 + 16 + 4) },
  ];
  test.each(cases)('$name', ({ given, want }) => expect(rowBytes(given)).toBe(want));

  test('however deep', () => {
    let row: Row = {};
    for (let depth = 0; depth < 40_000; depth += 1) row = { row };
    expect(rowBytes(row)).toBe(80 + 40_000 * 96);
  });

  test('what holds one object many times, or itself, is counted to an end', () => {
    let row: Row = {};
    for (let depth = 0; depth < 100; depth += 1) row = { one: row, other: row };
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    for (const endless of [row, circle]) expect(rowBytes(endless)).toBeLessThan(20_000_000);
  });
});

test('what has gone is found when the limit seems to be reached, and not looked for again at once', () => {
  let there = 0;
  let counted = 0;
  let time = 0;
  const room = createRoom(
    1_000,
    () => {
      counted += 1;
      return there;
    },
    () => time,
  );
  for (let turn = 0; turn < 10; turn += 1) room.take(100, true);
  expect(counted).toBe(0);
  there = 300;
  room.take(100, true);
  expect(counted).toBe(1);
  there = 1_000;
  for (let turn = 0; turn < 6; turn += 1) room.take(100, true);
  for (let turn = 0; turn < 5; turn += 1) expect(() => room.take(100, true)).toThrow(/delete rows, reset or remove sessions/);
  expect(counted).toBe(2);
  there = 0;
  time = 2_000;
  room.take(100, true);
  expect(counted).toBe(3);
});

test('who goes on asking while there is no room is let in once there is', () => {
  let there = 1_000;
  let time = 0;
  const room = createRoom(
    1_000,
    () => there,
    () => time,
  );
  room.take(1_000, true);
  for (; time < 1_500; time += 100) expect(() => room.take(100, true)).toThrow('delete rows');
  there = 0;
  for (; time < 2_000; time += 100) expect(() => room.take(100, true)).toThrow('delete rows');
  room.take(100, true);
});

test('without room rows may still change a little', () => {
  const room = createRoom(100_000, () => 100_000);
  room.take(100_000, true);
  room.take(300, false);
  expect(() => room.take(300, true)).toThrow('delete rows');
  expect(() => room.take(50_000, false)).toThrow('delete rows');
});

test('sessions share one room; a refusal changes nothing, and a reset makes room', () => {
  let time = 0;
  const sessions = createSessions({ bases: new Map([['default', createBase([])]]), maxBytes: 100_000, now: () => time });
  const add = (name: string, key: string): void =>
    void sessions.get(name).transact((world) => world.put('a/rows', key, { text: 'x'.repeat(10_000) }));
  for (let index = 0; index < 4; index += 1) add(index % 2 === 0 ? 'one' : 'other', String(index));
  expect(() => add('third', '4')).toThrow(expect.objectContaining({ code: 'state-full' }));
  expect(sessions.get('third').read()).toEqual({});
  void sessions.get('one').transact((world) => world.put('a/rows', '0', { text: 'x', deleted: 1 }));
  void sessions.get('one').reset();
  time = 10_000;
  add('third', '4');
  expect(sessions.get('third').transact((world) => world.size('a/rows'))).toBe(1);
});

test('rows that only a snapshot has still take room; those it shares with the world count once', () => {
  let time = 0;
  const sessions = createSessions({ bases: new Map([['default', createBase([])]]), maxBytes: 100_000, now: () => time });
  const one = sessions.get('one');
  const add = (key: string): void => void one.transact((world) => world.put('a/rows', key, { text: 'x'.repeat(10_000) }));
  add('0');
  const { bytes: single, most } = sessions.memory();
  expect({ single, most }).toEqual({ single: rowBytes({ text: 'x'.repeat(10_000) }), most: 100_000 });
  void one.snapshots.save('kept');
  expect(sessions.memory().bytes).toBe(single);
  void one.reset();
  expect(sessions.memory().bytes).toBe(single);
  for (const key of ['1', '2', '3']) add(key);
  expect(() => add('4')).toThrow(expect.objectContaining({ code: 'state-full' }));
  void one.snapshots.remove('kept');
  time = 10_000;
  add('4');
  expect(sessions.memory().bytes).toBe(4 * single);
});

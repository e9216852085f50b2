import { describe, expect, test } from 'vitest';
import { createSessions } from './sessions.ts';
import { createBase } from './world-memory.ts';

const bases = new Map([
  ['default', createBase([['shop/item', [['1', { id: 1 }]]]])],
  ['empty', createBase([])],
]);
const setUp = () => createSessions({ bases, maxSnapshots: 2, now: () => 0 }).get('a');
const code = (value: string) => expect.objectContaining({ name: 'StateError', code: value });

describe('snapshots', () => {
  test('bring back rows, counters, clock and scenario, as often as wanted', async () => {
    const session = setUp();
    await session.transact((world) => [world.put('shop/item', '2', { id: 2 }), world.next('n', 1)]);
    await session.clock.freeze(5);
    await session.snapshots.save('s');
    for (let round = 0; round < 2; round++) {
      await session.transact((world) => [world.remove('shop/item', '1'), world.put('shop/item', '2', {}), world.next('n', 1)]);
      await session.clock.resume();
      await session.reset('empty');
      await session.transact((world) => world.put('c', '1', {}));
      await session.snapshots.restore('s');
      expect(await session.read()).toEqual({ 'shop/item': [{ id: 1 }, { id: 2 }] });
      expect(await session.scenario()).toBe('default');
      expect((await session.clock.read()).setting).toEqual({ kind: 'frozen', at: 5 });
      expect(await session.transact((world) => world.next('n', 1))).toBe(2);
    }
  });

  test('are listed oldest first, and removed', async () => {
    const { snapshots } = setUp();
    await snapshots.save('a');
    await snapshots.save('b');
    await snapshots.save('a');
    expect(await snapshots.list()).toEqual(['b', 'a']);
    expect(await snapshots.remove('b')).toBe(true);
    expect(await snapshots.remove('b')).toBe(false);
    expect(await snapshots.list()).toEqual(['a']);
  });

  test('are limited in number; one may take the place of its namesake', async () => {
    const { snapshots } = setUp();
    await snapshots.save('a');
    await snapshots.save('b');
    expect(() => snapshots.save('c')).toThrow(code('snapshots-full'));
    await snapshots.save('b');
    await snapshots.remove('a');
    await snapshots.save('c');
    expect(await snapshots.list()).toEqual(['b', 'c']);
  });

  test('an unknown one is refused, and changes nothing', async () => {
    const session = setUp();
    await session.transact((world) => world.remove('shop/item', '1'));
    await session.snapshots.save('here');
    expect(() => session.snapshots.restore('nowhere')).toThrow(`The session 'a' has no snapshot "nowhere"; it has: here.`);
    expect(await session.read()).toEqual({ 'shop/item': [] });
  });

  test.each(['', 'a b', '虎', 'x'.repeat(65)])('%j names none', (name) => {
    expect(() => setUp().snapshots.save(name)).toThrow(code('snapshot-name'));
  });

  test('belong to one session', async () => {
    const sessions = createSessions({ bases });
    await sessions.get('a').snapshots.save('s');
    expect(() => sessions.get('b').snapshots.restore('s')).toThrow(code('snapshot-unknown'));
  });
});

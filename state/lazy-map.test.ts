import { expect, test } from 'vitest';
import { LazyMap } from './lazy-map.ts';

test('values are made when they are asked for, each once', () => {
  const made: string[] = [];
  const map = new LazyMap(
    ['b', 'a', 'c'].map((name) => [
      name,
      () => {
        made.push(name);
        return { name };
      },
    ]),
  );
  expect([map.size, map.has('a'), map.has('x'), [...map.keys()], made]).toEqual([3, true, false, ['b', 'a', 'c'], []]);
  expect([map.get('x'), map.get('a'), made]).toEqual([undefined, { name: 'a' }, ['a']]);
  expect(map.get('a')).toBe(map.get('a'));
  expect([...map].map(([name]) => name)).toEqual(['b', 'a', 'c']);
  expect([...map.values()].map(({ name }) => name)).toEqual(['b', 'a', 'c']);
  const seen: string[] = [];
  map.forEach((value, name) => seen.push(`${name}=${value.name}`));
  expect([seen, made]).toEqual([
    ['b=b', 'a=a', 'c=c'],
    ['a', 'b', 'c'],
  ]);
});

test('what is told later stands, at the place of what was told before', () => {
  const map = new LazyMap<{ readonly is: number }>([
    ['a', () => ({ is: 1 })],
    ['b', () => ({ is: 2 })],
  ]);
  expect(map.get('a')).toEqual({ is: 1 });
  map.tell('a', () => ({ is: 3 }));
  expect([...map]).toEqual([
    ['a', { is: 3 }],
    ['b', { is: 2 }],
  ]);
});

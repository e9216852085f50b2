import { executionAsyncResource } from 'node:async_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { keepTick, keptTick } from './kept-shapes.ts';

test('the tick that is kept has the shape of every later one, with and without arguments', async () => {
  setFlagsFromString('--allow-natives-syntax');
  const haveSameShape: unknown = runInNewContext('(one, other) => %HaveSameMap(one, other)');
  keepTick();
  const later = await new Promise<object[]>((resolve) => {
    const ticks: object[] = [];
    process.nextTick(() => ticks.push(executionAsyncResource()));
    process.nextTick(
      (_argument: unknown) => {
        ticks.push(executionAsyncResource());
        resolve(ticks);
      },
      ['an argument'],
    );
  });

  const kept = keptTick();
  expect(later).toHaveLength(2);
  if (typeof haveSameShape !== 'function') throw new TypeError('V8 has no %HaveSameMap any more');
  expect(later.map((tick) => haveSameShape(kept, tick))).toEqual([true, true]);
  // What it is compared with must be able to differ.
  expect(haveSameShape(kept, {})).toBe(false);
});

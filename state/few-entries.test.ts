import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FewEntries } from './few-entries.ts';

const key = fc.constantFrom('a', 'b', 'c', '');
const step = fc.oneof(
  fc.record({ do: fc.constant('set' as const), key, value: fc.option(fc.integer(), { nil: undefined }) }),
  fc.record({ do: fc.constant('delete' as const), key }),
  fc.record({ do: fc.constant('look' as const) }),
  fc.record({ do: fc.constant('copy' as const) }),
);

test('does as a Map does', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let few = new FewEntries<number | undefined>();
      let map = new Map<string, number | undefined>();
      for (const next of steps) {
        if (next.do === 'set') {
          few.set(next.key, next.value);
          map.set(next.key, next.value);
        } else if (next.do === 'delete') expect(few.delete(next.key)).toBe(map.delete(next.key));
        else if (next.do === 'copy') {
          const before = few;
          few = before.copy();
          map = new Map(map);
          // What happens to the one is nothing to the other.
          before.set('d', 1);
        } else expect([...few]).toEqual([...map]);
        expect(few.size).toBe(map.size);
        for (const name of ['a', 'b', 'c', 'd', '']) {
          expect(few.get(name)).toBe(map.get(name));
          expect(few.has(name)).toBe(map.has(name));
        }
        const shown: [string, number | undefined][] = [];
        few.forEach((value, name) => void shown.push([name, value]));
        expect(shown).toEqual([...map]);
      }
      expect([...few.keys()]).toEqual([...map.keys()]);
      expect([...few.values()]).toEqual([...map.values()]);
    }),
  );
});

test('setIn adds what is there behind what the other has', () => {
  for (const names of [[], ['b'], ['b', 'a', 'c']]) {
    const few = new FewEntries<number>();
    names.forEach((name, index) => few.set(name, index));
    const other = new FewEntries<number>(new Map([['a', 9]]));
    few.setIn(other);
    expect([...other]).toEqual([...new Map<string, number>([['a', 9], ...names.map((name, index) => [name, index] as const)])]);
  }
});

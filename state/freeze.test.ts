import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freezeRow, frozen } from './freeze.ts';
import { rowBytes } from './room.ts';

describe('freezeRow', () => {
  test('freezes through and through, and weighs as rowBytes does', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (row) => {
        const want = rowBytes(row);
        expect(freezeRow(row)).toBe(want);
        const all: unknown[] = [row];
        for (const value of all) {
          expect(Object.isFrozen(value)).toBe(true);
          if (typeof value === 'object' && value !== null) all.push(...Object.values(value));
        }
      }),
    );
  });

  const shared = { text: 'x'.repeat(100) };
  const kept = frozen({ list: [1, 2, { deep: 'abc' }] });
  const cases = [
    { name: 'parts of another row', row: { ...kept, more: 1 } },
    { name: 'a part that is there many times', row: { a: shared, b: [shared, shared] } },
    { name: 'a frozen row', row: kept },
    { name: 'what is no plain data', row: { at: new Date(0), list: [new Map()] } },
  ];
  test.each(cases)('$name', ({ row }) => expect(freezeRow(row)).toBe(rowBytes(row)));

  test('a row that holds itself, and many parts that are the same, come to an end', () => {
    const circle: Record<string, unknown> = { name: 'a' };
    circle['self'] = [circle];
    expect(freezeRow(circle)).toBe(rowBytes(circle));
    const part = Array.from({ length: 10_000 }, () => ({}));
    const many = { parts: Array.from({ length: 10_000 }, () => part) };
    expect(freezeRow(many)).toBe(rowBytes(many));
  });

  test('refuses what nests too deeply', () => {
    let deep: Record<string, unknown> = {};
    for (let level = 0; level < 1_100; level += 1) deep = { deep };
    expect(() => freezeRow(deep)).toThrow('nests deeper');
  });
});

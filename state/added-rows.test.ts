import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AddedRows } from './added-rows.ts';
import type { Row } from './world.ts';

const key = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 12 }).map(String) },
  fc.constantFrom('07', 'a', '', '-1', '1.5', '9007199254740991', '9007199254740992', '9007199254740993', '12345678901234567'),
);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('next' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('set' as const), key }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('delete' as const), key }) },
  fc.record({ do: fc.constantFrom('copy' as const, 'setIn' as const) }),
);

function rowsOf(rows: AddedRows): [string, Row][] {
  const shown: [string, Row][] = [];
  rows.scan((name, row) => {
    shown.push([name, row]);
    return false;
  });
  return shown;
}

describe('does as a Map does', () => {
  test.each([0, 1, 9, Number.MAX_SAFE_INTEGER - 3])('counting from %i', (first) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.boolean(), (steps, isCopyKept) => {
        let rows = new AddedRows();
        let map = new Map<string, Row>();
        let count = first;
        let turn = 0;
        for (const next of steps) {
          turn += 1;
          if (next.do === 'next' || next.do === 'set') {
            const name = next.do === 'next' ? String(count) : next.key;
            if (next.do === 'next' && count < Number.MAX_SAFE_INTEGER) count += 1;
            const row: Row = { turn };
            rows.set(name, row);
            map.set(name, row);
          } else if (next.do === 'delete') expect(rows.delete(next.key)).toBe(map.delete(next.key));
          else if (next.do === 'copy') {
            const copy = rows.copy();
            map = new Map(map);
            // What happens to the one is nothing to the other.
            (isCopyKept ? rows : copy).set('elsewhere', {});
            rows = isCopyKept ? copy : rows;
          } else {
            const other = new AddedRows();
            const five: Row = { turn };
            other.set('5', five);
            rows.setIn(other);
            rows = other;
            map = new Map([['5', five], ...map]);
          }
          expect(rows.size).toBe(map.size);
          expect(rowsOf(rows)).toEqual([...map]);
          for (const name of [...map.keys(), '9007199254740991', '9007199254740993', '0', '1', '5', '9', '07', 'a', '', '99']) {
            expect(rows.get(name)).toBe(map.get(name));
            expect(rows.has(name)).toBe(map.has(name));
          }
          if (turn % 3 === 0) expect(Array.from({ [Symbol.iterator]: () => rows[Symbol.iterator]() })).toEqual([...map]);
        }
      }),
    );
  });
});

test('a scan ends where it is told to', () => {
  const rows = new AddedRows();
  for (const name of ['1', '2', '3', 'a', 'b']) rows.set(name, { name });
  for (const last of ['1', '3', 'b']) {
    const seen: string[] = [];
    expect(rows.scan((name) => seen.push(name) > 0 && name === last)).toBe(true);
    expect(seen.at(-1)).toBe(last);
  }
});

test('rows that come and go leave nothing behind', () => {
  const rows = new AddedRows();
  rows.set('kept', {});
  const map = new Map<string, Row>([['kept', {}]]);
  for (let number = 1; number <= 500; number += 1) {
    rows.set(String(number), { number });
    map.set(String(number), { number });
    if (number <= 100) continue;
    rows.delete(String(number - 100));
    map.delete(String(number - 100));
  }
  expect(rowsOf(rows)).toEqual([...map]);
  const counted = new AddedRows();
  for (let number = 1; number <= 1_000; number += 1) {
    counted.set(String(number), { number });
    if (number % 5 > 0) counted.delete(String(number));
  }
  expect(rowsOf(counted).map(([name]) => name)).toEqual(Array.from({ length: 200 }, (_, index) => String((index + 1) * 5)));
  for (let number = 5; number <= 1_000; number += 5) expect(counted.delete(String(number))).toBe(true);
  expect([counted.size, rowsOf(counted)]).toEqual([0, []]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { start } from './state.fixture.ts';

const FILE = `
collections:
  t:
    key: { start: 1 }
    defaults: { kind: x }
    unique: [[name]]
    seed: [{ id: 1, name: a }, { id: 2, name: b, kind: y }]
operations:
  create: { do: create, in: t, set: { name: $request.body#/name, kind: $request.body#/kind }, data: $row }
  update: { do: update, in: t, key: $request.body#/id, set: { name: $request.body#/name, kind: $request.body#/kind }, data: $row }
  upsert: { do: upsert, in: t, key: $request.body#/id, set: { name: $request.body#/name }, data: $row }
  remove: { do: delete, in: t, key: $request.body#/id, data: $before#/id }
  get: { do: get, in: t, key: $request.body#/id }
  list: { do: list, in: t, where: { kind: $request.body#/kind }, page: { page: $request.body#/page, size: 2, sort: -id, out: { rows: $rows, total: $total } } }
`;

interface Row {
  readonly id: number;
  readonly name?: string;
  readonly kind: string;
}
interface Given {
  readonly id?: number;
  readonly name?: string;
  readonly kind?: string;
  readonly page?: number;
}

/** The same rules, written down plainly. */
class Model {
  rows: Row[] = [
    { id: 1, name: 'a', kind: 'x' },
    { id: 2, name: 'b', kind: 'y' },
  ];
  last = 0;

  #nextId(): number {
    do this.last += 1;
    while (this.rows.some((row) => row.id === this.last));
    return this.last;
  }

  #isTaken({ name }: Given, except?: number): boolean {
    return name !== undefined && this.rows.some((row) => row.name === name && row.id !== except);
  }

  #add(given: Given, id?: number): unknown {
    if (this.#isTaken(given)) return 'CONFLICT';
    const row = { kind: 'x', ...given, id: id ?? this.#nextId() };
    this.rows.push(row);
    return row;
  }

  #change(before: Row, given: Given): unknown {
    if (this.#isTaken({ ...before, ...given }, before.id)) return 'CONFLICT';
    const row = { ...before, ...given };
    this.rows = this.rows.map((one) => (one.id === row.id ? row : one));
    return row;
  }

  act(operation: string, { id, page, ...given }: Given): unknown {
    const found = this.rows.find((row) => row.id === id);
    if (operation === 'create') return this.#add(given);
    if (operation === 'list') {
      const matches = this.rows.filter((row) => given.kind === undefined || row.kind === given.kind).toSorted((a, b) => b.id - a.id);
      return { rows: matches.slice((page ?? 0) * 2, (page ?? 0) * 2 + 2), total: matches.length };
    }
    if (operation === 'upsert') {
      const { kind: _kind, ...named } = given;
      return found === undefined ? this.#add(named, id) : this.#change(found, named);
    }
    if (found === undefined) return 'NOT_FOUND';
    if (operation === 'get') return found;
    if (operation === 'update') return this.#change(found, given);
    this.rows = this.rows.filter((row) => row !== found);
    return found.id;
  }
}

test('a sequence of operations does what the plain model does', () => {
  const step = fc.record({
    operation: fc.constantFrom('create', 'update', 'upsert', 'remove', 'get', 'list'),
    given: fc.record(
      {
        id: fc.integer({ min: 1, max: 8 }),
        name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        kind: fc.constantFrom('x', 'y'),
        page: fc.nat(2),
      },
      { requiredKeys: [] },
    ),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const model = new Model();
      const { body, rows } = start(FILE);
      for (const { operation, given } of steps)
        expect([operation, body(operation, { body: given })]).toEqual([operation, model.act(operation, given)]);
      expect(rows('t')).toEqual(model.rows);
    }),
  );
});

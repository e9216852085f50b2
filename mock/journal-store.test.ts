import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RequestMessage } from '../operations/index.ts';
import { canBeKept, createExchangeStore } from './journal-store.ts';
import type { Reply } from './reply.ts';

const reply: Reply = { status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from('ok'), by: { kind: 'empty' } };
const request = { method: 'GET', path: '/x', query: '', headers: {}, body: undefined };

interface Given {
  readonly request: RequestMessage;
  readonly reply: Reply;
  readonly values: ReadonlyMap<string, string>;
}

test('whatever was kept is read back, however often places and blocks were used before', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', 'ÿ', '茶', ',', ' ', ':'), maxLength: 20 });
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 50 }),
    fc.nat(80_000).map((size) => new Uint8Array(size)),
  );
  const body = fc.option(
    bytes.map((made) => Buffer.from(made)),
    { nil: undefined },
  );
  const header = fc.oneof(text, fc.array(text, { minLength: 1 }));
  const requests = fc.record({
    method: fc.constantFrom('GET', 'POST'),
    path: text,
    query: text,
    headers: fc.dictionary(fc.constantFrom('accept', 'set-cookie', '__proto__', 'x-a'), header),
    body,
  });
  const told = fc.option(fc.constantFrom('[]', '[{"code":"type"}]'), { nil: undefined });
  const replies = fc.tuple(body, fc.boolean(), told).map(([made, reused, text]): Reply => ({
    ...reply,
    body: made,
    ...(reused ? { reused } : {}),
    ...(text === undefined ? {} : { told: text }),
  }));
  const values = fc.array(fc.tuple(fc.constantFrom('id', '茶', '{x', '__proto__', ''), text)).map((pairs) => new Map(pairs));
  const exchange = fc.record({ request: requests, reply: replies, values, drops: fc.boolean() });
  fc.assert(
    fc.property(fc.array(exchange, { maxLength: 30 }), (exchanges) => {
      const store = createExchangeStore(30);
      const left: number[] = [];
      const kept: { readonly place: number; readonly given: Given }[] = [];
      let next = 0;
      for (const { drops, ...given } of exchanges) {
        const place = left.pop() ?? next++;
        store.keep(place, given.request, given.reply, given.values);
        kept.push({ place, given });
        const first = drops ? kept.shift() : undefined;
        if (first === undefined) continue;
        store.drop(first.place);
        left.push(first.place);
      }
      for (const { place, given } of kept) {
        const { reused: _kept, told: text, ...answer } = given.reply;
        const headers = text === undefined ? answer.headers : { ...answer.headers, 'sl-violations': text };
        expect(store.read(place)).toEqual({ request: given.request, reply: { ...answer, headers }, values: given.values });
      }
    }),
  );
});

test('what was read stays as it is when the place is used again', () => {
  const store = createExchangeStore(1);
  store.keep(0, { ...request, body: Buffer.from('first') }, reply);
  const read = store.read(0);
  store.drop(0);
  store.keep(0, { ...request, body: Buffer.from('other') }, reply);
  expect(read.request.body?.toString()).toBe('first');
});

test('one exchange left in each block counts as the whole block', () => {
  const store = createExchangeStore(100);
  const body = Buffer.alloc(30_000);
  const limit = 1024 * 1024;
  for (let place = 0; place < 100; place += 1) {
    store.keep(place, { ...request, body }, reply);
    if (place % 10 > 0) store.drop(place);
  }
  expect(store.isOver(limit)).toBe(true);
  const fresh = createExchangeStore(1);
  for (let count = 0; count < 100; count += 1) {
    fresh.keep(0, { ...request, body }, reply);
    fresh.drop(0);
  }
  expect(fresh.isOver(limit)).toBe(false);
});

test('an exchange that was dropped is not read as another', () => {
  const store = createExchangeStore(1);
  store.keep(0, request, reply);
  store.drop(0);
  expect(() => store.read(0)).toThrow('dropped');
});

test.each([
  { name: 'none', given: [], want: true },
  { name: 'ordinary', given: [['id', '7']], want: true },
  { name: 'a name of two lines', given: [['i\nd', '7']], want: false },
] as const)('values of the path can be kept: $name', ({ given, want }) => {
  expect(canBeKept(new Map(given))).toBe(want);
});

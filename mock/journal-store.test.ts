import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RequestMessage } from '../operations/index.ts';
import { createExchangeStore } from './journal-store.ts';
import type { KeptExchange } from './journal-store.ts';
import type { Reply } from './reply.ts';

const reply: Reply = { status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from('ok'), by: { kind: 'empty' } };
const request = { method: 'GET', path: '/x', query: '', headers: {}, body: undefined };

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
  const replies = fc.tuple(body, fc.boolean()).map(([made, reused]): Reply => ({ ...reply, body: made, ...(reused ? { reused } : {}) }));
  const exchange = fc.record({ request: requests, reply: replies, drops: fc.boolean() });
  fc.assert(
    fc.property(fc.array(exchange, { maxLength: 30 }), (exchanges) => {
      const store = createExchangeStore();
      const left: KeptExchange[] = [];
      const kept: { readonly place: KeptExchange; readonly given: { readonly request: RequestMessage; readonly reply: Reply } }[] = [];
      for (const { drops, ...given } of exchanges) {
        kept.push({ place: store.keep(given.request, given.reply, left.pop()), given });
        const first = drops ? kept.shift() : undefined;
        if (first === undefined) continue;
        store.drop(first.place);
        left.push(first.place);
      }
      for (const { place, given } of kept) expect(store.read(place)).toEqual(given);
    }),
  );
});

test('what was read stays as it is when the place is used again', () => {
  const store = createExchangeStore();
  const place = store.keep({ ...request, body: Buffer.from('first') }, reply, undefined);
  const read = store.read(place);
  store.drop(place);
  store.keep({ ...request, body: Buffer.from('other') }, reply, place);
  expect(read.request.body?.toString()).toBe('first');
});

test('one exchange left in each block counts as the whole block', () => {
  const store = createExchangeStore();
  const body = Buffer.alloc(30_000);
  const limit = 1024 * 1024;
  for (let count = 0; count < 100; count += 1) {
    const place = store.keep({ ...request, body }, reply, undefined);
    if (count % 10 > 0) store.drop(place);
  }
  expect(store.isOver(limit)).toBe(true);
  const fresh = createExchangeStore();
  for (let count = 0; count < 100; count += 1) fresh.drop(fresh.keep({ ...request, body }, reply, undefined));
  expect(fresh.isOver(limit)).toBe(false);
});

test('an exchange that was dropped is not read as another', () => {
  const store = createExchangeStore();
  const place = store.keep(request, reply, undefined);
  store.drop(place);
  expect(() => store.read(place)).toThrow('dropped');
});

import { expect, test } from 'vitest';
import type { Operation } from '../operations/index.ts';
import { mockOf, openapi } from './mock.fixture.ts';
import { createReplyCache, replyKey } from './reply-cache.ts';
import type { Reply } from './reply.ts';

const paths = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`/${index}`, { get: {} }]));
const { table } = await mockOf([openapi(paths)]);
const operations: Operation[] = table.routes.map((route) => table.operation(route));
const [one] = operations as [Operation];

const reply = (bytes: number): Reply => ({ status: 200, headers: {}, body: Buffer.alloc(bytes) });

test('makes a reply once', () => {
  const cache = createReplyCache();
  let made = 0;
  const get = () => cache.get(one, 'a', () => ((made += 1), reply(1)));
  expect(get()).toBe(get());
  expect(made).toBe(1);
});

test('forgets rather than grow: whatever clients ask for, what is kept stays below the limit', () => {
  const cache = createReplyCache();
  // 100 operations x 64 keys x 200 kB would be 1.3 GB.
  let known = 0;
  for (const operation of operations) for (let key = 0; key < 64; key += 1) cache.get(operation, `k${key}`, () => reply(200_000));
  for (const operation of operations)
    for (let key = 0; key < 64; key += 1) {
      let isKnown = true;
      cache.get(operation, `k${key}`, () => ((isKnown = false), reply(300_000)));
      if (isKnown) known += 1;
    }
  expect(known * 200_000).toBeLessThanOrEqual(64 * 1024 * 1024);
});

test('keeps the small replies of many operations', () => {
  const cache = createReplyCache();
  let made = 0;
  for (let pass = 0; pass < 2; pass += 1)
    for (const operation of operations)
      for (let key = 0; key < 64; key += 1) cache.get(operation, `k${key}`, () => ((made += 1), reply(100)));
  expect(made).toBe(6_400);
});

test('forgets small replies too: each counts with what it takes beside its body', () => {
  const cache = createReplyCache();
  const many = Array.from({ length: 40_000 }, () => ({}) as Operation);
  const [first] = many as [Operation];
  const kept = cache.get(first, '', () => reply(0));
  for (const operation of many) cache.get(operation, '', () => reply(0));
  expect(cache.get(first, '', () => reply(0))).not.toBe(kept);
});

test('does not keep what is large, nor under a long key', () => {
  const cache = createReplyCache();
  const first = cache.get(one, 'large', () => reply(1_000_000));
  expect(cache.get(one, 'large', () => reply(1))).not.toBe(first);
  const long = 'x'.repeat(1_000);
  const second = cache.get(one, long, () => reply(1));
  expect(cache.get(one, long, () => reply(1))).not.toBe(second);
});

test('keys differ where the answer may', () => {
  const keys = [
    replyKey(undefined, {}),
    replyKey('a', {}),
    replyKey('a', { code: '200' }),
    replyKey('a', { example: '200' }),
    replyKey('a', { seed: '200' }),
    replyKey('a', { example: 'x', seed: 'y\n1' }),
    replyKey('a', { example: 'x\ny', seed: '1' }),
    replyKey('["a","200",null,null]', {}),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

import { expect, test } from 'vitest';
import { KeptReply } from './kept-reply.ts';
import type { Reply } from './reply.ts';

const given: Reply = { status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from('tea') };

test('its whole text is made once a second, when it is asked for the second time', () => {
  const reply = new KeptReply(given);
  let made = 0;
  const make = (of: Reply): string => `${(made += 1)} ${String(of.body)}`;
  expect([reply.whole(7, make), reply.whole(7, make), reply.whole(7, make)]).toEqual([undefined, '1 tea', '1 tea']);
  expect([reply.whole(8, make), reply.whole(8, make)]).toEqual([undefined, '2 tea']);
});

test('where there is no whole text it is asked for again', () => {
  const reply = new KeptReply(given);
  const none = (): undefined => undefined;
  expect([reply.whole(7, none), reply.whole(7, none), reply.whole(7, () => 'now')]).toEqual([undefined, undefined, 'now']);
});

test('what goes to an origin is kept for the last one', () => {
  const reply = new KeptReply(given);
  const make = (of: Reply, origin: string | undefined): Reply => ({ ...of, headers: { origin: origin ?? 'any' } });
  const any = reply.forOrigin(undefined, make);
  expect(any.headers).toEqual({ origin: 'any' });
  expect(reply.forOrigin(undefined, make)).toBe(any);
  const one = reply.forOrigin('https://one', make);
  expect(one.headers).toEqual({ origin: 'https://one' });
  expect(reply.forOrigin('https://one', make)).toBe(one);
  expect(reply.forOrigin(undefined, make)).not.toBe(any);
});

test('a copy with other words has nothing of what was made of the original', () => {
  // As whoever answers sees it: a reply like any other.
  const reply: Reply = keptTwice();
  const copy = new KeptReply({ ...reply, status: 201 });
  expect([copy.status, copy.whole(7, () => 'other'), copy.whole(7, () => 'other')]).toEqual([201, undefined, 'other']);
});

test('knows the length of its body', () => {
  expect([new KeptReply(given).bytes, new KeptReply({ ...given, body: undefined }).bytes]).toEqual([3, 0]);
});

function keptTwice(): KeptReply {
  const reply = new KeptReply(given);
  for (const _ of [1, 2]) reply.whole(7, () => 'whole');
  return reply;
}

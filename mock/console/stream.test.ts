import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventReader } from './stream.ts';

const STREAM =
  'retry: 1000\n\nevent: journal\ndata: {"startedAt":1}\n\n: still here\n\nid: 7\nevent: exchange\ndata: {"a":"一"}\n\ndata: one\ndata: two\n\n';
const EVENTS = [
  { event: 'journal', id: undefined, data: '{"startedAt":1}' },
  { event: 'exchange', id: '7', data: '{"a":"一"}' },
  { event: 'message', id: undefined, data: 'one\ntwo' },
];

test('wherever the stream is cut, the events are the same', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: STREAM.length })), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), STREAM.length];
      const read = eventReader();
      const events = places.slice(1).flatMap((end, index) => read(STREAM.slice(places[index], end)));
      expect(events).toEqual(EVENTS);
    }),
  );
});

test('an event that has not come to its end is none yet', () => {
  expect(eventReader()('data: half\n')).toEqual([]);
});

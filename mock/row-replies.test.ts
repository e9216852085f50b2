import { describe, expect, test } from 'vitest';
import { createRowReplies } from './row-replies.ts';
import type { Reply } from './reply.ts';

const form = {};
const row = Object.freeze({ id: 1 });
const reply = (text = '{"id":1}'): Reply => ({ status: 200, headers: {}, body: Buffer.from(text), by: { kind: 'state', module: 'shop' } });

describe('answers that are a row', () => {
  test('are kept when they are made for the second time', () => {
    const replies = createRowReplies();
    const first = reply();
    expect(replies.keep(form, row, first)).toBe(first);
    expect(replies.find(form, row)).toBeUndefined();
    const kept = replies.keep(form, row, reply());
    expect(kept).toEqual({ ...reply(), reused: true });
    expect(replies.find(form, row)).toBe(kept);
  });

  test('belong to one form and one row, not to one that is alike', () => {
    const replies = createRowReplies();
    for (const _ of [1, 2]) replies.keep(form, row, reply());
    expect(replies.find({}, row)).toBeUndefined();
    expect(replies.find(form, { id: 1 })).toBeUndefined();
  });

  test('have their bytes to themselves', () => {
    const replies = createRowReplies();
    const block = Buffer.from('.{"id":1}.');
    const made = { ...reply(), body: block.subarray(1, -1) };
    for (const _ of [1, 2]) replies.keep(form, row, made);
    block.fill(0);
    expect(replies.find(form, row)?.body?.toString()).toBe('{"id":1}');
  });

  test('are bounded: too many of them and all begins anew', () => {
    const limit = 1_000_000;
    const replies = createRowReplies(limit);
    const rows = Array.from({ length: 2_000 }, (_, id) => ({ id }));
    for (const one of rows) for (const _ of [1, 2]) replies.keep(form, one, reply());
    expect(rows.filter((one) => replies.find(form, one) !== undefined).length).toBeLessThan(limit / 1_024);
    expect(replies.find(form, rows.at(-1) ?? row)).toBeDefined();
  });

  test('are not kept where one alone would take much of the room', () => {
    const replies = createRowReplies(100_000);
    for (const _ of [1, 2]) replies.keep(form, row, reply(`"${'x'.repeat(1_000)}"`));
    expect(replies.find(form, row)).toBeUndefined();
  });
});

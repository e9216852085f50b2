import { expect, test } from 'vitest';
import { handleRequest } from './index.ts';
import { createJournal } from './journal.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { mockOf, openapi } from './mock.fixture.ts';

const handled = {
  reply: { status: 200, headers: {}, body: Buffer.from('ok') },
  operation: undefined,
  violations: [],
  step: 'answer' as const,
};
const request = (body?: Buffer) => ({ method: 'POST', path: '/x', query: '', headers: {}, body });
const add = (journal: Journal, session: string, body?: Buffer): void => journal.add(session, request(body), handled, 1);
const ids = (journal: Journal, session?: string): number[] => journal.entries(session).map((entry) => entry.id);

test('keeps the newest entries in order; ids go on', () => {
  const journal = createJournal(3);
  for (let count = 0; count < 5; count += 1) add(journal, 'a');
  expect(ids(journal)).toEqual([3, 4, 5]);
});

test('keeps no more bytes than allowed, but always the newest entry', () => {
  const journal = createJournal(100, 5_000);
  for (let count = 0; count < 6; count += 1) add(journal, 'a', Buffer.alloc(1_500));
  expect(ids(journal)).toEqual([5, 6]);
  add(journal, 'a', Buffer.alloc(50_000));
  expect(ids(journal)).toEqual([7]);
});

test('sessions are read and cleared apart', () => {
  const journal = createJournal(10);
  for (const session of ['a', 'b', 'a']) add(journal, session);
  expect(ids(journal, 'a')).toEqual([1, 3]);
  journal.clear('a');
  expect(ids(journal)).toEqual([2]);
  add(journal, 'c');
  expect(ids(journal)).toEqual([2, 4]);
});

test('a body is kept without the block it was cut from', () => {
  const journal = createJournal(10);
  const block = Buffer.alloc(256 * 1024, 'x');
  add(journal, 'a', block.subarray(10, 20));
  const kept = journal.entries()[0]?.request.body;
  expect(kept?.toString()).toBe('xxxxxxxxxx');
  expect(kept?.buffer).not.toBe(block.buffer);
});

test('an answer to HEAD is kept as it was sent: without its body', () => {
  const journal = createJournal(10);
  const headers = { 'content-type': 'text/plain' };
  journal.add('a', { ...request(), method: 'HEAD' }, { ...handled, reply: { ...handled.reply, headers } }, 1);
  expect(journal.entries()[0]?.reply).toMatchObject({ status: 200, headers, body: undefined });
});

test('listeners are told until they leave', () => {
  const journal = createJournal(10);
  const told: number[] = [];
  const leave = journal.subscribe((entry) => told.push(entry.id));
  add(journal, 'a');
  leave();
  add(journal, 'a');
  expect(told).toEqual([1]);
});

test('the newest that fit are found, oldest of them first', () => {
  const journal = createJournal(4);
  for (const session of ['a', 'b', 'a', 'a', 'b', 'a']) add(journal, session);
  const found = (limit?: number): number[] => journal.find(({ session }) => session === 'a', limit).map(({ id }) => id);
  expect(found()).toEqual([3, 4, 6]);
  expect(found(2)).toEqual([4, 6]);
  expect(found(0)).toEqual([]);
  journal.clear('a');
  expect(found()).toEqual([]);
  expect(journal.find(({ status }) => status === 200).map(({ id }) => id)).toEqual([5]);
});

test('violations are told as they were found, of a body, of parameters and of parts alike', async () => {
  const number = { type: 'integer' };
  const operation = {
    parameters: [
      { name: 'id', in: 'path', required: true, schema: number },
      { name: 'page', in: 'query', schema: number },
    ],
    requestBody: {
      content: Object.fromEntries(
        ['application/json', 'multipart/form-data'].map((type) => [type, { schema: { type: 'object', properties: { size: number } } }]),
      ),
    },
    responses: { '200': { description: 'Done' } },
  };
  const mock = await mockOf([openapi({ '/x/{id}': { post: operation } })]);
  const journal = createJournal(10);
  const parts = '--b\r\ncontent-disposition: form-data; name="size"\r\n\r\nlarge\r\n--b--\r\n';
  const questions = [
    { path: '/x/seven', query: 'page=two', headers: { 'content-type': 'application/json' }, body: Buffer.from('{"size":"large"}') },
    { path: '/x/7', query: '', headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: Buffer.from(parts) },
    { path: '/x/7', query: '', headers: { 'content-type': 'text/plain' }, body: Buffer.from('large') },
    { path: '/x/7', query: '', headers: {}, body: undefined },
  ].map((question) => ({ method: 'POST', ...question }));
  const told: JournalEntry[] = [];
  const found = [];
  for (const question of questions) {
    const answered = await handleRequest(mock, question);
    found.push(answered.violations);
    journal.add('a', question, answered, 1);
    // Who listens is told of those that come after.
    if (found.length === 2) journal.subscribe((entry) => told.push(entry));
  }
  expect(found.map((violations) => violations.length)).toEqual([3, 1, 1, 0]);
  expect(journal.entries().map(({ violations }) => violations)).toEqual(found);
  expect(told.map(({ violations }) => violations)).toEqual(found.slice(2));
});

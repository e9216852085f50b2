import { expect, test } from 'vitest';
import { createResponseCounter } from './response-counter.ts';

const TEXT = [
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
  'HTTP/1.1 204 No Content\r\nDate: x\r\n\r\n',
  'HTTP/1.1 422 X\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
  'HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n',
].join('');

test.each([1, 2, 3, 7, 50, TEXT.length])('responses that come in pieces of %i bytes are counted', (size) => {
  const statuses: string[] = [];
  const count = createResponseCounter((status) => statuses.push(status));
  let finished = 0;
  for (let at = 0; at < TEXT.length; at += size) finished += count(Buffer.from(TEXT.slice(at, at + size)));
  expect(statuses).toEqual(['200', '204', '422', '201']);
  expect(finished).toBe(4);
});

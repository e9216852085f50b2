import { once } from 'node:events';
import { createServer, IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { readBody } from './read-body.ts';

const LIMIT = 10;
const ownClose = Object.getOwnPropertyDescriptor(IncomingMessage.prototype, '_dumpAndCloseReadable');
let told: string[] = [];
/** Real milliseconds between a request's head and the moment that its body is asked for. */
let late = 0;

const server = createServer((request, response) => {
  const read = (): void =>
    readBody(request, LIMIT, (result) => {
      told.push(result.ok ? String(result.body) : String(result.reply.status));
      if (result.ok) response.end(`<${String(result.body)}>`);
      else response.writeHead(result.reply.status, { connection: 'close' }).end();
    });
  if (late === 0) read();
  else setTimeout(read, late);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
afterAll(() => server.close());
afterEach(() => {
  told = [];
  late = 0;
  if (ownClose !== undefined) Object.defineProperty(IncomingMessage.prototype, '_dumpAndCloseReadable', ownClose);
});

const sized = (body: string): string => `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const head = (field: string): string => `POST / HTTP/1.1\r\nHost: x\r\n${field}\r\n\r\n`;
const CHUNKED = head('Transfer-Encoding: chunked');

/** Sends the parts one after the other, each once the one before has gone; then waits for the answers. */
async function send(parts: readonly string[], answers: number): Promise<string[]> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (bytes: Buffer) => (text += bytes.toString()));
  for (const part of parts) {
    socket.write(part);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await expect.poll(() => text.split('HTTP/1.1 ').length - 1).toBe(answers);
  socket.destroy();
  return text
    .split('HTTP/1.1 ')
    .slice(1)
    .map((answer) => /<.*>/.exec(answer)?.[0] ?? answer.slice(0, 3));
}

const cases: { name: string; given: string[]; want: string[] }[] = [
  { name: 'at once', given: [sized('hello')], want: ['<hello>'] },
  { name: 'in pieces', given: [head('Content-Length: 6'), 'ab', 'cd', 'ef'], want: ['<abcdef>'] },
  { name: 'chunked, with trailers', given: [CHUNKED, '3\r\nabc\r\n', '2\r\nde\r\n', '0\r\nx-end: 1\r\n\r\n'], want: ['<abcde>'] },
  { name: 'announced and empty', given: [`${CHUNKED}0\r\n\r\n`], want: ['<undefined>'] },
  { name: 'pipelined', given: [sized('one') + sized('two') + sized('three')], want: ['<one>', '<two>', '<three>'] },
  { name: 'one after the other on a connection', given: [sized('one'), sized('two')], want: ['<one>', '<two>'] },
  { name: 'more than the limit in chunks', given: [CHUNKED, 'a\r\n0123456789\r\n', '1\r\nx\r\n', '1\r\ny\r\n'], want: ['413'] },
  { name: 'more than the limit, announced', given: [head('Content-Length: 11')], want: ['413'] },
];

test('this Node can close a stream unread', () => {
  // Without it all of what follows holds as well, and a request with a body costs a fifth more.
  expect(ownClose?.value).toBeTypeOf('function');
});

describe.each([
  { how: 'from the parser', before: () => undefined },
  { how: 'after some has come', before: () => (late = 30) },
  {
    how: 'where Node has no way to close a stream unread',
    before: () => Reflect.deleteProperty(IncomingMessage.prototype, '_dumpAndCloseReadable'),
  },
])('a body is read: $how', ({ before }) => {
  test.each(cases)('$name', async ({ given, want }) => {
    before();
    expect(await send(given, want.length)).toEqual(want);
    expect(told).toHaveLength(want.length);
  });

  test('a client that hangs up half-way is told once', async () => {
    before();
    const socket = connect(port, '127.0.0.1');
    socket.write(`${head('Content-Length: 9')}half`);
    setTimeout(() => socket.destroy(), 10);
    await expect.poll(() => told).toEqual(['400']);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).toEqual(['400']);
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { closeIdleConnections, markRequest } from './idle-connections.ts';

const waiting: ServerResponse[] = [];
const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
  markRequest(request.socket, response);
  if (request.url === '/late') waiting.push(response);
  else response.end('at once');
});
closeIdleConnections(server, 150, 20);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
afterAll(() => server.close());

async function open(): Promise<{ socket: Socket; text: () => string }> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let text = '';
  socket.on('data', (bytes: Buffer) => (text += bytes.toString()));
  return { socket, text: () => text };
}

const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
const pause = async (milliseconds: number): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
};

test.each([
  { name: 'asked nothing', first: '' },
  { name: 'asked something, long ago', first: GET },
])('a connection that $name is closed', async ({ first }) => {
  const { socket } = await open();
  socket.write(first);
  await once(socket, 'close');
  expect(socket.destroyed).toBe(true);
});

test('one that goes on asking stays', async () => {
  const { socket, text } = await open();
  for (let turn = 0; turn < 10; turn += 1) {
    socket.write(GET);
    await pause(40);
  }
  expect([socket.destroyed, text().split('at once').length - 1]).toEqual([false, 10]);
  socket.destroy();
});

test('one that waits for an answer stays, and is closed some time after it has come', async () => {
  const { socket, text } = await open();
  socket.write('GET /late HTTP/1.1\r\nHost: x\r\n\r\n');
  await pause(500);
  expect(socket.destroyed).toBe(false);
  waiting.pop()?.end('at last');
  await once(socket, 'close');
  expect(text()).toMatch(/at last/);
});

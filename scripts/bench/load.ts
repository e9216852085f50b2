/**
 * The load: keeps a number of connections busy with one request for a time. A process of its own, so that it does not share the server's thread.
 * Run as `node scripts/bench/load.ts PORT MILLISECONDS CONNECTIONS PIPELINE` with the request on standard input; prints a {@link LoadResult} as JSON.
 */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { createResponseCounter } from './response-counter.ts';

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** How often each status came. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Connections that broke. */
  readonly broken: number;
}

const [port = 0, milliseconds = 1_000, connections = 32, pipeline = 1] = process.argv.slice(2).map(Number);
const request = Buffer.from(await text(process.stdin));
const statuses: Record<string, number> = {};
let requests = 0;
let broken = 0;
let over = false;
const began = performance.now();

const sockets = Array.from({ length: connections }, open);
setTimeout(() => {
  over = true;
  const seconds = (performance.now() - began) / 1_000;
  const result: LoadResult = { requests, seconds, statuses, broken };
  process.stdout.write(JSON.stringify(result), () => sockets.forEach((socket) => socket.destroy()));
}, milliseconds);

function open(): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  const counter = createResponseCounter((status) => {
    requests += 1;
    statuses[status] = (statuses[status] ?? 0) + 1;
  });
  socket.on('data', (chunk: Buffer) => {
    const finished = counter(chunk);
    if (finished > 0 && !over) socket.write(finished === 1 ? request : Buffer.concat(Array<Buffer>(finished).fill(request)));
  });
  socket.once('error', () => undefined);
  socket.once('close', () => {
    if (!over) broken += 1;
  });
  socket.write(Buffer.concat(Array<Buffer>(pipeline).fill(request)));
  return socket;
}

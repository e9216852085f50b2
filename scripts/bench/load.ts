/**
 * The load: keeps a number of connections busy for a time. A process of its own, so that it does not share the server's thread.
 * Run as `node scripts/bench/load.ts PORT MILLISECONDS CONNECTIONS PIPELINE [awake]` with the request on standard input; prints a {@link LoadResult} as JSON.
 * With `awake` it never sleeps: a server that answers more slowly than the load asks would have to wake it for each answer, which costs the server up to half of what
 * answering does, and a faster one nothing. It takes a core of its own.
 * Several requests are separated by a NUL. Of C connections the first sends the requests 0, C, 2C ..., the second 1, C + 1 ..., over and over.
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

const [port = 0, milliseconds = 1_000, connections = 32, pipeline = 1] = process.argv.slice(2, 6).map(Number);
const requests = (await text(process.stdin)).split('\0').map((request) => Buffer.from(request));
const NONE = Buffer.alloc(0);
const statuses: Record<string, number> = {};
let answers = 0;
let broken = 0;
let over = false;
const began = performance.now();

if (process.argv[6] === 'awake') stayAwake();
const sockets = Array.from({ length: connections }, (_, index) => open(index));
setTimeout(() => {
  over = true;
  const seconds = (performance.now() - began) / 1_000;
  const result: LoadResult = { requests: answers, seconds, statuses, broken };
  process.stdout.write(JSON.stringify(result), () => sockets.forEach((socket) => socket.destroy()));
}, milliseconds);

function stayAwake(): void {
  if (!over) setImmediate(stayAwake);
}

function open(index: number): Socket {
  let turn = index % requests.length;
  const next = (): Buffer => {
    const request = requests[turn] ?? NONE;
    turn = (turn + connections) % requests.length;
    return request;
  };
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  const counter = createResponseCounter((status) => {
    answers += 1;
    statuses[status] = (statuses[status] ?? 0) + 1;
  });
  socket.on('data', (chunk: Buffer) => {
    const finished = counter(chunk);
    if (finished > 0 && !over) socket.write(finished === 1 ? next() : Buffer.concat(Array.from({ length: finished }, next)));
  });
  socket.once('error', () => undefined);
  socket.once('close', () => {
    if (!over) broken += 1;
  });
  socket.write(Buffer.concat(Array.from({ length: pipeline }, next)));
  return socket;
}

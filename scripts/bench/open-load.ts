/**
 * The open load: sends one request at fixed times, whether the server keeps up or not. A process of its own, so that it does not share the server's thread.
 * Run as `node scripts/bench/open-load.ts PORT PER_SECOND MILLISECONDS CONNECTIONS` with the request on standard input; prints a `Latency` as JSON.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Latency } from './latency.ts';
import { createResponseCounter } from './response-counter.ts';
import { createSchedule, percentile } from './schedule.ts';

/** Not counted: until the engine has compiled this load, its own slowness would be taken for the server's. */
const RUN_UP_MS = 300;
/** How long answers are waited for after the last request was due. */
const PATIENCE_MS = 2_000;

const [port = 0, perSecond = 1_000, milliseconds = 1_000, connections = 32] = process.argv.slice(2).map(Number);
const request = Buffer.from(await text(process.stdin));
const { runUp, total, due } = createSchedule(perSecond, milliseconds, RUN_UP_MS);
/** Milliseconds by request; -1 while there is no answer. */
const waits = new Float64Array(total).fill(-1);
const statuses: Record<string, number> = {};
const free: Connection[] = [];
/** Requests that were sent, and answers of those that count. */
let sent = 0;
let answered = 0;
let done = 0;
let lastAnswer = 0;

interface Connection {
  readonly socket: Socket;
  /** The request that it waits for. */
  index: number;
}

const opened = await Promise.all(Array.from({ length: connections }, open));
const began = performance.now();
const limit = due(total) + PATIENCE_MS;
tick();

/** Asked again and again without a pause: a timer would be late by up to a millisecond, and that would count as the server's. */
function tick(): void {
  const time = performance.now() - began;
  while (sent < total && free.length > 0 && due(sent) <= time) {
    const connection = free.pop();
    if (connection === undefined) break;
    connection.index = sent;
    sent += 1;
    connection.socket.write(request);
  }
  if (done < total && time < limit) setImmediate(tick);
  else finish(time);
}

function finish(time: number): void {
  const counted = waits.subarray(runUp).map((wait, index) => (wait < 0 ? time - due(runUp + index) : wait));
  counted.sort();
  const seconds = Math.max(lastAnswer - due(runUp), milliseconds) / 1_000;
  const result: Latency = {
    p50: percentile(counted, 0.5),
    p99: percentile(counted, 0.99),
    perSecond: answered / seconds,
    statuses,
    unanswered: total - runUp - answered,
  };
  process.stdout.write(JSON.stringify(result), () => opened.forEach(({ socket }) => socket.destroy()));
}

async function open(): Promise<Connection> {
  const socket = connect(port, '127.0.0.1');
  const connection = { socket, index: -1 };
  const counter = createResponseCounter((status) => {
    const time = performance.now() - began;
    const { index } = connection;
    waits[index] = time - due(index);
    done += 1;
    if (index < runUp) return;
    answered += 1;
    lastAnswer = time;
    statuses[status] = (statuses[status] ?? 0) + 1;
  });
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    // One that broke is not free again: what it was asked stays unanswered.
    if (counter(chunk) > 0 && !socket.destroyed) free.push(connection);
  });
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  free.push(connection);
  return connection;
}

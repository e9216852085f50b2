import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What came back of bytes that were written to a socket. */
export interface Heard {
  /** The status of each answer, in order. */
  readonly statuses: readonly number[];
  /** The server closed the connection, or answered all that was asked. `false`: it did neither in time. */
  readonly done: boolean;
}

export interface Spoken {
  readonly port: number;
  /** Written one after the other. */
  readonly pieces: readonly (Buffer | string)[];
  /** Milliseconds between the pieces. Default 0. */
  readonly pauseMs?: number;
  /** How many answers end the talk. Default 1; 0: nobody waits for any, the connection is broken off. */
  readonly answers?: number;
  /** Whether the client ends its side after the last piece. Default false. */
  readonly ends?: boolean;
  readonly limitMs: number;
}

/** Speaks raw bytes to a server: what no HTTP client would send. */
export async function speak({ port, pieces, pauseMs = 0, answers = 1, ends = false, limitMs }: Spoken): Promise<Heard> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let closed = false;
  const over = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (statusesIn(text).length >= answers && answers > 0) resolve();
    });
    socket.on('close', () => {
      closed = true;
      resolve();
    });
    // A connection that the server resets is closed too.
    socket.on('error', () => undefined);
  });
  for (const piece of pieces) {
    if (closed) break;
    socket.write(piece);
    if (pauseMs > 0) await sleep(pauseMs);
  }
  if (ends) socket.end();
  if (answers > 0) await Promise.race([over, sleep(limitMs, undefined, { ref: false })]);
  else await sleep(5);
  socket.destroy();
  const statuses = statusesIn(text);
  return { statuses, done: closed || answers === 0 || statuses.length >= answers };
}

/** Status lines; those of 1xx announce an answer and are none. */
function statusesIn(text: string): number[] {
  return Array.from(text.matchAll(/HTTP\/1\.1 (\d{3}) /g), ([, status]) => Number(status)).filter((status) => status >= 200);
}

/**
 * Memory and time of new sessions, without a socket. Prints JSON. Run as `node --expose-gc scripts/bench/growth-session-cost.ts DOCUMENT`,
 * the document of `things.ts` with its state file beside it.
 */
import { createMock, handleRequest, loadBehaviour, loadDocuments } from '../../mock/index.ts';
import { createOperationTable } from '../../operations/index.ts';
import type { RequestMessage } from '../../operations/index.ts';
import { NEW_THING, ROWS } from './things.ts';

const SESSIONS = 10_000;
const [file = ''] = process.argv.slice(2);
const table = createOperationTable(await loadDocuments([file], {}));
const behaviour = await loadBehaviour(table, { sessions: { maxSessions: SESSIONS } });
const mock = createMock(table, { dynamic: false, seed: '1', errors: false, cors: true, ignoreExamples: false }, behaviour);
const body = Buffer.from(JSON.stringify(NEW_THING));

function get(session: string): RequestMessage {
  return { method: 'GET', path: `/things/${ROWS / 2}`, query: '', headers: { host: 'a', 'x-hufu-session': session }, body: undefined };
}

function create(session: string): RequestMessage {
  const headers = { host: 'a', 'x-hufu-session': session, 'content-type': 'application/json' };
  return { method: 'POST', path: '/things', query: '', headers, body };
}

/** Bytes and µs for each session of what is done once in all of them. */
async function each(prefix: string, make: (session: string) => RequestMessage): Promise<{ bytes: number; micros: number }> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const began = process.cpuUsage();
  for (let index = 0; index < SESSIONS; index += 1) await handleRequest(mock, make(`${prefix}-${index}`));
  const { user, system } = process.cpuUsage(began);
  globalThis.gc?.();
  return { bytes: (process.memoryUsage().heapUsed - before) / SESSIONS, micros: (user + system) / SESSIONS };
}

// Full and compiled from here on: each new session takes the place of the one used longest ago.
await each('warm', get);
await each('warm', create);
const newGet = await each('one', get);
const knownGet = await each('one', get);
const firstCreate = await each('one', create);
const nextCreate = await each('one', create);
console.log(
  JSON.stringify({
    'bytes of a session that has a row of its own': firstCreate.bytes,
    'µs, GET by key in a new session': newGet.micros,
    'µs, GET by key in a known one': knownGet.micros,
    'µs, first create in a session': firstCreate.micros,
    'µs, second create': nextCreate.micros,
  }),
);
process.exit(0);

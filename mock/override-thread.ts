import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { createClock } from '../state/clock-text.ts';
import type { Row } from '../state/index.ts';
import type { CollectionAccess, Override, OverrideReply } from './override.ts';
import type { FromThread, RunMessage, StateCall, ToThread } from './override-messages.ts';

/** The thread in which overrides run: an override that throws, leaks or never ends is its own problem, not the server's. */
const port = parentPort;
const loaded = new Map<string, Readonly<Record<string, Override>>>();
const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
let calls = 0;

const send = (message: FromThread): void => port?.postMessage(message);

port?.on('message', (message: ToThread) => {
  if (message.kind === 'return') {
    const call = waiting.get(message.call);
    waiting.delete(message.call);
    if (message.error === undefined) call?.resolve(message.value);
    else call?.reject(new Error(message.error));
  } else if (message.kind === 'load') {
    void load(message.file);
  } else {
    void run(message);
  }
});

async function load(file: string): Promise<void> {
  try {
    const module = (await import(pathToFileURL(file).href)) as { default?: unknown };
    const overrides = (typeof module.default === 'object' && module.default !== null ? module.default : {}) as Readonly<
      Record<string, Override>
    >;
    loaded.set(file, overrides);
    send({ kind: 'loaded', file, operationIds: Object.keys(overrides) });
  } catch (error) {
    send({ kind: 'broken', file, message: error instanceof Error ? error.message : String(error) });
  }
}

async function run(message: RunMessage): Promise<void> {
  try {
    const override = loaded.get(message.file)?.[message.operationId];
    const reply = await override?.({
      request: message.request,
      state: stateAccess(message.id),
      reply: (status: number, body?: unknown, headers?: Readonly<Record<string, string>>): OverrideReply => ({
        status,
        body,
        headers: headers ?? {},
      }),
      refuse: (name, text) => ({ status: 0, body: undefined, headers: {}, error: { name, message: text } }),
      now: message.now,
      clock: createClock(message.offset),
    });
    send({ kind: 'done', id: message.id, reply });
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    send({ kind: 'failed', id: message.id, message: failure.message, stack: failure.stack ?? '' });
  }
}

/** Collections by name; each call is a message to the server, which holds the rows. */
function stateAccess(id: number): (collection: string) => CollectionAccess {
  const ask = (what: StateCall): Promise<unknown> => {
    calls += 1;
    const call = calls;
    return new Promise((resolve, reject) => {
      waiting.set(call, { resolve, reject });
      send({ kind: 'call', id, call, what });
    });
  };
  return (collection) => ({
    get: async (key) => (await ask({ method: 'get', collection, key: String(key) })) as Row | undefined,
    list: async (fits) => {
      const rows = (await ask({ method: 'list', collection })) as Row[];
      return fits === undefined ? rows : rows.filter(fits);
    },
    find: async (fits) => ((await ask({ method: 'list', collection })) as Row[]).find(fits),
    insert: async (row) => (await ask({ method: 'insert', collection, row })) as Row,
    update: async (key, fields) => (await ask({ method: 'update', collection, key: String(key), row: fields })) as Row | undefined,
    remove: async (key) => (await ask({ method: 'remove', collection, key: String(key) })) === true,
  });
}

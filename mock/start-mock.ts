import { createOperationTable, parseJson, validateResponse, workspaceDocuments, writeJson } from '../operations/index.ts';
import type { LoadOptions } from '../operations/index.ts';
import type { Collection, Row, Session } from '../state/index.ts';
import { collectionOf, keyOfRow, noCollection, noKey } from './collections.ts';
import { loadBehaviour } from './load-behaviour.ts';
import type { BehaviourOptions } from './load-behaviour.ts';
import { SESSION_HEADER } from './session-name.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { createMock } from './handle-request.ts';
import type { MockOptions } from './handle-request.ts';
import { createJournal } from './journal.ts';
import type { JournalEntry } from './journal.ts';
import { loadDocuments } from './live-documents.ts';
import { sentenceOf } from './problem.ts';
import { startServer } from './server.ts';
import type { ControlOptions } from './server.ts';

export interface StartMockOptions extends Partial<MockOptions>, LoadOptions, BehaviourOptions {
  /** Files of documents. Default: `openapi/*.yaml` of the workspace. */
  readonly documents?: readonly string[];
  /** Default 0: any free port. */
  readonly port?: number;
  /** The control API; without a token it answers this machine only. */
  readonly control?: ControlOptions;
}

/** A request of a test: a body that is neither text, bytes nor a form is sent as JSON. */
export interface TestRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** JSON is parsed, integers beyond 2^53 as `bigint`; everything else is text. */
  readonly body: unknown;
  readonly bytes: Buffer;
}

/** An own world of a test: nothing in it is seen by another. */
export interface MockSession {
  readonly name: string;
  readonly fetch: (path: string, request?: TestRequest) => Promise<TestAnswer>;
  readonly state: {
    /** All rows, by `module/collection`. */
    readonly read: () => Promise<Readonly<Record<string, readonly Row[]>>>;
    /** Adds rows or changes those with the same key, as if the backend had done it. */
    readonly patch: (rows: Readonly<Record<string, readonly Row[]>>) => Promise<void>;
  };
  readonly clock: {
    /** Stops the clock, at a moment (a date with its zone, or milliseconds) or now. */
    readonly freeze: (at?: string | number) => Promise<void>;
    readonly advance: (milliseconds: number) => Promise<void>;
    readonly shift: (milliseconds: number) => Promise<void>;
    readonly resume: () => Promise<void>;
  };
  readonly snapshot: { readonly save: (name: string) => Promise<void>; readonly restore: (name: string) => Promise<void> };
  /** Starts anew from a scenario; default: the one it is on. */
  readonly reset: (scenario?: string) => Promise<void>;
  readonly journal: () => readonly JournalEntry[];
  /** @throws Error naming every answer of this session that broke its document. */
  readonly expectNoViolations: () => Promise<void>;
}

export interface StartedMock extends MockSession {
  readonly url: string;
  /** What goes wrong on purpose, for all sessions or for those a rule names. */
  readonly faults: Pick<Faults, 'list' | 'set'>;
  /** A new world; without a name one of its own. */
  readonly session: (options?: { readonly name?: string; readonly scenario?: string }) => MockSession;
  readonly close: () => Promise<void>;
}

/**
 * Starts the mock inside a test: any free port, the workspace's documents with their state files and overrides.
 * @throws DocumentError, StateFileError when something can't be loaded.
 */
export async function startMock(options: StartMockOptions = {}): Promise<StartedMock> {
  const { documents: files, port = 0 } = options;
  const documents = await loadDocuments(files ?? workspaceDocuments(options.workspace ?? process.cwd()), options);
  const table = createOperationTable(documents);
  const behaviour = await loadBehaviour(table, options);
  const mock = createMock(
    table,
    {
      dynamic: options.dynamic ?? false,
      seed: options.seed ?? '1',
      errors: options.errors ?? false,
      cors: options.cors ?? true,
      ignoreExamples: options.ignoreExamples ?? false,
    },
    behaviour,
  );
  const journal = createJournal();
  const faults = createFaults();
  const server = await startServer({ mock: () => mock, port, journal, faults, control: options.control ?? {} });
  let count = 0;

  function collection(name: string): Collection {
    const models = [...behaviour.models.values()];
    const found = collectionOf(models, name);
    if (found === undefined) throw new Error(noCollection(models, name));
    return found;
  }

  function session(given: { readonly name?: string; readonly scenario?: string } = {}): MockSession {
    count += 1;
    const name = given.name ?? `test-${count}`;
    const world = behaviour.sessions.get(name);
    const started = given.scenario === undefined ? undefined : world.reset(given.scenario);
    return sessionOf({ url: server.url, entries: journal.entries, collection }, name, world, Promise.resolve(started));
  }

  return {
    ...session({ name: 'default' }),
    url: server.url,
    faults,
    session,
    async close() {
      await server.close();
      await behaviour.overrides.close();
      await behaviour.sessions.close();
    },
  };
}

/** What a session needs of the mock around it. */
interface Surroundings {
  readonly url: string;
  readonly entries: (session: string) => readonly JournalEntry[];
  /** @throws Error when there is none of that name. */
  readonly collection: (name: string) => Collection;
}

function sessionOf({ url, entries, collection }: Surroundings, name: string, world: Session, started: Promise<void>): MockSession {
  return {
    name,
    async fetch(path, request = {}) {
      await started;
      const { body, headers } = encode(request);
      const response = await fetch(url + path, {
        method: request.method ?? 'GET',
        headers: { [SESSION_HEADER]: name, ...headers },
        ...(body === undefined ? {} : { body }),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        headers: response.headers,
        bytes,
        body: isJson && bytes.length > 0 ? parseJson(bytes.toString()) : bytes.toString(),
      };
    },
    state: {
      read: async () => {
        await started;
        return await world.read();
      },
      patch: async (rows) => {
        await started;
        await world.transact((rowsNow) => {
          for (const [name, list] of Object.entries(rows)) {
            const known = collection(name);
            for (const [index, row] of list.entries()) {
              const key = keyOfRow(known, row);
              if (key === undefined) throw new Error(noKey(known, row, index));
              rowsNow.put(name, key, { ...rowsNow.get(name, key), ...row });
            }
          }
        });
      },
    },
    clock: {
      freeze: async (at) => {
        await started;
        await world.clock.freeze(typeof at === 'string' ? Date.parse(at) : at);
      },
      advance: async (milliseconds) => void (await world.clock.advance(milliseconds)),
      shift: async (milliseconds) => void (await world.clock.shift(milliseconds)),
      resume: async () => void (await world.clock.resume()),
    },
    snapshot: {
      save: async (snapshot) => void (await world.snapshots.save(snapshot)),
      restore: async (snapshot) => void (await world.snapshots.restore(snapshot)),
    },
    reset: async (scenario) => {
      await started;
      await world.reset(scenario);
    },
    journal: () => entries(name),
    expectNoViolations: async () => {
      const broken: string[] = [];
      for (const { fault, operation, reply, request } of entries(name)) {
        // What was spoilt on purpose is nobody's mistake.
        if (operation === undefined || fault !== undefined) continue;
        const violations = await validateResponse(
          operation,
          { status: reply.status, headers: sentHeaders(reply), body: reply.body },
          request.method,
        );
        for (const violation of violations)
          broken.push(`${request.method} ${request.path} -> ${reply.status}: ${sentenceOf(violation)} (${violation.document})`);
      }
      if (broken.length > 0) throw new Error(`${broken.length} violations in the answers of session ${name}:\n${broken.join('\n')}`);
    },
  };
}

function encode(request: TestRequest): { body: string | FormData | Uint8Array<ArrayBuffer> | undefined; headers: Record<string, string> } {
  const headers = { ...request.headers };
  const { body } = request;
  if (body === undefined || typeof body === 'string' || body instanceof FormData) return { body, headers };
  if (body instanceof Uint8Array) return { body: new Uint8Array(body), headers };
  return { body: writeJson(body), headers: { 'content-type': 'application/json', ...headers } };
}

/** The headers as they went out: the server adds the length. */
function sentHeaders({ headers, body }: JournalEntry['reply']): Record<string, string | string[]> {
  const own = Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]] as const);
  return { 'content-length': String(body?.length ?? 0), ...Object.fromEntries(own) };
}

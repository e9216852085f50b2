import { validateRequest } from '../operations/index.ts';
import type { Operation, RequestMessage, Violation } from '../operations/index.ts';
import type { Step } from './answered-by.ts';
import type { Handled } from './handle-request.ts';
import { canBeKept, createExchangeStore } from './journal-store.ts';
import type { Preferences } from './preferences.ts';
import type { Reply } from './reply.ts';

/** One request and its answer, as the mock saw them. */
export interface JournalEntry {
  /** Counts from 1; never given twice. */
  readonly id: number;
  /** Real time, milliseconds since the epoch. */
  readonly at: number;
  readonly milliseconds: number;
  readonly session: string;
  readonly request: RequestMessage;
  readonly reply: Reply;
  readonly operation: Operation | undefined;
  /** What was wrong with the request. */
  readonly violations: readonly Violation[];
  /** The rules of faults that spoilt the answer. */
  readonly fault: string | undefined;
  /** Where in `handle-request.ts` it ended. */
  readonly step: Step;
  /** What somebody wanted of the operation in place of what the client asked for. */
  readonly forced: Preferences | undefined;
}

/** What is known of an entry without reading its exchange. */
export interface JournalMark extends Pick<JournalEntry, 'id' | 'at' | 'session' | 'operation'> {
  readonly status: number;
}

/** The last exchanges, bounded in number and in bytes: what is too much goes, oldest first. */
export interface Journal {
  readonly add: (session: string, request: RequestMessage, handled: Handled, milliseconds: number) => void;
  /** Real time, milliseconds since the epoch: ids of another journal count other things. */
  readonly startedAt: number;
  /** Oldest first; of one session or of all. @param after the id that they come after. */
  readonly entries: (session?: string, after?: number) => readonly JournalEntry[];
  /** The newest entries that fit, oldest of them first; what does not fit is not read. @param limit default all of them. */
  readonly find: (fits: (mark: JournalMark) => boolean, limit?: number) => readonly JournalEntry[];
  readonly entry: (id: number) => JournalEntry | undefined;
  readonly clear: (session?: string) => void;
  /** Told of every new entry until the returned function is called. */
  readonly subscribe: (listener: (entry: JournalEntry) => void) => () => void;
}

const NO_VIOLATIONS: readonly Violation[] = [];

/**
 * A ring: adding costs the same however many there are. It is a column for each thing that is known of an entry: objects that live for ten thousand requests and then
 * die are what a garbage collector is worst at, and one for each entry, used anew, would be out of the processor's reach whenever its turn comes.
 */
export function createJournal(maxEntries = 10_000, maxBytes = 32 * 1024 * 1024): Journal {
  const store = createExchangeStore(maxEntries);
  /** 0: nothing is kept at the place. */
  const ids = new Float64Array(maxEntries);
  const times = new Float64Array(maxEntries);
  const durations = new Float64Array(maxEntries);
  const sessions: string[] = [];
  const operations: (Operation | undefined)[] = [];
  /** `undefined`: the request is judged again when they are asked for. Kept, they would be the most that is kept of a refusal. */
  const violations: (readonly Violation[] | undefined)[] = [];
  const faults: (string | undefined)[] = [];
  const steps: Step[] = [];
  const wishes: (Preferences | undefined)[] = [];
  /** The id of the newest entry, and of the oldest one that may still be there. */
  let newest = 0;
  let oldest = 1;
  const listeners = new Set<(entry: JournalEntry) => void>();

  function placeOf(id: number): number {
    return (id - 1) % maxEntries;
  }

  function drop(id: number): void {
    const place = placeOf(id);
    if (ids[place] !== id) return;
    ids[place] = 0;
    violations[place] = NO_VIOLATIONS;
    store.drop(place);
  }

  /** Ids of what is kept, oldest first. */
  function* inOrder(after = 0): Iterable<number> {
    for (let id = Math.max(oldest, after + 1); id <= newest; id += 1) if (ids[placeOf(id)] === id) yield id;
  }

  function add(session: string, request: RequestMessage, handled: Handled, milliseconds: number): void {
    newest += 1;
    if (newest - oldest >= maxEntries) drop(oldest++);
    const place = placeOf(newest);
    ids[place] = newest;
    times[place] = Date.now();
    durations[place] = milliseconds;
    sessions[place] = session;
    operations[place] = handled.operation;
    const isJudgedAgain = handled.violations.length > 0 && handled.values !== undefined && canBeKept(handled.values);
    violations[place] = handled.violations.length === 0 ? NO_VIOLATIONS : isJudgedAgain ? undefined : handled.violations;
    faults[place] = handled.fault;
    steps[place] = handled.step;
    wishes[place] = handled.forced;
    store.keep(
      place,
      request,
      request.method === 'HEAD' ? withoutBody(handled.reply) : handled.reply,
      isJudgedAgain ? handled.values : undefined,
    );
    while (store.isOver(maxBytes) && oldest < newest) drop(oldest++);
    if (listeners.size === 0) return;
    const entry: JournalEntry = readEntry(newest, handled.violations);
    for (const listener of listeners) listener(entry);
  }

  function readEntry(id: number, known?: readonly Violation[]): JournalEntry {
    const place = placeOf(id);
    const operation = operations[place];
    const { request, reply, values } = store.read(place);
    let found = known ?? violations[place];
    return {
      id,
      at: times[place] ?? 0,
      milliseconds: durations[place] ?? 0,
      session: sessions[place] ?? '',
      operation,
      // Most readers do not ask for them.
      get violations() {
        return (found ??= judgedAgain(operation, request, values));
      },
      fault: faults[place],
      step: steps[place] ?? 'receive',
      forced: wishes[place],
      request,
      reply,
    };
  }

  function markOf(id: number): JournalMark {
    const place = placeOf(id);
    return { id, at: times[place] ?? 0, session: sessions[place] ?? '', operation: operations[place], status: store.status(place) };
  }

  return {
    startedAt: Date.now(),
    add,
    entries: (session, after) =>
      Array.from(inOrder(after))
        .filter((id) => session === undefined || sessions[placeOf(id)] === session)
        .map((id) => readEntry(id)),
    find(fits, limit = Number.POSITIVE_INFINITY) {
      const found: JournalEntry[] = [];
      for (let id = newest; id >= oldest && found.length < limit; id -= 1)
        if (ids[placeOf(id)] === id && fits(markOf(id))) found.push(readEntry(id));
      return found.toReversed();
    },
    entry: (id) => (id > 0 && ids[placeOf(id)] === id ? readEntry(id) : undefined),
    clear(session) {
      for (const id of Array.from(inOrder())) if (session === undefined || sessions[placeOf(id)] === session) drop(id);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function judgedAgain(operation: Operation | undefined, request: RequestMessage, values: ReadonlyMap<string, string>): readonly Violation[] {
  const judged = operation === undefined ? undefined : validateRequest(operation, request, values);
  return judged === undefined || judged instanceof Promise ? NO_VIOLATIONS : judged.violations;
}

/** What was sent: a body is made for HEAD as for GET, and stays here (RFC 9110 section 9.3.2). */
function withoutBody(reply: Reply): Reply {
  return reply.body === undefined ? reply : { ...reply, body: undefined };
}

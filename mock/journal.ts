import type { Operation, RequestMessage, Violation } from '../operations/index.ts';
import type { Step } from './answered-by.ts';
import type { Handled } from './handle-request.ts';
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

/** The last exchanges, bounded in number and in bytes: what is too much goes, oldest first. */
export interface Journal {
  readonly add: (session: string, request: RequestMessage, handled: Handled, milliseconds: number) => void;
  /** Real time, milliseconds since the epoch: ids of another journal count other things. */
  readonly startedAt: number;
  /** Oldest first; of one session or of all. @param after the id that they come after. */
  readonly entries: (session?: string, after?: number) => readonly JournalEntry[];
  readonly entry: (id: number) => JournalEntry | undefined;
  readonly clear: (session?: string) => void;
  /** Told of every new entry until the returned function is called. */
  readonly subscribe: (listener: (entry: JournalEntry) => void) => () => void;
}

/** A ring: adding costs the same however many there are. */
export function createJournal(maxEntries = 10_000, maxBytes = 32 * 1024 * 1024): Journal {
  const ring: (JournalEntry | undefined)[] = Array.from({ length: maxEntries }, () => undefined);
  let bytes = 0;
  /** The id of the newest entry, and of the oldest one that may still be there. */
  let newest = 0;
  let oldest = 1;
  const listeners = new Set<(entry: JournalEntry) => void>();

  function drop(id: number): void {
    const entry = ring[id % maxEntries];
    if (entry?.id !== id) return;
    bytes -= sizeOf(entry);
    ring[id % maxEntries] = undefined;
  }

  function* inOrder(after = 0): Iterable<JournalEntry> {
    for (let id = Math.max(oldest, after + 1); id <= newest; id += 1) {
      const entry = ring[id % maxEntries];
      if (entry?.id === id) yield entry;
    }
  }

  return {
    startedAt: Date.now(),
    add(session, request, handled, milliseconds) {
      newest += 1;
      if (newest - oldest >= maxEntries) drop(oldest++);
      const entry: JournalEntry = {
        id: newest,
        at: Date.now(),
        milliseconds,
        session,
        request: withOwnBody(request),
        reply: handled.reply,
        operation: handled.operation,
        violations: handled.violations,
        fault: handled.fault,
        step: handled.step,
        forced: handled.forced,
      };
      ring[newest % maxEntries] = entry;
      bytes += sizeOf(entry);
      while (bytes > maxBytes && oldest < newest) drop(oldest++);
      for (const listener of listeners) listener(entry);
    },
    entries: (session, after) => Array.from(inOrder(after)).filter((entry) => session === undefined || entry.session === session),
    entry(id) {
      const entry = ring[id % maxEntries];
      return entry?.id === id ? entry : undefined;
    },
    clear(session) {
      for (const entry of Array.from(inOrder())) if (session === undefined || entry.session === session) drop(entry.id);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A body as it was read is a piece of a much larger block of the socket's, which must not be kept with it. */
function withOwnBody(request: RequestMessage): RequestMessage {
  const { body } = request;
  return body === undefined || body.length * 2 > body.buffer.byteLength ? request : { ...request, body: Buffer.from(body) };
}

function sizeOf(entry: JournalEntry): number {
  return 500 + (entry.request.body?.length ?? 0) + (entry.reply.body?.length ?? 0);
}

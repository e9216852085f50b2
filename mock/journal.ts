import type { Operation, RequestMessage, Violation } from '../operations/index.ts';
import type { Handled } from './handle-request.ts';
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
}

/** The last exchanges, bounded in number and in bytes: what is too much goes, oldest first. */
export interface Journal {
  readonly add: (session: string, request: RequestMessage, handled: Handled, milliseconds: number) => void;
  /** Oldest first; of one session or of all. */
  readonly entries: (session?: string) => readonly JournalEntry[];
  readonly clear: (session?: string) => void;
  /** Told of every new entry until the returned function is called. */
  readonly subscribe: (listener: (entry: JournalEntry) => void) => () => void;
}

export function createJournal(maxEntries = 1_000, maxBytes = 32 * 1024 * 1024): Journal {
  let kept: JournalEntry[] = [];
  let bytes = 0;
  let count = 0;
  const listeners = new Set<(entry: JournalEntry) => void>();

  return {
    add(session, request, handled, milliseconds) {
      count += 1;
      const entry: JournalEntry = {
        id: count,
        at: Date.now(),
        milliseconds,
        session,
        request,
        reply: handled.reply,
        operation: handled.operation,
        violations: handled.violations,
        fault: handled.fault,
      };
      kept.push(entry);
      bytes += sizeOf(entry);
      // In chunks: dropping the first of an array one by one would cost its whole length each time.
      if (kept.length > maxEntries * 1.25 || bytes > maxBytes) {
        kept = lastWithin(kept, maxEntries, maxBytes);
        bytes = sizeOfAll(kept);
      }
      for (const listener of listeners) listener(entry);
    },
    entries: (session) => (session === undefined ? kept : kept.filter((entry) => entry.session === session)),
    clear(session) {
      kept = session === undefined ? [] : kept.filter((entry) => entry.session !== session);
      bytes = sizeOfAll(kept);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The newest entries that fit; the newest one always does. */
function lastWithin(entries: readonly JournalEntry[], maxEntries: number, maxBytes: number): JournalEntry[] {
  let first = entries.length - 1;
  let bytes = sizeOfAll(entries.slice(first));
  // Room is made for a while, not for one.
  while (first > 0 && entries.length - first < maxEntries && bytes < maxBytes / 2) {
    first -= 1;
    bytes += sizeOfAll(entries.slice(first, first + 1));
  }
  return entries.slice(first);
}

function sizeOfAll(entries: readonly JournalEntry[]): number {
  return entries.reduce((total, entry) => total + sizeOf(entry), 0);
}

function sizeOf(entry: JournalEntry): number {
  return 500 + (entry.request.body?.length ?? 0) + (entry.reply.body?.length ?? 0);
}

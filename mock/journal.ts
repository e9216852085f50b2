import type { Operation, RequestMessage, Violation } from '../operations/index.ts';
import type { Step } from './answered-by.ts';
import type { Handled } from './handle-request.ts';
import { createExchangeStore } from './journal-store.ts';
import type { KeptExchange } from './journal-store.ts';
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

/** A place of the ring. It is written anew for each entry: objects that live for ten thousand requests and then die are what a garbage collector is worst at. */
interface Slot {
  /** 0: nothing is kept here. */
  id: number;
  at: number;
  milliseconds: number;
  session: string;
  operation: Operation | undefined;
  violations: readonly Violation[];
  fault: string | undefined;
  step: Step;
  forced: Preferences | undefined;
  exchange: KeptExchange | undefined;
}

const NO_VIOLATIONS: readonly Violation[] = [];

/** A ring: adding costs the same however many there are. */
export function createJournal(maxEntries = 10_000, maxBytes = 32 * 1024 * 1024): Journal {
  const ring: Slot[] = [];
  const store = createExchangeStore();
  /** The id of the newest entry, and of the oldest one that may still be there. */
  let newest = 0;
  let oldest = 1;
  const listeners = new Set<(entry: JournalEntry) => void>();

  function drop(id: number): void {
    const slot = ring[id % maxEntries];
    if (slot?.id !== id) return;
    slot.id = 0;
    slot.violations = NO_VIOLATIONS;
    if (slot.exchange !== undefined) store.drop(slot.exchange);
  }

  function* inOrder(after = 0): Iterable<Slot> {
    for (let id = Math.max(oldest, after + 1); id <= newest; id += 1) {
      const slot = ring[id % maxEntries];
      if (slot?.id === id) yield slot;
    }
  }

  function add(session: string, request: RequestMessage, handled: Handled, milliseconds: number): void {
    newest += 1;
    if (newest - oldest >= maxEntries) drop(oldest++);
    const slot = (ring[newest % maxEntries] ??= emptySlot());
    slot.id = newest;
    slot.at = Date.now();
    slot.milliseconds = milliseconds;
    slot.session = session;
    slot.operation = handled.operation;
    slot.violations = handled.violations.length === 0 ? NO_VIOLATIONS : handled.violations;
    slot.fault = handled.fault;
    slot.step = handled.step;
    slot.forced = handled.forced;
    slot.exchange = store.keep(request, handled.reply, slot.exchange);
    while (store.isOver(maxBytes) && oldest < newest) drop(oldest++);
    if (listeners.size === 0) return;
    const entry = readEntry(slot);
    for (const listener of listeners) listener(entry);
  }

  function readEntry({ exchange, ...slot }: Slot): JournalEntry {
    if (exchange === undefined) throw new Error(`entry ${slot.id} was dropped`);
    return { ...slot, ...store.read(exchange) };
  }

  return {
    startedAt: Date.now(),
    add,
    entries: (session, after) =>
      Array.from(inOrder(after))
        .filter((slot) => session === undefined || slot.session === session)
        .map(readEntry),
    entry(id) {
      const slot = ring[id % maxEntries];
      return slot?.id === id ? readEntry(slot) : undefined;
    },
    clear(session) {
      for (const slot of Array.from(inOrder())) if (session === undefined || slot.session === session) drop(slot.id);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function emptySlot(): Slot {
  return {
    id: 0,
    // Fractions from the start: a field that held a small integer first would be rebuilt for all slots.
    at: 0.5,
    milliseconds: 0.5,
    session: '',
    operation: undefined,
    violations: NO_VIOLATIONS,
    fault: undefined,
    step: 'receive',
    forced: undefined,
    exchange: undefined,
  };
}

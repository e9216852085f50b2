import type { Exchange, Place } from '../exchange.ts';
import type { RecordingSummary } from '../result.ts';

/** What a recording holds, in its order. */
export type RecordingItem = RecordedExchange | Aside | Flaw;

export interface RecordedExchange {
  readonly kind: 'exchange';
  readonly exchange: Exchange;
  readonly hints: Hints;
}

/** What a recorder says of an exchange beyond HTTP. */
export interface Hints {
  /** What the browser wanted it for, in lower case: `fetch`, `xhr`, `document`, `script`, `stylesheet`, `image`, `font`, `preflight`. */
  readonly resourceType?: string;
  /** The browser answered from its cache: the server saw nothing of it. */
  readonly fromCache?: true;
  /** The test answered it itself (`route.fulfill` of Playwright): the server saw nothing of it. */
  readonly fulfilled?: true;
}

/** An entry that is no HTTP exchange and is nobody's fault. */
export interface Aside {
  readonly kind: 'aside';
  readonly reason: 'websocket' | 'not-http';
  readonly place: Place;
  /** As recorded, cut after 200 characters. */
  readonly url: string;
}

/** An entry, or the rest of a file, that can't be read. */
export interface Flaw {
  readonly kind: 'flaw';
  readonly place: Place;
  /** Bytes from the start of the (unpacked) file to the entry. */
  readonly offset: number;
  /** 1-based line of the flaw. */
  readonly line: number;
  /** One English sentence; begins with the entry's number where one entry is meant. */
  readonly message: string;
}

/** A recording being read. It can be read once; leaving the loop closes the file. */
export interface Recording extends AsyncIterable<RecordingItem> {
  /**
   * The same items, a chunk of the file at a time: who asks for many does not wait for each. An item is made when the loop over its batch comes to it; a batch is walked to its end
   * before the next is asked for.
   */
  readonly batches: () => AsyncIterable<Iterable<RecordingItem>>;
  /** What was read so far. `format` is final when the last item was given: HAR may name its creator at the end. */
  readonly summary: () => RecordingSummary;
  /** Bytes of the file read so far, and its size; 0 where that is not known (a pipe). */
  readonly progress: () => { readonly read: number; readonly size: number };
}

export interface ReadOptions {
  /** Larger entries are flaws and are not held in memory. Bytes, default 64 MiB. */
  readonly maxEntryBytes?: number;
  /** Read instead of the file, which is then only a name: standard input, bytes of a test. */
  readonly input?: AsyncIterable<Uint8Array>;
  /**
   * Only entries whose number leaves `index` when divided by `of`: threads share a file so, each reading all of its bytes. All parts together
   * give what one reading of the whole gives.
   */
  readonly part?: { readonly index: number; readonly of: number };
}

export const MAX_ENTRY_BYTES = 64 * 1024 * 1024;

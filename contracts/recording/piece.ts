/** A part of a file as a cutter gives it: the text of one entry, or why there is none. */
export type Piece = EntryPiece | LostPiece;

export interface EntryPiece extends Position {
  readonly kind: 'entry';
  /** UTF-8 text of one JSON value; where whoever cut it had to parse it, what came of that. */
  readonly content: Buffer | ParsedEntry;
}

/** The text of an entry, and what it says. */
export interface ParsedEntry {
  readonly text: string;
  readonly value: unknown;
}

/** An entry that can't be given, or the end of what can be. */
export interface LostPiece extends Position {
  readonly kind: 'lost';
  /** A sentence without its subject: `is larger than 64 MiB`. Its subject is the entry unless `whole`. */
  readonly reason: string;
  /** The sentence is about the file: nothing follows. */
  readonly whole: boolean;
}

export interface Position {
  /** The entry's number, from 0. */
  readonly index: number;
  /** Bytes from the start of the text. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
}

/** Cuts a text that comes in chunks into the texts of its entries. */
export interface Cutter {
  /** Entries that end in this chunk. Their bytes may be part of the chunk: they are good as long as the chunk is left alone, which no part of an entry that goes on needs. */
  readonly push: (chunk: Buffer) => readonly Piece[];
  /** What is left when the text has ended. */
  readonly end: () => readonly Piece[];
}

/** An entry of more values than this takes hundreds of bytes of memory for each of its own; no message is made of so many. */
export const MAX_VALUES = 4_000_000;
/** Deeper nesting is an attack, not a message. */
export const MAX_DEPTH = 1_000;

/** `64 MiB`, `512 KiB`, `100 bytes`. */
export function sizeText(bytes: number): string {
  if (bytes >= 1024 * 1024 && bytes % (1024 * 1024) === 0) return `${bytes / (1024 * 1024)} MiB`;
  return bytes >= 1024 && bytes % 1024 === 0 ? `${bytes / 1024} KiB` : `${bytes} bytes`;
}

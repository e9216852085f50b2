import type { Place } from '../exchange.ts';
import { createJsonCutter } from './cut-json.ts';
import type { JsonCutter } from './cut-json.ts';
import { createLineCutter } from './cut-lines.ts';
import { BrokenCompression, fileBytes, unpacked } from './file-bytes.ts';
import type { Progress } from './file-bytes.ts';
import type { Cutter, LostPiece, Piece } from './piece.ts';
import { probe } from './probe.ts';
import type { Form } from './probe.ts';
import { createPieceReader } from './read-piece.ts';
import type { PieceReader } from './read-piece.ts';
import { RecordingError } from './recording-error.ts';
import { MAX_ENTRY_BYTES } from './recording.ts';
import type { Flaw, ReadOptions, Recording, RecordingItem } from './recording.ts';

/** After so many flaws the rest is not read: a file of nothing else is no recording. */
const MAX_FLAWS = 10_000;
/** So many flaws at the beginning of lines that no exchange was found among yet. */
const MAX_FIRST_FLAWS = 100;

/**
 * Reads a recording: HAR 1.2, NDJSON, or the journal of the mock (JSON or server-sent events), told apart by content, packed with gzip or not.
 * The file is read as fast as its items are taken, and never held as a whole.
 * @param file as the user wrote it; places name it so.
 * @throws RecordingError, when the first item is asked for or later, where nothing can be read: a missing file, a directory, no JSON, no entries. What breaks
 *   one entry, or the rest of a file, is an item of the kind `flaw`.
 */
export function readRecording(file: string, options: ReadOptions = {}): Recording {
  const progress: Progress = { read: 0, size: 0 };
  const state: State = { file, exchanges: 0, flaws: 0, format: () => '' };
  const chunks = unpacked(options.input === undefined ? fileBytes(file, progress) : counted(options.input, progress));
  return {
    [Symbol.asyncIterator]: () => items(chunks, state, options),
    batches: () => batches(chunks, state, options),
    summary: () => ({ file, exchanges: state.exchanges, format: state.format() }),
    progress: () => ({ ...progress }),
  };
}

interface State {
  readonly file: string;
  exchanges: number;
  flaws: number;
  format: () => string;
}

async function* items(chunks: AsyncGenerator<Buffer>, state: State, options: ReadOptions): AsyncGenerator<RecordingItem> {
  for await (const batch of batches(chunks, state, options)) yield* batch;
}

async function* batches(chunks: AsyncGenerator<Buffer>, state: State, options: ReadOptions): AsyncGenerator<Iterable<RecordingItem>> {
  const { file } = state;
  const { maxEntryBytes: limit = MAX_ENTRY_BYTES, part = { index: 0, of: 1 } } = options;
  try {
    const { head, form, start, frameless, broken: brokenHead } = await headOf(chunks, file, limit);
    const json =
      form === 'lines' || form === 'events'
        ? undefined
        : createJsonCutter(form === 'sequence' ? 'sequence' : frameless === true ? 'log' : 'frame', limit, part.of === 1);
    const cutter: Cutter = json ?? createLineCutter(form === 'events' ? 'events' : 'lines', limit);
    const creator = creatorOf(json);
    const reader = createPieceReader(file, creator, form === 'har');
    state.format = () => formatOf(form, creator, reader);
    const walk: Walk = { state, reader, part, start, held: form === 'har' ? undefined : [], stopped: false };
    let broken = brokenHead;

    for (let chunk: Buffer | undefined = head.subarray(start); ;) {
      if (chunk === undefined && json?.found() === false) {
        throw new RecordingError(file, 'has no "log.entries": this is no HAR, or its writing was cut off before the first entry');
      }
      const pieces = chunk === undefined ? [...cutter.end(), ...(broken ? [compression(json)] : [])] : cutter.push(chunk);
      yield itemsOf(pieces, walk);
      if (chunk === undefined || walk.stopped) break;
      try {
        const next: IteratorResult<Buffer> = broken ? { done: true, value: undefined } : await chunks.next();
        chunk = next.done === true ? undefined : next.value;
      } catch (error) {
        if (!(error instanceof BrokenCompression)) throw error;
        broken = true;
        chunk = undefined;
      }
    }
    if (walk.held !== undefined && walk.held.length > 0) throw nothing(file, walk.held);
  } finally {
    await chunks.return(undefined);
  }
}

/** How far the reading of a file has come, beyond its cutting. */
interface Walk {
  readonly state: State;
  readonly reader: PieceReader;
  readonly part: NonNullable<ReadOptions['part']>;
  /** Of the text in the file. */
  readonly start: number;
  /** Flaws that came before anything was understood: if nothing follows, the file is no recording. */
  held: Flaw[] | undefined;
  /** There were too many flaws: the rest is not read. */
  stopped: boolean;
}

function* itemsOf(pieces: readonly Piece[], walk: Walk): Generator<RecordingItem> {
  const { state, reader, part, start } = walk;
  for (const piece of pieces) {
    const ours = part.of === 1 || piece.index % part.of === part.index;
    // Until something was understood every part looks at everything: all find out alike that a file is no recording.
    if (!ours && walk.held === undefined) {
      if (piece.kind === 'entry') reader.skip(piece);
      continue;
    }
    const item = itemOf(piece, reader, state.file, start);
    if (ours) count(state, item);
    if (item.kind === 'flaw' && state.flaws > MAX_FLAWS) {
      walk.stopped = true;
      walk.held = undefined;
      yield { ...item, message: `has more than ${MAX_FLAWS} flaws: the rest was not read` };
      return;
    }
    const { held } = walk;
    if (held !== undefined && item.kind === 'flaw') {
      held.push(item);
      if (held.length > MAX_FIRST_FLAWS) throw nothing(state.file, held);
      continue;
    }
    walk.held = undefined;
    if (held !== undefined) yield* held.filter(({ place }) => place.index % part.of === part.index);
    if (ours) yield item;
  }
}

/** Reads until the form is clear. */
async function headOf(
  chunks: AsyncGenerator<Buffer>,
  file: string,
  limit: number,
): Promise<{ head: Buffer; form: Form; start: number; frameless?: true; broken: boolean }> {
  const parts: Buffer[] = [];
  let size = 0;
  let tried = 0;
  for (let whole = false, broken = false; ;) {
    try {
      const next = await chunks.next();
      whole = next.done === true;
      if (next.done !== true) {
        // A chunk is good until the next one is asked for.
        parts.push(Buffer.from(next.value));
        size += next.value.length;
      }
    } catch (error) {
      if (!(error instanceof BrokenCompression)) throw error;
      whole = true;
      broken = true;
    }
    // What is longer is looked at again only when it has doubled.
    if (!whole && size < tried * 2) continue;
    tried = size;
    const head = Buffer.concat(parts);
    const probed = probe(head, whole);
    if (probed !== undefined && 'form' in probed) return { head, ...probed, broken };
    if (probed !== undefined) throw new RecordingError(file, broken ? 'is broken gzip data' : probed.refused, { line: 1, column: 1 });
    if (size > limit)
      throw new RecordingError(file, 'has no exchange and no "log.entries" at its beginning: this is no recording', { line: 1, column: 1 });
  }
}

function itemOf(piece: Piece, reader: PieceReader, file: string, start: number): RecordingItem {
  if (piece.kind === 'entry') return reader.read(piece);
  const place: Place = { file, index: piece.index };
  const message = piece.whole ? `The file ${piece.reason}.` : `Entry ${piece.index} ${piece.reason}.`;
  return { kind: 'flaw', place, offset: piece.offset + start, line: piece.line, message };
}

function count(state: State, item: RecordingItem): void {
  if (item.kind === 'exchange') state.exchanges += 1;
  if (item.kind === 'flaw') state.flaws += 1;
}

function compression(json: JsonCutter | undefined): LostPiece {
  const { offset, line } = json?.position() ?? { offset: 0, line: 1 };
  return { kind: 'lost', index: 0, offset, line, whole: true, reason: 'is broken gzip data: what follows could not be unpacked' };
}

/** The whole file means nothing: told by its first flaw. */
function nothing(file: string, [first]: readonly Flaw[]): RecordingError {
  return new RecordingError(file, `holds no exchange that can be read. ${first?.message ?? ''}`, { line: first?.line ?? 1, column: 1 });
}

/** The name of the HAR's creator, as far as it was met; asked for every entry, made once. */
function creatorOf(json: JsonCutter | undefined): () => string | undefined {
  let named: { readonly creator: unknown; readonly name: string | undefined } = { creator: undefined, name: undefined };
  return () => {
    const creator = json?.members()['creator'];
    if (creator !== named.creator) named = { creator, name: nameOf(creator) };
    return named.name;
  };
}

function formatOf(form: Form, creator: () => string | undefined, reader: PieceReader): string {
  if (form === 'har') return creator() ?? 'HAR';
  const met = reader.form() ?? (form === 'array' || form === 'events' ? 'journal' : 'ndjson');
  return met === 'har' ? 'ndjson' : met;
}

/** `Firefox 133.0`. Comes from the file: what is no ordinary text is left out. */
function nameOf(creator: unknown): string | undefined {
  if (typeof creator !== 'object' || creator === null) return undefined;
  const { name, version } = creator as { name?: unknown; version?: unknown };
  const texts = [name, version].filter((text): text is string => typeof text === 'string' && text !== '');
  const text = texts
    .join(' ')
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '')
    .slice(0, 100);
  return text === '' ? undefined : text;
}

async function* counted(input: AsyncIterable<Uint8Array>, progress: Progress): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) {
    progress.read += chunk.length;
    yield chunk;
  }
}

import { parseJson, record } from '../../operations/index.ts';
import type { Place } from '../exchange.ts';
import { attachmentsBeside } from './attachment.ts';
import { harEntry } from './har-entry.ts';
import type { HarFile } from './har-entry.ts';
import { jsonFault } from './json-fault.ts';
import { fromJournalLine, isJournalLine } from './journal-line.ts';
import { fromLooseLine, isLooseLine } from './loose-line.ts';
import { fromLine, isLine } from './ndjson.ts';
import type { EntryPiece } from './piece.ts';
import { MAX_ENTRY_BYTES } from './recording.ts';
import type { RecordingItem } from './recording.ts';

/** Makes items of the texts of entries, in their order. */
export interface PieceReader {
  readonly read: (piece: EntryPiece) => RecordingItem;
  /** Takes notice of an entry that another reader reads. */
  readonly skip: (piece: EntryPiece) => void;
  /** What the first entry that was understood was. */
  readonly form: () => 'har' | 'ndjson' | 'journal' | undefined;
}

/** Header fields that Chrome leaves out of its exports; told from the text, so that it is the same for entries that are skipped. */
const CREDENTIALS = /"name":\s*"(?:cookie|authorization)"/i;

/** Recorders that write every header field that was on the wire, by the name of the HAR's creator. */
const KEEP_HEADERS = /^(?:WebInspector|Firefox|Playwright|mitmproxy|Charles|Fiddler|Hufu)\b/i;

function keepsHeaders(creator: string | undefined): boolean {
  return creator !== undefined && KEEP_HEADERS.test(creator);
}

/**
 * @param creator of the HAR, as far as it was met.
 * @param isHar the pieces are `log.entries`: nothing else is expected.
 */
export function createPieceReader(file: string, creator: () => string | undefined, isHar: boolean): PieceReader {
  const attachments = attachmentsBeside(file, MAX_ENTRY_BYTES);
  let form: ReturnType<PieceReader['form']>;
  let sanitized = true;

  const isChrome = (): boolean => creator()?.startsWith('WebInspector') === true;
  const notice = (text: string): void => {
    if (sanitized && CREDENTIALS.test(text)) sanitized = false;
  };

  function understand(text: string, value: Readonly<Record<string, unknown>>, place: Place): RecordingItem | string {
    if (!isHar && isLine(value)) {
      form ??= 'ndjson';
      return wrapped(fromLine(value, place));
    }
    if (!isHar && isJournalLine(value)) {
      form ??= 'journal';
      return wrapped(fromJournalLine(value, place));
    }
    if (isHar || (typeof record(value['request'])['url'] === 'string' && !('status' in value))) {
      form ??= 'har';
      const context: HarFile = { attachments, sanitized, chrome: isChrome(), wholeHeaders: keepsHeaders(creator()) };
      if (context.chrome) notice(text);
      const item = harEntry(value, place, context);
      return item.kind === 'none' ? item.reason : item;
    }
    if (isLooseLine(value)) {
      form ??= 'ndjson';
      const read = fromLooseLine(record(parseJson(text)), place);
      return typeof read === 'object' && 'kind' in read ? read : wrapped(read);
    }
    const names = Object.keys(value)
      .slice(0, 5)
      .map((name) => JSON.stringify(name.slice(0, 30)));
    return `is no exchange: it has ${names.length === 0 ? 'no members' : names.join(', ')}`;
  }

  return {
    read(piece) {
      const place: Place = { file, index: piece.index };
      const flaw = (reason: string, line = piece.line): RecordingItem => ({
        kind: 'flaw',
        place,
        offset: piece.offset,
        line,
        message: `Entry ${piece.index} ${reason}.`,
      });
      const { content } = piece;
      const text = Buffer.isBuffer(content) ? content.toString() : content.text;
      let value: unknown;
      try {
        value = Buffer.isBuffer(content) ? JSON.parse(text) : content.value;
      } catch (error) {
        const { reason, line } = jsonFault(error, text, piece.line);
        return flaw(`is not JSON: ${reason}`, line);
      }
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return flaw(`is no object: ${text.slice(0, 30)}`);
      try {
        const item = understand(text, record(value), place);
        return typeof item === 'string' ? flaw(item) : item;
      } catch (error) {
        // The engine parses deeper values than it can print.
        if (!(error instanceof RangeError)) throw error;
        return flaw('is nested too deeply to be read');
      }
    },
    skip(piece) {
      if (!sanitized || !isChrome()) return;
      notice(Buffer.isBuffer(piece.content) ? piece.content.toString('latin1') : piece.content.text);
    },
    form: () => form,
  };
}

function wrapped(exchange: Parameters<typeof asItem>[0] | string): RecordingItem | string {
  return typeof exchange === 'string' ? exchange : asItem(exchange);
}

function asItem(exchange: Extract<RecordingItem, { kind: 'exchange' }>['exchange']): RecordingItem {
  return { kind: 'exchange', exchange, hints: {} };
}

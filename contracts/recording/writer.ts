import type { Writable } from 'node:stream';
import type { Exchange } from '../exchange.ts';
import { toLine } from './ndjson.ts';
import { createSink } from './sink.ts';
import { toHarEntry } from './to-har-entry.ts';

/** Writes exchanges one after another. */
export interface RecordingWriter {
  /**
   * Resolves when the exchange was given to the system. Calls need not wait for each other: exchanges are written in their order.
   * @throws RecordingError when the file can't be written; the next call tries again at the same place.
   */
  readonly append: (exchange: Exchange) => Promise<void>;
  /** Waits for what was appended and closes the file. A stream is given its end, but is not closed. */
  readonly close: () => Promise<void>;
}

const HAR_HEAD = '{"log":{"version":"1.2","creator":{"name":"hufu","version":"0.1.0"},"entries":[';
const HAR_TAIL = '\n]}}\n';

/**
 * Writes HAR 1.2. After each exchange the file is whole: its closing brackets are overwritten by the next entry and brackets after it, in one write. A process killed in the middle of that
 * write leaves a file that ends in the middle of its last entry; `readRecording` gives all entries before.
 * @param target a file, made anew for its owner only, or a stream, which gets its brackets when the writer is closed.
 * @throws RecordingError when the file can't be made.
 */
export async function createHarWriter(target: string | Writable): Promise<RecordingWriter> {
  const sink = await createSink(target, HAR_HEAD, HAR_TAIL);
  let separator = '\n';
  return {
    append: (exchange) =>
      sink.append(() => {
        const text = `${separator}${JSON.stringify(toHarEntry(exchange))}`;
        return { text, written: () => (separator = ',\n') };
      }),
    close: sink.close,
  };
}

/** Writes one exchange a line in the form of `ndjson.ts`. A process that is killed leaves whole lines and at worst a part of the last. */
export async function createNdjsonWriter(target: string | Writable): Promise<RecordingWriter> {
  const sink = await createSink(target, '', '');
  return { append: (exchange) => sink.append(() => ({ text: `${toLine(exchange)}\n`, written: () => undefined })), close: sink.close };
}

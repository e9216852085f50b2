import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { RecordingError } from './recording-error.ts';

/** A text that grows, and has the same tail whenever one looks. */
export interface Sink {
  /** @param make is called when its turn has come; `written` when its text is. */
  readonly append: (make: () => { readonly text: string; readonly written: () => void }) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** @throws RecordingError when the file can't be made. */
export async function createSink(target: string | Writable, head: string, tail: string): Promise<Sink> {
  const name = typeof target === 'string' ? target : 'the stream';
  const put = typeof target === 'string' ? await fileOutput(target, tail) : streamOutput(target, tail);
  await put.write(head);
  let last: Promise<unknown> = Promise.resolve();
  return {
    append(make) {
      const turn = last.then(async () => {
        const { text, written } = made(make, name);
        await put.write(text);
        written();
      });
      // Who waits for this one hears of its failure; the next one tries for itself.
      last = turn.catch(() => undefined);
      return turn;
    },
    close() {
      const done = last.then(put.close);
      last = done.catch(() => undefined);
      return done;
    },
  };
}

/** Text longer than the engine can hold in one string can't be made. */
function made<T>(make: () => T, name: string): T {
  try {
    return make();
  } catch (error) {
    throw refusal(name, error);
  }
}

interface Output {
  readonly write: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Text and tail go out in one write, over the tail before. */
async function fileOutput(file: string, tail: string): Promise<Output> {
  const handle = await created(file);
  const tailBytes = Buffer.from(tail);
  let end = 0;
  return {
    async write(text) {
      const bytes = Buffer.concat([Buffer.from(text), tailBytes]);
      try {
        for (let done = 0; done < bytes.length;) done += (await handle.write(bytes, done, bytes.length - done, end + done)).bytesWritten;
      } catch (error) {
        throw refusal(file, error);
      }
      end += bytes.length - tailBytes.length;
    },
    close: () => handle.close(),
  };
}

async function created(file: string): Promise<FileHandle> {
  let handle: FileHandle | undefined;
  try {
    // What was recorded may be secret: for its owner only, also where a file is written over.
    handle = await open(file, 'w', 0o600);
    if ((await handle.stat()).isFile()) await handle.chmod(0o600);
    return handle;
  } catch (error) {
    await handle?.close();
    throw refusal(file, error);
  }
}

function refusal(file: string, error: unknown): RecordingError {
  return new RecordingError(file, `can't be written: ${error instanceof Error ? error.message : String(error)}`, undefined, {
    cause: error,
  });
}

function streamOutput(stream: Writable, tail: string): Output {
  const write = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      if (text === '') resolve();
      else stream.write(text, (error) => (error ? reject(refusal('the stream', error)) : resolve()));
    });
  return { write, close: () => write(tail) };
}

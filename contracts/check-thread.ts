import { parentPort, workerData } from 'node:worker_threads';
import { loadDocument } from '../operations/index.ts';
import { checkPart } from './check-recordings.ts';
import type { PartMessage, PartOrder } from './check-recordings.ts';

/** A thread of `checkRecordings`: loads the documents for itself, judges its part of each recording, and sends what it counted. */
const { documents, files, index, of, options } = workerData as PartOrder;
const say = (message: PartMessage): void => parentPort?.postMessage(message);

try {
  const loaded = await Promise.all(documents.map((file) => loadDocument(file, options.load)));
  const done = await checkPart(loaded, files, { index, of }, { ...options, onProgress: (progress) => say({ kind: 'progress', progress }) });
  say({ kind: 'done', ...done });
} catch (error) {
  // An error's class does not survive the way; what it says and what it is called do.
  say(
    error instanceof Error
      ? { kind: 'failed', name: error.name, message: error.message }
      : { kind: 'failed', name: 'Error', message: String(error) },
  );
}

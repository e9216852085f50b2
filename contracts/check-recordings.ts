import { toResult } from './to-result.ts';
import { availableParallelism } from 'node:os';
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Document, LoadOptions } from '../operations/index.ts';
import type { CheckerOptions, Checker } from './checker.ts';
import { createChecker } from './checker.ts';
import { distinctDocuments } from './distinct-documents.ts';
import { createDocumentPlaces } from './document-place.ts';
import type { DocumentPlaces } from './document-place.ts';
import type { Judged } from './judged.ts';
import type { Oracle } from './oracle.ts';
import { readRecording } from './recording/index.ts';
import type { Hints, Recording, RecordingItem } from './recording/index.ts';
import { loadRemembered } from './remembered.ts';
import type { CheckResult, RecordingSummary } from './result.ts';
import { createTally } from './tally.ts';
import type { Tally, TallySnapshot } from './tally.ts';

export interface CheckRecordingsOptions extends CheckerOptions {
  /** Entries larger than this many bytes are not read. Default 64 MiB. */
  readonly maxEntryBytes?: number;
  /** How documents were loaded: threads load them again in the same way. */
  readonly load?: LoadOptions;
  /** Others write to the same backend meanwhile: only what nobody else could have changed is judged of the sequence. Default false. */
  readonly shared?: boolean;
  /** Threads. Default: one for each core where the recordings are large, else none. */
  readonly threads?: number;
  /** Told of the progress, at most every 100 ms: bytes read and bytes in all (0: not known), exchanges so far. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly read: number;
  readonly size: number;
  readonly exchanges: number;
}

export interface CheckedRecordings {
  readonly result: CheckResult;
  readonly places: DocumentPlaces;
}

/** Below this many bytes a thread costs more than it saves: each loads and compiles the documents for itself, and reads all bytes to find its part. */
const WORTH_A_THREAD = 256 * 1024 * 1024;
const PROGRESS_EVERY = 100;
/** A thread keeps nothing for long: a small nursery costs no time and keeps several of them small together. The old generation is left alone, for large entries. */
const YOUNG_MB = 16;

/**
 * Checks recordings against documents: reads, judges, adds up. Memory does not grow with the recordings.
 * @param files recordings as the user wrote them: HAR, NDJSON, journals; `-` is standard input.
 * @throws RecordingError where nothing of a file can be read; StateFileError for a state file beside a document that can't be used.
 */
export async function checkRecordings(
  given: readonly Document[],
  files: readonly string[],
  options: CheckRecordingsOptions = {},
): Promise<CheckedRecordings> {
  const documents = distinctDocuments(given);
  const checker = createChecker(documents, options);
  const remembered = await loadRemembered(checker.table);
  const places = createDocumentPlaces(documents);
  const parts = threadsFor(files, options.threads, remembered.length > 0);
  const tally = createTally(checker.table, remembered, places.placeOf, { parts, files });
  const recordings =
    parts === 1
      ? await checkHere(checker, tally, files, options, remembered.length === 0 ? undefined : await oracleOf(checker, options))
      : await checkInThreads(documents, files, parts, options, (snapshot) => tally.merge(snapshot));
  return { result: toResult(documents, checker.table, recordings, tally), places };
}

/** Loaded where there is a state file to judge by: most documents have none. */
async function oracleOf({ table }: Checker, { shared }: CheckRecordingsOptions): Promise<Oracle> {
  const { loadOracle } = await import('./oracle.ts');
  return loadOracle(table, { shared: shared === true });
}

/** @param remembers the sequence is judged too, which takes all exchanges in their order: one thread, unless the user wants more and does without it. */
function threadsFor(files: readonly string[], wanted: number | undefined, remembers: boolean): number {
  if (wanted !== undefined) return Math.max(1, wanted);
  if (remembers) return 1;
  const bytes = files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  // Standard input can be read once only.
  return files.includes('-') || bytes < WORTH_A_THREAD ? 1 : Math.min(availableParallelism(), 8);
}

/** One file after the other, in this thread; only here the exchanges come in their order, as the oracle needs them. */
async function checkHere(
  checker: Checker,
  tally: Tally,
  files: readonly string[],
  options: CheckRecordingsOptions,
  oracle: Oracle | undefined,
): Promise<RecordingSummary[]> {
  const meter = createMeter(files, options.onProgress);
  const summaries: RecordingSummary[] = [];
  for (const file of files) {
    const recording = openRecording(file, options);
    for await (const batch of recording.batches()) {
      for (const item of batch) {
        const later = judge(checker, tally, item, oracle);
        if (later !== undefined) await later;
        meter.tick(recording);
      }
    }
    meter.finish(recording);
    summaries.push(recording.summary());
  }
  return summaries;
}

/** What one thread does: every `parts`-th piece of each recording, from `part`. */
export async function checkPart(
  given: readonly Document[],
  files: readonly string[],
  part: { readonly index: number; readonly of: number },
  options: CheckRecordingsOptions,
): Promise<{ readonly snapshot: TallySnapshot; readonly recordings: readonly RecordingSummary[] }> {
  const documents = distinctDocuments(given);
  const checker = createChecker(documents, options);
  const tally = createTally(checker.table, await loadRemembered(checker.table), createDocumentPlaces(documents).placeOf, { files });
  const meter = createMeter(files, options.onProgress);
  const recordings: RecordingSummary[] = [];
  for (const file of files) {
    const recording = readRecording(file, { ...readOptions(options), part });
    for await (const batch of recording.batches()) {
      for (const item of batch) {
        const later = judge(checker, tally, item);
        if (later !== undefined) await later;
        meter.tick(recording);
      }
    }
    meter.finish(recording);
    recordings.push(recording.summary());
  }
  return { snapshot: tally.snapshot(), recordings };
}

/** A promise only where judging takes one: the next item waits for it. */
function judge(checker: Checker, tally: Tally, item: RecordingItem, oracle?: Oracle): Promise<void> | undefined {
  const reason = item.kind === 'aside' ? item.reason : item.kind === 'exchange' ? unanswered(item.hints) : undefined;
  if (reason !== undefined) tally.addAside(reason);
  else if (item.kind === 'flaw') tally.addFlaw(item);
  if (reason !== undefined || item.kind !== 'exchange') return undefined;
  const add = (judged: Judged): void => tally.add(oracle === undefined ? judged : oracle.judge(judged));
  const judged = checker.check(item.exchange, item.hints);
  if (judged instanceof Promise) return judged.then(add);
  add(judged);
  return undefined;
}

/** What the browser answered from its cache, or a test by itself, no server had a part in. */
function unanswered({ fromCache, fulfilled }: Hints): string | undefined {
  if (fromCache === true) return 'cached';
  return fulfilled === true ? 'fulfilled' : undefined;
}

function openRecording(file: string, options: CheckRecordingsOptions): Recording {
  return file === '-'
    ? readRecording('(standard input)', { ...readOptions(options), input: process.stdin })
    : readRecording(file, readOptions(options));
}

function readOptions({ maxEntryBytes }: CheckRecordingsOptions): { maxEntryBytes?: number } {
  return maxEntryBytes === undefined ? {} : { maxEntryBytes };
}

/** What a thread is told, and what it tells. */
export interface PartOrder {
  readonly documents: readonly string[];
  readonly files: readonly string[];
  readonly index: number;
  readonly of: number;
  readonly options: Omit<CheckRecordingsOptions, 'onProgress' | 'threads'>;
}

export type PartMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly snapshot: TallySnapshot; readonly recordings: readonly RecordingSummary[] }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string };

async function checkInThreads(
  documents: readonly Document[],
  files: readonly string[],
  parts: number,
  { onProgress, threads: _threads, ...options }: CheckRecordingsOptions,
  merge: (snapshot: TallySnapshot) => void,
): Promise<RecordingSummary[]> {
  const progress = new Map<number, Progress>();
  const workers: Worker[] = [];
  const run = (index: number): Promise<Extract<PartMessage, { kind: 'done' }>> =>
    new Promise((resolve, reject) => {
      const order: PartOrder = { documents: documents.map(({ path }) => path), files, index, of: parts, options };
      const worker = new Worker(new URL('./check-thread.ts', import.meta.url), {
        workerData: order,
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
      });
      workers.push(worker);
      worker.on('message', (message: PartMessage) => {
        if (message.kind === 'done') resolve(message);
        else if (message.kind === 'failed') reject(Object.assign(new Error(message.message), { name: message.name }));
        else onProgress?.(together(progress.set(index, message.progress)));
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`a thread of the checker ended by itself (code ${code})`)));
    });
  // Where one can't go on, none should.
  let done: readonly Extract<PartMessage, { kind: 'done' }>[];
  try {
    done = await Promise.all(Array.from({ length: parts }, (_, index) => run(index)));
  } finally {
    await Promise.all(workers.map(async (worker) => worker.terminate()));
  }
  for (const { snapshot } of done) merge(snapshot);
  return files.map((file, at) => ({
    file,
    format: done[0]?.recordings[at]?.format ?? '',
    exchanges: done.reduce((sum, { recordings }) => sum + (recordings[at]?.exchanges ?? 0), 0),
  }));
}

/** Every thread reads all bytes; the slowest one tells how far the whole is. */
function together(all: ReadonlyMap<number, Progress>): Progress {
  const list = [...all.values()];
  return {
    read: Math.min(...list.map(({ read }) => read)),
    size: Math.max(...list.map(({ size }) => size)),
    exchanges: list.reduce((sum, { exchanges }) => sum + exchanges, 0),
  };
}

interface Meter {
  readonly tick: (recording: Recording) => void;
  readonly finish: (recording: Recording) => void;
}

function createMeter(files: readonly string[], onProgress: CheckRecordingsOptions['onProgress']): Meter {
  if (onProgress === undefined) return { tick: () => {}, finish: () => {} };
  const size = files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  let [before, exchanges, items, told] = [0, 0, 0, 0];
  const tell = (recording: Recording): void => {
    const { read } = recording.progress();
    onProgress({ read: Math.min(size, before + read), size, exchanges: exchanges + recording.summary().exchanges });
  };
  return {
    tick(recording) {
      items += 1;
      if (items % 64 !== 0) return;
      const now = performance.now();
      if (now - told < PROGRESS_EVERY) return;
      told = now;
      tell(recording);
    },
    finish(recording) {
      tell(recording);
      before += recording.progress().read;
      exchanges += recording.summary().exchanges;
    },
  };
}

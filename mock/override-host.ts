import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Eventually } from '../state/index.ts';
import type { CallMessage, DoneMessage, FromThread, RunMessage, StateCall, ToThread } from './override-messages.ts';

/** The server's side of overrides: which operations have one, and how to run it. */
export interface OverrideHost {
  /** The file that overrides an operation of a module, if any; a promise while the thread is starting. */
  readonly fileOf: (module: string, operationId: string) => Eventually<string | undefined>;
  /** Runs an override; state calls are answered by `onCall`. @throws OverrideError when it throws, never ends or its thread dies. */
  readonly run: (
    message: Omit<RunMessage, 'kind' | 'id'>,
    onCall: (call: StateCall) => unknown,
  ) => Promise<Extract<DoneMessage, { kind: 'done' }>['reply']>;
  /** Resolves when every file was loaded or found broken. */
  readonly loaded: () => Promise<void>;
  /** Files that could not be loaded, with the reason. */
  readonly broken: ReadonlyMap<string, string>;
  readonly close: () => Promise<void>;
}

/** An override failed: told to the client as a 500 that names the file. */
export class OverrideError extends Error {
  override readonly name = 'OverrideError';
  readonly file: string;
  constructor(file: string, operationId: string, message: string) {
    super(`${file}: ${operationId} ${message}`);
    this.file = file;
  }
}

/** How long an override may take, in milliseconds. */
const RUN_LIMIT_MS = 5_000;
const LOAD_LIMIT_MS = 15_000;

interface Running {
  readonly file: string;
  readonly operationId: string;
  readonly onCall: (call: StateCall) => unknown;
  readonly resolve: (reply: Extract<DoneMessage, { kind: 'done' }>['reply']) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** The file that the thread is loading. */
interface Loading {
  readonly file: string;
  readonly done: () => void;
}

/**
 * Overrides, loaded into a thread of their own when somebody first asks for them. A file that can't be loaded is remembered in `broken`; its operations fall back to the state file.
 * An override that is still running after five seconds loses its thread; the next request gets a new one.
 * @param files override files by module.
 * @param limitMs how long an override may take; default 5,000.
 */
export function startOverrides(files: ReadonlyMap<string, string>, limitMs = RUN_LIMIT_MS): OverrideHost {
  const operationIds = new Map<string, ReadonlySet<string>>();
  const broken = new Map<string, string>();
  const running = new Map<number, Running>();
  let runs = 0;
  let closed = false;
  /** Started by the first who asks what it has. */
  let thread: Worker | undefined;
  /** Starting it takes longer than starting the server: requests wait for it, the server does not. */
  let ready: Promise<void> | undefined;
  let loading: Loading | undefined;

  function start(): void {
    if (thread !== undefined || closed || [...files.values()].every((file) => broken.has(file))) return;
    thread = startThread();
    ready = loadFiles(thread);
  }

  function startThread(): Worker {
    const cache = getCompileCacheDir();
    const codeCache = cache === undefined ? undefined : dirname(cache);
    const worker = new Worker(new URL('./override-start.js', import.meta.url), { workerData: { codeCache } });
    worker.on('message', (message: FromThread) => receive(worker, message));
    worker.on('error', (error) => abandon(worker, error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => abandon(worker, 'ended its thread'));
    // After the listeners, each of which would keep the process running.
    worker.unref();
    return worker;
  }

  /** One after the other: where the thread ends, the file that it was loading is to blame. */
  async function loadFiles(worker: Worker): Promise<void> {
    for (const file of files.values()) if (worker === thread && !broken.has(file)) await loadFile(worker, file);
    if (worker === thread) ready = undefined;
  }

  function loadFile(worker: Worker, file: string): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => abandon(worker, `was not loaded within ${LOAD_LIMIT_MS / 1000} s`), LOAD_LIMIT_MS);
      const done = (): void => {
        clearTimeout(timer);
        loading = undefined;
        resolve();
      };
      loading = { file, done };
      worker.postMessage({ kind: 'load', file } satisfies ToThread);
    });
  }

  /** Waits until every file was loaded or found broken, in however many threads. */
  async function settled(): Promise<void> {
    for (start(); ready !== undefined; start()) await ready;
  }

  function knownFile(module: string, operationId: string): string | undefined {
    const file = files.get(module);
    return file !== undefined && operationIds.get(file)?.has(operationId) === true ? file : undefined;
  }

  function receive(worker: Worker, message: FromThread): void {
    if (worker !== thread) return;
    switch (message.kind) {
      case 'loaded':
        operationIds.set(message.file, new Set(message.operationIds));
        loading?.done();
        return;
      case 'broken':
        broken.set(message.file, message.message);
        loading?.done();
        return;
      case 'call':
        answerCall(worker, message);
        return;
      case 'done':
        take(message.id)?.resolve(message.reply);
        return;
      case 'failed': {
        const run = take(message.id);
        run?.reject(new OverrideError(run.file, run.operationId, `threw: ${message.message}`));
      }
    }
  }

  function answerCall(worker: Worker, { id, call, what }: CallMessage): void {
    try {
      const run = running.get(id);
      if (run === undefined) throw new Error('the request is over: await every state call before replying');
      worker.postMessage({ kind: 'return', call, value: run.onCall(what) } satisfies ToThread);
    } catch (error) {
      worker.postMessage({ kind: 'return', call, error: error instanceof Error ? error.message : String(error) } satisfies ToThread);
    }
  }

  function take(id: number): Running | undefined {
    const run = running.get(id);
    running.delete(id);
    clearTimeout(run?.timer);
    return run;
  }

  /** A thread that hangs or died takes its running overrides with it; a new one takes its place when somebody asks for it. */
  function abandon(worker: Worker, reason: string): void {
    if (worker !== thread) return;
    if (loading !== undefined) broken.set(loading.file, reason);
    void end(reason);
  }

  async function end(reason: string): Promise<void> {
    const worker = thread;
    thread = undefined;
    ready = undefined;
    loading?.done();
    for (const id of running.keys()) {
      const run = take(id);
      run?.reject(new OverrideError(run.file, run.operationId, reason));
    }
    await worker?.terminate();
  }

  return {
    broken,
    loaded: settled,
    fileOf: (module, operationId) => {
      if (!files.has(module)) return undefined;
      start();
      return ready === undefined ? knownFile(module, operationId) : settled().then(() => knownFile(module, operationId));
    },
    async run(message, onCall) {
      await settled();
      const { file, operationId } = message;
      const worker = thread;
      if (worker === undefined) throw new OverrideError(file, operationId, 'has no thread to run in');
      runs += 1;
      const id = runs;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => abandon(worker, `did not reply within ${limitMs / 1000} s`), limitMs);
        running.set(id, { file, operationId, onCall, resolve, reject, timer });
        worker.postMessage({ kind: 'run', id, ...message } satisfies ToThread);
      });
    },
    close: () => {
      closed = true;
      return end('was stopped: the overrides were loaded anew');
    },
  };
}

import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Eventually } from '../state/index.ts';
import type { DoneMessage, FromThread, RunMessage, StateCall, ToThread } from './override-messages.ts';

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
  /** Starting it takes longer than starting the server: requests wait for it, the server does not. */
  let ready: Promise<void> | undefined;
  /** Started by the first who asks what it has. */
  let thread: Worker | undefined;

  function start(): void {
    if (files.size > 0 && !closed) thread ??= startThread();
  }

  function startThread(): Worker {
    const cache = getCompileCacheDir();
    const codeCache = cache === undefined ? undefined : dirname(cache);
    const worker = new Worker(new URL('./override-start.js', import.meta.url), { workerData: { codeCache } });
    worker.on('message', (message: FromThread) => receive(worker, message));
    worker.on('error', (error) => abandon(worker, error instanceof Error ? error.message : String(error)));
    // After the listeners, each of which would keep the process running.
    worker.unref();
    ready = Promise.all([...files.values()].map((file) => loadFile(worker, file))).then(() => {
      ready = undefined;
    });
    return worker;
  }

  function knownFile(module: string, operationId: string): string | undefined {
    const file = files.get(module);
    return file !== undefined && operationIds.get(file)?.has(operationId) === true ? file : undefined;
  }

  function loadFile(worker: Worker, file: string): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        broken.set(file, `was not loaded within ${LOAD_LIMIT_MS / 1000} s`);
        resolve();
      }, LOAD_LIMIT_MS);
      const listen = (message: FromThread): void => {
        if ((message.kind !== 'loaded' && message.kind !== 'broken') || message.file !== file) return;
        clearTimeout(timer);
        worker.off('message', listen);
        if (message.kind === 'loaded') operationIds.set(file, new Set(message.operationIds));
        else broken.set(file, message.message);
        resolve();
      };
      worker.on('message', listen);
      worker.unref();
      worker.postMessage({ kind: 'load', file } satisfies ToThread);
    });
  }

  function receive(worker: Worker, message: FromThread): void {
    if (message.kind === 'call') {
      const run = running.get(message.id);
      try {
        if (run === undefined) throw new Error('the request is over: await every state call before replying');
        worker.postMessage({ kind: 'return', call: message.call, value: run.onCall(message.what) } satisfies ToThread);
      } catch (error) {
        worker.postMessage({
          kind: 'return',
          call: message.call,
          error: error instanceof Error ? error.message : String(error),
        } satisfies ToThread);
      }
      return;
    }
    if (message.kind !== 'done' && message.kind !== 'failed') return;
    const run = running.get(message.id);
    if (run === undefined) return;
    running.delete(message.id);
    clearTimeout(run.timer);
    if (message.kind === 'done') run.resolve(message.reply);
    else run.reject(new OverrideError(run.file, run.operationId, `threw: ${message.message}`));
  }

  /** A thread that hangs or died takes its running overrides with it; a new one takes its place. */
  function abandon(worker: Worker, reason: string): void {
    if (worker !== thread || closed) return;
    for (const [id, run] of running) {
      clearTimeout(run.timer);
      running.delete(id);
      run.reject(new OverrideError(run.file, run.operationId, reason));
    }
    void worker.terminate();
    thread = startThread();
  }

  return {
    broken,
    loaded: async () => {
      start();
      await ready;
    },
    fileOf: (module, operationId) => {
      if (!files.has(module)) return undefined;
      start();
      return ready === undefined ? knownFile(module, operationId) : ready.then(() => knownFile(module, operationId));
    },
    run: (message, onCall) =>
      new Promise((resolve, reject) => {
        runs += 1;
        const id = runs;
        const { file, operationId } = message;
        const worker = thread;
        if (worker === undefined) throw new OverrideError(file, operationId, 'has no thread to run in');
        const timer = setTimeout(() => abandon(worker, `did not reply within ${limitMs / 1000} s`), limitMs);
        running.set(id, { file, operationId, onCall, resolve, reject, timer });
        worker.postMessage({ kind: 'run', id, ...message } satisfies ToThread);
      }),
    async close() {
      closed = true;
      await thread?.terminate();
    },
  };
}

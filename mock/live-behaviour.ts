import { createRequire } from 'node:module';
import type * as Chokidar from 'chokidar';
import type { Document } from '../operations/index.ts';
import { behaviourFiles } from './load-behaviour.ts';

const load = createRequire(import.meta.url);

/** The times of files go in steps. */
const CLOCK_STEP_MS = 20;

/** Editors save in several steps; what happens within this time is one change. */
const SETTLE_MS = 60;

/**
 * Watches state files and overrides of the documents and tells when one changes, comes into being or goes.
 * @param readAt when the files were read, in milliseconds since the epoch: what was changed between then and now is told too.
 * @param onChange told of the file; one call after the other.
 */
export function watchBehaviour(
  documents: readonly Document[],
  workspace: string,
  readAt: number,
  onChange: (file: string) => Promise<void>,
): { readonly close: () => Promise<void> } {
  // Loaded by who watches, which is after the server listens.
  const { watch } = load('chokidar') as typeof Chokidar;
  const watcher = watch(behaviourFiles(documents, workspace), { ignoreInitial: false, alwaysStat: true });
  let isReady = false;
  watcher.once('ready', () => (isReady = true));
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();
  watcher.on('all', (_event, file, stats) => {
    // As they come to be watched, all files are announced.
    if (!isReady && (stats === undefined || stats.mtimeMs < readAt - CLOCK_STEP_MS)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(() => onChange(file));
    }, SETTLE_MS);
  });
  // A file that can't be watched is served all the same.
  watcher.on('error', () => undefined);
  return {
    async close() {
      clearTimeout(timer);
      await watcher.close();
      await work;
    },
  };
}

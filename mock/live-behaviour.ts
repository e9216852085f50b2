import { createRequire } from 'node:module';
import type * as Chokidar from 'chokidar';
import type { Document } from '../operations/index.ts';
import { behaviourFiles } from './load-behaviour.ts';

const load = createRequire(import.meta.url);

/** Editors save in several steps; what happens within this time is one change. */
const SETTLE_MS = 60;

/**
 * Watches state files and overrides of the documents and tells when one changes, comes into being or goes.
 * @param onChange told of the file; one call after the other.
 */
export function watchBehaviour(
  documents: readonly Document[],
  workspace: string,
  onChange: (file: string) => Promise<void>,
): { readonly close: () => Promise<void> } {
  // Loaded by who watches, which is after the server listens.
  const { watch } = load('chokidar') as typeof Chokidar;
  const watcher = watch(behaviourFiles(documents, workspace), { ignoreInitial: true });
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();
  watcher.on('all', (_event, file) => {
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

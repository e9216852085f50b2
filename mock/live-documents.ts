import { watch } from 'chokidar';
import { createOperationTable, loadDocument } from '../operations/index.ts';
import type { Document, LoadOptions, OperationTable } from '../operations/index.ts';

/** What happened to the documents while the server ran. */
export type DocumentEvent =
  | { readonly kind: 'reloaded'; readonly file: string; readonly table: OperationTable }
  /** The last good version goes on being served. */
  | { readonly kind: 'broken'; readonly file: string; readonly error: Error };

export interface LiveDocuments {
  readonly close: () => Promise<void>;
}

/** Editors save in several steps; what happens within this time is one change. */
const SETTLE_MS = 60;

/** Loads documents one after the other. @throws DocumentError of the first that can't be used. */
export async function loadDocuments(files: readonly string[], options: LoadOptions): Promise<Document[]> {
  return await Promise.all(files.map((file) => loadDocument(file, options)));
}

/**
 * Watches every file of the documents, those they refer to included, and loads a document anew when one of its files changes.
 * A save that can't be loaded changes nothing but is told.
 */
export function watchDocuments(
  documents: readonly Document[],
  options: LoadOptions,
  onEvent: (event: DocumentEvent) => void,
): LiveDocuments {
  const current = [...documents];
  const watcher = watch(filesOf(current), { ignoreInitial: true, awaitWriteFinish: false });
  const waiting = new Map<string, NodeJS.Timeout>();
  let work = Promise.resolve();

  async function reload(changed: string): Promise<void> {
    for (const [index, document] of current.entries()) {
      if (!document.sources.has(changed) && !document.refused.has(changed)) continue;
      try {
        const fresh = await loadDocument(document.path, options);
        current[index] = fresh;
        watcher.add(filesOf([fresh]));
        onEvent({ kind: 'reloaded', file: changed, table: createOperationTable(current) });
      } catch (error) {
        onEvent({ kind: 'broken', file: changed, error: error instanceof Error ? error : new Error(String(error)) });
      }
    }
  }

  watcher.on('all', (event, path) => {
    // A file that is away for a moment is on its way to being replaced.
    if (event !== 'add' && event !== 'change') return;
    clearTimeout(waiting.get(path));
    const timer = setTimeout(() => {
      waiting.delete(path);
      work = work.then(() => reload(path));
    }, SETTLE_MS);
    waiting.set(path, timer);
  });

  return {
    async close() {
      for (const timer of waiting.values()) clearTimeout(timer);
      await watcher.close();
      await work;
    },
  };
}

/** Files that were read, and those that were missing: they may come into being. */
function filesOf(documents: readonly Document[]): string[] {
  return documents.flatMap((document) => [...document.sources.keys(), ...document.refused.keys()]).filter((file) => !/^https?:/.test(file));
}

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as Chokidar from 'chokidar';
import { createOperationTable, loadDocument } from '../operations/index.ts';
import type { Document, LoadOptions, OperationTable } from '../operations/index.ts';

/** What happened to the documents while the server ran. */
export type DocumentEvent =
  | { readonly kind: 'reloaded'; readonly file: string; readonly table: OperationTable }
  /** The last good version goes on being served. */
  | { readonly kind: 'broken'; readonly file: string; readonly error: Error }
  /** The system does not let the files be watched (any more): changes may go unseen. */
  | { readonly kind: 'unwatched'; readonly error: Error };

export interface LiveDocuments {
  /** Resolves when every file is watched; what changes from then on is seen. */
  readonly ready: Promise<void>;
  readonly close: () => Promise<void>;
}

const load = createRequire(import.meta.url);

/** Editors save in several steps; what happens within this time is one change. */
const SETTLE_MS = 60;

/** Loads documents at the same time, in the order given. @throws DocumentError of the first that can't be used. */
export async function loadDocuments(files: readonly string[], options: LoadOptions): Promise<Document[]> {
  return await Promise.all(files.map((file) => loadDocument(file, options)));
}

/**
 * Watches every file of the documents, those they refer to included, and loads a document anew when one of its files changes.
 * A save that can't be loaded, be it of the root or of a file that was read before, changes nothing but is told.
 */
export function watchDocuments(
  documents: readonly Document[],
  options: LoadOptions,
  onEvent: (event: DocumentEvent) => void,
): LiveDocuments {
  const current = [...documents];
  // Loaded by who watches, which is after the server listens.
  const { watch } = load('chokidar') as typeof Chokidar;
  // Files are announced as they come to be watched: what was saved since it was read is seen then.
  const watcher = watch(filesOf(current), { ignoreInitial: false });
  const broken = new Set<string>();
  const waiting = new Map<string, NodeJS.Timeout>();
  let work = Promise.resolve();

  async function reload(changed: string): Promise<void> {
    if (!broken.has(changed) && (await isAsRead(current, changed))) return;
    broken.delete(changed);
    let reloaded = false;
    for (const [index, document] of current.entries()) {
      if (!document.sources.has(changed) && !document.refused.has(changed)) continue;
      try {
        const fresh = await loadDocument(document.path, options);
        watcher.add(filesOf([fresh]));
        const lost = lostFile(document, fresh);
        if (lost !== undefined) throw new Error(lost);
        current[index] = fresh;
        reloaded = true;
      } catch (error) {
        broken.add(changed);
        onEvent({ kind: 'broken', file: changed, error: asError(error) });
      }
    }
    if (reloaded) onEvent({ kind: 'reloaded', file: changed, table: createOperationTable(current) });
  }

  let isReady = false;
  watcher.once('ready', () => (isReady = true));
  watcher.on('all', (event, path) => {
    // A file that is away for a moment is on its way to being replaced.
    if (event !== 'add' && event !== 'change') return;
    // One that was refused when it was read is still refused.
    if (!isReady && current.some((document) => document.refused.has(path))) return;
    clearTimeout(waiting.get(path));
    const timer = setTimeout(() => {
      waiting.delete(path);
      work = work.then(() => reload(path)).catch((error: unknown) => onEvent({ kind: 'broken', file: path, error: asError(error) }));
    }, SETTLE_MS);
    waiting.set(path, timer);
  });
  watcher.on('error', (error) => onEvent({ kind: 'unwatched', error: asError(error) }));

  return {
    ready: new Promise((resolve) => watcher.once('ready', () => resolve())),
    async close() {
      for (const timer of waiting.values()) clearTimeout(timer);
      await watcher.close();
      await work;
    },
  };
}

/** Whether a file still has the text that it was read with. */
async function isAsRead(documents: readonly Document[], file: string): Promise<boolean> {
  const texts = documents.flatMap((document) => document.sources.get(file)?.text ?? []);
  if (texts.length === 0 || documents.some((document) => document.refused.has(file))) return false;
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text !== undefined && texts.every((read) => read === text.replace(/^\ufeff/, ''));
}

/** Why a file that the document was read from, and that it still refers to, can't be read now; `undefined` when there is none. */
function lostFile(before: Document, after: Document): string | undefined {
  for (const [file, reason] of after.refused) if (before.sources.has(file)) return reason;
  return undefined;
}

/** Files that were read, and those that were missing: they may come into being. */
function filesOf(documents: readonly Document[]): string[] {
  return documents.flatMap((document) => [...document.sources.keys(), ...document.refused.keys()]).filter((file) => !/^https?:/.test(file));
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

import { loadBehaviour, watchBehaviour, watchDocuments } from '../mock/index.ts';
import type { Behaviour, BehaviourOptions, DocumentEvent, Mock } from '../mock/index.ts';
import type { Document, Language, LoadOptions, OperationTable } from '../operations/index.ts';
import { say } from './language.ts';
import { overrideNotices, problemNotices, startNotices, warn } from './notices.ts';
import { paint, printable, printableLines } from './paint.ts';

export interface WatchMockOptions {
  readonly documents: readonly Document[];
  readonly loading: LoadOptions;
  /** When they were read, in milliseconds since the epoch. */
  readonly readAt: number;
  /** `undefined`: nothing is remembered, and no state file is looked at. */
  readonly remembering: BehaviourOptions | undefined;
  /** The mock that answers now. */
  readonly mock: () => Mock;
  /** Puts another one in its place. */
  readonly serve: (table: OperationTable, behaviour: Behaviour | undefined) => void;
  readonly language: Language;
}

/** Serves what changes: documents, their state files and overrides. What can't be loaded is told, and the last good version goes on being served. */
export function watchMock(options: WatchMockOptions): { readonly close: () => Promise<void> } {
  const { documents, loading, readAt, remembering, mock, serve, language } = options;
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  let { table } = mock();
  // One after the other: of a document and its state file that are saved together neither must undo the other.
  let work = Promise.resolve();
  const reload = (file: string): Promise<void> => (work = work.then(() => exchange(file)));

  /** State files name operations of the documents: whichever changes, what is remembered is loaded anew. */
  async function exchange(file: string): Promise<void> {
    const isNew = table !== mock().table;
    const current = table;
    const behaviour = await loadedFor(current);
    if (behaviour === undefined && !isNew) return;
    serve(current, behaviour ?? mock().behaviour);
    console.log(paint('dim', `${t('reloaded', '已重新加载')}: ${printable(file)}`));
    if (isNew) {
      warn(startNotices(current, language));
      void problemNotices(current, language, () => mock().table === current).then(warn, () => undefined);
    }
    void overrideNotices(behaviour).then(warn);
  }

  /** `undefined` where nothing is remembered, or what is can't be loaded, which was told. */
  async function loadedFor(current: OperationTable): Promise<Behaviour | undefined> {
    if (remembering === undefined) return undefined;
    try {
      return await loadBehaviour(current, remembering, mock().behaviour);
    } catch (error) {
      tellKept(error);
      return undefined;
    }
  }

  function tellKept(error: unknown): void {
    const kept = t('the last good version goes on being served', '继续使用上一个可用版本');
    const reason = printableLines(error instanceof Error ? error.message : String(error));
    console.error(paint('red', `${reason}\n${kept}`, process.stderr));
  }

  function take(event: DocumentEvent): void {
    if (event.kind === 'broken') {
      tellKept(event.error);
    } else if (event.kind === 'unwatched') {
      const reason = t('files can not be watched, changes may go unseen', '无法监视文件，变更可能不会生效');
      console.error(paint('yellow', `! ${reason}: ${printable(event.error.message)}`, process.stderr));
    } else {
      ({ table } = event);
      void reload(event.file);
    }
  }

  const watchers = [
    watchDocuments(documents, loading, take),
    ...(remembering === undefined ? [] : [watchBehaviour(documents, process.cwd(), readAt, reload)]),
  ];
  return {
    async close() {
      await Promise.all(watchers.map((watcher) => watcher.close()));
      await work;
    },
  };
}

import type { Change, Level, Sentence } from './change.ts';

/** One line of a changelog for partners. */
export interface ChangelogEntry {
  readonly document: string;
  /** `operationId`, or `METHOD /path`; absent for a change of the document as a whole. */
  readonly operationId?: string;
  /** A warning is compatible: correct clients go on. */
  readonly kind: 'breaking' | 'compatible';
  readonly level: Level;
  readonly message: Sentence;
  /** Where in the messages: `response 200 application/json /items/*`. */
  readonly pointer?: string;
}

/** Changes as the documentation site shows them; a change of many operations is told for each of those that it names. */
export function changelog(changes: readonly Change[]): ChangelogEntry[] {
  return changes.flatMap((change) => {
    const { document, level, message, messageZh, pointer } = change;
    const entry = {
      document,
      kind: level === 'breaking' ? 'breaking' : 'compatible',
      level,
      message: { en: message, zh: messageZh },
      ...(pointer === '' ? {} : { pointer }),
    } as const;
    if (change.operations.length === 0) return [entry];
    return change.operations.map(({ id }) => ({ ...entry, operationId: id }));
  });
}

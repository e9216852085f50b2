import type { Language } from '../../../operations/index.ts';
import type { Change, ChangeSide, Sentence } from '../change.ts';
import { LEVEL_TEXTS } from '../rule-texts.ts';
import type { DiffResult } from '../result.ts';

export const SIDES: Readonly<Record<ChangeSide, Sentence>> = {
  request: { en: 'request', zh: '请求' },
  response: { en: 'response', zh: '响应' },
  operation: { en: 'operation', zh: '接口' },
  security: { en: 'security', zh: '鉴权' },
  server: { en: 'server', zh: '服务器' },
  behaviour: { en: 'behaviour', zh: '行为' },
  document: { en: 'document', zh: '文档' },
};

export const SYMBOLS = { breaking: '✕', warning: '▲', compatible: '○' } as const;

/** `2 breaking changes, 1 warning, 3 compatible changes`. */
export function headline({ counts, changes }: Pick<DiffResult, 'counts' | 'changes'>): Sentence {
  if (changes.length === 0) return { en: 'No difference for clients', zh: '对调用方没有任何变化' };
  const { breaking, warning, compatible } = counts;
  const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  return {
    en: `${plural(breaking, 'breaking change')}, ${plural(warning, 'warning')}, ${plural(compatible, 'compatible change')}`,
    zh: `${breaking} 处不兼容，${warning} 处警告，${compatible} 处兼容变化`,
  };
}

/** The sentence of a change with where in the messages it is. */
export function sentence(change: Change, language: Language): string {
  const text = language === 'zh' ? change.messageZh : change.message;
  return change.pointer === '' ? text : `${change.pointer}${language === 'zh' ? '：' : ': '}${text}`;
}

/** `GET /tasks and 3 more`; `undefined` for a change of the document. */
export function operationText(change: Change, language: Language): string | undefined {
  if (change.operation === undefined) return undefined;
  const { method, path } = change.operation;
  const more = change.count - 1;
  return `${method} ${path}${more > 0 ? (language === 'zh' ? ` 等 ${change.count} 个接口` : ` and ${more} more`) : ''}`;
}

export function levelName(change: Change, language: Language): string {
  return LEVEL_TEXTS[change.level].name[language];
}

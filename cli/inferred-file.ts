import { Document as YamlDocument, isMap, isScalar } from 'yaml';
import type { Language } from '../operations/index.ts';
import type { Inferred, InferredOperation, InferredResource } from '../state/index.ts';
import { say } from './language.ts';

/**
 * An inferred state file as text: YAML with comments that say what was understood. Read again it gives the same values.
 * @param documentFile the name of the document's file, for the heading.
 */
export function inferredFile(documentFile: string, inferred: Inferred, language: Language): string {
  // What is the same object in two places is written twice: anchors are hard to edit.
  const file = new YamlDocument(inferred.given, { aliasDuplicateObjects: false });
  file.commentBefore = heading(documentFile, language);
  for (const resource of inferred.resources) {
    comment(file, ['collections', resource.collection], resourceComment(resource, language));
    for (const operation of resource.operations) comment(file, ['operations', operation.id], operationComment(operation, language));
  }
  return file.toString({ lineWidth: 0 });
}

/** Puts a comment above a key. */
function comment(file: YamlDocument, [section = '', name = '']: readonly string[], lines: readonly string[]): void {
  const map = file.get(section);
  if (!isMap(map)) return;
  const key = map.items.find((pair) => isScalar(pair.key) && pair.key.value === name)?.key;
  if (isScalar(key)) key.commentBefore = lines.map((line) => ` ${line.replaceAll(/[\n\r]/g, ' ')}`).join('\n');
}

function heading(documentFile: string, language: Language): string {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  return [
    t(
      `What the API of ${documentFile} remembers, as inferred from its paths and schemas: a start, to be edited.`,
      `${documentFile} 所描述接口的状态，由路径和 schema 推断得出；可在此基础上修改。`,
    ),
    t(
      'mend: an answer that would break the document takes what it lacks from the document.',
      'mend：应答不符合文档时，用文档自身的示例值修补。',
    ),
    t('The envelope answers with rows as they are, and leaves errors to the document.', 'envelope：数据不加包装；错误应答由文档决定。'),
  ]
    .map((line) => ` ${line}`)
    .join('\n');
}

function resourceComment({ path, key, parents, stamped }: InferredResource, language: Language): string[] {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const field = key.hidden
    ? t(`a key that no answer shows (${key.field})`, `键不出现在应答中（${key.field}）`)
    : t(`key "${key.field}"`, `键为 "${key.field}"`);
  const first =
    key.strategy === 'like' || key.strategy === 'sequence' ? t(`, the first is ${String(key.first)}`, `，首个为 ${String(key.first)}`) : '';
  return [
    t(`${path}: rows with ${field}${first}`, `${path}：${field}${first}`),
    ...(parents.length === 0
      ? []
      : [t(`Rows belong to ${parents.join(', ')} of the path.`, `数据按路径中的 ${parents.join('、')} 划分。`)]),
    ...(stamped.length === 0 ? [] : [t(`The mock sets ${stamped.join(', ')}.`, `${stamped.join('、')} 由 mock 填写。`)]),
  ];
}

function operationComment({ verb, method, path, filters, pages, showsRows }: InferredOperation, language: Language): string[] {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const deeds: Readonly<Record<InferredOperation['verb'], string>> = {
    create: t('adds a row', '新增'),
    list: t('lists rows', '列表'),
    get: t('reads a row', '读取'),
    update: t('merges what is sent into a row; null removes', '合并修改；null 表示删除该字段'),
    replace: t('replaces what the client can write of a row', '替换客户端可写的字段'),
    upsert: t('replaces a row, or adds one under the key of the path', '替换；不存在时以路径中的键新增'),
    delete: t('removes a row', '删除'),
  };
  return [
    `${method} ${path}: ${deeds[verb]}`,
    ...(filters.length === 0 ? [] : [t(`Filtered by ${filters.join(', ')}.`, `按 ${filters.join('、')} 过滤。`)]),
    ...(pages.length === 0 ? [] : [t(`Cut into pages by ${pages.join(', ')}.`, `按 ${pages.join('、')} 分页。`)]),
    ...(showsRows || verb === 'delete' ? [] : [t('The answer shows no row.', '应答中不含数据。')]),
  ];
}

import { setImmediate as turn } from 'node:timers/promises';
import type { Behaviour } from '../mock/index.ts';
import { createOperationTable, filesNotInUtf8, unservedPaths } from '../operations/index.ts';
import type { Language, OperationTable } from '../operations/index.ts';
import { say } from './language.ts';
import { paint, printable, printableLines } from './paint.ts';

/** No more of one kind than fit on a screen; `hufu lint` tells them all. */
const SHOWN = 3;

/** What is wrong with the documents and known at once: what is not served though somebody may expect it. */
export function startNotices(table: OperationTable, language: Language): string[] {
  return [...encodingNotices(table, language), ...missingNotices(table, language), ...collisionNotices(table, language)];
}

/** Files whose titles and descriptions can't be read. */
function encodingNotices(table: OperationTable, language: Language): string[] {
  const notices = table.documents
    .flatMap(filesNotInUtf8)
    .map(({ file, line, message }) =>
      say(language, `${file} ${message}`, `${file} 不是 UTF-8 编码：第 ${line} 行无法读取；请将文件另存为 UTF-8`),
    );
  return shortened([...new Set(notices)], language);
}

/** Paths that lead nowhere, and documents without any operation. */
function missingNotices(table: OperationTable, language: Language): string[] {
  const served = new Set(table.routes.map(({ document }) => document));
  const unserved = table.documents.flatMap((document) => unservedPaths(document).map(({ address, message }) => `${address} ${message}`));
  const paths = unserved.map((told) => say(language, `not served: ${told}`, `未提供服务：${told}`));
  const empty = table.documents.filter((document) => !served.has(document) && unservedPaths(document).length === 0);
  const documents = empty.map(({ name }) =>
    say(language, `${name} describes no operation: look at its "paths"`, `${name} 没有描述任何接口，请检查其 "paths"`),
  );
  return [...shortened(paths, language), ...shortened(documents, language)];
}

/** Paths that two documents claim. */
function collisionNotices(table: OperationTable, language: Language): string[] {
  const notices = table.collisions.map(({ method, path, first, second }) => {
    const [one, other] = [first.document.name, second.document.name];
    return say(
      language,
      `${method} ${path} is described by ${one} and by ${other}; ${one} answers`,
      `${method} ${path} 同时出现在 ${one} 与 ${other} 中；由 ${one} 应答`,
    );
  });
  return shortened(notices, language);
}

/**
 * What is known only when every operation was looked at: parts of operations that can't be used, for instance broken references.
 * Done one operation at a time between requests: a server with a thousand operations answers while this goes on.
 * @param isCurrent false ends the work: the documents were exchanged meanwhile.
 */
export async function problemNotices(table: OperationTable, language: Language, isCurrent: () => boolean): Promise<string[]> {
  const notices: string[] = [];
  let operations = 0;
  // A table of its own, which goes when it has been looked at: the one that serves keeps what is asked for.
  const looked = createOperationTable(table.documents);
  for (const route of looked.routes) {
    await turn();
    if (!isCurrent()) return [];
    const { problems } = looked.operation(route);
    if (problems.length === 0) continue;
    operations += 1;
    for (const { address, message } of problems) notices.push(`${route.document.name}: ${address} ${message}`);
  }
  const unique = [...new Set(notices)];
  if (unique.length === 0) return [];
  const summary = say(
    language,
    `${operations} of ${table.routes.length} operations have parts that can't be used and are not checked; hufu lint tells where`,
    `${table.routes.length} 个接口中有 ${operations} 个含有无法使用的部分，这些部分不作校验；用 hufu lint 查看位置`,
  );
  return [...shortened(unique, language), summary];
}

/** Override files that can't be loaded: their operations are answered by the state file. */
export async function overrideNotices(behaviour: Behaviour | undefined): Promise<string[]> {
  await behaviour?.overrides.loaded();
  return [...(behaviour?.overrides.broken ?? [])].map(([file, reason]) => printableLines(`${file}: ${reason}`));
}

export function warn(notices: readonly string[]): void {
  for (const notice of notices) console.error(paint('yellow', `! ${notice}`, process.stderr));
}

function shortened(notices: readonly string[], language: Language): string[] {
  const shown = notices.slice(0, SHOWN).map(printable);
  const more = notices.length - shown.length;
  return more > 0 ? [...shown, say(language, `and ${more} more of this kind`, `还有 ${more} 条同类提示`)] : shown;
}

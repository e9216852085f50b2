import { basePaths } from '../operations/index.ts';
import type { Language, OperationTable } from '../operations/index.ts';
import { say } from './language.ts';
import { paint, paintMethod, printable } from './paint.ts';

/** The routes that are served, grouped by document, and where. */
export function banner(table: OperationTable, url: string, language: Language): string {
  const lines: string[] = [];
  for (const document of table.documents) {
    const routes = table.routes.filter((route) => route.document === document);
    lines.push(`${paint('bold', printable(document.name))}  ${paint('dim', `${printable(document.title)} · ${routes.length}`)}`);
    for (const route of routes) {
      const base = basePaths(route)[0] ?? '';
      for (const path of [route.path, ...route.aliases]) lines.push(`  ${paintMethod(route.method)} ${printable(base + path)}`);
    }
    lines.push('');
  }
  const { length } = table.documents;
  lines.push(
    say(
      language,
      `${table.routes.length} operations of ${length} document${length === 1 ? '' : 's'} are served at`,
      `共 ${length} 份文档、${table.routes.length} 个接口，服务地址`,
    ) + ` ${paint('bold', url)}`,
  );
  lines.push(
    `${paint('dim', say(language, 'console', '控制台'))} ${url}/__hufu/   ${paint('dim', say(language, 'docs', '文档'))} ${url}/docs/`,
  );
  return lines.join('\n');
}

import { basePaths } from '../operations/index.ts';
import type { Language, OperationTable } from '../operations/index.ts';
import { say } from './language.ts';
import { paint, paintMethod } from './paint.ts';

/** The routes that are served, grouped by document, and what to try first. */
export function banner(table: OperationTable, url: string, language: Language): string {
  const lines: string[] = [];
  for (const document of table.documents) {
    const routes = table.routes.filter((route) => route.document === document);
    lines.push(`${paint('bold', document.name)}  ${paint('dim', `${document.title} · ${routes.length}`)}`);
    for (const route of routes) {
      const base = basePaths(route)[0] ?? '';
      lines.push(`  ${paintMethod(route.method)} ${base}${route.path}`);
      for (const alias of route.aliases) lines.push(`  ${paintMethod(route.method)} ${base}${alias}`);
    }
    lines.push('');
  }
  for (const { method, path, first, second } of table.collisions) {
    const text = say(
      language,
      `${method} ${path} is claimed by ${first.document.name} and ${second.document.name}; ${first.document.name} answers`,
      `${method} ${path} 同时出现在 ${first.document.name} 与 ${second.document.name}；由 ${first.document.name} 应答`,
    );
    lines.push(paint('yellow', `! ${text}`));
  }
  const count = table.routes.length;
  lines.push(
    say(
      language,
      `${count} operations of ${table.documents.length} documents are served at`,
      `共 ${table.documents.length} 份文档、${count} 个接口，服务地址`,
    ) + ` ${paint('bold', url)}`,
  );
  return lines.join('\n');
}

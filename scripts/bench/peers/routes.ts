import { casesDocument } from '../cases.ts';
import { inputExample } from '../document.ts';

const METHODS = ['get', 'post', 'put', 'delete'] as const;

/** What servers answer that only route. */
export const FIXED_ANSWER = JSON.stringify({ id: 1_000_005, createTime: '2026-02-26T10:05:00Z', ...inputExample() });

/** The operations of the cases' document as routers write them: `/notices/:id`. */
export function routesOf(): { method: (typeof METHODS)[number]; path: string }[] {
  const { paths } = casesDocument() as { paths: Readonly<Record<string, object>> };
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => ({ method, path: path.replaceAll(/\{(\w+)\}/g, ':$1') })),
  );
}

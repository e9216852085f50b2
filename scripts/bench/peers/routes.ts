import { writeFile } from 'node:fs/promises';
import { listOperations } from '../../judge/index.ts';
import type { Members } from '../../judge/index.ts';
import { inputExample } from '../document.ts';

/** Writes what a framework is started with: its routes, and the one answer it gives to all of them. */
export async function writeRoutes(document: object, file: string): Promise<void> {
  const answer = JSON.stringify({ id: 1_000_005, createTime: '2026-02-26T10:05:00Z', ...inputExample() });
  await writeFile(file, JSON.stringify({ routes: routesOf(document), answer }));
}

/** The operations of a document as routers write them: `get`, `/notices/:id`. */
export function routesOf(document: object): { method: string; path: string }[] {
  return listOperations({ file: '', dialect: '3.1', root: document as Members }).map(({ method, path }) => ({
    method: method.toLowerCase(),
    path: path.replaceAll(/\{(\w+)\}/g, ':$1'),
  }));
}

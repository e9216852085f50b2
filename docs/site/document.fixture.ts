import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { loadDocument } from '../../operations/index.ts';
import type { Document } from '../../operations/index.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Writes files into a folder of their own, gone after the tests. */
export function folderOf(files: Readonly<Record<string, string | object>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-docs-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** Loads the document `api.json` with the files beside it. */
export async function documentOf(api: object, files: Readonly<Record<string, string | object>> = {}): Promise<Document> {
  const folder = folderOf({ ...files, 'api.json': api });
  return loadDocument(join(folder, 'api.json'));
}

/** An OpenAPI 3.1 document with these paths and schemas. */
export function api(paths: object, schemas: object = {}, rest: object = {}): object {
  return { openapi: '3.1.0', info: { title: '接口 · API', version: '1' }, paths, components: { schemas }, ...rest };
}

/** An operation that takes and gives JSON of a schema. */
export function json(schema: object, more: object = {}): object {
  return { 'application/json': { schema, ...more } };
}

/**
 * Writes mock/overrides/types/<module>.ts for every document of openapi/ and removes what no document gives any more.
 * The same texts as `hufu types`; `generate-types.test.ts` holds the committed files to them.
 */
import { globSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDocument } from '../operations/index.ts';
import { typesFile } from '../types/index.ts';
import type { TypesFile } from '../types/index.ts';

const ROOT = join(import.meta.dirname, '..');
export const TYPES_FOLDER = join(ROOT, 'mock', 'overrides', 'types');

/** The modules of all documents, as the documents are now. */
export async function generateTypes(): Promise<TypesFile[]> {
  const files = globSync('*.yaml', { cwd: join(ROOT, 'openapi') })
    .filter((file) => !file.endsWith('.state.yaml'))
    .sort();
  const documents = await Promise.all(files.map((file) => loadDocument(join(ROOT, 'openapi', file))));
  return documents.map((document) => typesFile(document, ROOT));
}

if (import.meta.main) {
  const files = await generateTypes();
  mkdirSync(TYPES_FOLDER, { recursive: true });
  const names = new Set(files.map(({ name }) => name));
  for (const name of readdirSync(TYPES_FOLDER)) if (name.endsWith('.ts') && !names.has(name)) rmSync(join(TYPES_FOLDER, name));
  for (const { name, text } of files) writeFileSync(join(TYPES_FOLDER, name), text);
  console.log(`wrote ${files.length} files to mock/overrides/types`);
}

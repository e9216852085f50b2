import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOperationTable, findResponse, generate, loadDocument, writeJson } from '../../operations/index.ts';
import { entryOf, LISTED } from './checker-traffic.ts';

/** A HAR of exchanges that keep to a document: of its first operations without a parameter in the path and with a JSON answer. @returns how many. */
export async function writeHarOf(document: string, file: string, wanted: number): Promise<number> {
  const table = createOperationTable([await loadDocument(document)]);
  const entries: unknown[] = [];
  for (const route of table.routes) {
    if (entries.length >= wanted) break;
    if (route.method !== 'GET') continue;
    const operation = table.operation(route);
    const content = findResponse(operation, 200)?.contents.find(({ mediaType }) => mediaType === 'application/json');
    if (content?.validator === undefined) continue;
    const { schema, isValid } = content.validator;
    const made = generate(schema, {
      mode: 'fake',
      seed: operation.id,
      lookup: operation.validators.lookup,
      validate: isValid,
      omit: 'writeOnly',
    });
    const origin = /^https?:\/\/[^/]+/.exec(route.servers[0] ?? '')?.[0] ?? 'http://localhost';
    const path = `${(route.servers[0] ?? '').replace(/^https?:\/\/[^/]+/, '').replace(/\/$/, '')}${route.path.replace(/\{[^}]*\}/g, '1')}`;
    const response = { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(writeJson(made.value)) };
    entries.push(entryOf({ ...LISTED, origin, request: { ...LISTED.request, path, query: '' }, response }));
  }
  writeFileSync(file, JSON.stringify({ log: { version: '1.2', creator: { name: 'bench', version: '1' }, entries } }));
  return entries.length;
}

export function harIn(folder: string): string {
  return join(folder, 'document.har');
}

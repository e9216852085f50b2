/** A document of the real world, and what it can be asked. */
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildRequest } from '../conformance/build-request.ts';
import type { Request } from '../conformance/build-request.ts';
import { createSchemas, list, listOperations, members } from '../judge/index.ts';
import type { PlainDocument } from '../judge/index.ts';

const LONGEST_TITLE = 32;

/** The file itself, or a copy of it that refers to nothing on the network. @param folder where the copy is written */
export async function servable(file: string, { root }: PlainDocument, folder: string): Promise<string> {
  const copy = withoutRemoteReferences(root);
  if (JSON.stringify(copy) === JSON.stringify(root)) return file;
  const path = join(folder, 'document.json');
  await writeFile(path, JSON.stringify(copy));
  return path;
}

/** A value without the members `$ref` that lead to a web address: examples hold them as data, and some servers fetch them at their start and end when they can't. */
export function withoutRemoteReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRemoteReferences);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name, member]) => name !== '$ref' || !/^https?:/.test(String(member)));
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutRemoteReferences(member)]));
}

/** A request for every operation that the document lets anyone build one for. */
export function requestsOf(document: PlainDocument): { requests: Request[]; total: number } {
  const schemas = createSchemas(document, 'request');
  const operations = listOperations(document);
  const built = operations.map((operation) => buildRequest(schemas, operation, 'required'));
  return { requests: built.filter((request) => request.kind === 'request'), total: operations.length };
}

/** What may be loaded: GETs, or in a document that has none whatever else can be written as text. */
export function candidates(requests: readonly Request[], path?: string): Request[] {
  if (path !== undefined) return [{ kind: 'request', method: 'GET', path, headers: { accept: 'application/json' }, body: undefined }];
  const gets = requests.filter(({ method, body }) => method === 'GET' && body === undefined);
  if (gets.length > 0) return gets;
  return requests.filter(({ headers, body }) => body === undefined || /[/+]json\b/.test(headers['content-type'] ?? ''));
}

/** `Petstore 1.0.0, 23 KB, 19 operations`. */
export async function nameOf({ file, root }: PlainDocument, operations: number): Promise<string> {
  const { title, version } = members(root['info']);
  const { size } = await stat(file);
  const bytes = size >= 1e6 ? `${(size / 1e6).toFixed(1)} MB` : `${Math.round(size / 1e3)} KB`;
  return `${shortTitle(String(title))} ${String(version)}, ${bytes}, ${operations} operation${operations === 1 ? '' : 's'}`;
}

/** A title cut between words. */
export function shortTitle(title: string): string {
  if (title.length <= LONGEST_TITLE) return title;
  const cut = title.slice(0, LONGEST_TITLE);
  return `${cut.slice(0, cut.includes(' ') ? cut.lastIndexOf(' ') : undefined)} …`;
}

/** The path of the document's first server, without a slash at its end. */
export function basePath({ dialect, root }: PlainDocument): string {
  const given = dialect === '2.0' ? root['basePath'] : members(list(root['servers'])[0])['url'];
  const path = typeof given === 'string' ? given.replace(/^[a-z]+:\/\/[^/]*/i, '') : '';
  return path.includes('{') ? '' : path.replace(/\/+$/, '');
}

/** At most `count`, spread evenly. */
export function spread<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]).filter(
    (item) => item !== undefined,
  );
}

import { parseSource, record, writeJson } from '../../operations/index.ts';
import type { Dialect, Document } from '../../operations/index.ts';
import { diffDocuments } from './diff-documents.ts';

/** A document that was never a file. */
export function documentOf(value: unknown, name = 'api'): Document {
  const path = `/virtual/${name}.json`;
  const root = parseSource(path, writeJson(value));
  const version = String(record(value)['openapi'] ?? record(value)['swagger']);
  const dialect: Dialect = version.startsWith('2') ? '2.0' : version.startsWith('3.0') ? '3.0' : '3.1';
  return { name, path, dialect, title: name, root, sources: new Map([[path, root]]), refused: new Map() };
}

/** A document with one operation, `GET /a`, where the members given take the place of its own. */
export function apiOf(operation: object, rest: object = {}, openapi = '3.1.0'): Document {
  const whole = { responses: { 200: { description: 'ok' } }, ...operation };
  return documentOf({ openapi, info: { title: 't', version: '1' }, paths: { '/a': { post: whole } }, ...rest });
}

/** The schema as the body of the request, or of the response. */
export function bodyOf(side: 'request' | 'response', schema: unknown, components: object = {}, openapi = '3.1.0'): Document {
  const content = { 'application/json': { schema } };
  const operation = side === 'request' ? { requestBody: { content } } : { responses: { 200: { description: 'ok', content } } };
  return apiOf(operation, { components: { schemas: components } }, openapi);
}

/** Changes as `level rule`, sorted. */
export function changesOf(old: Document, next: Document): string[] {
  return diffDocuments([old], [next])
    .map(({ level, rule }) => `${level} ${rule}`)
    .sort();
}

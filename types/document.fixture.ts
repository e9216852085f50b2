import { parseSource } from '../operations/index.ts';
import type { Dialect, Document } from '../operations/index.ts';

/** A document in memory. @param paths and schemas as the document holds them. */
export function documentOf(paths: object, schemas: object = {}, dialect: Dialect = '3.1'): Document {
  const path = '/api/pets.json';
  const version = dialect === '2.0' ? { swagger: '2.0' } : { openapi: `${dialect}.0` };
  const components = dialect === '2.0' ? { definitions: schemas } : { components: { schemas } };
  const root = parseSource(path, JSON.stringify({ ...version, info: { title: 'Pets', version: '1' }, paths, ...components }));
  return { name: 'pets', path, dialect, title: 'Pets', root, sources: new Map([[path, root]]), refused: new Map() };
}

/** A document with one operation, `op`, that takes and gives values of these schemas as JSON. */
export function documentWith(
  request: unknown,
  response: unknown,
  schemas: object = {},
  dialect: Exclude<Dialect, '2.0'> = '3.1',
): Document {
  const content = (schema: unknown): object => ({ 'application/json': { schema } });
  const operation = {
    operationId: 'op',
    requestBody: { required: true, content: content(request) },
    responses: { 200: { description: 'Done', content: content(response) } },
  };
  return documentOf({ '/pets': { post: operation } }, schemas, dialect);
}

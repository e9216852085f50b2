import type { Dialect, Document } from './document.ts';
import { createOperationTable } from './operation-table.ts';
import type { Operation } from './operation.ts';
import { createValidators } from './schema/validator.ts';
import type { SchemaValidator } from './schema/validator.ts';
import type { View } from './schema/excused.ts';
import type { Source } from './source.ts';
import { parseSource } from './source.ts';

/** A document without files; further files by absolute path. */
export function documentOf(root: Readonly<Record<string, unknown>> | string, files: Readonly<Record<string, unknown>> = {}): Document {
  const source = (path: string, value: unknown): Source => parseSource(path, typeof value === 'string' ? value : JSON.stringify(value));
  const first = source('/api/api.json', root);
  const { openapi, swagger } = first.value as { openapi?: string; swagger?: string };
  return {
    name: 'api',
    path: first.path,
    dialect: (openapi?.slice(0, 3).replace('3.2', '3.1') ?? swagger ?? '3.1') as Dialect,
    title: 'api',
    root: first,
    sources: new Map([[first.path, first], ...Object.entries(files).map(([path, value]): [string, Source] => [path, source(path, value)])]),
    refused: new Map(),
  };
}

/** A version's document with one schema called `It` and others beside it. */
export function schemaDocument(version: string, schema: unknown, others: Readonly<Record<string, unknown>> = {}): Document {
  const schemas = { It: schema, ...others };
  return documentOf(version === '2.0' ? { swagger: version, definitions: schemas } : { openapi: `${version}.0`, components: { schemas } });
}

/** The validator of the schema `It`. */
export function validatorOf(document: Document, view: View = 'request'): SchemaValidator {
  const pointer = document.dialect === '2.0' ? '/definitions/It' : '/components/schemas/It';
  const root = document.root.value as Record<string, Record<string, Record<string, unknown>>>;
  const value = document.dialect === '2.0' ? root['definitions']?.['It'] : root['components']?.['schemas']?.['It'];
  return createValidators(document).at({ value, source: document.root, pointer }, view);
}

/** The only operation of a document made of one: `POST /it` of OpenAPI 3.0 unless the document says otherwise. */
export function operationOf(operation: Readonly<Record<string, unknown>>, document: Readonly<Record<string, unknown>> = {}): Operation {
  return firstOperation(documentOf({ openapi: '3.0.3', paths: { '/it': { post: operation } }, ...document }));
}

/** The first operation of a document. */
export function firstOperation(document: Document): Operation {
  const table = createOperationTable([document]);
  const [route] = table.routes;
  if (route === undefined) throw new Error('the document has no operation');
  return table.operation(route);
}

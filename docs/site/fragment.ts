import { record } from '../../operations/index.ts';
import type { Document, Route } from '../../operations/index.ts';
import { publishDocument } from './publish-document.ts';

const published = new WeakMap<Document, Record<string, unknown>>();

/** A document as partners may have it, made once. */
export function publishedDocument(document: Document): Record<string, unknown> {
  let value = published.get(document);
  if (value === undefined) {
    value = publishDocument(document);
    published.set(document, value);
  }
  return value;
}

/** The Operation Object under its path and method, as published. */
export function fragmentOf(document: Document, { path, method }: Route): Record<string, unknown> {
  const paths = record(publishedDocument(document)['paths']);
  const item = record(paths[path] ?? paths[path.slice(1)]);
  const operation = item[method.toLowerCase()];
  const shared = item['parameters'];
  // A path item that is a reference has its operations elsewhere.
  const body =
    operation === undefined ? item : { ...(shared === undefined ? {} : { parameters: shared }), [method.toLowerCase()]: operation };
  return { [path]: body };
}

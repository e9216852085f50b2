import { record } from './document.ts';
import type { Dialect, Document } from './document.ts';

/**
 * Whether a document may use the words that OpenAPI 3.2 added to 3.1. Its schemas are of the same dialect, JSON Schema 2020-12, so that all else is read as of a document of 3.1; in older documents these words
 * mean nothing and are left alone.
 */
export function speaks32(document: Document): boolean {
  return is32(document.root.value);
}

/** As {@link speaks32}, of the value of a file: each file of a document has a version of its own, or is only a part of one. */
export function is32(root: unknown): boolean {
  const version = record(root)['openapi'];
  return typeof version === 'string' && /^3\.2(?:\.|$)/.test(version);
}

/** The version as people are told it: the dialect of the schemas, but 3.2 for 3.2. */
export function versionOf(document: Document): Dialect | '3.2' {
  return speaks32(document) ? '3.2' : document.dialect;
}

import type { Document, Source } from '../operations/index.ts';

/**
 * Documents that can be told apart: where files of different folders have one name, `v1/api.yaml` and `v2/api.yaml`, as many folders are put before the name as it takes. All others stay
 * as they are.
 */
export function distinctDocuments(documents: readonly Document[]): readonly Document[] {
  return documents.map((document) => {
    const rivals = documents.filter(({ name, path }) => name === document.name && path !== document.path);
    return rivals.length === 0 ? document : renamed(document, rivals);
  });
}

function renamed(document: Document, rivals: readonly Document[]): Document {
  const label = shortest(partsOf(document), rivals.map(partsOf));
  const root = { ...document.root, label };
  const labelled = (files: ReadonlyMap<string, Source>): ReadonlyMap<string, Source> =>
    new Map([...files].map(([path, source]) => [path, source === document.root ? root : source]));
  const { aliases } = document;
  const names = aliases === undefined ? {} : { aliases: labelled(aliases) };
  return { ...document, ...names, name: label.replace(/\.[^./]*$/, ''), root, sources: labelled(document.sources) };
}

/** The shortest end of a path that no other path has. */
function shortest(parts: readonly string[], others: readonly (readonly string[])[]): string {
  for (let count = 1; count < parts.length; count += 1) {
    const end = parts.slice(-count).join('/');
    if (others.every((other) => other.slice(-count).join('/') !== end)) return end;
  }
  return parts.join('/');
}

function partsOf({ path }: Document): string[] {
  return path.replaceAll('\\', '/').split('/');
}

import { loadStateFile } from '../state/load-state-file.ts';
import type { OperationTable } from '../operations/index.ts';
import type { RememberedDocument } from './coverage/index.ts';

/**
 * What the documents of a table remember: the state file beside each, compiled. Documents without one are left out.
 * @throws StateFileError with every flaw of every state file; DocumentError when one can't be read.
 */
export async function loadRemembered(table: OperationTable): Promise<RememberedDocument[]> {
  const files = (await Promise.all(table.documents.map(loadStateFile))).filter((file) => file !== undefined);
  // Most documents have none: what compiles them is not loaded then.
  if (files.length === 0) return [];
  const { compileStateFiles } = await import('../state/index.ts');
  const paths = new Map(
    table.documents.map((document) => [
      document.name,
      new Map(table.routes.filter((route) => route.document === document).map(({ id, path }) => [id, path])),
    ]),
  );
  const models = compileStateFiles(files, (module) => paths.get(module) ?? new Map());
  return models.flatMap((model) => {
    const file = files.find(({ module }) => module === model.module);
    return file === undefined ? [] : [{ model, given: file.given }];
  });
}

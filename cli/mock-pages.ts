import type { DocsSite } from '../docs/index.ts';
import type { Pages } from '../mock/index.ts';
import type { OperationTable } from '../operations/index.ts';

/** The partners' docs of what is served now, at the mock's own address. Loaded when somebody first looks; made again when the documents are. */
export function docsPages(table: () => OperationTable): Pages {
  let made: { readonly table: OperationTable; readonly site: Promise<DocsSite> } | undefined;
  return async (path) => {
    const current = table();
    if (made?.table !== current) {
      made = {
        table: current,
        site: import('../docs/index.ts').then(({ createDocsSite }) => createDocsSite(current.documents, { mock: '' })),
      };
    }
    return (await made.site).get(path);
  };
}

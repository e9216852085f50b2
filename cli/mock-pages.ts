import { readable } from './paint.ts';
import type { DocsSite } from '../docs/index.ts';
import type { Page, Pages } from '../mock/index.ts';
import type { OperationTable } from '../operations/index.ts';

/** What stands for the page of an operation, whatever its file is called: `operation/zh/tie/saveOrUpdateTie`. */
const OPERATION = /^operation\/(en|zh)\/([^/]+)\/([^/]+)$/;

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
    const site = await made.site;
    return site.get(path) ?? operationPage(site, path);
  };
}

function operationPage(site: DocsSite, path: string): Page | undefined {
  const [, language, document = '', operationId = ''] = OPERATION.exec(path) ?? [];
  if (language !== 'en' && language !== 'zh') return undefined;
  const found = site.pathOf(readable(document), readable(operationId), language);
  if (found === undefined) return undefined;
  return { mediaType: 'text/html', body: '', location: `../../../${found.split('/').map(encodeURIComponent).join('/')}` };
}

/** What changed since an earlier version of the documents, breaking changes first. */
import type { Change } from '../change.ts';
import { inline } from '../commonmark.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { link, operationPath, say, words } from './page.ts';
import type { Page, PageContext } from './page.ts';

export function changelogPage(context: PageContext): Page {
  const changes = context.model.changes ?? [];
  const title = say(context, '变更记录', 'Changelog');
  const byDocument = Map.groupBy(changes, ({ document }) => document);
  const breaking = changes.filter(({ kind }) => kind === 'breaking').length;
  const main = html`<h1>${title}</h1>
    <p class="lead">
      ${changes.length === 0 ? say(context, '与上一版本相比没有变化。', 'Nothing changed since the previous version.') : say(context, `与上一版本相比有 ${changes.length} 处变化，其中 ${breaking} 处不兼容。`, `${changes.length} changes since the previous version, ${breaking} of them breaking.`)}
    </p>
    ${[...byDocument].map(([document, list]) => {
      const module = context.model.modules.find((item) => item.document.name === document);
      return html`<section>
        <h2>${module === undefined ? document : words(context, module.title)}</h2>
        ${block(context, list, 'breaking')}${block(context, list, 'compatible')}
      </section>`;
    })}`;
  return { title, main };
}

function block(context: PageContext, changes: readonly Change[], kind: Change['kind']): Html {
  const own = changes.filter((change) => change.kind === kind);
  if (own.length === 0) return html``;
  const title = kind === 'breaking' ? say(context, '不兼容', 'Breaking') : say(context, '兼容', 'Compatible');
  return html`<h3 class="${kind}">${title} (${own.length})</h3>
    <ul class="changes">
      ${own.map((change) => item(context, change))}
    </ul>`;
}

function item(context: PageContext, { document, operationId, message, pointer }: Change): Html {
  const module = context.model.modules.find((entry) => entry.document.name === document);
  const operation = module?.operations.find(({ route }) => route.id === operationId);
  const text = typeof message === 'string' ? message : message[context.language];
  const about =
    module === undefined || operation === undefined
      ? operationId !== undefined && html`<code>${operationId}</code> `
      : html`<a href="${link(context, operationPath(module, operation))}">${words(context, operation.title)}</a> `;
  return html`<li>${about}${inline(text)}${pointer !== undefined && html` <code class="pointer">${pointer}</code>`}</li>`;
}

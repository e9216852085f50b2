/** The decisions behind the documents: what the source said, what the contract says, and which operations it touches. */
import { block, inline } from '../commonmark.ts';
import type { Decision } from '../decisions.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { ModuleView, OperationEntry } from '../model.ts';
import { anchorId, link, operationPath, say, words } from './page.ts';
import type { Page, PageContext } from './page.ts';

const KINDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  W: ['影响报文', 'wire format'],
  S: ['影响行为', 'behaviour'],
  C: ['仅文字', 'wording'],
};
const MAX_LINKS = 12;

export function decisionsPage(context: PageContext): Page {
  const touched = new Map<string, { module: ModuleView; operation: OperationEntry }[]>();
  for (const module of context.model.modules)
    for (const operation of module.operations)
      for (const id of operation.discrepancies()) touched.set(id, [...(touched.get(id) ?? []), { module, operation }]);
  const sections = Map.groupBy(context.model.decisions, ({ section }) => section);
  const title = say(context, '文档的取舍', 'Decisions');
  const name = (section: string): string => {
    const module = context.model.modules.find(({ document }) => document.name === section);
    return module === undefined ? section : words(context, module.title);
  };
  const main = html`<h1>${title}</h1>
    <p class="lead">
      ${say(context, '源文档中的笔误、矛盾与空白，以及契约采用的写法。实现或验收时对文档有疑问，可以先在这里查找。条目为英文。', 'Slips, contradictions and gaps of the source documents, and what the contract makes of them. Whoever wonders why a document says what it says finds the reason here.')}
    </p>
    <ul class="inline">
      ${[...sections].map(([section, list]) => html`<li><a href="${link(context, context.path, `s-${section}`)}">${name(section)}</a> ${list.length}</li>`)}
    </ul>
    ${[...sections].map(
      ([section, list]) =>
        html`<section>
          <h2 id="${anchorId(context, `s-${section}`)}">${name(section)}</h2>
          ${list.map((decision) => decisionBlock(context, decision, touched.get(decision.id) ?? []))}
        </section>`,
    )}`;
  return { title, main };
}

function decisionBlock(
  context: PageContext,
  { id, kind, where, source, decided }: Decision,
  touched: readonly { module: ModuleView; operation: OperationEntry }[],
): Html {
  const [zh, en] = KINDS[kind] ?? [kind, kind];
  return html`<article class="decision" id="${anchorId(context, id)}">
    <h3>
      <a href="${link(context, context.path, id)}">${id}</a> ${inline(where)}
      ${kind !== '' && html`<span class="mark">${say(context, zh, en)}</span>`}
    </h3>
    <dl>
      <dt>${say(context, '源文档', 'The source says')}</dt>
      <dd>${block(source)}</dd>
      <dt>${say(context, '契约', 'The contract says')}</dt>
      <dd>${block(decided)}</dd>
      ${
        touched.length > 0 &&
        html`<dt>${say(context, '涉及接口', 'Operations')}</dt>
          <dd>
            ${touched.slice(0, MAX_LINKS).map(({ module, operation }, index) => html`${index > 0 && ' · '}<a href="${link(context, operationPath(module, operation))}">${words(context, operation.title)}</a>`)}${touched.length > MAX_LINKS && ` … (${touched.length})`}
          </dd>`
      }
    </dl>
  </article>`;
}

/** The page of a module: what it is about, its operations, its conventions. */
import { record } from '../../../operations/index.ts';
import { block } from '../commonmark.ts';
import { html } from '../html.ts';
import type { Content, Html } from '../html.ts';
import type { GroupView, ModuleView } from '../model.ts';
import { viewLink, viewWebhooks } from '../operation-view.ts';
import { methodMark } from './badges.ts';
import { envelopeBlocks, machineBlocks, moduleErrors, pagerBlocks, schemeTable, serverTable } from './conventions.ts';
import { messageBlock } from './operation.ts';
import { anchorId, asset, DECISIONS, groupTitle, line, link, operationPath, say, words } from './page.ts';
import type { Page, PageContext } from './page.ts';

export function modulePage(context: PageContext, module: ModuleView): Page {
  const { language, model } = context;
  const { document, state } = module;
  const info = record(record(document.root.value)['info']);
  const webhooks = viewWebhooks(document);
  const external = viewLink(record(document.root.value)['externalDocs']);
  const known = model.decisions.filter(({ id }) => module.discrepancies.includes(id));
  const contact = record(info['contact']);
  const main = html`<h1>${words(context, module.title)}</h1>
    <p class="other">${document.title}${module.version !== '' && html` · ${say(context, '版本', 'version')} ${module.version}`}</p>
    ${module.description[language] !== '' && html`<div class="lead">${block(module.description[language])}</div>`}
    ${external !== undefined && html`<p><a href="${external.url}" rel="noopener noreferrer">${line(context, external.description)}</a></p>`}
    ${typeof contact['email'] === 'string' && html`<p class="text">${say(context, '联系方式：', 'Contact: ')}${contact['email']}</p>`}
    ${part(context, 'operations', say(context, '接口', 'Operations'), html`${module.groups.map((group) => groupBlock(context, module, group))}`)}
    ${webhooks.length > 0 && part(context, 'webhooks', 'Webhooks', html`${webhooks.map((webhook) => messageBlock(context, webhook))}`)}
    ${module.servers.length > 0 && part(context, 'servers', say(context, '服务地址', 'Base URLs'), serverTable(context, [module]))}
    ${part(context, 'auth', say(context, '鉴权', 'Authentication'), schemeTable(context, [module]))}
    ${state !== undefined && conventions(context, module)}
    ${
      known.length > 0 &&
      part(
        context,
        'decisions',
        say(context, '与源文档的出入', 'Where the source documents differ'),
        html`<ul class="decisions">
          ${known.map(({ id, decided }) => html`<li><a href="${link(context, DECISIONS, id)}">${id}</a> ${block(decided)}</li>`)}
        </ul>`,
      )
    }
    ${!context.isSingle && part(context, 'raw', say(context, '原始文档', 'Raw document'), html`<p><a href="${asset(context, `openapi/${module.slug}.yaml`)}">${module.slug}.yaml</a> · <a href="${asset(context, `openapi/${module.slug}.json`)}">${module.slug}.json</a></p>`)}`;
  return { title: words(context, module.title), main };
}

function conventions(context: PageContext, module: ModuleView): Html {
  const parts: readonly (readonly [anchor: string, title: string, content: Content])[] = [
    ['envelopes', say(context, '返回结构', 'Envelopes'), envelopeBlocks(context, module)],
    ['paging', say(context, '分页约定', 'Paging'), pagerBlocks(context, module)],
    ['machines', say(context, '状态流转', 'Status machines'), machineBlocks(context, module, true)],
    ['errors', say(context, '错误', 'Errors'), moduleErrors(context, module)],
  ];
  const isThere = (content: Content): boolean => content !== undefined && !(Array.isArray(content) && content.length === 0);
  return html`${parts.filter(([, , content]) => isThere(content)).map(([anchor, title, content]) => part(context, anchor, title, content))}`;
}

function groupBlock(context: PageContext, module: ModuleView, group: GroupView): Html {
  const { name, description, operations } = group;
  const isAlone = module.groups.length === 1;
  return html`${!isAlone && name !== '' && html`<h3>${groupTitle(context, group)}</h3>`}${description[context.language] !== '' && html`<div class="text">${block(description[context.language])}</div>`}
    <ul class="operations">
      ${operations.map((operation) => html`<li>${methodMark(operation.route.method)} <a href="${link(context, operationPath(module, operation))}">${operation.deprecated ? html`<s>${words(context, operation.title)}</s>` : words(context, operation.title)}</a> <code>${operation.route.path}</code></li>`)}
    </ul>`;
}

function part(context: PageContext, anchor: string, title: string, content: Content): Html {
  return html`<section>
    <h2 id="${anchorId(context, anchor)}"><a href="${link(context, context.path, anchor)}">${title}</a></h2>
    ${content}
  </section>`;
}

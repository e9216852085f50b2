/** The first page: what there is, and what all modules share. */
import { inline } from '../commonmark.ts';
import { html } from '../html.ts';
import type { Content, Html } from '../html.ts';
import type { ModuleView } from '../model.ts';
import { methodMark } from './badges.ts';
import { envelopeBlocks, machineBlocks, moduleErrors, pagerBlocks, schemeTable, serverTable } from './conventions.ts';
import { anchorId, asset, CHANGELOG, DECISIONS, link, modulePath, operationPath, say, siteTitle, TRY, words } from './page.ts';
import type { Page, PageContext } from './page.ts';

export function overviewPage(context: PageContext): Page {
  const { modules, decisions, changes } = context.model;
  const count = modules.reduce((sum, { operations }) => sum + operations.length, 0);
  const main = html`<h1>${siteTitle(context)}</h1>
    <p class="lead">
      ${say(context, `${modules.length} 个模块，${count} 个接口。示例按契约校验，结果标在各接口页上；搜索框可跨模块查找接口、字段和错误（按 / 键）。`, `${modules.length} modules, ${count} operations. Examples are checked against the contract and each page shows the result; the search finds operations, fields and errors of all modules (press /).`)}
    </p>
    <p class="links">
      ${!context.isSingle && html`<a class="button" href="${asset(context, TRY)}">${say(context, '在线调试', 'Try it')}</a> `}${decisions.length > 0 && html`<a href="${link(context, DECISIONS)}">${say(context, `文档的取舍（${decisions.length}）`, `Decisions (${decisions.length})`)}</a> `}${changes !== undefined && html`<a href="${link(context, CHANGELOG)}">${say(context, `变更记录（${changes.length}）`, `Changelog (${changes.length})`)}</a>`}
    </p>
    ${part(context, 'modules', say(context, '模块', 'Modules'), html`<div class="cards">${modules.map((module) => card(context, module))}</div>`)}
    ${part(context, 'servers', say(context, '服务地址', 'Base URLs'), serverTable(context, modules))}
    ${part(context, 'auth', say(context, '鉴权', 'Authentication'), schemeTable(context, modules))}
    ${perModule(context, 'envelopes', say(context, '返回结构', 'Envelopes'), envelopeBlocks)}
    ${perModule(context, 'paging', say(context, '分页约定', 'Paging'), pagerBlocks)}
    ${perModule(context, 'machines', say(context, '状态流转', 'Status machines'), (page, module) => machineBlocks(page, module, false))}
    ${perModule(context, 'errors', say(context, '错误', 'Errors'), moduleErrors, true)}
    ${part(context, 'operations', say(context, '全部接口', 'All operations'), html`${modules.map((module) => operationList(context, module))}`)}`;
  return { title: say(context, '总览', 'Overview'), main };
}

function part(context: PageContext, anchor: string, title: string, content: Content): Html {
  return html`<section>
    <h2 id="${anchorId(context, anchor)}"><a href="${link(context, context.path, anchor)}">${title}</a></h2>
    ${content}
  </section>`;
}

function card(context: PageContext, module: ModuleView): Html {
  const title = words(context, module.title);
  const summary = module.summary[context.language];
  // A summary that only repeats the title gives way to the first sentence of the description.
  const [sentence = ''] = words(context, module.description).split(/(?<=[。；;]|\.\s)/);
  const said = summary === '' || summary === title ? sentence : summary;
  return html`<a class="card" href="${link(context, modulePath(module))}"
    ><strong>${title}</strong><span>${inline(said.slice(0, 120))}</span
    ><small
      >${module.document.name} ·
      ${say(context, `${module.operations.length} 个接口`, `${module.operations.length} operations`)}${module.version !== '' && ` · ${module.version}`}</small
    ></a
  >`;
}

/** A section with one part for each module that has something to say; nothing at all where none has. @param isFolded whether the parts wait to be opened. */
function perModule(
  context: PageContext,
  anchor: string,
  title: string,
  render: (context: PageContext, module: ModuleView) => Content,
  isFolded = false,
): Content {
  // Modules that say the same stand together.
  const groups = new Map<string, { content: Html; modules: ModuleView[] }>();
  for (const module of context.model.modules) {
    const content = html`${render(context, module)}`;
    if (content.html === '') continue;
    const group = groups.get(content.html);
    if (group === undefined) groups.set(content.html, { content, modules: [module] });
    else group.modules.push(module);
  }
  const parts = [...groups.values()].map(({ content, modules }) => {
    const names = modules.map(({ title }) => words(context, title)).join(say(context, '、', ', '));
    return html`<details class="module" ${!isFolded && html` open`}>
      <summary><h3>${names}</h3></summary>
      ${content}
    </details>`;
  });
  return parts.length === 0 ? undefined : part(context, anchor, title, parts);
}

function operationList(context: PageContext, module: ModuleView): Html {
  return html`<h3><a href="${link(context, modulePath(module))}">${words(context, module.title)}</a></h3>
    <ul class="operations">
      ${module.operations.map((operation) => html`<li>${methodMark(operation.route.method)} <a href="${link(context, operationPath(module, operation))}">${operation.deprecated ? html`<s>${words(context, operation.title)}</s>` : words(context, operation.title)}</a> <code>${operation.route.path}</code></li>`)}
    </ul>`;
}

/** What the operations of a module have in common: how requests prove who they are, envelopes, paging, errors, status machines. */
import type { Security, SecurityScheme } from '../../../operations/index.ts';
import { inline } from '../commonmark.ts';
import { machineDiagram } from '../diagram.ts';
import { html } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { schemesOf } from '../model.ts';
import type { ModuleView } from '../model.ts';
import { pageSentences } from '../state-rules.ts';
import { envelopesOf, errorsOf, machinesOf, pagersOf } from '../state-view.ts';
import type { ErrorView, MachineView } from '../state-view.ts';
import { codeBlock } from './code-block.ts';
import { anchorId, line, link, operationPath, say, words } from './page.ts';
import type { PageContext } from './page.ts';

/** The alternatives of an operation's security in one sentence. */
export function securityLine(context: PageContext, security: Security): Html {
  const alternatives = security.filter((alternative) => alternative.length > 0);
  if (alternatives.length === 0) return html`<p class="text">${say(context, '不需要鉴权。', 'No authentication is needed.')}</p>`;
  const isOptional = alternatives.length < security.length;
  return html`<ul class="plain">
    ${alternatives.map((alternative) => html`<li>${alternative.map((scheme, index) => html`${index > 0 && say(context, ' 与 ', ' and ')}<code>${scheme.name}</code> ${schemeWords(context, scheme)}`)}</li>`)}${isOptional && html`<li>${say(context, '也可以不鉴权', 'or none')}</li>`}
  </ul>`;
}

function schemeWords(context: PageContext, { kind, in: place, parameter, scopes, scheme }: SecurityScheme): Html {
  const places: Readonly<Record<string, string>> = {
    header: say(context, '请求头', 'header'),
    query: say(context, '查询参数', 'query parameter'),
    cookie: 'Cookie',
  };
  const scope = scopes.length === 0 ? undefined : html` (${scopes.map((name) => html`<code>${name}</code> `)})`;
  switch (kind) {
    case 'apiKey':
      return html`— ${places[place] ?? place} <code>${parameter}</code>`;
    case 'basic':
      return html`— HTTP Basic, <code>Authorization: Basic …</code>`;
    case 'mutualTLS':
      return html`— ${say(context, '客户端证书', 'client certificate')}`;
    case 'digest':
    case 'http':
      return html`— <code>Authorization: ${scheme} …</code>`;
    case 'bearer':
    case 'oauth2':
    case 'openIdConnect':
      return html`— <code>Authorization: Bearer …</code>${scope}`;
    case 'unknown':
      return html``;
  }
}

export function serverTable(context: PageContext, modules: readonly ModuleView[]): Html {
  return table(
    say(context, '服务地址', 'Base URLs'),
    [say(context, '模块', 'Module'), say(context, '地址', 'URL'), say(context, '说明', 'Notes')],
    modules.flatMap((module) =>
      module.servers.map(({ url, description }) => [words(context, module.title), html`<code>${url}</code>`, line(context, description)]),
    ),
  );
}

export function schemeTable(context: PageContext, modules: readonly ModuleView[]): Html {
  const rows = modules.flatMap((module) => {
    const schemes = schemesOf(module.document);
    if (schemes.length === 0) return [[words(context, module.title), '—', say(context, '文档没有要求鉴权', 'the document asks for none')]];
    return schemes.map(({ name, how, description }) => [
      words(context, module.title),
      html`<code>${name}</code>`,
      html`${inline(how[context.language])}${description[context.language] !== '' && html`<br />${inline(description[context.language])}`}`,
    ]);
  });
  return table(
    say(context, '鉴权', 'Authentication'),
    [say(context, '模块', 'Module'), say(context, '名称', 'Scheme'), say(context, '方式', 'How')],
    rows,
  );
}

/** The shapes in which a module's answers come. */
export function envelopeBlocks(context: PageContext, module: ModuleView): Content {
  if (module.state === undefined) return undefined;
  return envelopesOf(module.state).map(({ ok, okNoData, error, errorStatus }) => {
    const isBare = ok === '<data>';
    return html`${errorStatus !== undefined && html`<p class="text">${say(context, `失败也以 HTTP ${errorStatus} 返回，请根据内容判断。`, `Failures come with HTTP ${errorStatus} too: go by the body.`)}</p>`}
      <div class="shapes">
        ${shape(context, say(context, '成功', 'Success'), isBare ? say(context, '（数据本身，没有信封）', '(the data alone, without an envelope)') : ok)}${okNoData !== undefined && shape(context, say(context, '成功，没有数据', 'Success without data'), okNoData)}${error !== undefined && shape(context, say(context, '失败', 'Failure'), error)}
      </div>`;
  });
}

function shape(context: PageContext, title: string, text: string): Html {
  return html`<figure>
    <figcaption>${title}</figcaption>
    ${codeBlock(context, text, title)}
  </figure>`;
}

export function pagerBlocks(context: PageContext, module: ModuleView): Content {
  if (module.state === undefined) return undefined;
  return pagersOf(module.state).map(
    (pager) =>
      html`<ul class="rules">
          ${pageSentences(pager).map((sentence) => html`<li>${inline(sentence[context.language])}</li>`)}
        </ul>
        <details class="example">
          <summary>${say(context, '返回的结构', 'Shape of the answer')}</summary>
          ${codeBlock(context, pager.out, say(context, '分页结构', 'Page'))}
        </details>`,
  );
}

export function moduleErrors(context: PageContext, module: ModuleView): Content {
  if (module.state === undefined) return undefined;
  const errors = errorsOf(module.state);
  return errors.length === 0 ? undefined : errorTable(context, errors);
}

export function errorTable(context: PageContext, errors: readonly ErrorView[]): Html {
  return table(
    say(context, '错误', 'Errors'),
    ['HTTP', say(context, '错误码', 'Code'), say(context, '说明', 'Meaning')],
    errors.map(({ status, code, message }) => [
      html`<span class="status s${String(status)[0] ?? ''}">${status}</span>`,
      html`<code>${code}</code>`,
      line(context, message),
    ]),
  );
}

/** Every machine of a module: the picture, and the same as a list. */
export function machineBlocks(context: PageContext, module: ModuleView, isListed: boolean): Content {
  if (module.state === undefined) return undefined;
  return machinesOf(module.state).map((machine) => {
    const title = say(context, `${machine.collection}.${machine.field} 的状态`, `States of ${machine.collection}.${machine.field}`);
    const id = anchorId(context, `machine-${module.slug}-${machine.collection}`).replaceAll('/', '-');
    return html`<figure class="diagram">
      <figcaption>
        <code>${machine.collection}.${machine.field}</code
        >${machine.moves.some(({ timed }) => timed !== undefined) && html` ${say(context, '（虚线：到时自动）', '(dashed: by time alone)')}`}
      </figcaption>
      <div class="scroll" tabindex="0" role="group" aria-label="${title}">${machineDiagram(machine, context.language, id, title)}</div>
      ${isListed && moveList(context, module, machine)}
    </figure>`;
  });
}

function moveList(context: PageContext, module: ModuleView, machine: MachineView): Html {
  const known = new Map(module.operations.map((operation) => [operation.route.id, operation]));
  const label = (name: string): Html => {
    const text = machine.states.find((state) => state.name === name)?.label[context.language] ?? '';
    return html`<code>${name}</code>${text !== '' && html` ${text}`}`;
  };
  return html`<ul class="moves">
    ${machine.moves.map(({ from, to, timed, operations }) => {
      const how: Content[] = [];
      if (timed !== undefined) how.push(html`${say(context, '到时自动', 'by time')}`);
      for (const id of operations) {
        const operation = known.get(id);
        if (operation !== undefined)
          how.push(html`<a href="${link(context, operationPath(module, operation))}">${words(context, operation.title)}</a>`);
      }
      return html`<li>
        ${label(from)} → ${label(to)}${how.length > 0 && html` · ${how.map((item, index) => html`${index > 0 && '，'}${item}`)}`}
      </li>`;
    })}
  </ul>`;
}

/** A table that scrolls by itself where the page is narrow. */
export function table(label: string, columns: readonly string[], rows: readonly (readonly Content[])[]): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">
    <table>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

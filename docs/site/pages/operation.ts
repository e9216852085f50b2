/** The page of one operation. */
import { stringify } from 'yaml';
import { writeJson } from '../../../operations/index.ts';
import { block, inline } from '../commonmark.ts';
import { html } from '../html.ts';
import type { Content, Html } from '../html.ts';
import type { ModuleView, OperationEntry } from '../model.ts';
import { fragmentOf } from '../fragment.ts';
import type { BodyView, ContentView, MessageView, OperationView, ParameterView, ResponseView } from '../operation-view.ts';
import { curlSample } from '../samples/curl.ts';
import { fetchSample } from '../samples/fetch.ts';
import { pythonSample } from '../samples/python.ts';
import { badges, methodMark } from './badges.ts';
import { codeBlock, jsonBlock } from './code-block.ts';
import { errorTable, securityLine } from './conventions.ts';
import { renderField, renderSchema } from './fields.ts';
import { anchorId, asset, DECISIONS, line, link, modulePath, operationPath, say, words } from './page.ts';
import type { Page, PageContext } from './page.ts';

export function operationPage(context: PageContext, module: ModuleView, entry: OperationEntry): Page {
  const view = entry.view();
  const { language } = context;
  const { route } = entry;
  const other = language === 'zh' ? view.title.en : view.title.zh;
  const main = html`<article class="operation">
    <p class="crumbs"><a href="${link(context, modulePath(module))}">${words(context, module.title)}</a></p>
    <h1>${line(context, view.title)}</h1>
    ${other !== view.title[language] && html`<p class="other" lang="${language === 'zh' ? 'en' : 'zh-CN'}">${inline(other)}</p>`}
    <p class="address">${methodMark(route.method)} <code class="path">${pathMarkup(route.path)}</code></p>
    ${route.aliases.length > 0 && html`<p class="also">${say(context, '同样可用的地址：', 'Also served at: ')}${route.aliases.map((alias) => html`<code>${alias}</code> `)}</p>`}
    ${badges(context, entry)}
    ${view.deprecated && html`<p class="warning">${say(context, '此接口已弃用，请勿在新代码中使用。', 'This operation is deprecated; do not use it in new code.')}</p>`}
    <div class="columns">
      <div class="prose">
        ${view.description[language] !== '' && html`<div class="lead">${block(view.description[language])}</div>`}
        ${view.externalDocs !== undefined && html`<p><a href="${view.externalDocs.url}" rel="noopener noreferrer">${line(context, view.externalDocs.description)}</a></p>`}
        ${section(context, 'auth', say(context, '鉴权', 'Authentication'), securityLine(context, view.operation.security))}
        ${parameterSections(context, view.parameters)} ${view.body !== undefined && bodySection(context, view.body)}
        ${behaviourSection(context, entry)}
        ${view.responses.length > 0 && section(context, 'responses', say(context, '响应', 'Responses'), html`${view.responses.map((response) => responseBlock(context, response))}`)}
        ${view.callbacks.length > 0 && section(context, 'callbacks', say(context, '回调', 'Callbacks'), html`${view.callbacks.map((callback) => messageBlock(context, callback))}`)}
        ${decisionSection(context, entry)} ${rawSection(context, module, entry)}
      </div>
      <aside class="samples" aria-label="${say(context, '请求示例', 'Request samples')}">${samples(context, view)}</aside>
    </div>
    ${neighbours(context, module, entry)}
  </article>`;
  return { title: words(context, view.title), main };
}

function section(context: PageContext, anchor: string, title: string, content: Content): Html {
  return html`<section>
    <h2 id="${anchorId(context, anchor)}"><a href="${link(context, context.path, anchor)}">${title}</a></h2>
    ${content}
  </section>`;
}

/** Parameters of the path stand out in it. */
function pathMarkup(path: string): Html {
  return html`${path.split(/(\{[^{}]*\})/).map((part) => (part.startsWith('{') ? html`<b>${part}</b>` : part))}`;
}

const PLACES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  path: ['路径参数', 'Path parameters'],
  query: ['查询参数', 'Query parameters'],
  querystring: ['查询字符串（整体）', 'Query string (as a whole)'],
  header: ['请求头', 'Headers'],
  cookie: ['Cookie', 'Cookies'],
};

function parameterSections(context: PageContext, parameters: readonly ParameterView[]): Html {
  const groups = Map.groupBy(parameters, ({ in: place }) => place);
  return html`${[...groups].map(([place, group]) => {
    const [zh, en] = PLACES[place] ?? [place, place];
    return section(
      context,
      place,
      say(context, zh, en),
      html`<ul class="fields">
        ${group.map((parameter) => parameterField(context, parameter))}
      </ul>`,
    );
  })}`;
}

function parameterField(context: PageContext, parameter: ParameterView): Html {
  const { description, examples, deprecated, schema } = parameter;
  const own = description[context.language];
  // A parameter and its schema may say the same twice.
  const quiet =
    own === '' ? schema : { ...schema, description: { zh: '', en: '' }, example: examples.length > 0 ? undefined : schema.example };
  return renderField(
    context,
    { ...parameter, schema: quiet },
    {
      deprecated,
      description: own !== '' && html`<div class="text">${block(own)}</div>`,
      after:
        examples.length > 0 &&
        html`<div class="limits">
          <span
            >${say(context, '例：', 'e.g. ')}${examples.slice(0, 3).map((example) => html`<code>${typeof example === 'string' ? example : writeJson(example)}</code> `)}</span
          >
        </div>`,
    },
  );
}

function bodySection(context: PageContext, body: BodyView): Html {
  const title = html`${say(context, '请求体', 'Request body')}`;
  const note = body.required
    ? html`<span class="required">${say(context, '必填', 'required')}</span>`
    : html`<span class="mark">${say(context, '可省略', 'optional')}</span>`;
  return html`<section>
    <h2 id="${anchorId(context, 'body')}"><a href="${link(context, context.path, 'body')}">${title}</a> ${note}</h2>
    ${body.description[context.language] !== '' && html`<div class="text">${block(body.description[context.language])}</div>`}
    ${contentBlocks(context, body.contents, 'request')}
  </section>`;
}

/** Media types with the same schema share one tree. */
function contentBlocks(context: PageContext, contents: readonly ContentView[], kind: 'request' | 'response'): Html {
  return html`${contents.map(
    (content, index) =>
      html`<p class="media"><code>${content.mediaType}</code></p>
        ${
          content.schema !== undefined && (index === 0 || content.schema !== contents[index - 1]?.schema)
            ? renderSchema(context, content.schema)
            : undefined
        }${kind === 'response' && exampleBlocks(context, content)}`,
  )}`;
}

function exampleBlocks(context: PageContext, { examples }: ContentView): Html {
  return html`${examples.map(({ name, summary, value, isValid }) => {
    const label = words(context, summary) || name;
    return html`<details class="example">
      <summary>
        ${say(context, '示例：', 'Example: ')}${label}${isValid === true && html` <span class="ok" title="${say(context, '已按契约校验', 'validated against the contract')}">✓</span>`}
      </summary>
      ${jsonBlock(context, value, label)}
    </details>`;
  })}`;
}

function behaviourSection(context: PageContext, entry: OperationEntry): Content {
  const behaviour = entry.behaviour();
  if (behaviour === undefined || (behaviour.rules.length === 0 && behaviour.refusals.length === 0)) return undefined;
  return section(
    context,
    'behaviour',
    say(context, '行为规则', 'Behaviour'),
    html`${
      behaviour.rules.length > 0 &&
      html`<ul class="rules">
        ${behaviour.rules.map((rule) => html`<li>${inline(rule[context.language])}</li>`)}
      </ul>`
    }${
      behaviour.refusals.length > 0 &&
      html`<p class="kind">${say(context, '以下情形会被拒绝：', 'Refused when:')}</p>
        ${errorTable(context, behaviour.refusals)}`
    }`,
  );
}

function responseBlock(context: PageContext, response: ResponseView): Html {
  const { status, anchor, description, headers, contents, links } = response;
  return html`<section class="response">
    <h3 id="${anchorId(context, anchor)}">
      <a href="${link(context, context.path, anchor)}"><span class="status s${status[0] ?? ''}">${status}</span></a>
      ${inline(description[context.language].split('\n\n')[0] ?? '')}
    </h3>
    ${
      headers.length > 0 &&
      html`<p class="kind">${say(context, '响应头', 'Headers')}</p>
        <ul class="fields">
          ${headers.map((header) => parameterField(context, header))}
        </ul>`
    }
    ${contents.length === 0 ? html`<p class="text">${say(context, '没有响应体。', 'No body.')}</p>` : contentBlocks(context, contents, 'response')}
    ${links.map(({ name, operationId, description: text }) => html`<p class="text">→ <code>${name}</code>: <code>${operationId}</code> ${inline(text[context.language])}</p>`)}
  </section>`;
}

export function messageBlock(context: PageContext, { name, method, address, description, schema }: MessageView): Html {
  return html`<section class="response">
    <h3>${methodMark(method)} ${name}</h3>
    ${address !== '' && html`<p class="media"><code>${address}</code></p>`}${block(description[context.language])}${schema !== undefined && renderSchema(context, schema)}
  </section>`;
}

function decisionSection(context: PageContext, entry: OperationEntry): Content {
  const known = new Set(context.model.decisions.map(({ id }) => id));
  const ids = entry.discrepancies().filter((id) => known.has(id));
  if (ids.length === 0) return undefined;
  const about = context.model.decisions.filter(({ id }) => ids.includes(id));
  return section(
    context,
    'decisions',
    say(context, '与源文档的出入', 'Where the source documents differ'),
    html`<details class="example">
      <summary>${say(context, `${about.length} 处取舍`, `${about.length} decisions`)}</summary>
      <ul class="decisions">
        ${about.map(({ id, decided, where }) => html`<li><a href="${link(context, DECISIONS, id)}">${id}</a> ${inline(where)}: ${inline(decided)}</li>`)}
      </ul>
    </details>`,
  );
}

function rawSection(context: PageContext, module: ModuleView, entry: OperationEntry): Html {
  const fragment = fragmentOf(module.document, entry.route);
  const links = context.isSingle
    ? undefined
    : html`<p class="text">
        <a href="${link(context, operationPath(module, entry).replace(/html$/, 'md'))}">Markdown</a> ·
        <a href="${asset(context, `openapi/${module.slug}.yaml`)}">${module.slug}.yaml</a> ·
        <a href="${asset(context, `openapi/${module.slug}.json`)}">${module.slug}.json</a>
      </p>`;
  return section(
    context,
    'raw',
    say(context, '原始文档', 'Raw document'),
    html`${links}
      <details class="example">
        <summary>${say(context, '本接口的 OpenAPI 片段', 'OpenAPI fragment of this operation')}</summary>
        ${codeBlock(context, stringify(fragment, { lineWidth: 0, aliasDuplicateObjects: false }), 'OpenAPI')}
      </details>`,
  );
}

function samples(context: PageContext, view: OperationView): Html {
  const { sample, body } = view;
  const texts: readonly (readonly [string, string])[] = [
    ['curl', curlSample(sample)],
    ['fetch', fetchSample(sample)],
    ['Python', pythonSample(sample)],
  ];
  const examples = (body?.contents ?? []).flatMap((content) => content.examples);
  return html`<h2 class="small">${say(context, '请求示例', 'Request samples')}</h2>
    ${texts.map(
      ([name, text], index) =>
        html`<details class="sample" name="${anchorId(context, 'sample')}" ${index === 0 && html` open`}>
          <summary>${name}</summary>
          ${codeBlock(context, text, name)}
        </details>`,
    )}
    ${!context.isSingle && html`<p class="try"><a class="button" href="${asset(context, 'try/index.html')}?operation=${encodeURIComponent(view.operation.document.name)}/${encodeURIComponent(view.operation.id)}">${say(context, '在线调试', 'Try it')}</a></p>`}
    ${
      examples.length > 0 &&
      html`<h2 class="small">${say(context, '请求体示例', 'Request bodies')}</h2>
        ${examples.map(({ name, summary, value, isValid }, index) => {
          const label = words(context, summary) || name;
          return html`<details class="example" ${index === 0 && html` open`}>
            <summary>
              ${label}${isValid === true && html` <span class="ok" title="${say(context, '已按契约校验', 'validated against the contract')}">✓</span>`}
            </summary>
            ${jsonBlock(context, value, label)}
          </details>`;
        })}`
    }`;
}

function neighbours(context: PageContext, module: ModuleView, entry: OperationEntry): Html {
  const index = module.operations.indexOf(entry);
  const [before, after] = [module.operations[index - 1], module.operations[index + 1]];
  return html`<nav class="neighbours" aria-label="${say(context, '上一个与下一个', 'Previous and next')}">
    ${before === undefined ? html`<span></span>` : html`<a rel="prev" href="${link(context, operationPath(module, before))}">← ${words(context, before.title)}</a>`}${after !== undefined && html`<a rel="next" href="${link(context, operationPath(module, after))}">${words(context, after.title)} →</a>`}
  </nav>`;
}

/** What every page has: head, policy, navigation, search, switches. Complete without JavaScript; links are relative, so that a page works under any prefix and from a file. */
import type { Language } from '../../../operations/index.ts';
import { inline, plain } from '../commonmark.ts';
import { html } from '../html.ts';
import type { Content, Html } from '../html.ts';
import type { GroupView, ModuleView, OperationEntry, SiteModel, TagView } from '../model.ts';
import type { Text } from '../text.ts';

/** Where a page stands and in which language it speaks. */
export interface PageContext {
  readonly model: SiteModel;
  readonly language: Language;
  /** Path of the page inside of its language: `api/tie/index.html`. */
  readonly path: string;
  /** The language whose pages stand at the root; the other one's stand in a folder named after it. */
  readonly preset: Language;
  /** All pages in one file: links are fragments. */
  readonly isSingle: boolean;
}

export interface Page {
  readonly title: string;
  readonly main: Html;
}

/** Every page of a language with its path. */
export type PageList = readonly (readonly [path: string, page: (context: PageContext) => Page])[];

/** Text of the page's language. */
export function say({ language }: Pick<PageContext, 'language'>, zh: string, en: string): string {
  return language === 'zh' ? zh : en;
}

/** A CommonMark text of one line. */
export function line({ language }: Pick<PageContext, 'language'>, value: Text): Html {
  return inline(value[language]);
}

/** The words of a text, for titles and attributes. */
export function words({ language }: Pick<PageContext, 'language'>, value: Text): string {
  return plain(value[language]);
}

/** So many operations a reader can still look over in a list. */
const MAX_LISTED = 120;

export const OVERVIEW = 'index.html';
export const DECISIONS = 'decisions.html';
export const CHANGELOG = 'changelog.html';
export const TRY = 'try/index.html';

export function modulePath(module: ModuleView): string {
  return `api/${module.slug}/index.html`;
}

export function operationPath(module: ModuleView, operation: OperationEntry): string {
  return `api/${module.slug}/${operation.slug}.html`;
}

/** The place of a page on the site. */
export function sitePath(context: Pick<PageContext, 'preset'>, language: Language, path: string): string {
  return language === context.preset ? path : `${language}/${path}`;
}

/** A link from a page to another page of the same language. @param anchor a place on it. */
export function link(context: PageContext, path: string, anchor = ''): string {
  if (context.isSingle) return `#${context.language}/${path}${anchor === '' ? '' : `/${anchor}`}`;
  if (path === context.path && anchor !== '') return `#${encodeURIComponent(anchor)}`;
  return relativeLink(context, sitePath(context, context.language, path)) + (anchor === '' ? '' : `#${encodeURIComponent(anchor)}`);
}

/** A link to something that is there once for both languages. */
export function asset(context: PageContext, path: string): string {
  return relativeLink(context, path);
}

function relativeLink(context: PageContext, target: string): string {
  const depth = sitePath(context, context.language, context.path).split('/').length - 1;
  return ('../'.repeat(depth) || './') + target.split('/').map(encodeURIComponent).join('/');
}

/** The id of a place on the page; in a single file the page's own name stands before it. */
export function anchorId(context: PageContext, anchor: string): string {
  return context.isSingle ? `${context.language}/${context.path}/${anchor}` : anchor;
}

/** `'self'` does not cover files in every browser; `file:` does, and means nothing to a page that came over HTTP. */
const POLICY =
  "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' data: file:; base-uri 'none'; form-action 'none'";

export function renderPage(context: PageContext, page: Page): string {
  const { language, path, model } = context;
  const other = language === 'zh' ? 'en' : 'zh';
  const root = relativeLink(context, '').replace(/^\.\/$/, './');
  const otherPath = relativeLink(context, sitePath(context, other, path));
  return html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}" data-root="${root}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title} · ${siteTitle(context)}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${asset(context, 'assets/site.css')}" />
        <link rel="alternate" hreflang="${other === 'zh' ? 'zh-CN' : 'en'}" href="${otherPath}" />
        <script src="${asset(context, 'assets/site.js')}"></script>
      </head>
      <body>
        <a class="skip" href="#main">${say(context, '跳到正文', 'Skip to content')}</a>
        ${header(context, html`<a class="switch" href="${otherPath}" lang="${other === 'zh' ? 'zh-CN' : 'en'}" hreflang="${other === 'zh' ? 'zh-CN' : 'en'}" data-keep-hash>${other === 'zh' ? '中文' : 'English'}</a>`)}
        <div class="frame">
          ${navigation(context)}
          <main id="main" tabindex="-1">${page.main}</main>
        </div>
        ${model.modules.length === 0 ? undefined : footer(context)}
      </body>
    </html> `.html;
}

export function siteTitle(context: Pick<PageContext, 'language' | 'model'>): string {
  const [only, more] = context.model.modules;
  if (only !== undefined && more === undefined) return words(context, only.title);
  return say(context, '接口文档', 'API reference');
}

/** @param switches the way to the other language. */
export function header(context: PageContext, switches: Content): Html {
  return html`<header class="top">
    <a class="brand" href="${link(context, OVERVIEW)}">${siteTitle(context)}</a>
    <form class="search" role="search">
      <label class="hidden" for="search">${say(context, '搜索全部模块', 'Search all modules')}</label>
      <input
        id="search"
        type="search"
        placeholder="${say(context, '搜索全部模块：接口、字段、错误', 'Search all modules: operations, fields, errors')}"
        autocomplete="off"
        role="combobox"
        aria-expanded="false"
        aria-controls="results"
        aria-autocomplete="list"
        spellcheck="false"
      />
      <kbd aria-hidden="true">/</kbd>
      <div
        class="results"
        id="results"
        role="listbox"
        aria-label="${say(context, '搜索结果', 'Search results')}"
        hidden
        data-none="${say(context, '没有找到', 'Nothing found')}"
        data-one="${say(context, '条结果', 'result')}"
        data-many="${say(context, '条结果', 'results')}"
      ></div>
      <div class="hidden" id="search-status" role="status"></div>
    </form>
    <div class="switches">
      ${switches}<button
        type="button"
        class="switch theme"
        id="theme"
        data-dark="${say(context, '深色', 'Dark')}"
        data-light="${say(context, '浅色', 'Light')}"
      >
        ${say(context, '深色', 'Dark')}
      </button>
    </div>
  </header>`;
}

/** Modules, and the operations of the one the page belongs to. */
export function navigation(context: PageContext): Html {
  const { model, path } = context;
  const current = (target: string): Content => (target === path ? html` aria-current="page"` : undefined);
  const entry = (target: string, label: string): Html => html`<li><a href="${link(context, target)}" ${current(target)}>${label}</a></li>`;
  return html`<nav class="side" aria-label="${say(context, '目录', 'Contents')}">
    <details class="menu" open>
      <summary>${say(context, '目录', 'Contents')}</summary>
      <ul>
        ${entry(OVERVIEW, say(context, '总览', 'Overview'))} ${model.modules.map((module) => moduleEntry(context, module, current))}
        ${model.decisions.length > 0 && entry(DECISIONS, say(context, '文档的取舍', 'Decisions'))}
        ${model.changes !== undefined && entry(CHANGELOG, say(context, '变更记录', 'Changelog'))}
        ${!context.isSingle && html`<li><a href="${asset(context, TRY)}">${say(context, '在线调试', 'Try it')}</a></li>`}
      </ul>
    </details>
  </nav>`;
}

function moduleEntry(context: PageContext, module: ModuleView, current: (path: string) => Content): Html {
  const isOpen = context.path.startsWith(`api/${module.slug}/`);
  const operations = isOpen && !context.isSingle;
  return html`<li class="module">
    <a href="${link(context, modulePath(module))}" ${current(modulePath(module))}>${words(context, module.title)}</a>${
      operations &&
      html`<ul>
        ${module.groups.map((group) => groupEntries(context, module, group, current))}
      </ul>`
    }
  </li>`;
}

/** In a module of very many operations only those of the page's own group are listed; the module's page has them all. */
function groupEntries(context: PageContext, module: ModuleView, group: GroupView, current: (path: string) => Content): Content {
  const title = groupTitle(context, group);
  const isOwn = group.operations.some((operation) => operationPath(module, operation) === context.path);
  if (module.operations.length > MAX_LISTED && !isOwn) {
    const first = group.operations[0];
    return (
      first !== undefined && html`<li><a href="${link(context, operationPath(module, first))}">${group.name === '' ? '…' : title}</a></li>`
    );
  }
  return html`${module.groups.length > 1 && group.name !== '' && html`<li class="group">${title}</li>`}${group.operations.map(
    (operation) => {
      const target = operationPath(module, operation);
      return html`<li>
        <a href="${link(context, target)}" ${current(target)}
          >${operation.deprecated ? html`<s>${words(context, operation.title)}</s>` : words(context, operation.title)}</a
        >
      </li>`;
    },
  )}`;
}

/** The title of a group with those of the tags that it stands under. */
export function groupTitle(context: PageContext, group: GroupView): string {
  return [...group.parents, group].map((tag) => tagTitle(context, tag)).join(' › ');
}

/** A tag's summary, else its name in English; its Chinese description up to the first stop names it in Chinese. */
function tagTitle(context: PageContext, { name, summary, description }: TagView): string {
  if (summary.en !== '') return plain(summary[context.language]);
  if (context.language === 'en' || description.zh === description.en) return name;
  const short = plain(description.zh).split(/[：:，,。；;]/)[0] ?? '';
  return short === '' || short.length > 24 ? name : short;
}

function footer(context: PageContext): Html {
  return html`<footer>
    <p>
      ${say(context, '本站离线可用，不访问任何外部地址。', 'This site works offline and asks no other host for anything.')}
      <a href="${asset(context, 'llms.txt')}">llms.txt</a>
    </p>
  </footer>`;
}

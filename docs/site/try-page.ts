/** The interactive page: Scalar, vendored, aimed at the running mock. Nothing leaves the machine: every service of it is off, and the page's policy allows only this site and the mock. */
import type { Language } from '../../operations/index.ts';
import { record } from '../../operations/index.ts';
import { plain } from './commonmark.ts';
import { publishedDocument } from './fragment.ts';
import { html, trusted } from './html.ts';
import type { ModuleView, SiteModel } from './model.ts';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** @param language of the page's own words and of Scalar's. */
export function tryPage(model: SiteModel, language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const mock = model.mock === '' || !URL.canParse(model.mock) ? '' : new URL(model.mock).origin;
  const policy = [
    "default-src 'none'",
    "script-src 'self' file:",
    "style-src 'self' 'unsafe-inline' file:",
    "img-src 'self' data: blob: file:",
    'font-src data:',
    `connect-src 'self' ${mock}`.trim(),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}" data-mock="${model.mock}" data-language="${language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${say('在线调试', 'Try it')}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="try.css" />
      </head>
      <body>
        <nav class="back">
          <a href="../index.html">← ${say('返回文档', 'Back to the documentation')}</a
          ><span>${say('请求发往', 'Requests go to')} <code id="target"></code></span>
        </nav>
        <noscript
          ><p>
            ${say('在线调试需要 JavaScript；文档的其余页面不需要。', 'Trying operations needs JavaScript; the other pages do not.')}
          </p></noscript
        >
        <div id="app"></div>
        <script src="documents.js"></script>
        <script src="scalar.js"></script>
        <script src="try.js"></script>
      </body>
    </html> `.html;
}

/** The documents as a script, since a page that is a file may not fetch. Their servers are the mock's, with their own base paths. */
export function tryDocuments(model: SiteModel, language: Language): string {
  const documents = model.modules.map((module) => ({
    name: module.document.name,
    title: plain(module.title[language]),
    content: aimed(module),
    operations: Object.fromEntries(module.operations.map(({ route }) => [route.id, [route.method, route.path, tagOf(route.node.value)]])),
  }));
  return trusted(
    `globalThis.hufuDocuments=${JSON.stringify(documents, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))};\n`,
  ).html;
}

function tagOf(operation: unknown): string {
  const { tags } = record(operation);
  return Array.isArray(tags) && typeof tags[0] === 'string' ? tags[0] : 'default';
}

function aimed({ document, servers }: ModuleView): unknown {
  const { servers: _servers, host: _host, schemes: _schemes, basePath, ...rest } = publishedDocument(document);
  const paths = Object.fromEntries(
    Object.entries(record(rest['paths'])).map(([path, item]) => {
      const { servers: _own, ...pathItem } = record(item);
      const methods = METHODS.flatMap((method) => {
        if (typeof pathItem[method] !== 'object') return [];
        const { servers: _inner, ...operation } = record(pathItem[method]);
        return [[method, operation] as const];
      });
      return [path, { ...pathItem, ...Object.fromEntries(methods) }];
    }),
  );
  const bases = [...new Set(servers.map(({ url }) => basePathOf(url)))];
  return document.dialect === '2.0'
    ? { ...rest, ...(basePath === undefined ? {} : { basePath }), paths }
    : { ...rest, servers: (bases.length === 0 ? ['/'] : bases).map((url) => ({ url })), paths };
}

/** The path of a server's URL; `/` for the root. Variables stay as they are. */
function basePathOf(url: string): string {
  const path = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  return path.startsWith('/') ? path : `/${path}`;
}

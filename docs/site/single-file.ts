/** The whole site in one HTML file, for a partner without a server: every page an article, shown one at a time by script, all of them one after the other without. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../operations/index.ts';
import { html, trusted } from './html.ts';
import type { Html } from './html.ts';
import type { SiteModel } from './model.ts';
import { header, navigation, OVERVIEW, say, siteTitle } from './pages/page.ts';
import type { PageContext, PageList } from './pages/page.ts';
import { buildSearchIndex } from './search-index.ts';

const ASSETS = join(import.meta.dirname, 'assets');

export function singleFile(model: SiteModel, preset: Language, pages: PageList): string {
  const languages: readonly Language[] = preset === 'zh' ? ['zh', 'en'] : ['en', 'zh'];
  const style = readFileSync(join(ASSETS, 'site.css'), 'utf8');
  const script = readFileSync(join(ASSETS, 'site.js'), 'utf8');
  const policy = `default-src 'none'; script-src '${hash(script)}'; style-src '${hash(style)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const first: PageContext = { model, language: preset, path: OVERVIEW, preset, isSingle: true };
  // A data block: never run, and nothing in it can end it early.
  const index = trusted(
    `<script type="application/json" id="search-index">${JSON.stringify(buildSearchIndex(model)).replaceAll('<', '\\u003c')}</script>`,
  );
  return html`<!doctype html>
    <html lang="${preset === 'zh' ? 'zh-CN' : 'en'}" data-single="${preset}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${siteTitle(first)}</title>
        <link rel="icon" href="data:," />
        ${trusted(`<style>${style}</style><script>${script}</script>`)}
      </head>
      <body>
        ${languages.map((language) => languagePart({ ...first, language }, pages))} ${index}
      </body>
    </html> `.html;
}

function languagePart(context: PageContext, pages: PageList): Html {
  const { language } = context;
  const other = language === 'zh' ? 'en' : 'zh';
  const articles = pages.map(
    ([path, page]) => html`<article class="page" id="${language}/${path}" tabindex="-1">${page({ ...context, path }).main}</article> `,
  );
  const head = header(
    context,
    html`<a class="switch" href="#${other}/${OVERVIEW}" lang="${other === 'zh' ? 'zh-CN' : 'en'}" data-language="${other}"
      >${other === 'zh' ? '中文' : 'English'}</a
    >`,
  );
  // Both languages stand in one document, where an id may be met only once.
  const named = trusted(head.html.replace(/\b(id|for|aria-controls)="(search|results|search-status|theme)"/g, `$1="$2-${language}"`));
  return html`<div class="language" data-language="${language}" lang="${language === 'zh' ? 'zh-CN' : 'en'}">
    ${named}
    <div class="frame">
      ${navigation(context)}
      <main aria-label="${say(context, '正文', 'Content')}">${articles}</main>
    </div>
  </div> `;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

import { createHash } from 'node:crypto';
import type { Language } from '../../../operations/index.ts';
import { both, html } from '../../report/index.ts';
import type { Html } from '../../report/index.ts';
import { LEVELS } from '../change.ts';
import type { Level } from '../change.ts';
import type { DiffResult, PlacedChange } from '../result.ts';
import { LEVEL_TEXTS, ruleTitle } from '../rule-texts.ts';
import { headline, operationText, SIDES, SYMBOLS } from './words.ts';

export interface DiffHtmlOptions {
  /** The language that is shown first; the page has both. Default English. */
  readonly language?: Language;
}

const MAX_LISTED = 2_000;

const STYLE = `
:root{color-scheme:light dark;font:15px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;--line:light-dark(#dfe3e8,#2d353e);--faint:light-dark(#56616d,#a0abb7);--breaking:light-dark(#b42318,#ff9a91);--warning:light-dark(#854a0e,#f3c969);--compatible:light-dark(#1d4f91,#9cc3f7)}
body{max-width:70rem;margin:0 auto;padding:1rem 1.25rem 3rem}h1{font-size:1.5rem}h2{margin:2rem 0 .5rem;font-size:1.2rem}h3{margin:1.2rem 0 .4rem;font-size:.95rem;overflow-wrap:anywhere}
html:has(#language-en:checked) .zh,html:has(#language-zh:checked) .en{display:none}
.languages{float:right;border:0;margin:0;padding:0}ul{list-style:none;margin:0;padding:0}
li{border-left:4px solid var(--line);padding:.3rem .9rem;margin:.4rem 0}li.breaking{border-color:var(--breaking)}li.warning{border-color:var(--warning)}li.compatible{border-color:var(--compatible)}
.level{font-weight:650}.breaking .level{color:var(--breaking)}.warning .level{color:var(--warning)}.compatible .level{color:var(--compatible)}
code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.85em;overflow-wrap:anywhere}p{margin:.1rem 0;overflow-wrap:anywhere}.faint{color:var(--faint);font-size:.85rem}
@media print{.languages{display:none}li{break-inside:avoid}}
`;

/** One page without scripts: every change by document and operation, in both languages, for a browser and for print. */
export function diffHtml(result: DiffResult, { language = 'en' }: DiffHtmlOptions = {}): string {
  const title = headline(result);
  const ordered = [...result.changes].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  const shown = ordered.slice(0, MAX_LISTED);
  const rest = ordered.length - shown.length;
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  const body = html`<main>
    <fieldset class="languages">
      <label><input type="radio" name="language" id="language-en" ${checked(language === 'en')} /> English</label>
      <label><input type="radio" name="language" id="language-zh" ${checked(language === 'zh')} /> 中文</label>
    </fieldset>
    <h1>${both(title)}</h1>
    ${LEVELS.map((level) => legend(level, result.counts[level]))}
    ${[...Map.groupBy(shown, ({ document }) => document)].map(([document, changes]) => documentHtml(document, changes, result))}
    ${rest > 0 ? html`<p class="faint">${both({ en: `${rest} more changes are not listed`, zh: `另有 ${rest} 处变化未列出` })}</p>` : undefined}
  </main>`;
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title[language]}</title><style>${STYLE}</style></head>
<body>${body.html}</body>
</html>
`;
}

function checked(is: boolean): Html {
  return { html: is ? ' checked' : '' };
}

function legend(level: Level, count: number): Html | undefined {
  if (count === 0) return undefined;
  const { name, advice } = LEVEL_TEXTS[level];
  return html`<p class="${level}">
    <span class="level">${SYMBOLS[level]} ${count} ${both(name)}</span> <span class="faint">${both(advice)}</span>
  </p>`;
}

function documentHtml(document: string, changes: readonly PlacedChange[], result: DiffResult): Html {
  const title =
    result.new.find(({ name }) => name === document)?.title ?? result.old.find(({ name }) => name === document)?.title ?? document;
  const groups = Map.groupBy(changes, (change) => operationText(change, 'en') ?? '');
  return html`<section>
    <h2>${title} <code>${document}</code></h2>
    ${[...groups].map(
      ([operation, list]) =>
        html`${operation === '' ? undefined : html`<h3><code>${operation}</code></h3>`}
          <ul>
            ${list.map(changeHtml)}
          </ul>`,
    )}
  </section>`;
}

function changeHtml(change: PlacedChange): Html {
  const { level, rule, pointer, message, messageZh, oldPlace, newPlace, id, side } = change;
  const places = [oldPlace, newPlace].flatMap((place) => (place === undefined ? [] : [`${place.file}:${place.line}`])).join(' → ');
  return html`<li class="${level}" id="${id}">
    <p>
      <span class="level">${SYMBOLS[level]} ${both(LEVEL_TEXTS[level].name)}</span> ${both(ruleTitle(rule))}
      <span class="faint">${both(SIDES[side])}</span>
    </p>
    <p>${pointer === '' ? undefined : html`<code>${pointer}</code> `}${both({ en: message, zh: messageZh })}</p>
    <p class="faint"><code>${places}</code> <code>${rule} ${id}</code></p>
  </li>`;
}

import { createHash } from 'node:crypto';
import type { Language } from '../../../operations/index.ts';
import type { DocumentExcerpt } from '../../document-place.ts';
import type { OperationName } from '../../finding.ts';
import type { CheckResult, Group } from '../../result.ts';
import { SEVERITIES, SEVERITY_SYMBOLS, SIDES, BASELINE_STATES, count, text } from '../text.ts';
import type { Text } from '../text.ts';
import { failingFirst, verdictOf } from '../verdict.ts';
import { coverageHtml, heatMapHtml } from './coverage.ts';
import { groupHtml } from './group.ts';
import { figuresHtml, headerHtml } from './header.ts';
import { both, html, short } from './markup.ts';
import type { Html } from './markup.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

export interface HtmlReportOptions {
  /** Shown first; the page has both. Default English. */
  readonly language?: Language;
  /** The lines of a document around an address, as `createDocumentPlaces` gives them. */
  readonly excerptOf?: (address: string, document?: string) => DocumentExcerpt | undefined;
  /** What a document calls an operation, instead of its id. */
  readonly summaryOf?: (operation: OperationName) => string | undefined;
  /** How to run the check again. */
  readonly command?: string;
}

/** Bytes of markup for groups with whole exchanges, and for all groups: 5,000 of them stay below 10 MB. */
const RICH_BYTES = 2 * 1024 * 1024;
const GROUP_BYTES = 7 * 1024 * 1024;

/**
 * The result as one HTML file without any request to elsewhere: verdict, figures, map, root causes with their exchanges, coverage. All of it can be read
 * without scripts; the script adds search, the keyboard and copying. A Content Security Policy allows the page's own style and script by their hashes and nothing
 * else, so text of strangers could do nothing even if it were markup.
 */
export function htmlReport(result: CheckResult, options: HtmlReportOptions = {}): string {
  const { language = 'en', summaryOf, command } = options;
  const verdict = verdictOf(result);
  const title = { en: 'Contract check', zh: '契约检查报告' };
  const policy = `default-src 'none'; style-src 'sha256-${hash(STYLE)}'; script-src 'sha256-${hash(SCRIPT)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title[language]}: ${verdict.headline[language]}</title>
        <link rel="icon" href="data:," />
        ${element('style', STYLE)}
      </head>
      <body>
        <a class="skip" href="#findings">${both(text('Skip to the findings', '跳到问题列表'))}</a>
        <header class="top">
          <h1>${both(title)}</h1>
          <nav aria-label="Sections · 章节">
            <a href="#map">${both(text('Map', '覆盖图'))}</a><a href="#findings">${both(text('Findings', '问题'))}</a
            ><a href="#coverage">${both(text('Coverage', '明细'))}</a>
          </nav>
          <fieldset class="languages">
            <legend>Language · 语言</legend>
            ${languageHtml('en', 'English', language)}${languageHtml('zh', '中文', language)}
          </fieldset>
        </header>
        <main>
          ${headerHtml(result, command)} ${figuresHtml(result)} ${heatMapHtml(result, summaryOf)} ${findingsHtml(result, options)}
          ${baselineHtml(result)} ${coverageHtml(result, summaryOf)}
        </main>
        <footer>
          <p>
            ${both(text('Made by Hufu. Credentials, cookies and whatever a document marks as sensitive are masked.', '由 Hufu 生成。凭证、Cookie 以及文档标记为敏感的内容均已隐藏。'))}
          </p>
        </footer>
        ${element('script', SCRIPT)}
      </body>
    </html> `;
  return page.html;
}

/** Our own style or script, to the letter: a space more and its hash is another. */
function element(tag: 'style' | 'script', content: string): Html {
  return { html: `<${tag}>${content}</${tag}>` };
}

function hash(content: string): string {
  return createHash('sha256').update(content).digest('base64');
}

function languageHtml(value: Language, name: string, chosen: Language): Html {
  return html`<label
    ><input type="radio" name="language" id="language-${value}" value="${value}" ${value === chosen ? html` checked` : undefined} /><span
      >${name}</span
    ></label
  >`;
}

function findingsHtml(result: CheckResult, { excerptOf }: HtmlReportOptions): Html {
  const heading = html`<h2>${both(text('Findings by root cause', '问题（按根因归并）'))}</h2>`;
  if (result.groups.length === 0)
    return html`<section id="findings">
      ${heading}
      <p class="none">${both(text('None.', '没有发现问题。'))}</p>
    </section>`;
  const shown: Html[] = [];
  let bytes = 0;
  let opened = false;
  for (const group of failingFirst(result.groups)) {
    if (bytes > GROUP_BYTES) break;
    const isOpen: boolean = !opened && group.severity === 'error' && group.baseline !== 'known';
    opened ||= isOpen;
    const rendered = groupHtml(group, { result, excerptOf, isRich: bytes < RICH_BYTES, isOpen });
    bytes += Buffer.byteLength(rendered.html);
    shown.push(rendered);
  }
  const left = result.groups.length - shown.length;
  return html`<section id="findings">
    ${heading} ${toolbarHtml(result)}
    <div id="groups" ${shown.length > 200 ? html` class="many"` : undefined}>${shown}</div>
    ${left > 0 ? html`<p class="none">${both(text(`${count(left)} more root causes are in the JSON report.`, `另有 ${count(left)} 类问题，见 JSON 报告。`))}</p>` : undefined}
  </section>`;
}

/** Check boxes work by style alone; search and the choice of a document need the script. */
function toolbarHtml(result: CheckResult): Html {
  const named = new Set(result.groups.flatMap((group) => group.operations.map((operation) => operation.document)));
  const modules = result.documents.filter((document) => named.has(document.name));
  const boxes = <Key extends string>(kind: string, names: Readonly<Record<Key, Text>>, has: (group: Group, key: Key) => boolean): Html[] =>
    (Object.keys(names) as Key[])
      .map((key) => ({ key, number: result.groups.filter((group) => has(group, key)).length }))
      .filter(({ number }) => number > 0)
      .map(
        ({ key, number }) =>
          html`<label class="box"
            ><input type="checkbox" id="${kind}-${key}" checked /><span>${both(names[key])} ${count(number)}</span></label
          >`,
      );
  const severities = boxes('severity', withSymbols(), (group, key) => group.severity === key);
  const sides = boxes('side', SIDES, (group, key) => group.side === key);
  const states =
    result.baseline === undefined
      ? []
      : boxes('state', BASELINE_STATES, (group, key) => (group.baseline ?? (group.severity === 'notice' ? undefined : 'new')) === key);
  return html`<div class="toolbar" role="group" aria-label="Filter · 筛选">
    <span class="js-only search"
      ><input
        type="search"
        id="search"
        placeholder="/  Filter · 筛选"
        aria-label="Filter the findings · 筛选问题"
        autocomplete="off"
      /><select id="module" aria-label="Document · 文档">
        <option value="">All documents · 全部文档</option>
        ${modules.map((document) => html`<option value="${document.name}">${short(document.title, 60)}</option>`)}
      </select></span
    >
    <span class="boxes">${severities}</span
    ><span class="boxes">${sides}</span>${states.length === 0 ? undefined : html`<span class="boxes">${states}</span>`}
    <span class="js-only tally" id="tally" role="status"></span>
    <span class="js-only keys"
      ><kbd>j</kbd><kbd>k</kbd> ${both(text('next, previous', '上下切换'))} <kbd>n</kbd
      ><kbd>p</kbd> ${both(text('highlighted values', '高亮位置'))} <kbd>/</kbd> ${both(text('filter', '筛选'))}</span
    >
  </div>`;
}

function withSymbols(): Readonly<Record<Group['severity'], Text>> {
  const symbolOf = (severity: Group['severity']): Text => ({
    en: `${SEVERITY_SYMBOLS[severity]} ${SEVERITIES[severity].en}`,
    zh: `${SEVERITY_SYMBOLS[severity]} ${SEVERITIES[severity].zh}`,
  });
  return { error: symbolOf('error'), warning: symbolOf('warning'), notice: symbolOf('notice') };
}

function baselineHtml(result: CheckResult): Html | undefined {
  const { baseline } = result;
  if (baseline === undefined || baseline.fixed.length === 0) return undefined;
  return html`<section id="fixed">
    <h2>${both(text('Fixed since the baseline', '基线以来已修复'))}</h2>
    <p>
      ${both(text('No exchange shows these any more. Remove them from', '以下问题不再出现，可从基线中移除：'))}
      <code>${short(baseline.file, 200)}</code>
    </p>
    <ul class="fixed">
      ${baseline.fixed.slice(0, 500).map((entry) => html`<li><b>✓</b> ${short(entry.message, 300)} <code>${short(entry.rule, 80)}</code> <code class="pointer">${entry.id}</code><br /><span class="soft">${short(entry.reason, 300)}</span></li>`)}
    </ul>
  </section>`;
}

import type { CheckResult } from '../../result.ts';
import { figuresOf } from '../figures.ts';
import type { Figure } from '../figures.ts';
import { failing, verdictOf } from '../verdict.ts';
import { count, percent, plural, skippedText, text } from '../text.ts';
import { both, html, short } from './markup.ts';
import type { Html } from './markup.ts';

const SYMBOLS = { passed: '✓', failed: '✕', void: '!' } as const;
const MAX_LISTED = 50;

/** The verdict in words, what it is worth, and what was run. */
export function headerHtml(result: CheckResult, command: string | undefined): Html {
  const verdict = verdictOf(result);
  return html`<section class="verdict ${verdict.state}">
      <span class="symbol" aria-hidden="true">${SYMBOLS[verdict.state]}</span>
      <div>
        <h2>${both(verdict.headline)}</h2>
        <p>${both(ran(result))}</p>
      </div>
    </section>
    ${
      verdict.doubts.length === 0
        ? undefined
        : html`<section class="doubts" aria-label="Before you trust this · 使用前请注意">
            <h3>${both(text('Before you trust this', '使用前请注意'))}</h3>
            <ul>
              ${verdict.doubts.map((doubt) => html`<li>${both(doubt)}</li>`)}
            </ul>
          </section>`
    }
    <details class="inputs">
      <summary>
        ${both(text('What was checked', '检查范围'))}:
        ${both(text(`${plural(result.recordings.length, 'recording')}, ${plural(result.documents.length, 'document')}`, `${count(result.recordings.length)} 份录制，${count(result.documents.length)} 份文档`))}
      </summary>
      <div class="columns">
        <div>
          <h4>${both(text('Recordings', '录制'))}</h4>
          <ul>
            ${result.recordings.slice(0, MAX_LISTED).map((recording) => html`<li><code>${short(recording.file, 200)}</code> ${both(text(plural(recording.exchanges, 'exchange'), `${count(recording.exchanges)} 次交换`))}, ${short(recording.format, 80)}</li>`)}${rest(result.recordings.length)}
          </ul>
        </div>
        <div>
          <h4>${both(text('Documents', '文档'))}</h4>
          <ul>
            ${result.documents.slice(0, MAX_LISTED).map((document) => html`<li><code>${short(document.file, 200)}</code> ${short(document.title, 120)}, OpenAPI ${document.dialect}, ${both(text(plural(document.operations, 'operation'), `${count(document.operations)} 个接口`))}</li>`)}${rest(result.documents.length)}
          </ul>
        </div>
      </div>
      ${
        command === undefined
          ? undefined
          : html`<h4>${both(text('Run it again', '重新运行'))}</h4>
              <div class="copyable">
                <pre tabindex="0"><code>${command}</code></pre>
                <button type="button" class="copy js-only">${both(text('Copy', '复制'))}</button>
              </div>`
      }
    </details>`;
}

function rest(length: number): Html | undefined {
  return length > MAX_LISTED
    ? html`<li>${both(text(`and ${count(length - MAX_LISTED)} more`, `另有 ${count(length - MAX_LISTED)} 份`))}</li>`
    : undefined;
}

function ran(result: CheckResult): { en: string; zh: string } {
  const { total, judged, clean, skipped } = result.exchanges;
  const aside = Object.entries(skipped);
  const list = (language: 'en' | 'zh'): string =>
    aside.map(([reason, number]) => `${skippedText(short(reason, 40))[language]} ${count(number)}`).join(language === 'en' ? ', ' : '、');
  return text(
    `${count(judged)} of ${count(total)} exchanges judged, ${count(clean)} without an error${aside.length === 0 ? '' : `; left aside: ${list('en')}`}`,
    `共 ${count(total)} 次交换，判断 ${count(judged)} 次，其中 ${count(clean)} 次无错误${aside.length === 0 ? '' : `；未计入：${list('zh')}`}`,
  );
}

/** Five figures: what was exercised, and what was found. */
export function figuresHtml(result: CheckResult): Html {
  return html`<section class="figures" aria-label="Figures · 数据">${figuresOf(result).map(figureHtml)}${findingsHtml(result)}</section>`;
}

function figureHtml({ title, covered, failing: wrong, total }: Figure): Html {
  const share = percent(covered + wrong, total);
  const note =
    wrong > 0
      ? text(`${count(wrong)} of them only with errors`, `其中 ${count(wrong)} 项只在出错时出现`)
      : total === covered
        ? text(total === 0 ? 'nothing documented' : 'all of them', total === 0 ? '文档未声明' : '全部覆盖')
        : text(`${count(total - covered - wrong)} not seen`, `${count(total - covered - wrong)} 项未触及`);
  return html`<div class="figure">
    <h3>${both(title)}</h3>
    <p class="value"><b>${share === undefined ? '–' : `${share}%`}</b> <span>${count(covered + wrong)} / ${count(total)}</span></p>
    ${barHtml(covered, wrong, total)}
    <p class="note">${both(note)}</p>
  </div>`;
}

/** Covered, covered only with errors, and the rest. */
export function barHtml(covered: number, wrong: number, total: number): Html {
  const width = (part: number): string => (total === 0 ? '0' : ((part / total) * 100).toFixed(2));
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="rest" width="100" height="6" />
    <rect class="good" width="${width(covered)}" height="6" />
    <rect class="bad" x="${width(covered)}" width="${width(wrong)}" height="6" />
  </svg>`;
}

function findingsHtml(result: CheckResult): Html {
  const wrong = failing(result.groups).length;
  const { baseline } = result;
  const others = result.groups.filter((group) => group.severity !== 'error').length;
  const note =
    baseline === undefined
      ? text(
          `and ${plural(others, 'warning or notice', 'warnings and notices')}; no baseline`,
          `另有 ${count(others)} 类警告与提示；未使用基线`,
        )
      : text(
          `${count(baseline.new)} new · ${count(baseline.known)} known · ${count(baseline.expired)} expired · ${count(baseline.fixed.length)} fixed`,
          `新增 ${count(baseline.new)} · 已知 ${count(baseline.known)} · 过期 ${count(baseline.expired)} · 已修复 ${count(baseline.fixed.length)}`,
        );
  const times = result.groups.reduce((total, group) => total + group.count, 0);
  return html`<div class="figure ${wrong > 0 ? 'wrong' : ''}">
    <h3>${both(text('Root causes that fail', '导致未通过的问题'))}</h3>
    <p class="value">
      <b>${count(wrong)}</b>
      <span
        >${both(text(`of ${count(result.groups.length)}, met ${count(times)} times`, `共 ${count(result.groups.length)} 类，${count(times)} 次`))}</span
      >
    </p>
    <p class="note">${both(note)}</p>
  </div>`;
}

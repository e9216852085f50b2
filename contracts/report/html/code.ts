import { jsonLines, looksLikeJson } from '../../json-text.ts';
import type { JsonLine, JsonMark } from '../../json-text.ts';
import { text } from '../text.ts';
import { both, html, short } from './markup.ts';
import type { Html } from './markup.ts';

const LINES_BEFORE = 40;
const LINES_AFTER = 120;
const MAX_LINE = 1_000;
const MAX_PLAIN = 8 * 1024;

/** A body laid out, the marked value highlighted; a long one is cut to the lines around the mark. */
export function bodyCode(body: string, mark: JsonMark | undefined): Html {
  if (!looksLikeJson(body)) return html`<code>${plain(body, mark)}</code>`;
  const all = jsonLines(body, mark);
  const at = all.findIndex((line) => line.mark !== undefined);
  const from = Math.max(0, at - LINES_BEFORE);
  const shown = all.slice(from, Math.max(at, 0) + LINES_AFTER);
  const after = all.length - from - shown.length;
  return html`<code>${leftOut(from)}${shown.map(lineHtml)}${leftOut(after)}</code>`;
}

/** Whether a mark is found in a body. */
export function holdsMark(body: string, mark: JsonMark | undefined): boolean {
  if (mark === undefined) return false;
  return looksLikeJson(body) ? jsonLines(body, mark).some((line) => line.mark !== undefined) : mark.pointer === '';
}

function plain(body: string, mark: JsonMark | undefined): Html {
  const shown = short(body, MAX_PLAIN);
  return mark?.pointer === '' ? html`<mark class="hit">${shown}</mark>` : html`${shown}`;
}

function leftOut(count: number): Html | undefined {
  return count <= 0 ? undefined : html`<span class="line gap">${both(text(`⋯ ${count} lines`, `⋯ ${count} 行`))}</span>`;
}

function lineHtml({ depth, key, text: value, mark }: JsonLine): Html {
  const indent = '  '.repeat(Math.min(depth, 40));
  const name = key === undefined ? undefined : html`<span class="key">${short(key, MAX_LINE)}</span>: `;
  if (mark === 'missing') return html`<mark class="line hit">${indent}${name}<em>${both(text('missing', '缺失'))}</em></mark>`;
  const content = html`${name}<span class="${kindOf(value)}">${short(value, MAX_LINE)}</span>`;
  return mark === undefined ? html`<span class="line">${indent}${content}</span>` : html`<mark class="line hit">${indent}${content}</mark>`;
}

function kindOf(value: string): string {
  if (value.startsWith('"')) return 's';
  if (/^[-\d]/.test(value)) return 'n';
  return /^(?:true|false|null)/.test(value) ? 'w' : 'b';
}

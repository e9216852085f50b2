import type { Text } from '../text.ts';

/** Markup that is safe to put into the page: only {@link html} makes it. */
export interface Html {
  readonly html: string;
}

export type Piece = string | number | Html | undefined | readonly Piece[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as text, in an element and in a quoted attribute: nothing a stranger wrote becomes markup. */
export function escape(text: string): string {
  return (
    text
      .toWellFormed()
      // eslint-disable-next-line no-control-regex -- control characters are no text; browsers would drop or misread them
      .replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, '\uFFFD')
      .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
  );
}

/** Templates without the indentation of their source. */
const dense = new WeakMap<TemplateStringsArray, readonly string[]>();

/** A template whose values are escaped; lists are joined, `undefined` is nothing. Attribute values must stand in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Html {
  let parts = dense.get(strings);
  if (parts === undefined) {
    parts = strings.map((part) => part.replaceAll(/\n\s*/g, '\n'));
    dense.set(strings, parts);
  }
  let written = parts[0] ?? '';
  for (const [index, value] of values.entries()) written += render(value) + (parts[index + 1] ?? '');
  return { html: written };
}

function render(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'string') return escape(piece);
  if (typeof piece === 'number') return String(piece);
  return 'html' in piece ? piece.html : piece.map(render).join('');
}

/** A text in both languages; the page's switch shows one of them. */
export function both(text: Text): Html {
  if (text.en === text.zh) return html`${text.en}`;
  return html`<span class="en" lang="en">${text.en}</span><span class="zh" lang="zh-CN">${text.zh}</span>`;
}

/** At most so many characters; none is cut in two. */
export function short(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}

import { writeJson } from '../../../operations/index.ts';
import { html, trusted, escape } from '../html.ts';
import type { Html } from '../html.ts';
import { say } from './page.ts';
import type { PageContext } from './page.ts';

const MAX_LENGTH = 60_000;

/** Preformatted text that can be scrolled by keyboard and copied. */
export function codeBlock(context: PageContext, text: string, label: string): Html {
  return copyable(context, cut(text), label);
}

/** A JSON value with its parts coloured; a text that is no JSON stands as it is. */
export function jsonBlock(context: PageContext, value: unknown, label: string): Html {
  if (typeof value === 'string' && value.includes('\n')) return codeBlock(context, value, label);
  return copyable(context, trusted(coloured(cut(writeJson(value, 2)))), label);
}

function copyable(context: PageContext, code: string | Html, label: string): Html {
  return html`<div class="code">
    <button
      type="button"
      class="copy"
      data-done="${say(context, '已复制', 'Copied')}"
      aria-label="${say(context, `复制：${label}`, `Copy: ${label}`)}"
    >
      ${say(context, '复制', 'Copy')}
    </button>
    <pre tabindex="0" role="group" aria-label="${label}"><code>${code}</code></pre>
  </div>`;
}

function cut(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}\n…` : text;
}

/** Keys only: they are what a reader looks for, and more colours would cost more than they tell. */
function coloured(json: string): string {
  return json
    .split('\n')
    .map((line) => {
      const match = /^(\s*)("(?:[^"\\]|\\.)*")(: .*)$/.exec(line);
      return match === null ? escape(line) : `${match[1] ?? ''}<i>${escape(match[2] ?? '')}</i>${escape(match[3] ?? '')}`;
    })
    .join('\n');
}

/** Descriptions are CommonMark (OpenAPI 3.1 section 4.6). Raw HTML stays text, and nothing is loaded from anywhere. */
import MarkdownIt from 'markdown-it';
import { trusted } from './html.ts';
import type { Html } from './html.ts';

/** A longer description is cut: no reader gets there, and rendering takes time. */
const MAX_LENGTH = 100_000;

const engine = new MarkdownIt({ html: false, linkify: false, typographer: false });
const { rules, renderToken } = { rules: engine.renderer.rules, renderToken: engine.renderer.renderToken.bind(engine.renderer) };

// A picture would be fetched from a host the reader did not choose: it becomes a link.
rules['image'] = (tokens, index) => {
  const token = tokens[index];
  const address = String(token?.attrGet('src') ?? '');
  const label = token?.content === undefined || token.content === '' ? address : token.content;
  return `<a href="${engine.utils.escapeHtml(address)}" rel="noopener noreferrer">${engine.utils.escapeHtml(label)}</a>`;
};
rules['link_open'] = (tokens, index, options) => {
  tokens[index]?.attrSet('rel', 'noopener noreferrer');
  return renderToken(tokens, index, options);
};
// Headings of a description are no headings of the page.
rules['heading_open'] = () => '<p class="heading">';
rules['heading_close'] = () => '</p>\n';
rules['table_open'] = () => '<div class="scroll" tabindex="0" role="group"><table>\n';
rules['table_close'] = () => '</table></div>\n';
// Alignment is a style attribute, which the page's policy refuses.
for (const name of ['th_open', 'td_open'])
  rules[name] = (tokens, index, options) => {
    const token = tokens[index];
    if (token !== undefined) token.attrs = null;
    return renderToken(tokens, index, options);
  };

/** Paragraphs, lists, tables, code. */
export function block(source: string): Html {
  return source.trim() === '' ? trusted('') : trusted(engine.render(prepared(source)));
}

/** One line: no paragraph around it. */
export function inline(source: string): Html {
  return trusted(engine.renderInline(prepared(source).replace(/\s*\n\s*/g, ' ')));
}

/** The words alone, for titles, search and attributes. */
export function plain(source: string): string {
  const words: string[] = [];
  for (const token of engine.parse(prepared(source), {})) {
    if (token.type === 'fence' || token.type === 'code_block') words.push(token.content);
    for (const child of token.children ?? []) if (child.content !== '') words.push(child.content);
    if (token.type.endsWith('_close')) words.push(' ');
  }
  return words.join('').replace(/\s+/g, ' ').trim();
}

function prepared(source: string): string {
  return source.slice(0, MAX_LENGTH).replace(/<br\s*\/?>/gi, '  \n');
}

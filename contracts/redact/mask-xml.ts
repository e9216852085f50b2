import { NO_MARK } from './marks.ts';
import type { Mark } from './marks.ts';
import { unescaped, ENTITY } from './escapes.ts';
import { maskValue } from './mask-value.ts';
import type { Mask } from './mask-value.ts';

interface Element {
  readonly name: string;
  readonly mark: Mark;
}

const MAX_DEPTH = 1_000;
const ATTRIBUTE = /(?<![^\s=/"'])([^\s=/"']{1,1000})(\s*=\s*)("[^"]*"|'[^']*')/g;

/**
 * Masks texts and attributes of XML by the names of their elements; nothing is refused, what is cut or not well-formed is read as far as it goes.
 * @param root of the value that the root element holds.
 */
export function maskXml(text: string, root: Mark, mask: Mask): string {
  const pieces: string[] = [];
  const open: Element[] = [];
  let tooDeep = 0;
  for (let at = 0; at < text.length;) {
    const end = markupEnd(text, at);
    const piece = text.slice(at, end);
    at = end;
    if (!piece.startsWith('<')) {
      pieces.push(maskText(piece, open.at(-1), mask));
    } else if (piece.startsWith('<![CDATA[')) {
      const inner = piece.slice(9, piece.endsWith(']]>') ? -3 : undefined);
      pieces.push('<![CDATA[', maskWhole(inner, open.at(-1), mask), piece.slice(9 + inner.length));
    } else if (piece.startsWith('</')) {
      if (tooDeep > 0) tooDeep -= 1;
      else open.pop();
      pieces.push(piece);
    } else if (/^<[!?]/.test(piece)) {
      pieces.push(piece);
    } else {
      const name = localName(/^<([^\s/>]*)/.exec(piece)?.[1] ?? '');
      const parent = open.at(-1);
      const element = { name, mark: parent === undefined ? root : childMark(parent.mark, name) };
      pieces.push(maskAttributes(piece, element, mask));
      if (piece.endsWith('/>')) continue;
      if (open.length >= MAX_DEPTH) tooDeep += 1;
      else open.push(element);
    }
  }
  return pieces.join('');
}

/** Where the text, tag, comment, CDATA section or instruction that begins here ends. */
function markupEnd(text: string, at: number): number {
  if (text.charAt(at) !== '<') return orEnd(text, text.indexOf('<', at), 0);
  if (text.startsWith('<!--', at)) return orEnd(text, text.indexOf('-->', at + 4), 3);
  if (text.startsWith('<![CDATA[', at)) return orEnd(text, text.indexOf(']]>', at + 9), 3);
  if (text.startsWith('<?', at)) return orEnd(text, text.indexOf('?>', at + 2), 2);
  let quote = '';
  for (let index = at + 1; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return index + 1;
  }
  return text.length;
}

function orEnd(text: string, index: number, length: number): number {
  return index < 0 ? text.length : index + length;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** An element is a property of its parent, or one of the items of a list, wrapped or not (OpenAPI 3.1 section 4.8.26). */
function childMark(parent: Mark, name: string): Mark {
  const own = parent.property(name);
  if (own !== NO_MARK) return own.item().deep() ? own.item() : own;
  const item = parent.item();
  const inItem = item.property(name);
  return inItem === NO_MARK ? item : inItem;
}

function maskText(raw: string, element: Element | undefined, mask: Mask): string {
  if (raw.trim() === '') return raw;
  const text = plainText(raw.trim());
  const masked = maskWhole(text, element, mask);
  return masked === text ? raw : raw.replace(raw.trim(), () => escaped(masked));
}

function maskWhole(text: string, element: Element | undefined, mask: Mask): string {
  return maskValue(text, element?.name ?? '', element?.mark ?? NO_MARK, mask);
}

function maskAttributes(tag: string, element: Element, mask: Mask): string {
  if (!tag.includes('=')) return tag;
  return tag.replace(ATTRIBUTE, (all, name: string, equals: string, quoted: string) => {
    const text = plainText(quoted.slice(1, -1));
    const masked = maskValue(text, localName(name), element.mark.property(localName(name)), mask);
    return masked === text ? all : `${name}${equals}"${escaped(masked)}"`;
  });
}

function plainText(raw: string): string {
  if (!raw.includes('&')) return raw;
  const bytes = Buffer.from(raw);
  return unescaped({ bytes, start: (offset) => offset, end: (offset) => offset }, ENTITY)?.bytes.toString() ?? raw;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

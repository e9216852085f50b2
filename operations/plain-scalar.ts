/** Thrown for what the reader of plain YAML leaves to the parser of all of it. */
export class NotPlain extends Error {}

const SPACE = 32;
/** What no plain scalar begins with. */
const INDICATORS = '&*!|>\'"%@`#,[]{}?:-';
const NUMBER = /^(?:[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\da-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** The value of a plain scalar: YAML 1.2 core (section 10.3.2), integers beyond 2^53 as `bigint`. */
export function scalarOf(text: string): unknown {
  if (!/^(?:[-+.\d~]|null$|true$|false$)/i.test(text)) return text === '' ? null : text;
  if (/^(?:~|null|Null|NULL)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (/^-?\d+(?:\.\d+)?$/.test(text)) {
    const value = Number(text);
    if (Number.isSafeInteger(value) || (text.includes('.') && Number.isFinite(value))) return value;
    if (!text.includes('.')) return BigInt(text);
  }
  // Octal, hexadecimal, exponents, infinity: rare.
  if (NUMBER.test(text)) throw new NotPlain();
  return text;
}

/** Whether a text of one line is one plain scalar and nothing else. */
export function isPlain(written: string): boolean {
  const first = written.charAt(0);
  if (INDICATORS.includes(first) && (!'?:-'.includes(first) || written.length === 1 || written.charAt(1) === ' ')) return false;
  return !written.includes(': ') && !written.endsWith(':');
}

/** The text between quotes. Escapes are those that JSON has too; the others are rare. */
export function unquoted(written: string): string {
  if (written.startsWith("'")) return written.slice(1, -1).replaceAll("''", "'");
  if (!written.includes('\\')) return written.slice(1, -1);
  const json = written.replace(/\\(.)/gs, (escape, letter: string) => {
    if (letter === ' ') return ' ';
    if (!'"\\/bfnrtu'.includes(letter)) throw new NotPlain();
    return escape;
  });
  if (/\\u(?![\da-fA-F]{4})/.test(json.replaceAll('\\\\', ''))) throw new NotPlain();
  return JSON.parse(json) as string;
}

/** The lines of a quoted text, joined by blanks (YAML 1.2 section 7.3.1). */
export function joinQuoted(text: string, isSingle: boolean, parent: number): string {
  const [first = '', ...rest] = text.split('\n');
  let joined = first;
  let breaks = 0;
  for (const [index, line] of rest.entries()) {
    breaks += 1;
    const content = cutStart(line);
    const isLast = index === rest.length - 1;
    if (content === '' && !isLast) continue;
    if (line.length - content.length <= parent) throw new NotPlain();
    // A break behind a backslash is none (YAML 1.2 section 7.3.1).
    const isEscaped = !isSingle && /(?:^|[^\\])(?:\\\\)*\\$/.test(joined);
    const before = isEscaped ? joined.slice(0, -1) : cutEnd(joined);
    if (isEscaped ? breaks > 1 : before !== joined && before.endsWith('\\')) throw new NotPlain();
    joined = before + (isEscaped ? '' : breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + content;
    breaks = 0;
  }
  return joined;
}

/** Where the quote that begins at a place is closed; -1 where it is not before `limit`. */
export function closing(text: string, open: number, limit: number): number {
  const quote = text.charAt(open);
  for (let close = text.indexOf(quote, open + 1); close !== -1 && close < limit; close = text.indexOf(quote, close + 1)) {
    if (quote === "'") {
      if (text.charAt(close + 1) !== "'") return close;
      close += 1;
      continue;
    }
    let slashes = 0;
    while (text.charAt(close - 1 - slashes) === '\\') slashes += 1;
    if (slashes % 2 === 0) return close;
  }
  return -1;
}

export function countBreaks(text: string, from: number, to: number): number {
  let breaks = 0;
  for (let next = text.indexOf('\n', from); next !== -1 && next < to; next = text.indexOf('\n', next + 1)) breaks += 1;
  return breaks;
}

/** Lines are joined by blanks, but for empty ones and those that are indented by more (YAML 1.2 section 8.1.3). */
export function folded(lines: readonly string[]): string {
  let joined = '';
  let breaks = 0;
  let wasText = false;
  for (const [index, line] of lines.entries()) {
    if (line.startsWith(' ')) throw new NotPlain();
    if (index > 0) breaks += 1;
    if (line === '') continue;
    joined += breaks === 1 && wasText ? ' ' : '\n'.repeat(wasText ? breaks - 1 : breaks);
    joined += line;
    breaks = 0;
    wasText = true;
  }
  return joined;
}

/** Blanks of YAML are spaces (and tabs, which are not plain): what Unicode calls a space is text. */
export function cutEnd(line: string): string {
  let end = line.length;
  while (end > 0 && line.charCodeAt(end - 1) === SPACE) end -= 1;
  return line.slice(0, end);
}

export function cutStart(line: string): string {
  let start = 0;
  while (line.charCodeAt(start) === SPACE) start += 1;
  return line.slice(start);
}

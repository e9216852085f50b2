import { closing, countBreaks, cutEnd, folded, isPlain, joinQuoted, NotPlain, scalarOf, unquoted } from './plain-scalar.ts';

/**
 * YAML as documents are mostly written: block mappings and lists, plain, quoted and block texts, flow collections, anchors and aliases. Read by whole lines instead of by
 * characters, it takes a fifth of the time of a parser of all of YAML 1.2, and starts of the mock are mostly reading. It never judges: what it does not know for
 * certain, be it rare or wrong, is left to that parser, whose values and complaints are the ones that count.
 */

/** Levels of nesting that are read; deeper ones are left to the parser that knows how to refuse them. */
const MOST_LEVELS = 200;
/** Tabs, carriage returns, characters that are no text, and line ends of other systems: each has rules of its own. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for.
const ODD = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|^(?:---|\.\.\.|%)/m;
const [SPACE, QUOTE, APOSTROPHE, HASH, DASH, COLON] = [32, 34, 39, 35, 45, 58] as const;

/** The value of a text that is plain YAML; `undefined` for one that is not, or that is no YAML at all. */
export function readPlainYaml(given: string): unknown {
  const start = given.startsWith('---\n') ? 4 : 0;
  const text = (start === 0 ? given : given.slice(start)).replaceAll('\r\n', '\n');
  if (ODD.test(text) || !text.isWellFormed()) return undefined;
  try {
    return read(text);
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

function read(text: string): unknown {
  const anchors = new Map<string, unknown>();
  /** The line that is read: its first character that is no blank, its end, and how far it is indented. -1: there is none. */
  let at = 0;
  let end = -1;
  let indent = 0;
  let levels = 0;

  nextLine();
  if (indent !== 0) throw new NotPlain();
  const whole = block(0, -1);
  // Something stands behind it.
  if (at < text.length) throw new NotPlain();
  return whole;

  /** Goes to the next line that holds more than blanks and a comment. */
  function nextLine(): void {
    for (;;) {
      const start = end + 1;
      if (start >= text.length) {
        [at, end, indent] = [text.length, text.length, -1];
        return;
      }
      end = lineEnd(start);
      at = start;
      while (at < end && text.charCodeAt(at) === SPACE) at += 1;
      indent = at - start;
      if (at < end && text.charCodeAt(at) !== HASH) return;
    }
  }

  function lineEnd(from: number): number {
    const found = text.indexOf('\n', from);
    return found === -1 ? text.length : found;
  }

  /** The node that begins where the line now stands, at a column; its lines are indented by more than `parent`. */
  function block(column: number, parent: number): unknown {
    levels += 1;
    if (levels > MOST_LEVELS) throw new NotPlain();
    const value = isItem() ? list(column) : keyEnd() === -1 ? scalar(parent) : mapping(column);
    levels -= 1;
    return value;
  }

  function isItem(): boolean {
    return text.charCodeAt(at) === DASH && (at + 1 === end || text.charCodeAt(at + 1) === SPACE);
  }

  function list(column: number): unknown[] {
    const items: unknown[] = [];
    do {
      const dash = at;
      at += 1;
      skipBlanks();
      const name = anchor();
      const inside = column + at - dash;
      if (isOver()) items.push(named(name, below(column, false)));
      else if (name === undefined && (isItem() || keyEnd() !== -1)) items.push(block(inside, column));
      else items.push(named(name, scalar(column)));
    } while (goesOn(column, true));
    return items;
  }

  function mapping(column: number): Record<string, unknown> {
    const members: Record<string, unknown> = {};
    do {
      const colon = keyEnd();
      if (colon === -1) throw new NotPlain();
      const key = keyAt(colon);
      if (Object.hasOwn(members, key) || key === '__proto__' || key === '<<') throw new NotPlain();
      at = colon + 1;
      skipBlanks();
      const name = anchor();
      members[key] = named(name, isOver() ? below(column, true) : scalar(column));
    } while (goesOn(column, false));
    return members;
  }

  /** Whether the list or the mapping at a column goes on in the line that now stands. */
  function goesOn(column: number, isList: boolean): boolean {
    if (indent > column) throw new NotPlain();
    return indent === column && isItem() === isList;
  }

  /** What stands on the lines below a key or a dash: nothing, or a node that is indented by more. A list may stand as far left as its key. */
  function below(column: number, isMember: boolean): unknown {
    nextLine();
    if (indent > column || (isMember && indent === column && isItem())) return block(indent, column);
    return null;
  }

  /** Where the colon of a key stands on this line; -1 for a line that is no member of a mapping. */
  function keyEnd(): number {
    const first = text.charCodeAt(at);
    let from = at;
    if (first === QUOTE || first === APOSTROPHE) {
      from = closing(text, at, end);
      if (from === -1) return -1;
      from += 1;
      while (text.charCodeAt(from) === SPACE) from += 1;
      return text.charCodeAt(from) === COLON && isBlank(from + 1) ? from : -1;
    }
    // In a flow collection or a comment there may be colons of others.
    if ('[{|>'.includes(text.charAt(at))) return -1;
    const line = text.slice(at, end);
    const colon = line.endsWith(':') && !line.includes(': ') ? line.length - 1 : line.indexOf(': ');
    if (colon === -1) return -1;
    const comment = line.indexOf(' #');
    return comment !== -1 && comment < colon ? -1 : at + colon;
  }

  function keyAt(colon: number): string {
    const first = text.charCodeAt(at);
    const written = cutEnd(text.slice(at, colon));
    if (first === QUOTE || first === APOSTROPHE) return unquoted(written);
    if (!isPlain(written)) throw new NotPlain();
    const value = scalarOf(written);
    if (String(value) !== written) throw new NotPlain();
    return written;
  }

  /** A value that begins on this line and is neither a block mapping nor a block list. The line after it is the next one. */
  function scalar(parent: number): unknown {
    const first = text.charAt(at);
    if (first === '|' || first === '>') return blockText(parent, first === '>');
    if (first === '"' || first === "'") return quoted(parent);
    if (first !== '[' && first !== '{' && first !== '*') return plain(parent);
    const value = first === '*' ? alias() : flow(parent);
    endOfLine();
    return value;
  }

  /** A plain scalar, perhaps of several lines, which are joined by blanks (YAML 1.2 section 7.3.3). */
  function plain(parent: number): unknown {
    const first = plainLine();
    let joined = first.text;
    let isOpen = first.isOpen;
    let lines = 1;
    let after = end;
    nextLine();
    while (indent > parent) {
      // After a comment, and where a comment stands between, nothing goes on.
      if (!isOpen || /[^\n ]/.test(text.slice(after, at))) throw new NotPlain();
      const breaks = countBreaks(text, after, at);
      const line = plainLine(true);
      joined += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + line.text;
      isOpen = line.isOpen;
      lines += 1;
      after = end;
      nextLine();
    }
    return lines === 1 ? scalarOf(joined) : joined;
  }

  function plainLine(isContinued = false): { readonly text: string; readonly isOpen: boolean } {
    const line = text.slice(at, end);
    const comment = line.indexOf(' #');
    const isOpen = comment === -1;
    const written = cutEnd(isOpen ? line : line.slice(0, comment));
    if (isContinued ? written.includes(': ') || written.endsWith(':') : !isPlain(written)) throw new NotPlain();
    return { text: written, isOpen };
  }

  /** A quoted text, perhaps of several lines (YAML 1.2 section 7.3.1 and 7.3.2). */
  function quoted(parent: number): string {
    let close = closing(text, at, end);
    if (close !== -1) {
      const value = unquoted(text.slice(at, close + 1));
      at = close + 1;
      endOfLine();
      return value;
    }
    const isSingle = text.charCodeAt(at) === APOSTROPHE;
    const quote = isSingle ? "'" : '"';
    close = closing(text, at, text.length);
    if (close === -1) throw new NotPlain();
    const joined = joinQuoted(text.slice(at + 1, close), isSingle, parent);
    at = close + 1;
    end = lineEnd(close);
    endOfLine();
    return unquoted(quote + joined.replaceAll('\n', isSingle ? '\n' : '\\n') + quote);
  }

  /** A literal or a folded text (YAML 1.2 section 8.1). */
  function blockText(parent: number, isFolded: boolean): string {
    const header = /^[|>](\d?)([-+]?)(?: +#.*| *)$/.exec(text.slice(at, end));
    const [, given, chomping] = header ?? [];
    if (given === undefined || given === '0') throw new NotPlain();
    const lines: string[] = [];
    let inside = given === '' ? -1 : parent + Number(given);
    let blanks = 0;
    for (;;) {
      const start = end + 1;
      if (start > text.length) break;
      const stop = lineEnd(start);
      let first = start;
      while (first < stop && text.charCodeAt(first) === SPACE) first += 1;
      if (first === stop) {
        if (stop === text.length) {
          if (first > start) throw new NotPlain();
          break;
        }
        if (inside === -1) blanks = Math.max(blanks, first - start);
        lines.push(inside === -1 ? '' : text.slice(start + inside, stop));
      } else {
        if (first - start <= parent || (inside !== -1 && first - start < inside)) break;
        if (inside === -1) inside = first - start;
        // Before the first line of a text no line is indented by more.
        if (blanks > inside) throw new NotPlain();
        lines.push(text.slice(start + inside, stop));
      }
      end = stop;
    }
    const isCut = end >= text.length && !text.endsWith('\n');
    nextLine();
    let last = lines.length;
    while (last > 0 && lines[last - 1] === '') last -= 1;
    const body = isFolded ? folded(lines.slice(0, last)) : lines.slice(0, last).join('\n');
    if (isCut && chomping !== '-') throw new NotPlain();
    if (chomping === '-') return body;
    if (chomping === '+') return body + '\n'.repeat(lines.length - last + (last > 0 ? 1 : 0));
    return last === 0 ? '' : `${body}\n`;
  }

  /** A flow collection (YAML 1.2 section 7.4), perhaps of several lines. */
  function flow(parent: number): unknown {
    levels += 1;
    if (levels > MOST_LEVELS) throw new NotPlain();
    const isList = text.charAt(at) === '[';
    at += 1;
    const value = isList ? flowList(parent) : flowMapping(parent);
    levels -= 1;
    return value;
  }

  function flowList(parent: number): unknown[] {
    const items: unknown[] = [];
    for (;;) {
      skipFlow(parent);
      if (text.charAt(at) === ']') break;
      items.push(flowNode(parent, ']'));
      if (separator(parent, ']')) break;
    }
    at += 1;
    return items;
  }

  function flowMapping(parent: number): Record<string, unknown> {
    const members: Record<string, unknown> = {};
    for (;;) {
      skipFlow(parent);
      const first = text.charAt(at);
      if (first === '}') break;
      const isQuoted = first === '"' || first === "'";
      const written = isQuoted ? flowQuoted() : flowPlain();
      if (!isQuoted && String(scalarOf(written)) !== written) throw new NotPlain();
      if (text.charCodeAt(at) !== COLON || !isBlank(at + 1)) throw new NotPlain();
      if (Object.hasOwn(members, written) || written === '__proto__' || written === '<<') throw new NotPlain();
      at += 1;
      skipFlow(parent);
      members[written] = flowNode(parent, '}');
      if (separator(parent, '}')) break;
    }
    at += 1;
    return members;
  }

  /** True at the end of a collection; false after a comma. */
  function separator(parent: number, close: string): boolean {
    skipFlow(parent);
    if (text.charAt(at) === close) return true;
    if (text.charAt(at) !== ',') throw new NotPlain();
    at += 1;
    return false;
  }

  function flowNode(parent: number, close: string): unknown {
    const name = anchor();
    const first = text.charAt(at);
    if (first === '[' || first === '{') return named(name, flow(parent));
    if (first === '"' || first === "'") return named(name, flowQuoted());
    if (first === '*' && name === undefined) return alias();
    const value = scalarOf(flowPlain());
    // A pair in a list is a mapping of its own.
    if (text.charCodeAt(at) === COLON && close === ']') throw new NotPlain();
    return named(name, value);
  }

  function flowQuoted(): string {
    const close = closing(text, at, end);
    if (close === -1) throw new NotPlain();
    const value = unquoted(text.slice(at, close + 1));
    at = close + 1;
    return value;
  }

  function flowPlain(): string {
    const start = at;
    while (at < end) {
      const letter = text.charAt(at);
      if (letter === ',' || letter === ']' || letter === '}' || letter === '[' || letter === '{') break;
      if (letter === ':' && (isBlank(at + 1) || ',[]{}'.includes(text.charAt(at + 1)))) break;
      if (letter === '#' && text.charCodeAt(at - 1) === SPACE) throw new NotPlain();
      at += 1;
    }
    const written = cutEnd(text.slice(start, at));
    // At the end of its line it may go on in the next one.
    if (at === end || written === '' || !isPlain(written)) throw new NotPlain();
    return written;
  }

  /** To the next character of a flow collection that is no blank; its lines are indented by more than its parent. */
  function skipFlow(parent: number): void {
    for (;;) {
      skipBlanks();
      if (at < end) break;
      if (end >= text.length) throw new NotPlain();
      nextLine();
      if (indent <= parent) throw new NotPlain();
    }
    if (text.charCodeAt(at) === HASH) throw new NotPlain();
  }

  function anchor(): string | undefined {
    if (text.charAt(at) !== '&') return undefined;
    const name = nameAt(at + 1);
    at += 1 + name.length;
    skipBlanks();
    return name;
  }

  /** Known from its end on: no value holds itself. */
  function named(name: string | undefined, value: unknown): unknown {
    if (name !== undefined) anchors.set(name, value);
    return value;
  }

  function alias(): unknown {
    const name = nameAt(at + 1);
    if (!anchors.has(name)) throw new NotPlain();
    at += 1 + name.length;
    return anchors.get(name);
  }

  function nameAt(start: number): string {
    const name = /^[\w-]+(?=[\s,\]}]|$)/.exec(text.slice(start, Math.min(end, start + 100)))?.[0];
    if (name === undefined) throw new NotPlain();
    return name;
  }

  function skipBlanks(): void {
    while (at < end && text.charCodeAt(at) === SPACE) at += 1;
  }

  function isBlank(place: number): boolean {
    return place >= end || text.charCodeAt(place) === SPACE;
  }

  /** Whether the rest of the line is empty or a comment. */
  function isOver(): boolean {
    return at >= end || (text.charCodeAt(at) === HASH && text.charCodeAt(at - 1) === SPACE);
  }

  function endOfLine(): void {
    skipBlanks();
    if (!isOver()) throw new NotPlain();
    nextLine();
  }
}

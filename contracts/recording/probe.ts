/**
 * `har`: an object with `log`, or what stands there by itself, as scripts get it from Firefox. `array`: a JSON array of exchanges. `lines`: one JSON value a line. `sequence`: JSON values that span lines.
 * `events`: server-sent events.
 */
export type Form = 'har' | 'array' | 'sequence' | 'lines' | 'events';

/** What a file's beginning says about its form; `undefined`: too little was seen. `frameless`: a HAR without the object around its `log`. */
export type Probed = { readonly form: Form; readonly start: number; readonly frameless?: true } | { readonly refused: string };

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const EVENT_LINE = /^(?:data|event|id|retry)?:/;

/**
 * Tells the form of a recording by its content. `start`: where the text begins, after a byte order mark.
 * @param head the file's beginning; given again, longer, while `undefined` comes back.
 * @param whole nothing follows the head.
 */
export function probe(head: Buffer, whole: boolean): Probed | undefined {
  if (head.length < 4 && !whole) return undefined;
  const unreadable = foreign(head);
  if (unreadable !== undefined) return { refused: unreadable };
  const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  let at = start;
  while (at < head.length && (head[at] ?? 0) <= 0x20) at += 1;
  if (at === head.length) return whole ? { refused: 'is empty: it holds no exchange' } : undefined;
  const first = String.fromCharCode(head[at] ?? 0);
  if (first === '[') return { form: 'array', start };
  if (first === '{') return probeObject(head, at, start, whole);
  if (!whole && head.length - at < 100 && !head.subarray(at).includes(LINE_FEED)) return undefined;
  const line =
    head
      .subarray(at, at + 100)
      .toString('latin1')
      .split(/\r?\n/, 1)[0] ?? '';
  if (EVENT_LINE.test(line)) return { form: 'events', start };
  return {
    refused: `is no recording: JSON begins with "{" or "[", this text with ${JSON.stringify(line.slice(0, 20))}. Known are HAR, NDJSON and the journal of the mock`,
  };
}

/** Files that are often given by mistake, by their first bytes. */
function foreign(head: Buffer): string | undefined {
  const [first, second, third, fourth] = head;
  const utf16 =
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    (head.length > 3 && (second === 0 || first === 0) && (third === 0 || fourth === 0));
  if (utf16) return 'is UTF-16 text: save it as UTF-8 (PowerShell: Out-File -Encoding utf8)';
  if (first === 0x50 && second === 0x4b && (third ?? 0) < 9)
    return 'is a ZIP archive (Playwright writes .har.zip): unpack it and give the .har file in it';
  return first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd ? 'is compressed with zstd: unpack it first' : undefined;
}

/**
 * Walks the members of the outermost object: `log` makes it a HAR, or `entries`. An object that ends without one is an exchange. JSON strings hold no line
 * breaks: one in a string means that this line was cut and others follow.
 */
function probeObject(head: Buffer, from: number, start: number, whole: boolean): Probed | undefined {
  let depth = 0;
  let broken = false;
  for (let at = from; at < head.length; at += 1) {
    const byte = String.fromCharCode(head[at] ?? 0);
    if (byte === '\n') broken = true;
    else if (byte === '{' || byte === '[') depth += 1;
    else if (byte === '}' || byte === ']') depth -= 1;
    else if (byte === '"') {
      const end = endOfString(head, at + 1);
      if (end === 'broken') return { form: 'lines', start };
      if (end === undefined) break;
      const opening = depth === 1 ? FRAMES.find(([name]) => head.subarray(at, end).equals(name))?.[1] : undefined;
      if (opening !== undefined) {
        const value = /^\s*:\s*(.?)/s.exec(head.subarray(end, end + 1_000).toString('latin1'))?.[1];
        if (value === opening) return { form: 'har', start, ...(opening === '[' ? { frameless: true } : {}) };
        if (value === undefined || value === '') break;
      }
      at = end - 1;
    }
    if (depth === 0) return { form: broken ? 'sequence' : 'lines', start };
  }
  return whole ? { refused: 'ends in the middle of its first object: no exchange before that' } : undefined;
}

/** Members that frame entries, and what their values begin with. */
const FRAMES = [
  [Buffer.from('"log"'), '{'],
  [Buffer.from('"entries"'), '['],
] as const;

/** The place after the quote that ends a string; `undefined`: not in this head. */
function endOfString(head: Buffer, from: number): number | 'broken' | undefined {
  for (let at = from; at < head.length; at += 1) {
    const byte = head[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at += 1;
    else if (byte === LINE_FEED) return 'broken';
  }
  return undefined;
}

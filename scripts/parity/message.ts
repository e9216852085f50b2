/** An HTTP response as `curl -i` prints it. */
export interface Message {
  /** `undefined` when the text does not begin with a status line. */
  readonly status: number | undefined;
  /** Names in lower case; the last one of a name counts. */
  readonly headers: ReadonlyMap<string, string>;
  /** With `\n` line ends, without white space around it. */
  readonly body: string;
}

/** Reads a status line, header lines and, after a blank line, the body. Several responses in a row: the first one. */
export function parseMessage(text: string): Message {
  const [first = '', ...lines] = text.trim().split(/\r?\n/);
  const blank = lines.indexOf('');
  const head = blank < 0 ? lines : lines.slice(0, blank);
  const status = /^HTTP\/\S+ (\d{3}) /.exec(first)?.[1];
  return {
    status: status === undefined ? undefined : Number(status),
    headers: new Map(head.map(headerOf)),
    body:
      blank < 0
        ? ''
        : lines
            .slice(blank + 1)
            .join('\n')
            .trim(),
  };
}

/** The media type without parameters, in lower case; `''` when there is none. */
export function essence(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function headerOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  return colon < 0 ? [line.trim().toLowerCase(), ''] : [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
}

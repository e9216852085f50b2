import { decodePercent } from '../operations/index.ts';
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours text for a terminal; leaves it plain where `NO_COLOR` is set or the stream is no terminal (util.styleText looks at both). */
export function paint(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(style, text, { stream });
}

const METHOD_STYLES: Readonly<Record<string, Style>> = { GET: 'green', POST: 'yellow', PUT: 'blue', PATCH: 'cyan', DELETE: 'red' };

/** A method name, padded, in its usual colour. */
export function paintMethod(method: string): string {
  return paint(METHOD_STYLES[method] ?? 'magenta', method.padEnd(7));
}

/**
 * Text of strangers, fit for a terminal and for one line of a log: control characters and those that turn the direction of writing
 * (Unicode "bidirectional formatting") become a dot.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '·');
}

/** Percent-encoded text as people read it; as it is where it is not UTF-8. */
export function readable(text: string): string {
  return decodePercent(text) ?? text;
}

/** The same for a message of several lines, such as that of a state file with many flaws. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

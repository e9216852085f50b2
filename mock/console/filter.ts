import { targetOf } from './exchange.ts';
import type { Summary } from './exchange.ts';

/** What may stand before a colon in the filter box. */
export const FILTER_FIELDS = ['status', 'module', 'method', 'op', 'session', 'by'] as const;

type Test = (entry: Summary) => boolean;

/**
 * Reads a filter: words that must all fit. `status:4xx module:tie method:post op:saveTie session:a by:example`, `bad` (errors), `unmatched`, `fault`, `forced`;
 * any other word is looked for in the target, the operation, the session and the first violation. `-` before a word turns it round, quotes keep blanks.
 */
export function readFilter(text: string): Test {
  const tests = words(text).map(readWord);
  return (entry) => tests.every((test) => test(entry));
}

function words(text: string): string[] {
  return Array.from(text.matchAll(/-?(?:[\w-]+:)?"[^"]*"?|\S+/g), (match) => match[0].replaceAll('"', '')).filter(
    (word) => !/^-?$/.test(word),
  );
}

function readWord(word: string): Test {
  if (word.startsWith('-')) {
    const test = readWord(word.slice(1));
    return (entry) => !test(entry);
  }
  const colon = word.indexOf(':');
  const field = FILTER_FIELDS.find((known) => known === word.slice(0, Math.max(colon, 0)).toLowerCase());
  return field === undefined ? readPlain(word.toLowerCase()) : readField(field, word.slice(colon + 1).toLowerCase());
}

function readField(field: (typeof FILTER_FIELDS)[number], value: string): Test {
  switch (field) {
    case 'status':
      // As it is typed: `4`, `4x` and `40` fit too.
      return ({ status }) =>
        String(status)
          .padStart(3, '0')
          .startsWith(value === '0' ? '000' : value.replace(/x+$/, ''));
    case 'module':
      return ({ document }) => document?.toLowerCase().startsWith(value) === true;
    case 'method':
      return ({ method }) => method.toLowerCase() === value;
    case 'op':
      return ({ operationId }) => operationId?.toLowerCase().includes(value) === true;
    case 'session':
      return ({ session }) => session.toLowerCase() === value;
    case 'by':
      return ({ answeredBy }) => answeredBy?.startsWith(value) === true;
  }
}

function readPlain(word: string): Test {
  switch (word) {
    case 'bad':
      return ({ errors }) => errors > 0;
    case 'unmatched':
      return isUnmatched;
    case 'fault':
      return ({ fault }) => fault !== undefined;
    case 'forced':
      return ({ forced }) => forced === true;
    default:
      return (entry) => searchText(entry).includes(word);
  }
}

/** No operation of any document was meant; a browser's preflight means none and needs none. */
export function isUnmatched({ operationId, step }: Summary): boolean {
  return operationId === undefined && step === 'match';
}

const texts = new WeakMap<Summary, string>();

function searchText(entry: Summary): string {
  let text = texts.get(entry);
  if (text === undefined) {
    const { document = '', operationId = '', first, fault = '' } = entry;
    const target = targetOf(entry);
    text = [target, decoded(target), document, operationId, entry.session, first?.message, first?.chinese, fault].join('\n').toLowerCase();
    texts.set(entry, text);
  }
  return text;
}

/** Percent-encoded text as people read it; as it is where it is not UTF-8. */
export function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

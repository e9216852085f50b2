import { isError, message } from '../operations/index.ts';
import type { Language, RequestMessage } from '../operations/index.ts';
import { sentenceOf } from '../mock/index.ts';
import type { Handled } from '../mock/index.ts';
import { paint, paintMethod, printable, readable } from './paint.ts';

/** Query parameters whose values never appear in a log. */
const SECRET = /(?:token|secret|password|passwd|pwd|key|openid|session|signature)/i;
const MAX_TARGET = 1_000;
const MAX_VIOLATIONS = 20;

export interface RequestLog {
  readonly add: (request: RequestMessage, handled: Handled, milliseconds: number) => void;
  /** Writes what is waiting. */
  readonly flush: () => void;
}

/**
 * The log of requests. Lines are made and written after the answers, many at once: a pipe that is read slowly is written to synchronously
 * and would hold up every request.
 */
export function createRequestLog(write: (text: string) => void, language: Language): RequestLog {
  let waiting: Parameters<RequestLog['add']>[] = [];
  const flush = (): void => {
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) write(batch.map((entry) => `${logLine(...entry, language)}\n`).join(''));
  };
  return {
    add(...entry) {
      waiting.push(entry);
      if (waiting.length === 1) setTimeout(flush, 20);
    },
    flush,
  };
}

/** One line a request, then one line for each thing wrong with it. */
function logLine(request: RequestMessage, handled: Handled, milliseconds: number, language: Language): string {
  const { status } = handled.reply;
  const style = status >= 500 || status === 0 ? 'red' : status >= 400 ? 'yellow' : 'green';
  const query = request.query === '' ? '' : `?${maskQuery(request.query)}`;
  const target = cut(printable(readable(request.path) + query));
  const lines = [
    `${paintMethod(request.method)} ${target} ${paint(style, status === 0 ? 'reset' : String(status))} ${paint('dim', `${milliseconds.toFixed(1)} ms`)}`,
  ];
  for (const violation of handled.violations.slice(0, MAX_VIOLATIONS)) {
    const mark = isError(violation) ? paint('red', '✗') : paint('yellow', '!');
    const text = printable(sentenceOf({ ...violation, message: localised(violation, language) }));
    lines.push(`  ${mark} ${cut(text)} ${paint('dim', printable(violation.document))}`);
  }
  const more = handled.violations.length - MAX_VIOLATIONS;
  if (more > 0) lines.push(`  … ${more}`);
  return lines.join('\n');
}

function localised(violation: Handled['violations'][number], language: Language): string {
  if (language === 'en') return violation.message;
  const text = message(violation.code, { expected: violation.expected, name: violation.name, reason: violation.message }, language);
  return text.startsWith('breaks "') ? violation.message : text;
}

function maskQuery(query: string): string {
  const parts = query.split('&').map((part) => {
    const equals = part.indexOf('=');
    return equals >= 0 && SECRET.test(readable(part.slice(0, equals))) ? `${part.slice(0, equals)}=***` : part;
  });
  return readable(parts.join('&'));
}

function cut(text: string): string {
  return text.length > MAX_TARGET ? `${text.slice(0, MAX_TARGET)}…` : text;
}

import { isError } from '../operations/index.ts';
import type { Language, RequestMessage } from '../operations/index.ts';
import { message } from '../operations/index.ts';
import { sentenceOf } from '../mock/index.ts';
import type { Handled } from '../mock/index.ts';
import { paint, paintMethod } from './paint.ts';

/** Query parameters whose values never appear in a log. */
const SECRET = /(?:token|secret|password|passwd|pwd|key|openid|session|signature)/i;

/** One line a request, then one line for each thing wrong with it. */
export function logLine(request: RequestMessage, handled: Handled, milliseconds: number, language: Language): string {
  const { status } = handled.reply;
  const style = status >= 500 ? 'red' : status >= 400 ? 'yellow' : 'green';
  const query = request.query === '' ? '' : `?${maskQuery(request.query)}`;
  const lines = [
    `${paintMethod(request.method)} ${printable(request.path + query)} ${paint(style, String(status))} ${paint('dim', `${milliseconds.toFixed(1)} ms`)}`,
  ];
  for (const violation of handled.violations) {
    const mark = isError(violation) ? paint('red', '✗') : paint('yellow', '!');
    lines.push(
      `  ${mark} ${printable(sentenceOf({ ...violation, message: localised(violation, language) }))} ${paint('dim', violation.document)}`,
    );
  }
  return lines.join('\n');
}

function localised(violation: Handled['violations'][number], language: Language): string {
  if (language === 'en') return violation.message;
  const text = message(violation.code, { expected: violation.expected, name: violation.name, reason: violation.message }, language);
  return text.startsWith('breaks "') ? violation.message : text;
}

function maskQuery(query: string): string {
  return query.replace(/([^&=]+)=([^&]*)/g, (whole, name: string) => (SECRET.test(name) ? `${name}=***` : whole));
}

/** Control characters of strangers do not reach the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '·');
}

import { parseQueryString, valueAt, valuesOf } from '../operations/index.ts';
import type { JudgedRequest, Violation } from '../operations/index.ts';
import type { Exchange } from './exchange.ts';
import { holdsPseudonym } from './redact/pseudonym.ts';

/** Keywords whose failure may come from any value beneath the place that they are told of. */
const OF_WHOLES = new Set(['oneOf', 'anyOf', 'not', 'if', 'discriminator', 'uniqueItems', 'contains']);

/** What the mock's journal, and many a log, writes in the place of a secret: a value of its own in a header field, a cookie or a query. */
const STARS = /(?:^|[\s=,])\*\*\*(?:$|[\s,;])/;

/** Whether a violation is about a value that a pseudonym stands for: of the real one nobody knows. */
export function isMasked(violation: Violation, exchange: Exchange, request: JudgedRequest, body: unknown): boolean {
  const { part, pointer, code, actual, choice } = violation;
  if (typeof actual === 'string' && holdsPseudonym(actual)) return true;
  if (part !== 'body') return holdsAny(parameterValue(violation, exchange, request), (text) => holdsPseudonym(text) || STARS.test(text));
  if (code === 'malformed') return holdsPseudonym(bytesOf(violation, exchange)?.toString('latin1') ?? '');
  // With the real value another branch might have fitted.
  if (choice !== undefined && holdsAny(valueAt(body, choice))) return true;
  const value = valueAt(body, pointer);
  return OF_WHOLES.has(code) ? holdsAny(value) : typeof value === 'string' && holdsPseudonym(value);
}

function bytesOf({ side }: Violation, { request, response }: Exchange): Buffer | undefined {
  return side === 'request' ? request.body : response?.body;
}

/** What stands on the wire for a parameter, header or cookie; `undefined` for a part without values. */
function parameterValue({ side, part, name = '' }: Violation, { request: sent, response }: Exchange, request: JudgedRequest): unknown {
  if (part === 'header') return (side === 'request' ? sent : response)?.headers[name.toLowerCase()];
  if (part === 'query') return [request.query[name], valuesOf(parseQueryString(sent.query), name)];
  if (part === 'path') return request.path[name] ?? sent.path;
  return part === 'cookie' ? (request.cookie[name] ?? sent.headers['cookie']) : undefined;
}

function holdsAny(value: unknown, isMask = holdsPseudonym): boolean {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === 'string' && isMask(next)) return true;
    if (typeof next === 'object' && next !== null) for (const item of Object.values(next)) pending.push(item);
  }
  return false;
}

import { parseQueryString, valueAt, valuesOf } from '../operations/index.ts';
import type { JudgedRequest, Violation } from '../operations/index.ts';
import type { Exchange } from './exchange.ts';
import { holdsPseudonym } from './redact/pseudonym.ts';

/** Keywords whose failure may come from any value beneath the place that they are told of. */
const OF_WHOLES = new Set(['oneOf', 'anyOf', 'not', 'if', 'discriminator', 'uniqueItems', 'contains']);

/** Whether a violation is about a value that a pseudonym stands for: of the real one nobody knows. */
export function isMasked(violation: Violation, exchange: Exchange, request: JudgedRequest, body: unknown): boolean {
  const { part, pointer, code, actual, choice } = violation;
  if (typeof actual === 'string' && holdsPseudonym(actual)) return true;
  if (part !== 'body') return holdsAny(parameterValue(violation, exchange, request));
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

function holdsAny(value: unknown): boolean {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === 'string' && holdsPseudonym(next)) return true;
    if (typeof next === 'object' && next !== null) for (const item of Object.values(next)) pending.push(item);
  }
  return false;
}

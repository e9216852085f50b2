import { valueAt } from '../operations/index.ts';
import type { JudgedRequest, Violation } from '../operations/index.ts';
import { holdsPseudonym } from './redact/pseudonym.ts';

/** Keywords whose failure may come from any value beneath the place that they are told of. */
const OF_WHOLES = new Set(['oneOf', 'anyOf', 'not', 'if', 'discriminator', 'uniqueItems', 'contains']);

/** Whether a violation is about a value that a pseudonym stands for: of the real one nobody knows. */
export function isMasked(violation: Violation, request: JudgedRequest, body: unknown): boolean {
  const { side, part, name, pointer, code, actual } = violation;
  if (typeof actual === 'string' && holdsPseudonym(actual)) return true;
  const value = part === 'body' ? valueAt(body, pointer) : side === 'request' ? parameterValue(request, part, name) : undefined;
  return OF_WHOLES.has(code) ? holdsAny(value) : typeof value === 'string' && holdsPseudonym(value);
}

function parameterValue(request: JudgedRequest, part: Violation['part'], name = ''): unknown {
  return part === 'path' || part === 'query' || part === 'header' || part === 'cookie' ? request[part][name] : undefined;
}

function holdsAny(value: unknown): boolean {
  const pending: unknown[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string' && holdsPseudonym(next)) return true;
    if (typeof next === 'object' && next !== null)
      for (const item of Object.values(next)) if (item !== undefined && item !== null) pending.push(item);
  }
  return false;
}

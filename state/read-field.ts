import { pointerTokens } from '../operations/index.ts';
import { follow } from './expression.ts';
import type { Row } from './world.ts';

/** Reads a value out of a row. */
export type Read = (row: Row) => unknown;

/** Reads a field by name or, beginning with `/`, by JSON pointer. */
export function reader(field: string): Read {
  const tokens = field.startsWith('/') ? (pointerTokens(field) ?? [field]) : [field];
  const [only = ''] = tokens;
  // Data is plain: of a name that neither objects nor lists inherit nobody needs to ask whose it is. Elements of a list may be no objects at all.
  if (tokens.length === 1 && !(only in Array.prototype))
    return (row: unknown) => (typeof row === 'object' && row !== null ? (row as Row)[only] : undefined);
  return (row) => follow(row, tokens);
}

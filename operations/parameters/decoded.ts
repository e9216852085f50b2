import type { Cookies } from './cookies.ts';
import type { QueryString } from './query-string.ts';

/** What a parameter's text on the wire may mean. Text has no types (`1` is a string and a number), so several readings may be right. */
export type Decoded =
  | { readonly kind: 'absent' }
  /** Accept the first candidate that validates; report the violations of the first one if none does. Never empty, at most 16. */
  | { readonly kind: 'value'; readonly candidates: readonly unknown[] }
  /** The text breaks the wire format itself, so there is nothing to validate. `message` is a sentence without its subject: `must be JSON`. */
  | { readonly kind: 'malformed'; readonly message: string };

/** The parts of a request that parameters are read from, as they came: nothing is percent-decoded yet. */
export interface RequestParts {
  /** Path template names to the raw text that stands in their place. */
  readonly path: ReadonlyMap<string, string>;
  readonly query: QueryString;
  /** Lower-cased names, as node:http gives them; bytes as latin1 or already as text. */
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly cookies: Cookies;
}

export type ParameterDecoder = (parts: RequestParts) => Decoded;

export const ABSENT: Decoded = Object.freeze({ kind: 'absent' });

/** A decoded value with the given readings, the best first. */
export function value(candidates: readonly unknown[]): Decoded {
  return { kind: 'value', candidates };
}

/** A refusal; `message` is a sentence without its subject. */
export function malformed(message: string): { readonly kind: 'malformed'; readonly message: string } {
  return { kind: 'malformed', message };
}

export const BROKEN_PERCENT_MESSAGE = 'must be percent-encoded UTF-8: a "%" must be followed by two hexadecimal digits';

export const BROKEN_PERCENT: Decoded = Object.freeze(malformed(BROKEN_PERCENT_MESSAGE));

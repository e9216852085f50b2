import { mentions, pointerTokens, valueAt } from '../operations/index.ts';
import type { Document, NamedExample, SchemaValidator, Violation } from '../operations/index.ts';

/** A validator tells of a hundred properties at a time: examples with more of them than this are no examples. */
const MOST_ROUNDS = 50;

/** An example without what only a client may send. */
export interface Fit {
  readonly value: unknown;
  /** A warning for each property that was left out. */
  readonly violations: readonly Violation[];
}

/** An example belongs to one content, and so to one validator and one document. */
const fits = new WeakMap<NamedExample, Fit>();

/**
 * An example as a response may hold it: authors share one between the request and the response, and what is `writeOnly` in it should not be returned (OpenAPI 3.0.3
 * section 4.7.24.2, JSON Schema 2020-12 validation section 9.4). As it is where it would not hold without. Found once for each example.
 * @param example one that holds.
 */
export function fitForResponse(example: NamedExample, validator: SchemaValidator, document: Document): Fit {
  let known = fits.get(example);
  if (known === undefined) fits.set(example, (known = findFit(example, validator, document)));
  return known;
}

function findFit(example: NamedExample, validator: SchemaValidator, document: Document): Fit {
  const asItIs: Fit = { value: example.value, violations: [] };
  if (!mentions(document, 'writeOnly')) return asItIs;
  const secrets = (of: unknown): string[] => validator.remarks(of).flatMap(({ kind, pointer }) => (kind === 'writeOnly' ? [pointer] : []));
  let found = secrets(example.value);
  if (found.length === 0) return asItIs;
  const value: unknown = structuredClone(example.value);
  const left: string[] = [];
  for (let round = 0; found.length > 0 && round < MOST_ROUNDS; round += 1) {
    for (const pointer of found) remove(value, pointer);
    left.push(...found);
    found = secrets(value);
  }
  return validator.isValid(value) ? { value, violations: left.map((pointer) => leftOut(example, pointer)) } : asItIs;
}

function leftOut({ name, address }: NamedExample, pointer: string): Violation {
  return {
    code: 'writeOnly',
    side: 'response',
    part: 'body',
    pointer,
    message: `of the document's example "${name}" is writeOnly; it was left out`,
    document: address,
    severity: 'warning',
  };
}

function remove(root: unknown, pointer: string): void {
  const holder = valueAt(root, pointer.slice(0, pointer.lastIndexOf('/')));
  const name = pointerTokens(pointer)?.at(-1);
  if (typeof holder === 'object' && holder !== null && name !== undefined) delete (holder as Record<string, unknown>)[name];
}

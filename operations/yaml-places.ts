import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Document } from 'yaml';

/**
 * The `yaml` package: slower than what reads the documents, but it knows where everything stands. Loaded when somebody asks, which takes 25 ms and 10 MB that a server
 * whose documents are good need not pay.
 */
const yaml = (): typeof Yaml => load('yaml') as typeof Yaml;
const load = createRequire(import.meta.url);

/** The places of values in a YAML text: the offset of the value at the tokens of a JSON pointer, or of its nearest ancestor. */
export function createYamlPlaces(text: string): { readonly offsetOf: (tokens: readonly string[]) => number } {
  const document = parseForPlaces(text);
  return { offsetOf: (tokens) => offsetOf(document, tokens) };
}

function parseForPlaces(text: string): Document {
  try {
    return yaml().parseDocument(text, { uniqueKeys: false, logLevel: 'error' });
  } catch {
    // Nested deeper than that parser goes: no place is known but the top.
    return yaml().parseDocument('');
  }
}

function offsetOf(document: Document, tokens: readonly string[]): number {
  const { isAlias, isMap, isNode, isPair, isSeq } = yaml();
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const token of tokens) {
    let next: unknown;
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(isNode(item.key) ? item.key.toJSON() : item.key) === token);
      if (isNode(pair?.key)) offset = pair.key.range?.[0] ?? offset;
      next = pair?.value;
    } else if (isSeq(node)) {
      next = node.items[Number(token)];
      if (isNode(next)) offset = next.range?.[0] ?? offset;
    }
    if (next === undefined) break;
    node = next;
  }
  return offset;
}

/** An integer is a `bigint` only where a number would lose digits. */
function numberOf(_key: unknown, value: unknown): unknown {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Some YAML is read by one parser and refused by another: a second opinion before a document is refused. `undefined`: it is refused by both. */
export function readLeniently(text: string): unknown {
  try {
    // Without the tags of YAML 1.1: what `!!binary` or `!!set` would make is no JSON, so it stays the text or the map that is written.
    const document = yaml().parseDocument(text, {
      merge: true,
      strict: true,
      intAsBigInt: true,
      resolveKnownTags: false,
      logLevel: 'error',
    });
    if (document.errors.length > 0) return undefined;
    const value: unknown = document.toJS({ maxAliasCount: 10_000, reviver: numberOf });
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // Too deep, or too many aliases: the first parser's complaint stands.
    return undefined;
  }
}

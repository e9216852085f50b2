import { record } from '../document.ts';
import type { Document, Node } from '../document.ts';
import { dereference } from '../reference.ts';

/** Who reads the schema: a request does not need `readOnly` properties, a response does not need `writeOnly` ones. */
export type View = 'request' | 'response';

/** Names that `required` may not insist on. */
export interface Excused {
  /** At the schema itself. */
  readonly here: ReadonlySet<string>;
  /** In the branches of its `allOf`, `anyOf` and `oneOf` too. */
  readonly inBranches: ReadonlySet<string>;
}

const MAX_DEPTH = 10;

/**
 * The names that a schema's `required` may not insist on in a view: `readOnly` ones in a request, `writeOnly` ones in a response
 * (OpenAPI 3.0.3 section 4.7.24.2). The property may be declared here, in a branch of `allOf`, or in an alternative; what only an alternative
 * declares does not excuse its neighbours.
 */
export function excusedNames(node: Node, document: Document, view: View, inherited: ReadonlySet<string>): Excused {
  const { required, allOf, anyOf, oneOf } = record(node.value);
  if (required === undefined && allOf === undefined && anyOf === undefined && oneOf === undefined)
    return { here: inherited, inBranches: inherited };
  const inBranches = new Set([...inherited, ...markedNames(node, document, view, false)]);
  if (required === undefined || (anyOf === undefined && oneOf === undefined)) return { here: inBranches, inBranches };
  return { here: new Set([...inBranches, ...markedNames(node, document, view, true)]), inBranches };
}

/** Of the names that a schema's neighbours excuse, those that it insists on and does not excuse itself. */
export function stillRequired(node: Node, document: Document, view: View, excused: ReadonlySet<string>): ReadonlySet<string> {
  if (excused.size === 0) return excused;
  const own = markedNames(node, document, view, false);
  const insisted = new Set<string>();
  visit(node, document, true, 0, (given) => {
    if (Array.isArray(given['required'])) for (const name of given['required']) insisted.add(String(name));
  });
  return new Set([...excused].filter((name) => insisted.has(name) && !own.has(name)));
}

function markedNames(node: Node, document: Document, view: View, alternatives: boolean): Set<string> {
  const mark = view === 'request' ? 'readOnly' : 'writeOnly';
  const names = new Set<string>();
  visit(node, document, alternatives, 0, (given, at) => {
    for (const [name, value] of Object.entries(record(given['properties']))) {
      if (names.has(name)) continue;
      const property = dereference(document, { value, source: at.source, pointer: at.pointer });
      if (record(value)[mark] === true || (property.ok && record(property.node.value)[mark] === true)) names.add(name);
    }
  });
  return names;
}

/** Calls back for a schema, what it refers to, and the branches of its `allOf` (of `anyOf` and `oneOf` too, if `alternatives`). */
function visit(
  node: Node,
  document: Document,
  alternatives: boolean,
  depth: number,
  found: (given: Readonly<Record<string, unknown>>, at: Node) => void,
): void {
  if (depth > MAX_DEPTH) return;
  const given = record(node.value);
  found(given, node);
  if (typeof given['$ref'] === 'string') {
    const target = dereference(document, node);
    if (target.ok) visit(target.node, document, alternatives, depth + 1, found);
  }
  for (const keyword of alternatives ? ['allOf', 'anyOf', 'oneOf'] : ['allOf']) {
    const branches = given[keyword];
    if (!Array.isArray(branches)) continue;
    for (const value of branches as unknown[]) visit({ ...node, value }, document, alternatives, depth + 1, found);
  }
}

import { addressOf } from '../document.ts';
import type { Document, Node } from '../document.ts';
import { dynamicAnchorsAround } from '../resource.ts';
import type { DynamicAnchors } from '../resource.ts';
import type { View } from './excused.ts';
import { normalise } from './normalise.ts';
import type { Schema, SchemaLookup } from './schema.ts';
import { schemasWithin } from './subschemas.ts';

/** A part of the document that can't be used as it stands: never a reason to refuse the whole, never passed over in silence. */
export interface Problem {
  /** `file#/pointer`. */
  readonly address: string;
  readonly message: string;
}

/**
 * All schemas of one document, normalised when first asked for and kept.
 * A schema is known by a key that stands in `$ref`; the same address in the request and the response view has two keys.
 */
export interface Schemas {
  readonly document: Document;
  /** The key of the schema at a node; cheap, nothing is normalised yet. */
  readonly keyOf: (node: Node, view: View) => string;
  /** The normalised schema of a key. */
  readonly lookup: SchemaLookup;
  /** The document address of a normalised schema object, for violations. */
  readonly addressOf: (schema: object) => string | undefined;
  /** Remembers that `copy` stands for `original` where addresses are concerned. */
  readonly alias: (copy: object, original: object) => void;
  /** Everything found wrong so far with the schemas that were normalised. */
  readonly problems: readonly Problem[];
}

const NONE: ReadonlySet<string> = new Set();
const NO_SCOPE: DynamicAnchors = new Map();

export function createSchemas(document: Document): Schemas {
  const keys = new Map<string, string>();
  const nodes = new Map<string, { node: Node; view: View; excused: ReadonlySet<string>; scope: DynamicAnchors }>();
  const ready = new Map<string, Schema>();
  const places = new WeakMap<object, { source: Node['source']; pointer: string }>();
  const problems: Problem[] = [];
  const reported = new Set<string>();

  /** @param outer the dynamic anchors on the way to the node: the same address is another schema where others are in force. */
  function keyOf(node: Node, view: View, excused: ReadonlySet<string> = NONE, outer: DynamicAnchors = NO_SCOPE): string {
    const less = excused.size === 0 ? '' : ` ${JSON.stringify([...excused].sort())}`;
    const scope = entered(outer, dynamicAnchorsAround(document, node));
    const address = `${view} ${node.source.path}#${node.pointer}${less}${scope.size === 0 ? '' : scopeText(scope)}`;
    let key = keys.get(address);
    if (key === undefined) {
      key = `hufu:${keys.size}`;
      keys.set(address, key);
      nodes.set(key, { node, view, excused, scope });
    }
    return key;
  }

  function lookup(key: string): Schema | undefined {
    const known = ready.get(key);
    if (known !== undefined) return known;
    const place = nodes.get(key);
    if (place === undefined) return undefined;
    const schema = normalise(place.node, {
      document,
      view: place.view,
      excused: place.excused,
      keyOf: (node, excused) => keyOf(node, place.view, excused, place.scope),
      lookup,
      scope: place.scope,
      place: (object, node) => places.set(object, { source: node.source, pointer: node.pointer }),
      problem,
    });
    ready.set(key, schema);
    return schema;
  }

  function problem(node: Node, message: string): void {
    const address = addressOf(node);
    // The request and the response view meet the same flaw; it is told once.
    if (reported.has(address + message)) return;
    reported.add(address + message);
    problems.push({ address, message });
  }

  return {
    document,
    keyOf,
    lookup,
    problems,
    addressOf: (schema) => {
      const place = places.get(schema);
      return place === undefined ? undefined : addressOf(place);
    },
    alias: (copy, original) => {
      const place = places.get(original);
      if (place !== undefined) places.set(copy, place);
    },
  };
}

/** What is in force once a resource was entered: the outermost anchor of a name wins (JSON Schema 2020-12 section 8.2.3.2). */
function entered(outer: DynamicAnchors, own: DynamicAnchors): DynamicAnchors {
  return own.size === 0 || [...own.keys()].every((name) => outer.has(name)) ? outer : new Map([...own, ...outer]);
}

function scopeText(scope: DynamicAnchors): string {
  return [...scope]
    .map(([name, { source, pointer }]) => ` ${name}=${source.path}#${pointer}`)
    .sort()
    .join('');
}

/** Keys of all `$ref`s inside a schema. */
export function referencesIn(schema: Schema): string[] {
  return schemasWithin(schema).flatMap((item) => (item.$ref === undefined ? [] : [item.$ref]));
}

/** Every key that can be reached from one, nearest first. */
export function reachable(start: string, lookup: SchemaLookup): string[] {
  const order = [start];
  const seen = new Set(order);
  for (let index = 0; index < order.length; index += 1) {
    const schema = lookup(order[index] ?? '');
    if (schema === undefined) continue;
    for (const key of referencesIn(schema)) {
      if (seen.has(key)) continue;
      seen.add(key);
      order.push(key);
    }
  }
  return order;
}

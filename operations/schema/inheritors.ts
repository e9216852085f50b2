import { record } from '../document.ts';
import type { Document, Node } from '../document.ts';
import { childPointer } from '../pointer.ts';
import { dereference } from '../reference.ts';
import type { Source } from '../source.ts';

/** A named schema that is, or inherits, another one. */
export interface Inheritor {
  /** What a discriminator calls it. */
  readonly name: string;
  readonly node: Node;
}

/** By the address of a schema: its own names, and what inherits it. */
interface Families {
  readonly own: ReadonlyMap<string, readonly Inheritor[]>;
  readonly heirs: ReadonlyMap<string, readonly Inheritor[]>;
}

const NONE: readonly Inheritor[] = [];
const MAX_GENERATIONS = 20;
/** What some generators call a schema by, other than its name. */
const NAMES = ['x-discriminator-value', 'x-ms-discriminator-value'];

const families = new WeakMap<Document, Map<Source, Families>>();

/** The schema's own names among `definitions` or `components/schemas`: first the one that values have, last those of schemas that only refer to it. */
export function namesOf(document: Document, schema: Node): readonly Inheritor[] {
  return familiesOf(document, schema.source).own.get(addressIn(schema)) ?? NONE;
}

/** The named schemas that inherit a schema: those with an `allOf` that refers to it, or to one that does. */
export function inheritorsOf(document: Document, schema: Node): readonly Inheritor[] {
  return familiesOf(document, schema.source).heirs.get(addressIn(schema)) ?? NONE;
}

/** Read once for each file that holds schemas with discriminators: those of the root, and of that file. */
function familiesOf(document: Document, source: Source): Families {
  let known = families.get(document);
  if (known === undefined) families.set(document, (known = new Map()));
  let found = known.get(source);
  if (found === undefined) known.set(source, (found = readFamilies(document, source)));
  return found;
}

function readFamilies(document: Document, source: Source): Families {
  const own = new Map<string, Inheritor[]>();
  const heirs = new Map<string, Inheritor[]>();
  for (const file of new Set([document.root, source])) {
    for (const inheritor of namedSchemas(document, file)) {
      const address = addressIn(inheritor.node);
      own.set(address, [...(own.get(address) ?? []), inheritor]);
      for (const ancestor of ancestorsOf(document, inheritor.node)) {
        const inherited = addressIn(ancestor);
        heirs.set(inherited, [...(heirs.get(inherited) ?? []), inheritor]);
      }
    }
  }
  return { own, heirs };
}

function namedSchemas(document: Document, source: Source): Inheritor[] {
  const [holder, pointer] =
    document.dialect === '2.0'
      ? [record(source.value)['definitions'], '/definitions']
      : [record(record(source.value)['components'])['schemas'], '/components/schemas'];
  const entries = Object.entries(record(holder)).sort(([, left], [, right]) => Number(isReference(left)) - Number(isReference(right)));
  return entries.flatMap(([name, value]) => {
    const end = dereference(document, { value, source, pointer: childPointer(pointer, name) });
    if (!end.ok) return [];
    const told = NAMES.map((keyword) => record(end.node.value)[keyword]).find((text) => typeof text === 'string');
    return [...(typeof told === 'string' ? [{ name: told, node: end.node }] : []), { name, node: end.node }];
  });
}

function isReference(schema: unknown): boolean {
  return typeof record(schema)['$ref'] === 'string';
}

/** What a schema inherits, near before far. */
export function ancestorsOf(document: Document, node: Node): readonly Node[] {
  const found = new Map<string, Node>();
  let generation: readonly Node[] = [node];
  for (let depth = 0; depth < MAX_GENERATIONS && generation.length > 0; depth += 1) {
    const next: Node[] = [];
    // What is inherited twice is gone through once: otherwise each generation could be twice as large as the one before.
    for (const parent of generation.flatMap((one) => parentsOf(document, one))) {
      const address = addressIn(parent);
      if (found.has(address)) continue;
      found.set(address, parent);
      next.push(parent);
    }
    generation = next;
  }
  return [...found.values()];
}

function parentsOf(document: Document, node: Node): Node[] {
  const branches = record(node.value)['allOf'];
  if (!Array.isArray(branches)) return [];
  return branches.flatMap((value: unknown) => {
    if (!isReference(value)) return [];
    const end = dereference(document, { value, source: node.source, pointer: node.pointer });
    return end.ok ? [end.node] : [];
  });
}

function addressIn({ source, pointer }: Node): string {
  return `${source.path}#${pointer}`;
}

import { record } from '../document.ts';
import type { Document, Node } from '../document.ts';
import { childPointer } from '../pointer.ts';
import { resolveReference } from '../reference.ts';
import { speaks32 } from '../version.ts';
import { soleBranch } from './certain.ts';
import { ancestorsOf, inheritorsOf, namesOf } from './inheritors.ts';
import { isSchemaObject } from './schema.ts';
import type { Schema, SchemaLookup } from './schema.ts';

/** A discriminator as the normalised schema holds it: which schema a value says it is. */
export interface Discriminator {
  readonly propertyName: string;
  /** What the document maps, by the value: schema keys. */
  readonly mapping: Readonly<Record<string, string>>;
  /** Schemas by their own names: the branches of the choice beside the discriminator, else whatever inherits the schema. Those in `mapping` go first. */
  readonly named: Readonly<Record<string, string>>;
  /** The schema that is meant where the property is absent or its value names none (OpenAPI 3.2, `defaultMapping`); absent where the document names none. */
  readonly fallback?: string;
  /** What values say in each branch of the choice beside the discriminator; empty without a choice. */
  readonly values: readonly (readonly string[])[];
  /** Values that are no subtype and right nevertheless: the schema's own names, and what the property enumerates. */
  readonly own: readonly string[];
  /**
   * Any other value is wrong: in Swagger 2.0, and beside a choice between schemas that all have names ("no schema can be determined and validation SHOULD fail", OpenAPI 3.0.3 section
   * 4.7.25). `mapped`: the document maps values to all of them, so that nobody need guess what the names are.
   */
  readonly isClosed: 'yes' | 'mapped' | 'no';
  /** The document's version of the specification lets the value decide which schema is asked of it; later ones only take a hint from it. */
  readonly decides: boolean;
}

interface Context {
  readonly document: Document;
  readonly keyOf: (node: Node) => string;
  readonly problem: (node: Node, message: string) => void;
}

/**
 * Reads the discriminator of a schema: a property's name in Swagger 2.0, where the value "MUST be the name of this schema or any schema that inherits it"; an object in OpenAPI 3
 * (3.0.3 and 3.1.0 section 4.7.25: the property "decides which schema definition validates the structure of the model"; from 3.0.4 and 3.1.1 on it "cannot change the
 * validation outcome").
 * @returns `undefined` where there is none that can be used.
 */
export function readDiscriminator(at: Node, given: Readonly<Record<string, unknown>>, context: Context): Discriminator | undefined {
  const { document, keyOf } = context;
  const is20 = document.dialect === '2.0';
  const members = record(given['discriminator']);
  const propertyName = is20 ? given['discriminator'] : members['propertyName'];
  if (typeof propertyName !== 'string') return undefined;
  const enumerated = record(record(given['properties'])[propertyName])['enum'];
  const names = namesOf(document, at).map(({ name }) => name);
  const mapping = is20 ? {} : readMapping(at, members['mapping'], context);
  const choice = given['oneOf'] ?? given['anyOf'];
  const branches = Array.isArray(choice) ? choice.map((branch) => targetOf(branch, at, document)) : undefined;
  const inheritors =
    branches === undefined ? inheritorsOf(document, at) : branches.flatMap((node) => (node === undefined ? [] : namesOf(document, node)));
  const named = Object.fromEntries(inheritors.map(({ name, node }) => [name, keyOf(node)]));
  const fallback = is20 || !speaks32(document) ? undefined : targetOfMapping(at, 'defaultMapping', members['defaultMapping'], context);
  const isClosed20 = is20 && names.length > 0 && inheritors.length > 0;
  return {
    propertyName,
    mapping,
    named,
    ...(fallback === undefined ? {} : { fallback }),
    values: branches?.map((node) => (node === undefined ? [] : toldBy(node, mapping, context))) ?? [],
    own: [...names, ...(Array.isArray(enumerated) ? enumerated.filter((value) => typeof value === 'string') : [])],
    isClosed: fallback !== undefined ? 'no' : isClosed20 ? 'yes' : closedBy(choice, at, { mapping, named }, context),
    decides: is20 || isBefore(record(document.root.value)['openapi']),
  };
}

/** Whether a choice is between named schemas only, but for `null`. */
function closedBy(
  choice: unknown,
  at: Node,
  { mapping, named }: Pick<Discriminator, 'mapping' | 'named'>,
  { document, keyOf }: Context,
): Discriminator['isClosed'] {
  if (!Array.isArray(choice)) return 'no';
  const keys = choice.flatMap((branch: unknown) => {
    const node = targetOf(branch, at, document);
    if (node !== undefined) return [keyOf(node)];
    return record(branch)['type'] === 'null' ? [] : [undefined];
  });
  const [mapped, all] = [new Set<unknown>(Object.values(mapping)), new Set<unknown>([...Object.values(mapping), ...Object.values(named)])];
  if (keys.length === 0 || !keys.every((key) => all.has(key))) return 'no';
  return keys.every((key) => mapped.has(key)) ? 'mapped' : 'yes';
}

function targetOf(branch: unknown, at: Node, document: Document): Node | undefined {
  const reference = record(branch)['$ref'];
  const resolved = typeof reference === 'string' ? resolveReference(document, reference, at) : undefined;
  return resolved?.ok === true ? resolved.node : undefined;
}

/**
 * What the values of a named schema say about being of it, by the property of the discriminator that it has or inherits: `x-told` of the normalised one.
 * @param own the discriminator of the schema itself.
 * @returns `undefined` for a schema that takes no part in this, and for one that itself says what the property holds.
 */
export function toldOf(
  at: Node,
  given: Readonly<Record<string, unknown>>,
  own: Discriminator | undefined,
  context: Context & { readonly lookup: SchemaLookup },
): Readonly<Record<string, readonly string[]>> | undefined {
  if (own === undefined && given['allOf'] === undefined) return undefined;
  const { document, keyOf, lookup } = context;
  const holder = [at, ...ancestorsOf(document, at)].find(tellsHeirsApart);
  if (holder === undefined || namesOf(document, at).length === 0) return undefined;
  const discriminator = holder === at ? own : discriminatorIn(lookup(keyOf(holder)));
  if (discriminator === undefined || (holder === at && saysItself(given, discriminator.propertyName))) return undefined;
  return { [discriminator.propertyName]: toldBy(at, discriminator.mapping, context) };
}

function tellsHeirsApart({ value }: Node): boolean {
  const { discriminator, oneOf, anyOf } = record(value);
  return discriminator !== undefined && oneOf === undefined && anyOf === undefined;
}

function discriminatorIn(schema: Schema | undefined): Discriminator | undefined {
  if (!isSchemaObject(schema)) return undefined;
  // What `null` is allowed beside is the sole branch of a choice.
  const inner = soleBranch(schema['anyOf']);
  return (isSchemaObject(inner) ? inner : schema)['discriminator'] as Discriminator | undefined;
}

function saysItself(given: Readonly<Record<string, unknown>>, property: string): boolean {
  const described = record(record(given['properties'])[property]);
  return ['default', 'example', 'examples', 'enum', 'const'].some((keyword) => described[keyword] !== undefined);
}

/** What values say of being of a schema: its names in the mapping, without one the first of its own (OpenAPI 3.1 section 4.8.25.2). */
function toldBy(node: Node, mapping: Discriminator['mapping'], { document, keyOf }: Context): readonly string[] {
  const mapped = namesByKey(mapping).get(keyOf(node));
  if (mapped !== undefined) return mapped;
  return namesOf(document, node)
    .slice(0, 1)
    .map(({ name }) => name);
}

const byKey = new WeakMap<Discriminator['mapping'], ReadonlyMap<string, readonly string[]>>();

/** A mapping the other way round; made once, since each of the many heirs of a schema asks. */
function namesByKey(mapping: Discriminator['mapping']): ReadonlyMap<string, readonly string[]> {
  const known = byKey.get(mapping);
  if (known !== undefined) return known;
  const made = new Map<string, string[]>();
  for (const [name, key] of Object.entries(mapping)) {
    const names = made.get(key);
    if (names === undefined) made.set(key, [name]);
    else names.push(name);
  }
  byKey.set(mapping, made);
  return made;
}

/** A mapping value is a reference or a component's name. */
function readMapping(at: Node, given: unknown, context: Context): Record<string, string> {
  const mapping: Record<string, string> = {};
  for (const [name, target] of Object.entries(record(given))) {
    const key = targetOfMapping(at, `mapping of "${name}"`, target, context);
    if (key !== undefined) mapping[name] = key;
  }
  return mapping;
}

/** @param what the problem calls it. */
function targetOfMapping(at: Node, what: string, target: unknown, { document, keyOf, problem }: Context): string | undefined {
  if (typeof target !== 'string') return undefined;
  const components = record(record(record(document.root.value)['components'])['schemas']);
  // A value that is a component's name as well as a relative reference is taken for the name (OpenAPI 3.1 section 4.8.25).
  const isName = !/[#/]/.test(target) && (Object.hasOwn(components, target) || !target.includes('.'));
  const resolved = isName
    ? resolveReference(document, `#${childPointer('/components/schemas', target)}`, { source: document.root, pointer: '' })
    : resolveReference(document, target, at);
  if (resolved.ok) return keyOf(resolved.node);
  problem(at, `the discriminator's ${what}: ${resolved.reason}`);
  return undefined;
}

/** Whether a version is before 3.0.4 and 3.1.1, which took the decision away from the discriminator. */
function isBefore(version: unknown): boolean {
  return /^3\.(?:0(?:\.[0-3])?|1(?:\.0)?)(?:$|[^.\d])/.test(String(version));
}

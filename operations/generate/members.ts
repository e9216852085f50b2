import type { Schema } from '../schema/schema.ts';
import { asList, kindsThatHold, type Analysis, type Conjunction, type Part } from './conjunction.ts';
import { namedSchemaAt, namedSchemasAt, namesAt, schemaAt, schemasAt, isRecord } from './keywords.ts';
import { matchesPattern } from './satisfies.ts';

/** What the parts of an object say about its properties; worked out once a conjunction. */
export interface Members {
  /** Declared and required names in the order of the document. */
  readonly names: readonly string[];
  readonly required: ReadonlySet<string>;
  /** Names that another name brings with it (`dependentRequired`). */
  readonly dependents: ReadonlyMap<string, readonly string[]>;
  readonly patterns: readonly string[];
  readonly propertyNames: readonly Schema[];
  /** The schemas of each name, filled as they are asked for. */
  readonly schemas: Map<string, readonly Schema[]>;
}

const known = new WeakMap<Conjunction, Members>();

export function membersOf(conjunction: Conjunction): Members {
  const remembered = known.get(conjunction);
  if (remembered !== undefined) return remembered;
  const names = new Set<string>();
  const required = new Set<string>();
  const dependents = new Map<string, readonly string[]>();
  const patterns = new Set<string>();
  const propertyNames: Schema[] = [];
  for (const { schema } of inDocumentOrder(conjunction.parts)) for (const [name] of namedSchemasAt(schema, 'properties')) names.add(name);
  for (const { schema } of conjunction.parts) {
    for (const name of namesAt(schema, 'required')) required.add(name);
    for (const [pattern] of namedSchemasAt(schema, 'patternProperties')) patterns.add(pattern);
    const named = schemaAt(schema, 'propertyNames');
    if (named !== undefined) propertyNames.push(named);
    const dependencies = schema['dependentRequired'];
    if (!isRecord(dependencies)) continue;
    for (const name of Object.keys(dependencies)) dependents.set(name, [...(dependents.get(name) ?? []), ...namesAt(dependencies, name)]);
  }
  // A required name brings its dependents with it; the set grows while it is walked.
  for (const name of required) for (const dependent of dependents.get(name) ?? []) required.add(dependent);
  for (const name of required) names.add(name);
  const members: Members = { names: [...names], required, dependents, patterns: [...patterns], propertyNames, schemas: new Map() };
  known.set(conjunction, members);
  return members;
}

/**
 * Parts as a reader of the document would name them: what a schema refers to stands where the reference does, and `allOf` before what a schema says itself, so that the properties of a
 * base come before those that extend it. A list of things to do instead of recursion, as in conjoin.
 */
function inDocumentOrder(parts: readonly Part[]): readonly Part[] {
  if (parts.length < 2) return parts;
  const children = new Map<Part | undefined, Part[]>();
  for (const part of parts) {
    const siblings = children.get(part.parent);
    if (siblings === undefined) children.set(part.parent, [part]);
    else siblings.push(part);
  }
  const ordered: Part[] = [];
  const pending: { readonly part: Part; readonly isOpened: boolean }[] = [];
  const open = (inner: readonly Part[]): void => {
    for (const part of inner.toReversed()) pending.push({ part, isOpened: false });
  };
  open(children.get(undefined) ?? []);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { part, isOpened } = next;
    const inner = isOpened ? [] : (children.get(part) ?? []);
    if (inner.length === 0) {
      ordered.push(part);
      continue;
    }
    const bases = new Set<unknown>(schemasAt(part.schema, 'allOf'));
    open(inner.filter(({ schema }) => !bases.has(schema)));
    pending.push({ part, isOpened: true });
    open(inner.filter(({ schema }) => bases.has(schema)));
  }
  return ordered.length === parts.length ? ordered : parts;
}

/** The schemas that the property of this name has to satisfy. */
export function schemasOfMember(analysis: Analysis, conjunction: Conjunction, members: Members, name: string): readonly Schema[] {
  const remembered = members.schemas.get(name);
  if (remembered !== undefined) return remembered;
  const schemas: Schema[] = [];
  for (const { schema } of conjunction.parts) {
    const own = declared({ schema, parent: undefined }, name);
    schemas.push(...own);
    const additional = schemaAt(schema, 'additionalProperties');
    if (own.length === 0 && additional !== undefined) schemas.push(additional);
  }
  for (const part of conjunction.parts) {
    const rest = schemaAt(part.schema, 'unevaluatedProperties');
    if (rest !== undefined && !conjunction.parts.some((other) => isWithin(other, part) && evaluates(other, name))) schemas.push(rest);
  }
  const list = asList(withKind(analysis, conjunction, schemas, name));
  members.schemas.set(name, list);
  return list;
}

/**
 * With the name of the component that the value is made for, where this is the property of a discriminator (see toldOf). The outermost component counts; where the schema lists
 * other values, they stay.
 */
function withKind(analysis: Analysis, { parts }: Conjunction, schemas: readonly Schema[], name: string): readonly Schema[] {
  const told = parts.map(({ schema }) => schema['x-told']).find(isRecord);
  if (told === undefined || schemas.length === 0) return schemas;
  const kinds = kindsThatHold(analysis, namesAt(told, name), schemas);
  return kinds.length === 0 ? schemas : [...schemas, { enum: kinds }];
}

function declared(part: Part, name: string): readonly Schema[] {
  const own = namedSchemaAt(part.schema, 'properties', name);
  const matching = namedSchemasAt(part.schema, 'patternProperties').filter(([pattern]) => matchesPattern(pattern, name));
  return [...(own === undefined ? [] : [own]), ...matching.map(([, schema]) => schema)];
}

function evaluates(part: Part, name: string): boolean {
  return part.schema['additionalProperties'] !== undefined || declared(part, name).length > 0;
}

/** Whether a part came in through another one, so that the other's `unevaluated...` sees what it evaluated. */
export function isWithin(part: Part, other: Part): boolean {
  for (let at: Part | undefined = part; at !== undefined; at = at.parent) if (at === other) return true;
  return false;
}

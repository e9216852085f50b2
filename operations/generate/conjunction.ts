import type { Discriminator } from '../schema/discriminator.ts';
import { isSchemaObject, type Schema, type SchemaLookup, type SchemaObject } from '../schema/schema.ts';
import { hintedType, namedSchemaAt, namedSchemasAt, sameJson, schemaAt, schemasAt, typesAt, type TypeName } from './keywords.ts';
import { satisfies } from './satisfies.ts';

/** One schema object among those that a value has to satisfy together; `parent` is the one that brought it in. */
export interface Part {
  readonly schema: SchemaObject;
  readonly parent: Part | undefined;
}

/** A point where one of several schemas has to hold. With `exclusive` the others must not (`oneOf`). */
export interface Choice {
  readonly owner: Part;
  readonly keyword: 'anyOf' | 'oneOf' | 'if' | 'dependentSchemas';
  readonly alternatives: readonly Schema[];
  /** What a property says about which alternative it is; absent without a discriminator. */
  readonly discriminator?: Discriminator;
}

/**
 * All that is asked of one value: the schemas behind `$ref` and `allOf` laid side by side, with the choices that are still open.
 * Applicators such as `properties` stay with their part, since `additionalProperties` counts only its own neighbours
 * (JSON Schema 2020-12 core, section 10.3.2.3).
 */
export interface Conjunction {
  readonly parts: readonly Part[];
  /** Schemas that a `$ref` led to: meeting one of them again further down is a recursion. */
  readonly targets: readonly Target[];
  readonly choices: readonly Choice[];
  /** Schemas that must not hold. They are looked at only once a value turns out to break them. */
  readonly nots: readonly Schema[];
  /** True when no value can do: `false`, or types without a common one. */
  readonly impossible: boolean;
  /** The types left, in the order of the document; all of them when nothing says more. */
  readonly types: readonly TypeName[];
  /** The values of `enum` and `const` that all parts list. */
  readonly allowed: readonly unknown[] | undefined;
  /** True when a value built from the parts needs no further check. */
  readonly exact: boolean;
}

const lists = new WeakMap<object, readonly Schema[]>();

/** The list of one schema, always the same one, so that its conjunction is remembered. */
export function listOf(schema: Schema): readonly Schema[] {
  if (typeof schema === 'boolean') return schema ? ALWAYS : NEVER;
  const known = lists.get(schema);
  if (known !== undefined) return known;
  const list = [schema];
  lists.set(schema, list);
  return list;
}

const ALWAYS: readonly Schema[] = [true];
const NEVER: readonly Schema[] = [false];

/** Schemas as a list that is the same wherever the same one stands alone: what is worked out for it serves every place. */
export function asList(schemas: readonly Schema[]): readonly Schema[] {
  const [only] = schemas;
  return schemas.length === 1 && only !== undefined ? listOf(only) : schemas;
}

/** A schema that a `$ref` leads to, and how often a walk is inside of it at the moment. */
export interface Target {
  readonly schema: Schema;
  /** The walk that `times` counts for; another one starts at 0. */
  walk: number;
  times: number;
}

/** What has been worked out for the schemas of one document. It holds no generated values. */
export interface Analysis {
  readonly lookup: SchemaLookup;
  readonly conjunctions: WeakMap<readonly Schema[], Conjunction>;
  readonly chosen: WeakMap<Conjunction, Map<Choice, (Conjunction | undefined)[]>>;
  readonly heights: Map<Schema, number>;
  readonly targets: Map<Schema, Target>;
  /** Strings that were looked for in vain: a second search would cost as much and find as little. */
  readonly hopeless: WeakSet<Conjunction>;
}

const analyses = new WeakMap<SchemaLookup, Analysis>();

/** The analysis that belongs to a lookup, shared by all calls with that lookup. */
export function analysisOf(lookup: SchemaLookup): Analysis {
  const known = analyses.get(lookup);
  if (known !== undefined) return known;
  const analysis: Analysis = {
    lookup,
    conjunctions: new WeakMap(),
    chosen: new WeakMap(),
    heights: new Map(),
    targets: new Map(),
    hopeless: new WeakSet(),
  };
  analyses.set(lookup, analysis);
  return analysis;
}

export function targetOf(analysis: Analysis, schema: Schema): Target {
  const known = analysis.targets.get(schema);
  if (known !== undefined) return known;
  const target: Target = { schema, walk: 0, times: 0 };
  analysis.targets.set(schema, target);
  return target;
}

/** Lays schemas side by side. The answer is remembered by the identity of the list. */
export function conjoin(analysis: Analysis, schemas: readonly Schema[]): Conjunction {
  const known = analysis.conjunctions.get(schemas);
  if (known !== undefined) return known;
  const made = extend(analysis, EMPTY, schemas, undefined);
  analysis.conjunctions.set(schemas, made);
  return made;
}

/** The conjunction after deciding for the alternative with this index. */
export function choose(analysis: Analysis, from: Conjunction, choice: Choice, index: number): Conjunction {
  const byChoice = analysis.chosen.get(from) ?? new Map<Choice, (Conjunction | undefined)[]>();
  analysis.chosen.set(from, byChoice);
  const made = byChoice.get(choice) ?? [];
  byChoice.set(choice, made);
  const known = made[index];
  if (known !== undefined) return known;

  const alternative = choice.alternatives[index] ?? false;
  const others = choice.keyword === 'oneOf' ? choice.alternatives.filter((_, other) => other !== index) : [];
  const rest: Conjunction = { ...from, choices: from.choices.filter((open) => open !== choice), nots: [...from.nots, ...others] };
  const chosen = named(analysis, extend(analysis, rest, [alternative], choice.owner), choice, index);
  made[index] = chosen;
  return chosen;
}

/**
 * The alternative whose property says that it is this one, as a client reads it (OpenAPI 3.1 section 4.8.25). No validator asks for it: where the schema
 * lists values of its own that are none of these, they stay.
 */
function named(analysis: Analysis, chosen: Conjunction, { owner, discriminator }: Choice, index: number): Conjunction {
  const values = discriminator?.values[index] ?? [];
  if (discriminator === undefined || values.length === 0) return chosen;
  const name = discriminator.propertyName;
  const declared = chosen.parts.map(({ schema }) => namedSchemaAt(schema, 'properties', name)).filter((schema) => schema !== undefined);
  const kinds = declared.length === 0 ? [] : kindsThatHold(analysis, values, declared);
  if (kinds.length === 0) return chosen;
  return extend(analysis, chosen, [{ required: [name], properties: { [name]: { enum: kinds } } }], owner);
}

/** The names that the schemas of a discriminator's property take. */
export function kindsThatHold(analysis: Analysis, names: readonly string[], schemas: readonly Schema[]): readonly string[] {
  const check = { lookup: analysis.lookup, omitted: undefined, steps: 10_000 };
  return names.filter((kind) => schemas.every((schema) => satisfies(check, schema, kind)));
}

/** The conjunction after replacing one `not` by a schema that makes sure of it. */
export function settle(analysis: Analysis, from: Conjunction, not: Schema, by: Schema): Conjunction {
  return extend(analysis, { ...from, nots: from.nots.filter((open) => open !== not) }, [by], undefined);
}

const ALL_TYPES: readonly TypeName[] = ['string', 'object', 'array', 'number', 'boolean', 'null'];

const EMPTY: Conjunction = {
  parts: [],
  targets: [],
  choices: [],
  nots: [],
  impossible: false,
  types: ALL_TYPES,
  allowed: undefined,
  exact: true,
};

/** More parts than this come from no document that a person wrote. */
const MOST_PARTS = 20_000;

function extend(analysis: Analysis, from: Conjunction, schemas: readonly Schema[], owner: Part | undefined): Conjunction {
  const parts = [...from.parts];
  const targets = [...from.targets];
  const choices = [...from.choices];
  const nots = [...from.nots];
  const seen = new Set<Schema>(parts.map((part) => part.schema));
  const pending: { schema: Schema; parent: Part | undefined }[] = schemas.map((schema) => ({ schema, parent: owner }));
  let { impossible } = from;

  // A list instead of recursion: chains of thousands of references must not use up the stack.
  for (let index = 0; index < pending.length && parts.length < MOST_PARTS; index++) {
    const next = pending[index];
    if (next === undefined || next.schema === true) continue;
    if (next.schema === false) impossible = true;
    if (!isSchemaObject(next.schema) || seen.has(next.schema)) continue;
    const { schema } = next;
    seen.add(schema);
    const part: Part = { schema, parent: next.parent };
    parts.push(part);

    if (typeof schema.$ref === 'string') {
      const target = analysis.lookup(schema.$ref);
      if (target !== undefined) {
        targets.push(targetOf(analysis, target));
        pending.push({ schema: target, parent: part });
      }
    }
    for (const member of schemasAt(schema, 'allOf')) pending.push({ schema: member, parent: part });
    for (const choice of choicesOf(part)) {
      // One of one is no choice.
      const [only, second] = choice.alternatives;
      if (only !== undefined && second === undefined && choice.discriminator === undefined) pending.push({ schema: only, parent: part });
      else choices.push(choice);
    }
    const not = schemaAt(schema, 'not');
    if (not !== undefined) nots.push(not);
  }

  const types = commonTypes(parts);
  if (types.length === 0) impossible = true;
  const allowed = commonValues(parts);
  if (allowed !== undefined && allowed.length === 0) impossible = true;
  const exact = choices.length === 0 && nots.length === 0 && from.exact && !parts.some((part) => needsCheck(part.schema));
  return { parts, targets, choices, nots, impossible, types, allowed, exact };
}

function choicesOf(part: Part): readonly Choice[] {
  const { schema } = part;
  const choices: Choice[] = [];
  const oneOf = schemasAt(schema, 'oneOf');
  const anyOf = schemasAt(schema, 'anyOf');
  const told = discriminatorOf(schema);
  if (oneOf.length > 0) choices.push({ owner: part, keyword: 'oneOf', alternatives: oneOf, ...told });
  if (anyOf.length > 0) choices.push({ owner: part, keyword: 'anyOf', alternatives: anyOf, ...(oneOf.length > 0 ? {} : told) });

  const condition = schemaAt(schema, 'if');
  const whenTrue = schemaAt(schema, 'then');
  const whenFalse = schemaAt(schema, 'else');
  if (condition !== undefined && (whenTrue !== undefined || whenFalse !== undefined)) {
    const alternatives = [{ allOf: [condition, whenTrue ?? true] }, { allOf: [whenFalse ?? true], not: condition }];
    choices.push({ owner: part, keyword: 'if', alternatives });
  }
  for (const [name, dependent] of namedSchemasAt(schema, 'dependentSchemas')) {
    const without = { properties: { [name]: false } };
    choices.push({ owner: part, keyword: 'dependentSchemas', alternatives: [dependent, without] });
  }
  return choices;
}

/** As normalise.ts leaves it. */
function discriminatorOf(schema: SchemaObject): Pick<Choice, 'discriminator'> {
  const discriminator = schema['discriminator'] as Discriminator | undefined;
  return discriminator === undefined || discriminator.values.every((values) => values.length === 0) ? {} : { discriminator };
}

const CHECKED_KEYWORDS = [
  'pattern',
  'multipleOf',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'dependentRequired',
  'unevaluatedProperties',
  'unevaluatedItems',
  'prefixItems',
  'contains',
  'uniqueItems',
];

function needsCheck(schema: SchemaObject): boolean {
  return CHECKED_KEYWORDS.some((keyword) => schema[keyword] !== undefined);
}

function commonTypes(parts: readonly Part[]): readonly TypeName[] {
  let common: readonly TypeName[] | undefined;
  for (const { schema } of parts) {
    const types = typesAt(schema);
    if (types !== undefined) common = common === undefined ? unique(types) : intersect(common, types);
  }
  if (common !== undefined) return common;
  for (const { schema } of parts) {
    const hinted = hintedType(schema);
    if (hinted !== undefined) return [hinted, ...ALL_TYPES.filter((type) => type !== hinted)];
  }
  return ALL_TYPES;
}

function unique(types: readonly TypeName[]): readonly TypeName[] {
  return types.length < 2
    ? types
    : types.filter((type, index) => types.indexOf(type) === index && !(type === 'integer' && types.includes('number')));
}

function intersect(left: readonly TypeName[], right: readonly TypeName[]): readonly TypeName[] {
  const both = left.flatMap((type): TypeName[] => {
    if (right.includes(type)) return [type];
    if (type === 'number' && right.includes('integer')) return ['integer'];
    return type === 'integer' && right.includes('number') ? ['integer'] : [];
  });
  return unique(both);
}

function commonValues(parts: readonly Part[]): readonly unknown[] | undefined {
  let common: readonly unknown[] | undefined;
  for (const { schema } of parts) {
    for (const listed of listedValues(schema)) {
      common = common === undefined ? listed : common.filter((value) => listed.some((other) => sameJson(value, other)));
    }
  }
  return common;
}

function listedValues(schema: SchemaObject): readonly (readonly unknown[])[] {
  const lists: unknown[][] = [];
  if (schema['const'] !== undefined) lists.push([schema['const']]);
  if (Array.isArray(schema['enum'])) lists.push(schema['enum']);
  return lists;
}

import { isSchemaObject } from '../../../operations/index.ts';
import type { SchemaObject } from '../../../operations/index.ts';
import type { Conjunction, SchemaReader } from './conjunction.ts';
import { TYPES, typeOf } from './value.ts';
import type { TypeName } from './value.ts';

/** What a schema says of values of one type: parts that all hold, and alternatives of which a value takes some. */
export interface Projection {
  readonly parts: readonly SchemaObject[];
  readonly choices: readonly Choice[];
}

/** `anyOf` or `oneOf` with at least two branches that the type may take. */
export interface Choice {
  readonly kind: 'anyOf' | 'oneOf';
  readonly branches: readonly Conjunction[];
  /** The schema that holds it. */
  readonly at: SchemaObject;
}

export interface Projections {
  /** `undefined`: no value of the type is valid. */
  readonly project: (conjunction: Conjunction, type: TypeName) => Projection | undefined;
}

const SAYS: Readonly<Record<TypeName, readonly string[]>> = {
  null: [],
  boolean: [],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'format'],
  string: ['minLength', 'maxLength', 'pattern', 'format', 'contentEncoding', 'contentMediaType'],
  array: ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains', 'minContains', 'maxContains', 'unevaluatedItems'],
  object: [
    'properties',
    'required',
    'additionalProperties',
    'patternProperties',
    'propertyNames',
    'minProperties',
    'maxProperties',
    'dependentRequired',
    'dependentSchemas',
    'unevaluatedProperties',
  ],
};
const SAY_OF_ALL = ['enum', 'const', 'not', 'if', 'anyOf', 'oneOf'];

/** Types that a schema without `type` is plainly about. */
export function impliedTypes(conjunction: Conjunction): ReadonlySet<TypeName> {
  return new Set(TYPES.filter((type) => conjunction.parts.some((part) => SAYS[type].some((keyword) => part[keyword] !== undefined))));
}

const NOTHING: Projection = { parts: [], choices: [] };

/** Alternatives inside alternatives are followed no deeper, and no more of them one by one. */
const MAX_DEPTH = 50;
/** Schemas that are put together as one for a type, references and sole alternatives followed. */
const MAX_PARTS = 2_000;

/**
 * Looks at schemas one type at a time. There, alternatives for other types fall away, so that `oneOf: [X, { type: null }]`, `nullable` and
 * `type: [..., null]` come to the same, as do alternatives of different types and a list of types.
 */
export function createProjections(reader: SchemaReader): Projections {
  const known = new Map<Conjunction, Partial<Record<TypeName, Projection | 'never'>>>();
  let depth = 0;

  function project(conjunction: Conjunction, type: TypeName): Projection | undefined {
    if (conjunction.never) return undefined;
    let all = known.get(conjunction);
    if (all === undefined) known.set(conjunction, (all = {}));
    const found = all[type];
    if (found !== undefined) return found === 'never' ? undefined : found;
    // Met again inside of itself, or too deep: it says nothing new.
    if (depth >= MAX_DEPTH) return NOTHING;
    all[type] = NOTHING;
    depth += 1;
    const made = build(conjunction, type);
    depth -= 1;
    all[type] = made ?? 'never';
    return made;
  }

  function build(conjunction: Conjunction, type: TypeName): Projection | undefined {
    const parts: SchemaObject[] = [];
    const choices: Choice[] = [];
    const pending = [...conjunction.parts];
    const seen = new Set<SchemaObject>();
    let merged = 0;
    for (let part = pending.shift(); part !== undefined; part = pending.shift()) {
      if (seen.has(part)) continue;
      seen.add(part);
      if (!allows(part, type)) return undefined;
      parts.push(part);
      for (const kind of ['anyOf', 'oneOf'] as const) {
        const given = part[kind];
        if (!Array.isArray(given)) continue;
        const branches = [...new Set(given.map((branch: unknown) => reader.conjunction([branch])))].filter(
          (branch) => project(branch, type) !== undefined,
        );
        const [first, ...others] = branches;
        if (first === undefined) return undefined;
        // Every value fits two of them, so none fits exactly one.
        if (kind === 'oneOf' && branches.filter((branch) => isFree(branch, type)).length > 1) return undefined;
        if (others.length === 0) {
          if ((merged += 1) <= MAX_DEPTH && parts.length < MAX_PARTS) pending.push(...first.parts);
        } else if (kind === 'oneOf' || !branches.some((branch) => isFree(branch, type))) choices.push({ kind, branches, at: part });
      }
    }
    return { parts, choices };
  }

  function isFree(branch: Conjunction, type: TypeName): boolean {
    return branch.parts.every(
      (part) => ![...SAYS[type], ...SAY_OF_ALL].some((keyword) => part[keyword] !== undefined) && !(type === 'number' && isInteger(part)),
    );
  }

  return { project };
}

/** The type is `integer`, without `number` beside it. */
export function isInteger({ type }: SchemaObject): boolean {
  return type === 'integer' || (Array.isArray(type) && type.includes('integer') && !type.includes('number'));
}

function allows(part: SchemaObject, type: TypeName): boolean {
  const { type: given } = part;
  const types: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (given !== undefined && !types.includes(type) && !(type === 'number' && types.includes('integer'))) return false;
  if (Array.isArray(part['enum']) && !part['enum'].some((value) => typeOf(value) === type)) return false;
  if ('const' in part && typeOf(part['const']) !== type) return false;
  return !isEmptyNot(part['not']);
}

/** `not: {}` lets nothing through. */
function isEmptyNot(not: unknown): boolean {
  return not === true || (isSchemaObject(not) && Object.keys(not).length === 0);
}

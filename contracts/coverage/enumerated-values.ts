import { isSchemaObject } from '../../operations/index.ts';
import type { Schema } from '../../operations/index.ts';
import { listOf, spend } from './schema-walk.ts';
import type { SchemaWalk } from './schema-walk.ts';

/** A value that can be told apart by `===`. Null is none: it stands for the absence of a value. */
export type Scalar = string | number | bigint | boolean;

/** The values that a schema lists. */
export interface Enumerated {
  readonly values: readonly Scalar[];
  /** No other scalar is allowed; false where the list is an alternative to a free value. */
  readonly isClosed: boolean;
  /** One value that is no choice: a lone `const`. */
  readonly isConst: boolean;
}

const BOOLEANS: readonly Scalar[] = [true, false];

/**
 * The scalars that a schema enumerates by `enum`, `const` and `type: boolean` (JSON Schema 2020-12 Validation sections 6.1.1 to 6.1.3); `undefined`: it lists none.
 * `$ref` and `allOf` narrow the list, `oneOf` and `anyOf` join theirs. Objects, arrays and null among the values are left out, so are values that `type` forbids.
 * @param trail the steps on the way here: keys of references, which are not followed again.
 */
export function enumeratedValues(schema: Schema, walk: SchemaWalk, trail: readonly string[] = []): Enumerated | undefined {
  if (!isSchemaObject(schema) || !spend(walk, trail)) return undefined;
  const types = listOf(schema['type']);
  const closed: Enumerated[] = [];
  const open: Enumerated[] = [];
  const add = (found: Enumerated | undefined): void => {
    if (found !== undefined) (found.isClosed ? closed : open).push(found);
  };
  if (Array.isArray(schema['enum'])) add({ values: schema['enum'].filter(isScalar), isClosed: true, isConst: false });
  if (schema['const'] !== undefined) add({ values: [schema['const']].filter(isScalar), isClosed: true, isConst: true });
  if (types.includes('boolean') && types.every((type) => type === 'boolean' || type === 'null'))
    add({ values: BOOLEANS, isClosed: true, isConst: false });
  const { $ref } = schema;
  const target = $ref === undefined || trail.includes($ref) ? undefined : walk.lookup($ref);
  if ($ref !== undefined && target !== undefined) add(enumeratedValues(target, walk, [...trail, $ref]));
  for (const part of listOf(schema['allOf'])) add(enumeratedValues(part as Schema, walk, [...trail, 'allOf']));
  for (const keyword of ['oneOf', 'anyOf']) add(joined(listOf(schema[keyword]) as Schema[], walk, [...trail, keyword]));
  const narrowed = closed.length > 0 ? intersection(closed) : union(open, false);
  if (narrowed === undefined || types.length === 0) return narrowed;
  return { ...narrowed, values: narrowed.values.filter((value) => types.includes(typeName(value)) || isWholeNumber(value, types)) };
}

/** What alternatives list together. */
function joined(alternatives: readonly Schema[], walk: SchemaWalk, trail: readonly string[]): Enumerated | undefined {
  const found: Enumerated[] = [];
  let isClosed = true;
  for (const alternative of alternatives) {
    if (isSchemaObject(alternative) && alternative['type'] === 'null') continue;
    const listed = enumeratedValues(alternative, walk, trail);
    if (listed === undefined) isClosed = false;
    else found.push(listed);
  }
  return union(found, isClosed);
}

function union(found: readonly Enumerated[], isClosed: boolean): Enumerated | undefined {
  if (found.length === 0) return undefined;
  const values = [...new Set(found.flatMap((listed) => listed.values))];
  return {
    values,
    isClosed: isClosed && found.every((listed) => listed.isClosed),
    isConst: values.length <= 1 && found.every((listed) => listed.isConst),
  };
}

function intersection(limits: readonly Enumerated[]): Enumerated {
  const others = limits.slice(1).map((limit) => new Set(limit.values));
  const values = [...new Set(limits[0]?.values)].filter((value) => others.every((other) => other.has(value)));
  return { values, isClosed: true, isConst: values.length <= 1 && limits.some((limit) => limit.isConst) };
}

export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint';
}

function typeName(value: Scalar): string {
  return typeof value === 'bigint' ? 'number' : typeof value;
}

function isWholeNumber(value: Scalar, types: readonly unknown[]): boolean {
  return types.includes('integer') && (typeof value === 'bigint' || Number.isInteger(value));
}

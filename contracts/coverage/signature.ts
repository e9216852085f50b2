import { isSchemaObject } from '../../operations/index.ts';
import type { Schema } from '../../operations/index.ts';
import { enumeratedValues, isScalar } from './enumerated-values.ts';
import type { Scalar } from './enumerated-values.ts';
import { schemaMembers } from './schema-members.ts';
import { listOf } from './schema-walk.ts';
import type { SchemaWalk } from './schema-walk.ts';

/** What tells the values of a schema from others at a glance. */
export interface Signature {
  /** Types of JSON; `undefined`: any. */
  readonly types: ReadonlySet<unknown> | undefined;
  readonly required: readonly string[];
  /** Properties that no value of the schema has. */
  readonly forbidden: readonly string[];
  /** Properties with the only scalars that they may be. */
  readonly listed: readonly (readonly [name: string, values: ReadonlySet<unknown>])[];
}

export function signatureOf(schema: Schema, walk: SchemaWalk): Signature {
  const { properties, required } = schemaMembers(schema, walk);
  const forbidden: string[] = [];
  const listed: (readonly [string, ReadonlySet<unknown>])[] = [];
  for (const [name, property] of properties) {
    if (isImpossible(property)) forbidden.push(name);
    const values = enumeratedValues(property, walk);
    if (values?.isClosed === true) listed.push([name, new Set<Scalar>(values.values)]);
  }
  const types = typesOf(schema, walk);
  return { types: types.length === 0 ? undefined : new Set(types), required: [...required], forbidden, listed };
}

/** False: the value is none of the schema's. True: nothing at first sight speaks against it. */
export function mayBe({ types, required, forbidden, listed }: Signature, value: unknown): boolean {
  if (types !== undefined && !types.has(typeName(value)) && !(isNumber(value) && types.has('integer'))) return false;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return true;
  const members = value as Readonly<Record<string, unknown>>;
  for (const name of required) if (!Object.hasOwn(members, name)) return false;
  for (const name of forbidden) if (Object.hasOwn(members, name)) return false;
  for (const [name, allowed] of listed) {
    if (!Object.hasOwn(members, name)) continue;
    const member = members[name];
    if (isScalar(member) && !allowed.has(member)) return false;
  }
  return true;
}

function typesOf(schema: Schema, walk: SchemaWalk, steps = 20): readonly unknown[] {
  if (!isSchemaObject(schema) || steps <= 0) return [];
  if (schema['type'] !== undefined) return listOf(schema['type']);
  const target = schema.$ref === undefined ? undefined : walk.lookup(schema.$ref);
  return target === undefined ? [] : typesOf(target, walk, steps - 1);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return isNumber(value) ? 'number' : typeof value;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isImpossible(schema: Schema): boolean {
  if (!isSchemaObject(schema)) return !schema;
  const { not } = schema;
  return not === true || (isSchemaObject(not) && Object.keys(not).length === 0);
}

import { isSchemaObject, record } from '../../operations/index.ts';
import type { Schema } from '../../operations/index.ts';
import { listOf, spend } from './schema-walk.ts';
import type { SchemaWalk } from './schema-walk.ts';

/** The schemas of what a value may hold. */
export interface SchemaMembers {
  readonly properties: ReadonlyMap<string, Schema>;
  /** Of the items of an array. */
  readonly items: Schema | undefined;
  /** Of properties that have no schema of their own (`additionalProperties`). */
  readonly rest: Schema | undefined;
  readonly required: ReadonlySet<string>;
}

const NOTHING: SchemaMembers = { properties: new Map(), items: undefined, rest: undefined, required: new Set() };

/**
 * What a schema says of properties and items, through `$ref`, `allOf`, `oneOf` and `anyOf`. Where several schemas speak of one member, the result is a schema made of
 * them: `allOf` where all hold, `anyOf` where they are alternatives.
 * @param trail the steps on the way here: keys of references, which are not followed again.
 * @param onReference told of every reference that is followed.
 */
export function schemaMembers(
  schema: Schema,
  walk: SchemaWalk,
  trail: readonly string[] = [],
  onReference: (key: string) => void = () => undefined,
): SchemaMembers {
  if (!isSchemaObject(schema) || !spend(walk, trail)) return NOTHING;
  let found = ownMembers(schema);
  const { $ref } = schema;
  const target = $ref === undefined || trail.includes($ref) ? undefined : walk.lookup($ref);
  if ($ref !== undefined && target !== undefined) {
    onReference($ref);
    found = both(found, schemaMembers(target, walk, [...trail, $ref], onReference));
  }
  for (const part of listOf(schema['allOf'])) found = both(found, schemaMembers(part as Schema, walk, [...trail, 'allOf'], onReference));
  for (const keyword of ['oneOf', 'anyOf']) {
    const alternatives = listOf(schema[keyword]).map((part) => schemaMembers(part as Schema, walk, [...trail, keyword], onReference));
    if (alternatives.length > 0) found = both(found, either(alternatives, found));
  }
  return found;
}

function ownMembers(schema: Readonly<Record<string, unknown>>): SchemaMembers {
  const { properties, items, additionalProperties, required } = schema;
  if (properties === undefined && items === undefined && additionalProperties === undefined && required === undefined) return NOTHING;
  return {
    properties: new Map(Object.entries(record(properties)) as [string, Schema][]),
    items: isSchemaObject(items) ? items : undefined,
    rest: isSchemaObject(additionalProperties) ? additionalProperties : undefined,
    required: new Set(listOf(required).map(String)),
  };
}

/** What holds where both hold. */
function both(a: SchemaMembers, b: SchemaMembers): SchemaMembers {
  if (b === NOTHING) return a;
  if (a === NOTHING) return b;
  const properties = new Map(a.properties);
  for (const [name, schema] of b.properties) {
    const known = properties.get(name);
    properties.set(name, known === undefined ? schema : { allOf: [known, schema] });
  }
  return {
    properties,
    items: a.items === undefined || b.items === undefined ? (a.items ?? b.items) : { allOf: [a.items, b.items] },
    rest: a.rest === undefined || b.rest === undefined ? (a.rest ?? b.rest) : { allOf: [a.rest, b.rest] },
    required: new Set([...a.required, ...b.required]),
  };
}

/** What holds in one or another; a member that the schema around them knows already and one of them leaves free is that schema's alone. */
function either(alternatives: readonly SchemaMembers[], around: SchemaMembers): SchemaMembers {
  const byName = new Map<string, Schema[]>();
  for (const { properties } of alternatives) {
    for (const [name, schema] of properties) {
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [schema]);
      else list.push(schema);
    }
  }
  const properties = new Map<string, Schema>();
  for (const [name, schemas] of byName) {
    if (schemas.length < alternatives.length && around.properties.has(name)) continue;
    properties.set(name, anyOf(schemas));
  }
  const [first, ...others] = alternatives;
  const items = alternatives.flatMap((members) => (members.items === undefined ? [] : [members.items]));
  const rest = alternatives.flatMap((members) => (members.rest === undefined ? [] : [members.rest]));
  return {
    properties,
    items: items.length === 0 ? undefined : anyOf(items),
    rest: rest.length === 0 ? undefined : anyOf(rest),
    required: new Set([...(first?.required ?? [])].filter((name) => others.every((members) => members.required.has(name)))),
  };
}

function anyOf(schemas: readonly Schema[]): Schema {
  const different = new Map(schemas.map((schema) => [mereReference(schema) ?? schema, schema] as const));
  const [only] = different.values();
  return different.size === 1 && only !== undefined ? only : { anyOf: [...different.values()] };
}

function mereReference(schema: Schema): string | undefined {
  return isSchemaObject(schema) && Object.keys(schema).length === 1 ? schema.$ref : undefined;
}

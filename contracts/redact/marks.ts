import { isSchemaObject } from '../../operations/index.ts';
import type { Schema, SchemaLookup, SchemaObject } from '../../operations/index.ts';

/** What a schema says about secrets, place by place of a value. */
export interface Mark {
  /** The value, and everything inside of it, must not be shown. */
  readonly secret: boolean;
  /** True where the value or something inside of it must not be shown. */
  readonly deep: () => boolean;
  /** Of a property, by its name in JSON or its element in XML. */
  readonly property: (name: string) => Mark;
  readonly item: () => Mark;
  /** Names of the declared properties. */
  readonly names: readonly string[];
}

/** Nothing is known. */
export const NO_MARK: Mark = { secret: false, deep: () => false, property: () => NO_MARK, item: () => NO_MARK, names: [] };
/** All of it is secret. */
export const ALL_SECRET: Mark = { secret: true, deep: () => true, property: () => ALL_SECRET, item: () => ALL_SECRET, names: [] };

/** Larger tangles of schemas are looked at no further. */
const MAX_SCHEMAS = 5_000;

/** @returns the mark of values that fit any of the schemas. */
export type MarkOf = (schemas: readonly (Schema | undefined)[]) => Mark;

/** The marks of one document's schemas; each is made when first asked for. */
export function createMarks(lookup: SchemaLookup): MarkOf {
  const ids = new WeakMap<SchemaObject, number>();
  const known = new Map<string, Mark>();
  let count = 0;

  function idOf(schema: SchemaObject): number {
    const id = ids.get(schema) ?? (count += 1);
    ids.set(schema, id);
    return id;
  }

  function markOf(schemas: readonly (Schema | undefined)[]): Mark {
    const parts = sameValue(schemas, lookup);
    if (parts.length === 0) return NO_MARK;
    if (parts.some(isSecret)) return ALL_SECRET;
    const key = parts
      .map(idOf)
      .sort((a, b) => a - b)
      .join(' ');
    let mark = known.get(key);
    if (mark === undefined) {
      mark = compile(parts);
      known.set(key, mark);
    }
    return mark;
  }

  function compile(parts: readonly SchemaObject[]): Mark {
    const declared = new Map<string, Schema[]>();
    for (const part of parts) {
      for (const [name, schema] of Object.entries(recordOf(part['properties']))) {
        for (const one of new Set([name, xmlName(schema, lookup) ?? name]))
          declared.set(one, [...(declared.get(one) ?? []), schema as Schema]);
      }
    }
    // Which names a pattern means is not asked: what one of them marks is taken for marked.
    const patterned = parts.flatMap((part) => Object.values(recordOf(part['patternProperties']))) as Schema[];
    const others = parts.flatMap((part) => [part['additionalProperties'], part['unevaluatedProperties']]) as (Schema | undefined)[];
    const items = parts.flatMap((part) => [
      part['items'],
      part['unevaluatedItems'],
      part['contains'],
      ...(Array.isArray(part['prefixItems']) ? (part['prefixItems'] as unknown[]) : []),
    ]) as (Schema | undefined)[];
    const properties = new Map<string, Mark>();
    let other: Mark | undefined;
    let item: Mark | undefined;
    let deep: boolean | undefined;
    const mark: Mark = {
      secret: false,
      names: [...declared.keys()],
      property(name) {
        const own = declared.get(name);
        if (own === undefined) return (other ??= markOf([...patterned, ...others]));
        const ready = properties.get(name) ?? markOf([...own, ...patterned]);
        properties.set(name, ready);
        return ready;
      },
      item: () => (item ??= markOf(items)),
      deep: () => (deep ??= reachesSecret(mark)),
    };
    return mark;
  }

  return markOf;
}

function isSecret(schema: SchemaObject): boolean {
  return schema['format'] === 'password' || schema['x-sensitive'] === true || schema['writeOnly'] === true;
}

/** The schemas that speak of the same value: themselves, what they refer to, their branches. `not` says what a value is not. */
function sameValue(schemas: readonly (Schema | undefined)[], lookup: SchemaLookup): SchemaObject[] {
  const found = new Set<SchemaObject>();
  const waiting: unknown[] = [...schemas];
  while (waiting.length > 0 && found.size < MAX_SCHEMAS) {
    const schema = waiting.pop();
    if (!isSchemaObject(schema) || found.has(schema)) continue;
    found.add(schema);
    if (schema.$ref !== undefined) waiting.push(lookup(schema.$ref));
    for (const list of ['allOf', 'anyOf', 'oneOf']) if (Array.isArray(schema[list])) waiting.push(...(schema[list] as unknown[]));
    waiting.push(schema['if'], schema['then'], schema['else'], ...Object.values(recordOf(schema['dependentSchemas'])));
    const { mapping, fallback } = recordOf(schema['discriminator']);
    for (const key of [...Object.values(recordOf(mapping)), fallback]) if (typeof key === 'string') waiting.push(lookup(key));
  }
  return [...found];
}

/** The element that an XML Object names (OpenAPI 3.1 section 4.8.26). */
function xmlName(schema: unknown, lookup: SchemaLookup): string | undefined {
  if (!isSchemaObject(schema)) return undefined;
  const target = schema.$ref === undefined ? undefined : lookup(schema.$ref);
  const name = recordOf(schema['xml'])['name'] ?? (isSchemaObject(target) ? recordOf(target['xml'])['name'] : undefined);
  return typeof name === 'string' ? name : undefined;
}

function reachesSecret(start: Mark): boolean {
  const seen = new Set<Mark>([start]);
  for (const mark of seen) {
    if (mark.secret) return true;
    if (seen.size > MAX_SCHEMAS) return false;
    for (const next of [mark.item(), mark.property(''), ...mark.names.map(mark.property)]) seen.add(next);
  }
  return false;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isSchemaObject(value) ? value : {};
}

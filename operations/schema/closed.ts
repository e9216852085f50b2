import { saidOfTheSame, soleBranch } from './certain.ts';
import type { View } from './excused.ts';
import { isSchemaObject } from './schema.ts';
import type { Schema, SchemaLookup } from './schema.ts';

/**
 * A stricter copy of a schema and of all that it refers to: no object may hold a property that is not described, nor one that only the other side
 * should send. A value that is valid by the copy is valid by the original, and nothing is worth a remark in it: one pass where it would take two.
 */
export interface Closed {
  readonly key: string;
  /** By key, the first one among them. */
  readonly schemas: ReadonlyMap<string, Schema>;
}

/** Keywords by which a stricter part can make the whole more lenient, or by which several schemas describe one object: no copy of these tells the same. */
const MIXED = ['not', 'if', 'then', 'else', 'contains', 'dependentSchemas', 'unevaluatedProperties', 'unevaluatedItems', 'discriminator'];
const IN_BRANCHES = ['properties', 'patternProperties', 'additionalProperties', 'required'];

/** @returns `undefined` for a schema that has no such copy. */
export function closedSchema(start: string, lookup: SchemaLookup, view: View): Closed | undefined {
  const mark = view === 'request' ? 'readOnly' : 'writeOnly';
  const schemas = new Map<string, Schema>();
  const pending = [start];
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    if (schemas.has(closedKey(key))) continue;
    const copy = close(lookup(key) ?? true);
    if (copy === undefined) return undefined;
    schemas.set(closedKey(key), copy);
  }
  return { key: closedKey(start), schemas };

  function close(schema: Schema): Schema | undefined {
    if (!isSchemaObject(schema)) return schema;
    const copy: Record<string, unknown> = { ...schema };
    if (schema.$ref !== undefined) {
      // Beside a reference there may stand properties of the same object.
      if (IN_BRANCHES.some((keyword) => schema[keyword] !== undefined)) return undefined;
      pending.push(schema.$ref);
      copy['$ref'] = closedKey(schema.$ref);
    }
    if (MIXED.some((keyword) => schema[keyword] !== undefined)) return undefined;
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      const branches = schema[keyword];
      if (!Array.isArray(branches)) continue;
      // Several branches, or branches and the schema around them, describe one object together. But a choice between null and one thing is none: nothing
      // that is stricter in the one can make the other fit.
      if (keyword === 'allOf' ? branches.length > 1 : soleBranch(branches) === undefined) return undefined;
      if (IN_BRANCHES.some((member) => schema[member] !== undefined)) return undefined;
      const closed = (branches as Schema[]).map(close);
      if (closed.includes(undefined)) return undefined;
      copy[keyword] = closed;
    }
    for (const keyword of ['items', 'additionalProperties']) {
      if (!isSchemaObject(schema[keyword])) continue;
      const closed = close(schema[keyword]);
      if (closed === undefined) return undefined;
      copy[keyword] = closed;
    }
    if (Array.isArray(schema['prefixItems'])) {
      const closed = (schema['prefixItems'] as Schema[]).map(close);
      if (closed.includes(undefined)) return undefined;
      copy['prefixItems'] = closed;
    }
    if (schema['patternProperties'] !== undefined) return undefined;
    if (!isSchemaObject(schema['properties'])) return copy;
    const properties: Record<string, Schema> = {};
    for (const [name, member] of Object.entries(schema['properties'] as Readonly<Record<string, Schema>>)) {
      const closed = close(member);
      if (closed === undefined || name === '__proto__') return undefined;
      properties[name] = isMarked(member, mark) ? false : closed;
    }
    copy['properties'] = properties;
    copy['additionalProperties'] ??= false;
    return copy;
  }

  function isMarked(schema: Schema, name: 'readOnly' | 'writeOnly'): boolean {
    return [...saidOfTheSame(schema, lookup)].some((said) => said[name] === true);
  }
}

function closedKey(key: string): string {
  return `${key}-closed`;
}

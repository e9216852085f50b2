import { isSchemaObject } from './schema.ts';
import type { Schema, SchemaObject } from './schema.ts';
import { schemasWithin } from './subschemas.ts';

/** Keywords that hold names of properties as their keys. */
const BY_NAME = ['properties', 'dependentSchemas', 'dependentRequired', 'dependencies'] as const;

/**
 * Whether a schema speaks of a property that every object inherits: `constructor`, `toString`. Only then it makes a difference whether a property is the object's
 * own, which takes longer to ask than all else about it.
 */
export function namesInherited(schema: Schema): boolean {
  return schemasWithin(schema).some((item) => namesIn(item).some(isInherited));
}

function namesIn(schema: SchemaObject): string[] {
  const names: unknown[] = [];
  for (const keyword of BY_NAME) {
    const members = schema[keyword];
    if (!isSchemaObject(members)) continue;
    for (const [name, member] of Object.entries(members)) names.push(name, ...(Array.isArray(member) ? (member as unknown[]) : []));
  }
  if (Array.isArray(schema['required'])) names.push(...(schema['required'] as unknown[]));
  return names.filter((name) => typeof name === 'string');
}

function isInherited(name: string): boolean {
  return name in Object.prototype;
}

import type { Schema, SchemaLookup, SchemaObject } from './schema.ts';
import { isSchemaObject } from './schema.ts';

/** A schema and what holds of its value in every case: what its references and `allOf` lead to. */
export function saidOfTheSame(schema: Schema, lookup: SchemaLookup): Set<SchemaObject> {
  const found = new Set<SchemaObject>();
  const pending: unknown[] = [schema];
  while (pending.length > 0) {
    const next = pending.pop();
    if (!isSchemaObject(next) || found.has(next)) continue;
    found.add(next);
    if (next.$ref !== undefined) pending.push(lookup(next.$ref));
    if (Array.isArray(next['allOf'])) pending.push(...(next['allOf'] as unknown[]));
  }
  return found;
}

/** The one branch of an `anyOf` or `oneOf` that is not null, where there is but one: it holds of every value that is not null. */
export function soleBranch(choice: unknown): Schema | undefined {
  if (!Array.isArray(choice)) return undefined;
  const branches = (choice as Schema[]).filter((branch) => !(isSchemaObject(branch) && branch['type'] === 'null'));
  return branches.length === 1 ? branches[0] : undefined;
}

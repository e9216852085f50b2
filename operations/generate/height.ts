import { isSchemaObject, type Schema, type SchemaObject } from '../schema/schema.ts';
import type { Analysis } from './conjunction.ts';
import { hintedType, namedSchemaAt, namesAt, numberAt, schemaAt, schemasAt, typesAt, type TypeName } from './keywords.ts';

/** Beyond this the heights are taken as 0; the node budget ends what that may start. */
const MOST_SCHEMAS = 50_000;

/**
 * The least nesting that a value of a schema needs: 0 for a scalar, 1 for an object of scalars, `Infinity` for a schema that
 * requires itself without a way out. Recursive schemas are left by the branch of least height.
 *
 * An estimate from below: keywords that only together force a nesting are not seen.
 */
export function heightOf(analysis: Analysis, schema: Schema): number {
  const known = analysis.heights.get(schema);
  if (known !== undefined) return known;
  const reachable = reach(analysis, schema);
  if (reachable.length >= MOST_SCHEMAS) return 0;

  // The least fixed point from above, later schemas first, since they are mostly what earlier ones depend on.
  for (const one of reachable) if (!analysis.heights.has(one)) analysis.heights.set(one, Infinity);
  reachable.reverse();
  for (let changed = true; changed;) {
    changed = false;
    for (const one of reachable) {
      const height = ownHeight(analysis, one);
      if (height >= (analysis.heights.get(one) ?? Infinity)) continue;
      analysis.heights.set(one, height);
      changed = true;
    }
  }
  return analysis.heights.get(schema) ?? 0;
}

function reach(analysis: Analysis, start: Schema): Schema[] {
  const found = new Set<Schema>([start]);
  for (const schema of found) {
    if (found.size >= MOST_SCHEMAS) break;
    if (!isSchemaObject(schema)) continue;
    for (const next of dependencies(analysis, schema)) found.add(next);
  }
  return [...found];
}

function dependencies(analysis: Analysis, schema: SchemaObject): Schema[] {
  const items = schemaAt(schema, 'items');
  const contains = schemaAt(schema, 'contains');
  return [
    ...targetOf(analysis, schema),
    ...schemasAt(schema, 'allOf'),
    ...schemasAt(schema, 'anyOf'),
    ...schemasAt(schema, 'oneOf'),
    ...requiredSchemas(schema),
    ...schemasAt(schema, 'prefixItems'),
    ...(items === undefined ? [] : [items]),
    ...(contains === undefined ? [] : [contains]),
  ];
}

function targetOf(analysis: Analysis, schema: SchemaObject): Schema[] {
  const target = typeof schema.$ref === 'string' ? analysis.lookup(schema.$ref) : undefined;
  return target === undefined ? [] : [target];
}

function requiredSchemas(schema: SchemaObject): Schema[] {
  return namesAt(schema, 'required')
    .map((name) => namedSchemaAt(schema, 'properties', name))
    .filter((property) => property !== undefined);
}

function ownHeight(analysis: Analysis, schema: Schema): number {
  if (schema === false) return Infinity;
  if (!isSchemaObject(schema)) return 0;
  const height = (other: Schema): number => analysis.heights.get(other) ?? Infinity;
  const all = [...targetOf(analysis, schema), ...schemasAt(schema, 'allOf')];
  let least = Math.max(0, ...all.map(height));
  for (const keyword of ['anyOf', 'oneOf']) {
    const alternatives = schemasAt(schema, keyword);
    if (alternatives.length > 0) least = Math.max(least, Math.min(...alternatives.map(height)));
  }
  return Math.max(least, shapeHeight(schema, height));
}

function shapeHeight(schema: SchemaObject, height: (schema: Schema) => number): number {
  if (schema['const'] !== undefined || Array.isArray(schema['enum'])) return 0;
  const hinted = hintedType(schema);
  const types: readonly TypeName[] = typesAt(schema) ?? (hinted === undefined ? [] : [hinted]);
  if (types.length === 0) return 0;
  return Math.min(
    ...types.map((type) => {
      if (type === 'object') return 1 + Math.max(0, ...requiredSchemas(schema).map(height));
      if (type === 'array') return 1 + Math.max(0, ...requiredItems(schema).map(height));
      return 0;
    }),
  );
}

function requiredItems(schema: SchemaObject): readonly Schema[] {
  const contains = schemaAt(schema, 'contains');
  const contained = contains === undefined || numberAt(schema, 'minContains') === 0 ? [] : [contains];
  const least = numberAt(schema, 'minItems') ?? 0;
  if (least < 1) return contained;
  const prefix = schemasAt(schema, 'prefixItems');
  const items = least > prefix.length ? schemaAt(schema, 'items') : undefined;
  return [...contained, ...prefix.slice(0, least), ...(items === undefined ? [] : [items])];
}

import { childPointer, compilePattern, isSchemaObject, record } from '../../../operations/index.ts';
import type { SchemaObject } from '../../../operations/index.ts';
import type { Conjunction, SchemaReader } from './conjunction.ts';
import type { Spot } from './difference.ts';
import type { Projection } from './projection.ts';
import { least, most } from './scalar-form.ts';

export interface ArrayForm {
  readonly minItems: number;
  readonly maxItems: number;
  readonly unique: boolean;
  readonly prefix: readonly Conjunction[];
  /** Of the items after the prefix. */
  readonly items: Conjunction;
}

export interface ObjectForm {
  readonly minProperties: number;
  readonly maxProperties: number;
  /** Declared ones, those that no value may have left out. */
  readonly properties: ReadonlyMap<string, Conjunction>;
  /** Where each is declared first. */
  readonly spots: ReadonlyMap<string, Spot>;
  readonly required: ReadonlySet<string>;
  readonly patterns: ReadonlyMap<string, Conjunction>;
  /** Of properties that nothing declares; `never` in a closed object. */
  readonly additional: Conjunction;
  /** `name needs other`, sorted (`dependentRequired`). */
  readonly dependencies: readonly string[];
}

export function arrayForm({ parts }: Projection, reader: SchemaReader): ArrayForm {
  const lengths = parts.map((part) => listOf(part['prefixItems']).length);
  const prefix = Array.from({ length: Math.max(0, ...lengths) }, (_, index) =>
    reader.conjunction(parts.map((part) => listOf(part['prefixItems'])[index] ?? part['items'] ?? true)),
  );
  return {
    minItems: most(parts, 'minItems'),
    maxItems: least(parts, 'maxItems'),
    unique: parts.some((part) => part['uniqueItems'] === true),
    prefix,
    items: reader.conjunction(parts.map((part) => part['items'] ?? true)),
  };
}

/** Each part's `additionalProperties` is about what that part does not declare (JSON Schema 2020-12 section 10.3.2.3). */
export function objectForm({ parts }: Projection, reader: SchemaReader): ObjectForm {
  const names = new Set(parts.flatMap((part) => Object.keys(record(part['properties']))));
  const patterns = new Set(parts.flatMap((part) => Object.keys(record(part['patternProperties']))));
  // Normalising writes this one beside a property of that name.
  patterns.delete('^__proto__$');
  const rest = (part: SchemaObject): unknown[] => [part['additionalProperties'] ?? true, part['unevaluatedProperties'] ?? true];
  const properties = new Map<string, Conjunction>();
  const spots = new Map<string, Spot>();
  for (const name of names) {
    const said = parts.flatMap((part) => {
      const own = record(part['properties']);
      const matching = Object.entries(record(part['patternProperties'])).filter(([pattern]) => matches(pattern, name));
      if (Object.hasOwn(own, name) && !spots.has(name)) spots.set(name, { part, pointer: childPointer('/properties', name) });
      if (Object.hasOwn(own, name)) return [own[name], ...matching.map(([, schema]) => schema)];
      return matching.length > 0 ? matching.map(([, schema]) => schema) : [part['additionalProperties'] ?? true];
    });
    const schema = reader.conjunction(said);
    if (!schema.never) properties.set(name, schema);
  }
  return {
    minProperties: most(parts, 'minProperties'),
    maxProperties: least(parts, 'maxProperties'),
    properties,
    spots,
    required: new Set(parts.flatMap((part) => listOf(part['required']).map(String))),
    patterns: new Map(
      [...patterns].map((pattern) => [
        pattern,
        reader.conjunction(parts.map((part) => record(part['patternProperties'])[pattern] ?? true)),
      ]),
    ),
    additional: reader.conjunction(parts.flatMap(rest)),
    dependencies: [...new Set(parts.flatMap(dependenciesOf))].sort(),
  };
}

function dependenciesOf(part: SchemaObject): string[] {
  if (!isSchemaObject(part['dependentRequired'])) return [];
  return Object.entries(part['dependentRequired']).flatMap(([name, needs]) => listOf(needs).map((other) => `${name} → ${String(other)}`));
}

function matches(pattern: string, name: string): boolean {
  const compiled = compilePattern(pattern);
  return compiled.ok && compiled.pattern.test(name);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

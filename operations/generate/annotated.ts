import type { Schema } from '../schema/schema.ts';
import { conjoin, type Conjunction } from './conjunction.ts';
import { copyJson, isRecord, setProperty } from './keywords.ts';
import { membersOf, schemasOfMember } from './members.ts';
import { satisfies } from './satisfies.ts';
import { NONE, type Walk } from './walk.ts';

/** The values that the document itself gives: every `default`, then every one of `examples`. */
export function annotatedValues(conjunction: Conjunction): readonly unknown[] {
  const defaults: unknown[] = [];
  const examples: unknown[] = [];
  for (const { schema } of conjunction.parts) {
    if (schema['default'] !== undefined) defaults.push(schema['default']);
    if (Array.isArray(schema['examples'])) examples.push(...schema['examples']);
  }
  return [...defaults, ...examples];
}

/** The first value of the document that satisfies the schemas, without what is to be omitted; `NONE` when there is none. */
export function pickAnnotated(walk: Walk, conjunction: Conjunction, schemas: readonly Schema[]): unknown {
  for (const annotated of annotatedValues(conjunction)) {
    const value = withoutOmitted(walk, schemas, copyJson(annotated), 0);
    if (schemas.every((schema) => satisfies(walk.check, schema, value))) return value;
  }
  return NONE;
}

const DEEPEST = 200;

/** The value without properties that are marked to be omitted, in whichever branch of the schema. */
export function withoutOmitted(walk: Walk, schemas: readonly Schema[], value: unknown, depth: number): unknown {
  const { omit } = walk;
  if (omit === undefined || depth > DEEPEST || typeof value !== 'object' || value === null || schemas.length === 0) return value;
  const conjunction = conjoin(walk.analysis, withAlternatives(walk, schemas));
  if (Array.isArray(value)) {
    const items = conjunction.parts.flatMap(({ schema }) => [
      schema['items'],
      ...(Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : []),
    ]);
    const applied = items.filter((item): item is Schema => isRecord(item));
    return value.map((item) => withoutOmitted(walk, applied, item, depth + 1));
  }
  if (!isRecord(value)) return value;
  const members = membersOf(conjunction);
  const kept: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const own = schemasOfMember(walk.analysis, conjunction, members, name);
    if (conjoin(walk.analysis, own).parts.some(({ schema }) => schema[omit] === true)) (walk.check.omitted ??= new Set<string>()).add(name);
    else setProperty(kept, name, withoutOmitted(walk, own, member, depth + 1));
  }
  return kept;
}

/** The schemas and all branches that might apply besides. */
function withAlternatives(walk: Walk, schemas: readonly Schema[]): readonly Schema[] {
  const all = [...schemas];
  for (let round = 0; round < 5; round++) {
    const found = conjoin(walk.analysis, [...all])
      .choices.flatMap((choice) => choice.alternatives)
      .filter((schema) => !all.includes(schema));
    if (found.length === 0) break;
    all.push(...found);
  }
  return all;
}

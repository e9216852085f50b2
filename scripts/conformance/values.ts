import { generateSync } from 'json-schema-faker';
import { generate } from '../../operations/index.ts';
import type { SchemaObject } from '../../operations/index.ts';
import { members } from '../judge/index.ts';
import type { Schemas } from '../judge/index.ts';

export type Found = { readonly kind: 'found'; readonly value: unknown } | { readonly kind: 'none'; readonly reason: string };

export interface Wanted {
  readonly schemas: Schemas;
  readonly schema: unknown;
  /** Values of the document to try first. */
  readonly examples: readonly unknown[];
  /** What else the value must be, e.g. no empty path segment. */
  readonly fits?: (value: unknown) => boolean;
  readonly omit: 'readOnly' | 'writeOnly';
}

/**
 * A value that the schema allows, by the verdict of plain AJV: an example of the document, or one of two generators' making.
 * `none` when all of them fail; the schema is then taken to be unsatisfiable.
 */
export function findValue(wanted: Wanted): Found {
  let reason = 'no value was found';
  for (const value of candidates(wanted)) {
    if (value === undefined || wanted.fits?.(value) === false) continue;
    const verdict = wanted.schemas.judge(wanted.schema, value);
    if (verdict.kind === 'valid') return { kind: 'found', value };
    if (verdict.kind === 'unusable') return { kind: 'none', reason: `the schema can not be compiled: ${verdict.reason}` };
    reason = `no value was found that the schema allows: ${verdict.reasons.slice(0, 2).join('; ')}`;
  }
  return { kind: 'none', reason };
}

function* candidates({ schemas, schema, examples, omit }: Wanted): Generator {
  yield* examples;
  if (schema === undefined) {
    yield 'text';
    return;
  }
  const plain = schemas.selfContained(schema);
  yield ownValue(plain, 'sample', '1', omit);
  for (const seed of ['1', '2', '3']) yield ownValue(plain, 'fake', seed, omit);
  for (const seed of [1, 2, 3, 4, 5]) yield fakerValue(plain, seed);
}

/** The project's own generator. Its own opinion of the value does not count here. */
function ownValue(plain: SchemaObject | boolean, mode: 'sample' | 'fake', seed: string, omit: 'readOnly' | 'writeOnly'): unknown {
  const definitions = members(members(plain)['$defs']);
  const lookup = (key: string): SchemaObject | undefined => definitions[key.slice('#/$defs/'.length)] as SchemaObject | undefined;
  return generate(plain, { mode, seed, lookup, validate: () => true, omit }).value;
}

function fakerValue(plain: SchemaObject | boolean, seed: number): unknown {
  try {
    return generateSync(plain, { seed });
  } catch {
    return undefined;
  }
}

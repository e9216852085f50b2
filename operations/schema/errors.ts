import type { ErrorObject } from 'ajv/dist/2020.js';
import { pointerTokens } from '../pointer.ts';

/**
 * Keeps the errors that tell a person what to change.
 *
 * A failed `oneOf` or `anyOf` reports the errors of every branch and itself. Kept are: with a discriminator (OpenAPI 3.1 section 4.8.25), those of the branch that
 * the value names; otherwise those of the one branch that fits best by far (no wrong type or constant at its top), else only the error of the
 * `oneOf` itself. The branch that `nullable` added is never worth a word.
 */
export function relevantErrors(errors: readonly ErrorObject[], value: unknown): ErrorObject[] {
  const combined = errors.filter((error) => (error.keyword === 'oneOf' || error.keyword === 'anyOf') && Array.isArray(error.schema));
  if (combined.length === 0) return errors.filter((error) => error.keyword !== 'if' || errors.length === 1);
  let kept = [...errors];
  // Inner ones come first in AJV's order, so that an outer choice sees what is left of the inner one.
  for (const whole of combined) {
    if (!kept.includes(whole)) continue;
    const inside = branchErrors(whole, kept);
    if (inside.length === 0) continue;
    const chosen = choose(whole, inside, value);
    const flat = new Set(inside.flat());
    kept = kept.filter((error) => !flat.has(error) || chosen.errors.includes(error));
    if (!chosen.keepsWhole) kept = kept.filter((error) => error !== whole);
    if (chosen.added !== undefined) kept.push(chosen.added);
  }
  return kept.filter((error) => error.keyword !== 'if' || kept.length === 1);
}

interface Choice {
  readonly errors: readonly ErrorObject[];
  readonly keepsWhole: boolean;
  readonly added?: ErrorObject;
}

/** The errors that AJV reported just before the combining one, one list per branch. */
function branchErrors(whole: ErrorObject, errors: readonly ErrorObject[]): ErrorObject[][] {
  const branches = (whole.schema as unknown[]).map((): ErrorObject[] => []);
  const end = errors.indexOf(whole);
  const prefix = `${whole.schemaPath}/`;
  // A branch behind a reference has its own schema path; its errors stand between those of its neighbours, found by the object they were judged by.
  const owners = new Map<unknown, number>();
  (whole.schema as unknown[]).forEach((branch, index) => owners.set(branch, index));
  let current: number | undefined;
  for (let index = end - 1; index >= 0; index -= 1) {
    const error = errors[index];
    if (error === undefined || !error.instancePath.startsWith(whole.instancePath)) break;
    if (error.schemaPath.startsWith(prefix)) current = Number(error.schemaPath.slice(prefix.length).split('/')[0]);
    else current = owners.get(error.parentSchema) ?? current ?? branches.length - 1;
    branches[current]?.unshift(error);
  }
  return branches.some((branch) => branch.length > 0) ? branches : [];
}

function choose(whole: ErrorObject, branches: readonly ErrorObject[][], value: unknown): Choice {
  const real = branches.filter((branch, index) => branch.length > 0 && !isNullBranch((whole.schema as unknown[])[index]));
  const named = byDiscriminator(whole, value);
  if (named?.branch !== undefined) {
    const errors = branches[named.branch] ?? [];
    if (errors.length > 0) return { errors, keepsWhole: false };
  }
  if (named !== undefined && named.branch === undefined) {
    return {
      errors: [],
      keepsWhole: false,
      added: { ...whole, keyword: 'discriminator', params: { name: named.name, expected: named.expected } },
    };
  }
  if (real.length === 1 && real[0] !== undefined) return { errors: real[0], keepsWhole: false };
  const fitting = real.filter(
    (branch) =>
      !branch.some((error) => error.instancePath === whole.instancePath && (error.keyword === 'type' || error.keyword === 'exactType')),
  );
  const first = fitting[0];
  if (fitting.length === 1 && first !== undefined) return { errors: first, keepsWhole: false };
  // Branches told apart by a constant or an enumeration: the one whose constant fits is meant.
  const told = fitting.filter((branch) => !branch.some((error) => error.keyword === 'const' || error.keyword === 'enum'));
  if (told.length === 1 && told[0] !== undefined) return { errors: told[0], keepsWhole: false };
  return { errors: [], keepsWhole: true };
}

function isNullBranch(branch: unknown): boolean {
  return typeof branch === 'object' && branch !== null && (branch as Record<string, unknown>)['type'] === 'null';
}

/** The branch that the value's discriminator names; `branch: undefined` when it names none. */
function byDiscriminator(whole: ErrorObject, value: unknown): { name: string; branch: number | undefined; expected: string[] } | undefined {
  const discriminator = whole.parentSchema?.['discriminator'] as { propertyName?: unknown; mapping?: Record<string, string> } | undefined;
  const name = discriminator?.propertyName;
  const mapping = discriminator?.mapping;
  if (typeof name !== 'string' || mapping === undefined || Object.keys(mapping).length === 0) return undefined;
  let target = value;
  for (const token of pointerTokens(whole.instancePath) ?? []) target = (target as Record<string, unknown> | undefined)?.[token];
  if (typeof target !== 'object' || target === null) return undefined;
  const given = (target as Record<string, unknown>)[name];
  const key = typeof given === 'string' ? mapping[given] : undefined;
  const branch = key === undefined ? -1 : (whole.schema as { $ref?: string }[]).findIndex((item) => item.$ref === key);
  if (branch >= 0) return { name, branch, expected: Object.keys(mapping) };
  // Without a full mapping the name may be that of a schema: no opinion.
  if (Object.keys(mapping).length < (whole.schema as unknown[]).length) return undefined;
  return { name, branch: undefined, expected: Object.keys(mapping) };
}

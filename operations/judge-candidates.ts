import type { Issue, SchemaValidator } from './schema/validator.ts';

const NO_ISSUES: readonly Issue[] = [];

/**
 * The first reading that the schema accepts, or the first reading with what is wrong with it.
 * @param isPlain none of them holds a `bigint`, so that nobody needs to look.
 */
export function judgeCandidates(
  validator: SchemaValidator | undefined,
  candidates: readonly unknown[],
  isPlain = false,
): { readonly value: unknown; readonly issues: readonly Issue[] } {
  const first = candidates[0];
  if (validator === undefined) return { value: first, issues: NO_ISSUES };
  if (candidates.length > 1) {
    const fitting = candidates.findIndex((candidate) => validator.isValid(candidate));
    // Validated once more only for the case that the schema can't be used, which is worth a warning.
    if (fitting > 0) return { value: candidates[fitting], issues: validator.validate(candidates[fitting]) };
  }
  return { value: first, issues: validator.validate(first, isPlain) };
}

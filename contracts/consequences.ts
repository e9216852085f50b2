import type { Violation } from '../operations/index.ts';

/** Keywords that a value of the wrong type mostly breaks as well. */
const FOLLOWING = new Set(['format', 'enum', 'const']);

/**
 * The violations less those that follow from another one: `"1"` where one of the integers 1 and 2 is asked for is no integer, and that is all there is to say.
 * Only keywords that stand beside the `type` count: what another schema asks for of the same value is told.
 */
export function withoutConsequences(violations: readonly Violation[]): readonly Violation[] {
  if (violations.length < 2 || !violations.some(({ code }) => code === 'type')) return violations;
  const mistyped = new Set(violations.filter(({ code }) => code === 'type').map(placeOf));
  return violations.filter((violation) => !FOLLOWING.has(violation.code) || !mistyped.has(placeOf(violation)));
}

/** The value and the schema that was asked of it. */
function placeOf({ side, part, name, pointer, document }: Violation): string {
  return JSON.stringify([side, part, name, pointer, document.slice(0, document.lastIndexOf('/'))]);
}

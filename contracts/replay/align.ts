import { pointerTokens } from '../../operations/index.ts';

/** Elements of a list that one is looked for among. */
const MAX_ELEMENTS = 1_000;

/**
 * The value at a pointer in another body of the same shape. Lists may be in another order or hold rows of others: of objects the one is followed that has most in common with
 * the one recorded, of equally good ones that of the same index.
 * @returns its text; `undefined` where the way there ends, or it is no scalar.
 */
export function textAt(recorded: unknown, other: unknown, pointer: string): string | undefined {
  let [left, right] = [recorded, other];
  for (const token of pointerTokens(pointer) ?? []) {
    if (Array.isArray(right)) {
      const list = right as readonly unknown[];
      const wanted: unknown = Array.isArray(left) ? (left as readonly unknown[])[Number(token)] : undefined;
      right = list[closest(wanted, list, Number(token))];
      left = wanted;
      continue;
    }
    left = member(left, token);
    right = member(right, token);
  }
  return typeof right === 'string' || typeof right === 'number' || typeof right === 'bigint' ? String(right) : undefined;
}

function closest(wanted: unknown, list: readonly unknown[], index: number): number {
  if (typeof wanted !== 'object' || wanted === null || list.length > MAX_ELEMENTS) return index;
  let best = index;
  let bestScore = score(wanted, list[index]);
  for (const [at, element] of list.entries()) {
    const here = score(wanted, element);
    if (here > bestScore) [best, bestScore] = [at, here];
  }
  return best;
}

/** Members of equal scalar value. */
function score(wanted: object, element: unknown): number {
  if (typeof element !== 'object' || element === null) return -1;
  let equal = 0;
  for (const [name, value] of Object.entries(wanted))
    if ((typeof value !== 'object' || value === null) && member(element, name) === value) equal += 1;
  return equal;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

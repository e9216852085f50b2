const BOUNDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;

/**
 * The bounds of numbers as numbers. `exclusiveMinimum: true` beside `minimum` (drafts 3 and 4, OpenAPI 3.0) becomes a number of its own. A bound that a
 * double can't hold, such as 2^63 - 1, is kept digit by digit in `exactBounds` as well, for values that are as long.
 * @param problem told of a bound that is no number.
 */
export function readBounds(
  given: Readonly<Record<string, unknown>>,
  problem: (keyword: string, message: string) => void,
): Record<string, unknown> {
  const read = new Map<string, number | bigint>();
  for (const keyword of BOUNDS) {
    const value = given[keyword];
    if (value === undefined || (keyword.startsWith('exclusive') && typeof value === 'boolean')) continue;
    if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))) read.set(keyword, value);
    else problem(keyword, `${keyword} must be a number; it is not checked`);
  }
  for (const [inclusive, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    const bound = read.get(inclusive);
    if (given[exclusive] !== true || bound === undefined) continue;
    read.set(exclusive, bound);
    read.delete(inclusive);
  }
  const exact = [...read].filter(([, value]) => typeof value === 'bigint').map(([keyword, value]) => [keyword, String(value)]);
  return {
    ...Object.fromEntries([...read].map(([keyword, value]) => [keyword, Number(value)])),
    ...(exact.length === 0 ? {} : { exactBounds: Object.fromEntries(exact) as Record<string, string> }),
  };
}

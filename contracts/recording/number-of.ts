/** A number, or a text that is one; anything else is none. A list would be put together as text first, which takes a stack as deep as it is nested. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}

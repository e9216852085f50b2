/** How large and how deep a value is, and whether it holds what needs another dialect: what a validator asks of a value before it judges it in full. */

/** Above this many values one violation is enough: collecting every error of a huge body would take more memory than the body. */
const COLLECT_ALL_BELOW = 10_000;

/** A value of fewer levels can't exhaust the stack; then it is the schema that goes in a circle. */
const SHALLOW = 100;

/** Whether only the first error of a value is collected. */
export function isHuge(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  let count = 1;
  const pending: object[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (Array.isArray(next)) {
      count += next.length;
      if (count > COLLECT_ALL_BELOW) return true;
      for (const item of next as readonly unknown[]) if (typeof item === 'object' && item !== null) pending.push(item);
      continue;
    }
    for (const key in next) {
      count += 1;
      const item = (next as Readonly<Record<string, unknown>>)[key];
      if (typeof item === 'object' && item !== null) pending.push(item);
    }
    if (count > COLLECT_ALL_BELOW) return true;
  }
  return false;
}

/** Whether a value is nested so deeply that judging it may exhaust the stack. */
export function isDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth < SHALLOW; depth += 1) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
    if (level.length === 0) return false;
  }
  return true;
}

export function holdsBigint(value: unknown): boolean {
  if (typeof value === 'bigint') return true;
  if (typeof value !== 'object' || value === null) return false;
  const pending: unknown[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const item of Object.values(next as object)) {
      if (typeof item === 'bigint') return true;
      if (typeof item === 'object' && item !== null) pending.push(item);
    }
  }
  return false;
}

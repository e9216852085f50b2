/** One place where two recordings differ. */
export interface Difference {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly was: unknown;
  readonly is: unknown;
}

const MOST = 20;

/** Where two recordings differ, at most 20 places. Everything that may differ was made steady before: nothing is left out here. */
export function differences(was: unknown, is: unknown, pointer = ''): Difference[] {
  if (Object.is(was, is)) return [];
  if (!isHolder(was) || !isHolder(is) || Array.isArray(was) !== Array.isArray(is)) return [{ pointer, was, is }];
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  const found: Difference[] = [];
  for (const name of names) {
    const escaped = name.replaceAll('~', '~0').replaceAll('/', '~1');
    found.push(...differences(was[name], is[name], `${pointer}/${escaped}`));
    if (found.length >= MOST) break;
  }
  return found.slice(0, MOST);
}

function isHolder(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

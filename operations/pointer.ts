/** JSON Pointer (RFC 6901): the address of a value inside a document. `''` is the whole document. */

/** Escapes one reference token: `~` and `/` (RFC 6901 section 3). */
export function pointerToken(token: string | number): string {
  if (typeof token === 'number') return String(token);
  return /[~/]/.test(token) ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token;
}

/** The pointer one step further in. */
export function childPointer(pointer: string, token: string | number): string {
  return `${pointer}/${pointerToken(token)}`;
}

/** Splits a pointer into its tokens; `undefined` when it is not a pointer (neither empty nor starting with `/`). */
export function pointerTokens(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return undefined;
  const tokens = pointer.slice(1).split('/');
  return pointer.includes('~') ? tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~')) : tokens;
}

/** The value at a pointer; `undefined` when a token leads nowhere. Only own properties are followed, in arrays only the indexes. */
export function valueAt(root: unknown, pointer: string): unknown {
  const tokens = pointerTokens(pointer);
  if (tokens === undefined) return undefined;
  let value = root;
  for (const token of tokens) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    if (Array.isArray(value) && token === 'length') return undefined;
    value = (value as Record<string, unknown>)[token];
  }
  return value;
}

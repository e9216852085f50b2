/** Path and query of a request target in origin form, or in absolute form as proxies send it (RFC 9112 section 3.2). */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  let rest = target;
  if (!rest.startsWith('/')) rest = rest.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '');
  const hash = rest.indexOf('#');
  if (hash >= 0) rest = rest.slice(0, hash);
  const mark = rest.indexOf('?');
  if (mark < 0) return { path: rest === '' ? '/' : rest, query: '' };
  return { path: mark === 0 ? '/' : rest.slice(0, mark), query: rest.slice(mark + 1) };
}

import { decodePercent } from '../../operations/index.ts';
import type { Operation } from '../../operations/index.ts';
import type { Mark } from './marks.ts';
import type { Mask } from './mask-value.ts';

/**
 * Masks the parameters of a path that are secret.
 * @param values raw texts of the templates, as matching found them.
 */
export function maskPath(
  path: string,
  operation: Operation,
  values: ReadonlyMap<string, string>,
  markOf: (name: string) => Mark,
  mask: Mask,
): string {
  let masked = path;
  for (const [name, raw] of values) {
    const mark = markOf(name);
    if ((!mark.secret && !mark.deep()) || raw === '') continue;
    const pseudonym = mask(meant(raw, name), 'marked');
    masked = replaceSegment(masked, operation, name, raw, pseudonym);
  }
  return masked;
}

/** Without percent-encoding, and without what the styles `matrix` and `label` put before it (OpenAPI 3.1 section 4.8.12.2). */
function meant(raw: string, name: string): string {
  // What is no UTF-8 stays as it is.
  const text = decodePercent(raw) ?? raw;
  return text.startsWith(`;${name}=`) ? text.slice(name.length + 2) : text.replace(/^[.;]/, '');
}

/** The segment that the template stands in, counted from the end, since servers put base paths before it; else every segment that is the value. */
function replaceSegment(path: string, operation: Operation, name: string, raw: string, pseudonym: string): string {
  const segments = path.split('/');
  for (const template of [operation.path, ...operation.route.aliases]) {
    const parts = template.split('/');
    const fromEnd = parts.length - parts.findIndex((part) => part.includes(`{${name}}`));
    const at = segments.length - fromEnd;
    const segment = segments[at];
    if (fromEnd > parts.length || segment === undefined || !segment.includes(raw)) continue;
    return segments
      .with(
        at,
        segment.replace(raw, () => pseudonym),
      )
      .join('/');
  }
  return segments.map((segment) => (segment === raw ? pseudonym : segment)).join('/');
}

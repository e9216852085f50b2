import { decodePercent } from '../operations/index.ts';
import type { Violation } from '../operations/index.ts';

/**
 * Whether a parameter in a path was read in one of several ways: `{name}.{ext}` takes `a.b.c` for `a` and `b.c`, but `a.b` and `c` are as good (OpenAPI names no rule). What is wrong with
 * such a reading is held against nobody.
 * @param template of the operation.
 * @param path as requested; what stands before the template in it is a base path.
 */
export function isAmbiguous({ part, name }: Violation, template: string, path: string): boolean {
  if (part !== 'path' || name === undefined) return false;
  const segments = template.split('/');
  const at = segments.findIndex((segment) => segment.includes(`{${name}}`));
  const texts = (segments[at] ?? '').split(/\{[^{}]*\}/).slice(1, -1);
  if (texts.length === 0) return false;
  const raw = path.split('/').at(at - segments.length) ?? '';
  const sent = decodePercent(raw) ?? raw;
  return texts.some((text) => text === '' || sent.split(text).length - 1 > texts.filter((other) => other === text).length);
}

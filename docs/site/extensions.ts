/** The extensions of the kit: what they mean for a reader outside, and which of them never reach one. */
import { record } from '../../operations/index.ts';

const KIT = new Set(['x-assumption', 'x-discrepancy', 'x-faker', 'x-internal', 'x-path-aliases', 'x-rules', 'x-sensitive', 'x-tolerated']);

/** True for an extension that is about how the documents were made or how the kit works. */
export function isKitExtension(key: string): boolean {
  return KIT.has(key) || key.startsWith('x-hufu');
}

/** Marked as not for partners. */
export function isInternal(value: unknown): boolean {
  return record(value)['x-internal'] === true;
}

/** Values of it must not be shown: personal data or a secret. */
export function isSensitive(value: unknown): boolean {
  const { 'x-sensitive': mark, format } = record(value);
  return mark === true || format === 'password';
}

/** The ids that `x-discrepancy` names at one place. */
export function discrepanciesOf(value: unknown): string[] {
  const ids = record(value)['x-discrepancy'];
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

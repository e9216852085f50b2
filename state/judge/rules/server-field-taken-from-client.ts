import { differenceOf, isEmpty } from '../difference.ts';
import type { KnownRow } from '../knowledge.ts';
import { isUsable, tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { nameOf } from './update-lost.ts';

/** A field that the server alone makes holds exactly what a client had sent for it. */
export function serverFieldTakenFromClient(
  trial: Trial,
  facts: { readonly row: KnownRow; readonly field: string; readonly actual: unknown; readonly pointer: string },
): void {
  const { row, field, actual, pointer } = facts;
  const sent = row.sent?.get(field);
  if (sent === undefined || !isUsable(trial, sent) || !isTelling(sent.value)) return;
  if (isEmpty(actual) || differenceOf(sent.value, actual, trial.eyes) !== undefined) return;
  tell(trial, {
    rule: 'server-field-taken-from-client',
    message: `${field} of ${nameOf(row)} is made by the server alone, but holds what the client sent for it`,
    pointer,
    because: [sent.by],
    actual,
    member: field,
  });
}

/** Of a value such as 0, 1 or "no" it may be chance that the server made the same. */
function isTelling(value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return value > 9 || value < 0;
  return typeof value === 'string' && value.length >= 3;
}

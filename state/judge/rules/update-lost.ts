import type { Known, KnownRow } from '../knowledge.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';

/** A field differs from what was written or read before, though nothing changed it since. */
export function updateLost(
  trial: Trial,
  facts: {
    readonly row: KnownRow;
    readonly field: string;
    readonly pointer: string;
    readonly known: Known;
    readonly expected: unknown;
    readonly actual: unknown;
  },
): void {
  const { row, field, pointer, known, expected, actual } = facts;
  tell(trial, {
    rule: 'update-lost',
    message: known.written
      ? `${field} of ${nameOf(row)} is not what an accepted request put there`
      : `${field} of ${nameOf(row)} is another than before, though no request changed it`,
    pointer,
    document: trial.plan.address,
    because: [known.by],
    expected,
    actual,
    member: field,
  });
}

/** A row in a sentence. */
export function nameOf({ collection, key }: KnownRow): string {
  const name = collection.name.slice(collection.name.indexOf('/') + 1);
  return key === undefined || key.length > 80 || key.includes('hufu-masked-') || collection.isSecret
    ? `a row of ${name}`
    : `${name} ${key}`;
}

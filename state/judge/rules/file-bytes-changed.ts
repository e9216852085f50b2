import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import type { Known, KnownRow } from '../knowledge.ts';
import { nameOf } from './update-lost.ts';

/** The bytes of a file, their number or their hash are not those that were uploaded. */
export function fileBytesChanged(
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
  // Hexadecimal digits mean the same in either case.
  if (String(expected).toLowerCase() === String(actual).toLowerCase()) return;
  tell(trial, {
    rule: 'file-bytes-changed',
    message:
      known.by === trial.observation.index
        ? `${field} of ${nameOf(row)} is not that of the bytes that were sent`
        : `${field} of ${nameOf(row)} is not that of the bytes as they were known before`,
    pointer,
    because: [known.by],
    expected,
    actual,
  });
}

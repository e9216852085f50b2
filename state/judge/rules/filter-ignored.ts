import type { KnownRow } from '../knowledge.ts';
import { doubtOf } from '../plan.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { nameOf } from './update-lost.ts';

/** A row is served although it breaks what was asked for. */
export function filterIgnored(
  trial: Trial,
  facts: {
    readonly row: KnownRow;
    readonly field: string;
    readonly asked: unknown;
    readonly value: unknown;
    readonly pointer: string;
    readonly because: Iterable<number>;
  },
): void {
  const { row, field, asked, value, pointer, because } = facts;
  tell(trial, {
    rule: 'filter-ignored',
    message: `${nameOf(row)} does not fit what was asked for: its ${field}`,
    pointer,
    because,
    expected: asked,
    actual: value,
    member: field.startsWith('/') ? (field.split('/').at(-1) ?? field) : field,
    doubt: doubtOf(trial.plan.given['where']),
  });
}

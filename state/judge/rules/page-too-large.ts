import { doubtOf } from '../plan.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';

/** A page has more rows than were asked for, than the state file gives without being asked, or than there may be. */
export function pageTooLarge(
  trial: Trial,
  facts: { readonly rows: number; readonly size: number; readonly isAsked: boolean; readonly pointer: string },
): void {
  const { rows, size, isAsked, pointer } = facts;
  tell(trial, {
    rule: 'page-too-large',
    message: `the page has ${rows} rows; ${isAsked ? 'asked for were' : 'a page has at most'} ${size}`,
    pointer,
    because: [],
    expected: size,
    actual: rows,
    // What a page holds unasked is the only thing of a pager that is ever assumed.
    doubt: isAsked ? undefined : doubtOf(trial.plan.pager),
  });
}

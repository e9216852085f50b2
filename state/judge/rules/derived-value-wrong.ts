import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';

/** A value that follows from the request, or from what is known, is another one: an echo, a count, a sum, a key. */
export function derivedValueWrong(
  trial: Trial,
  facts: {
    readonly template: string;
    readonly pointer: string;
    readonly expected: unknown;
    readonly actual: unknown;
    readonly because: Iterable<number>;
    readonly field?: string;
  },
): void {
  const { template, pointer, expected, actual, because, field } = facts;
  tell(trial, {
    rule: 'derived-value-wrong',
    message: `the value is not what ${template} makes of the request and of what is known`,
    pointer,
    because,
    expected,
    actual,
    ...(field === undefined ? {} : { member: field }),
  });
}

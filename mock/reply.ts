import type { Violation } from '../operations/index.ts';
import type { AnsweredBy } from './answered-by.ts';

/** An answer, ready to be written: nothing in it is looked at again. */
export interface Reply {
  readonly status: number;
  /** Names in lower case; values are valid header text. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | undefined;
  /** True for a reply that is kept and sent again: what is derived from it is worth keeping too. */
  readonly reused?: true;
  /** What it was made of; absent: a refusal of the mock's own. */
  readonly by?: AnsweredBy;
  /** What of it breaks the document, where that is known from making it. */
  readonly flaws?: readonly Violation[];
}

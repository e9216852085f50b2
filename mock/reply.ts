import type { Violation } from '../operations/index.ts';
import type { AnsweredBy } from './answered-by.ts';

/** What is wrong with a request, and with its answer where that is known. */
export const VIOLATIONS_HEADER = 'sl-violations';

/** An answer, ready to be written: nothing in it is looked at again. */
export interface Reply {
  readonly status: number;
  /** Names in lower case; values are valid header text. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | undefined;
  /** The text of one more header, {@link VIOLATIONS_HEADER}: printable ASCII. Apart from the others, which are the same for many answers. */
  readonly told?: string | undefined;
  /** True where headers and body are kept and sent again (kept-reply.ts): what is derived from them is worth keeping too. */
  readonly reused?: true | undefined;
  /** What it was made of; absent: a refusal of the mock's own. */
  readonly by?: AnsweredBy | undefined;
  /** What of it breaks the document, where that is known from making it. */
  readonly flaws?: readonly Violation[] | undefined;
}

/** All headers that a reply is sent with, but for those of the connection. */
export function headersOf({ headers, told }: Pick<Reply, 'headers' | 'told'>): Reply['headers'] {
  return told === undefined ? headers : { ...headers, [VIOLATIONS_HEADER]: told };
}

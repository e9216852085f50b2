/** An answer, ready to be written: nothing in it is looked at again. */
export interface Reply {
  readonly status: number;
  /** Names in lower case; values are valid header text. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | undefined;
  /** True for a reply that is kept and sent again: what is derived from it is worth keeping too. */
  readonly reused?: true;
}

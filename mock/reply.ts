/** An answer, ready to be written: nothing in it is looked at again. */
export interface Reply {
  readonly status: number;
  /** Names in lower case; values are valid header text. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | undefined;
}

/** A state file that can't be used: every flaw with file, line and column. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';
  readonly flaws: readonly StateFlaw[];

  constructor(flaws: readonly StateFlaw[]) {
    super(flaws.map((flaw) => `${flaw.file}:${flaw.line}:${flaw.column}: ${flaw.message}`).join('\n'));
    this.flaws = flaws;
  }
}

export interface StateFlaw {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** JSON pointer into the state file. */
  readonly pointer: string;
  readonly message: string;
}

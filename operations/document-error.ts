/**
 * A document that can't be used: what is wrong, where, and what to do. Its message is made for people; `cause` keeps the parser's own error.
 */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly file: string;
  /** 1-based; absent when the whole file is meant. */
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(file: string, message: string, position?: { line: number; column: number }, options?: ErrorOptions) {
    super(`${file}${position ? `:${position.line}:${position.column}` : ''}: ${message}`, options);
    this.file = file;
    this.line = position?.line;
    this.column = position?.column;
  }
}

/**
 * A recording of which nothing can be read: what is wrong, where, and what to do. What breaks only one entry is a flaw among the items instead.
 */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  /** As the user wrote it. */
  readonly file: string;
  /** 1-based; absent when the whole file is meant. */
  readonly line: number | undefined;
  /** 1-based, in bytes. */
  readonly column: number | undefined;

  constructor(file: string, message: string, position?: { readonly line: number; readonly column: number }, options?: ErrorOptions) {
    super(`${file}${position ? `:${position.line}:${position.column}` : ''}: ${message}`, options);
    this.file = file;
    this.line = position?.line;
    this.column = position?.column;
  }
}

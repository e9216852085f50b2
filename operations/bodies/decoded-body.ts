/** What a body may mean: accept the first candidate that validates, report the violations of the first if none does. */
export type DecodedBody =
  | { readonly kind: 'value'; readonly candidates: readonly unknown[] }
  /** `message` is a sentence without its subject: `must be XML: ...`. */
  | MalformedBody;

export interface MalformedBody {
  readonly kind: 'malformed';
  readonly message: string;
  /** JSON pointer to what can't be read, where it is a part of the whole. */
  readonly pointer?: string;
}

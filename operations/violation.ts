/** Which part of an exchange a violation is about. */
export type Part = 'path' | 'query' | 'header' | 'cookie' | 'body' | 'security' | 'status' | 'media-type' | 'route';

/**
 * A fact: this value breaks this part of the document. No judgement about whose fault it is.
 */
export interface Violation {
  /** A stable word for the rule broken: a JSON Schema keyword (`required`, `pattern`) or one of the kit's own (`malformed`, `undocumented`). */
  readonly code: string;
  /** The side it was found on. */
  readonly side: 'request' | 'response';
  readonly part: Part;
  /** The parameter, header or cookie name, where the part has one. */
  readonly name?: string;
  /** JSON pointer (RFC 6901) into the value of that part; `''` is the whole value. */
  readonly pointer: string;
  /** One English sentence without the place: `must be at least 1`. */
  readonly message: string;
  /** Where the document says so: a file and a JSON pointer, printed as `file#/pointer`. */
  readonly document: string;
  /** What the keyword asks for, where it is short enough to print. */
  readonly expected?: unknown;
  /** The value found, where it is short enough to print; absent for sensitive fields. */
  readonly actual?: unknown;
  /** The property that is missing from the object at `pointer`, or too many in it. */
  readonly property?: string;
  /** JSON pointer to the value that fits none of several branches, where this is what the likeliest of them asks for. */
  readonly choice?: string;
  /** The document only hints at it: a discriminator where it decides nothing (OpenAPI from 3.0.4 and 3.1.1 on). */
  readonly isHint?: true;
  /** Errors make a message invalid; warnings (a deprecated parameter) do not. */
  readonly severity: 'error' | 'warning';
}

import type { Part } from '../operations/index.ts';
import type { Place } from './exchange.ts';

/** Who has to act. */
export type Side = 'server' | 'client' | 'document' | 'recording';

/** Errors fail a check; warnings do so when asked for (`--fail-on warning`); notices never do. */
export type Severity = 'error' | 'warning' | 'notice';

/** The checker's judgement of one exchange: a rule, whose turn it is, and where. Plain data; the same input gives the same finding. */
export interface Finding {
  /** The rule's file name: `response-body`, `undocumented-status`. */
  readonly rule: string;
  readonly side: Side;
  readonly severity: Severity;
  /** One English sentence without the place. */
  readonly message: string;
  readonly exchange: Place;
  /** The operation that the request means; absent where it means none. */
  readonly operation?: OperationName;
  readonly method: string;
  /** The path as it was requested, without query. */
  readonly path: string;
  /** The response's status; absent where there was none. */
  readonly status?: number;
  /** Which message the value stands in. */
  readonly in?: 'request' | 'response';
  readonly part?: Part;
  /** The parameter's, header's or cookie's name. */
  readonly name?: string;
  /** JSON pointer (RFC 6901) to the value, or to the object that lacks one. */
  readonly pointer?: string;
  /** The property that is missing or too many. */
  readonly property?: string;
  /** What of the document is broken: the keyword, or a word of the kit's own. */
  readonly code?: string;
  /** `file#/pointer` of the place in the document that says so. */
  readonly document?: string;
  readonly expected?: unknown;
  /** The value found, where it is short enough to print and no secret. */
  readonly actual?: unknown;
  /** Other exchanges that the judgement rests on: the one that taught what this one contradicts. */
  readonly because?: readonly Place[];
}

export interface OperationName {
  /** The document's name, its file name without extension. */
  readonly document: string;
  readonly id: string;
  readonly method: string;
  /** The path template. */
  readonly path: string;
}

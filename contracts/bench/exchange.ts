/** One exchange of the bench, and what is wrong with it on purpose. */
export interface BenchCase {
  readonly name: string;
  /** The dialects that can say what it is about. Default: all three. */
  readonly dialects?: readonly Dialect[];
  readonly request: BenchRequest;
  readonly response: BenchResponse;
  /** Absent: nothing is wrong. */
  readonly planted?: Planted;
}

export type Dialect = '2.0' | '3.0' | '3.1';

export interface BenchRequest {
  readonly method: string;
  /** Below `https://api.example.com/v1`, or absolute. */
  readonly target: string;
  /** Beside the credentials, which every request carries that does not say otherwise. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly withoutCredentials?: true;
  /** An object is sent as JSON. */
  readonly body?: unknown;
}

export interface BenchResponse {
  readonly status: number;
  /** Content-Type of a body is `application/json`, of a failure `application/problem+json` (Swagger 2.0: JSON); `null` takes a header away. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: unknown;
}

/** What the checker must say: a hit only with the rule, the side and the place. */
export interface Planted {
  readonly rule: string;
  readonly side: 'server' | 'client';
  /** JSON pointer, for bodies. */
  readonly pointer?: string;
  /** The parameter or header. */
  readonly name?: string;
  /** The property that is missing or too many. */
  readonly property?: string;
}

/** The part of an operation that the judge asks for; an `Operation` of `operations/` is one. */
export interface ObservedOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly document: { readonly name: string };
  /** Empty: it is open to everybody. */
  readonly security: readonly unknown[];
}

/** A part of a multipart body. */
export interface ObservedFile {
  readonly fileName: string | undefined;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** One request and its answer as values: nothing of HTTP but the status and the headers. */
export interface Observation {
  /** The exchange's number; contradictions name exchanges by it. Numbers rise. */
  readonly index: number;
  readonly operation: ObservedOperation;
  /** The method that was sent, where it is another than the operation's: a HEAD that is answered as its GET. */
  readonly method?: string | undefined;
  readonly request: ObservedRequest;
  /** `undefined`: none came. */
  readonly response: ObservedResponse | undefined;
  /** What became of it; `undefined` where nobody can tell: then everything it may have changed is unknown. */
  readonly accepted: boolean | undefined;
  /** Whether the request keeps to its document; absent: not known. */
  readonly valid?: boolean;
  /** Milliseconds since the epoch, by the clock of the recorder. Without them exchanges count as one after the other, and nothing is judged by time. */
  readonly startedAt?: number | undefined;
  readonly endedAt?: number | undefined;
}

/** Decoded values by name. Headers and query hold what the document does not declare as well (`authorization`, `apiKey` credentials), as text. */
export interface ObservedRequest {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly cookie: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly files?: ReadonlyMap<string, readonly ObservedFile[]> | undefined;
  /** The text of a bearer token. */
  readonly token?: string | undefined;
}

export interface ObservedResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Decoded; integers beyond 2^53 are `bigint`. `undefined`: no body, or one that is no value (a file). */
  readonly body: unknown;
  /** The body as it was sent, content coding undone. */
  readonly bytes?: Uint8Array | undefined;
}

/** Something that an answer says although earlier exchanges taught otherwise. */
export interface Contradiction {
  /** The rule's file name in `rules/`. */
  readonly rule: string;
  /** One English sentence with the facts. */
  readonly message: string;
  /** JSON pointer into the response's body; `''`: the whole of it. */
  readonly pointer: string;
  /** `file#/pointer` of the place in the state file. */
  readonly document: string;
  /** The indices of the exchanges that taught what this one contradicts, rising. Empty where the exchange contradicts itself. */
  readonly because: readonly number[];
  readonly expected?: unknown;
  readonly actual?: unknown;
  /** `warning`: the model itself rests on an assumption there. */
  readonly severity: 'error' | 'warning';
}

export interface JudgeOptions {
  /** Others write to the same backend: only what nobody else could have changed is judged. Default false. */
  readonly shared?: boolean;
  /** Values that stand for another: equal where the other is equal, and nothing else. Default: texts that hold `hufu-masked-`. */
  readonly masked?: (value: string) => boolean;
  /** Members whose values are secrets or personal data: followed as identities, never compared as values or shown. */
  readonly sensitive?: (operation: ObservedOperation, member: string) => boolean;
  /** Rows remembered in each collection; those that were not met for longest are forgotten first. Default 5000. */
  readonly maxRows?: number;
  /** Listings of which pages are remembered. Default 100. */
  readonly maxListings?: number;
}

export interface JudgeSize {
  readonly rows: number;
  readonly listings: number;
}

/** Runs state models along exchanges. */
export interface Judge {
  /** Judges one exchange by what the earlier ones taught, and learns from it. Never throws. */
  readonly observe: (observation: Observation) => Contradiction[];
  /** Everything learned is gone: another backend, or one that was reset. */
  readonly forget: () => void;
  readonly size: () => JudgeSize;
}

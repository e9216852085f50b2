/** What the control API tells, as mock/control/control.openapi.yaml describes it. */

export type AnswerKind = 'override' | 'state' | 'example' | 'generated' | 'forward' | 'empty';

export type Step =
  | 'receive'
  | 'forward'
  | 'preflight'
  | 'match'
  | 'preferences'
  | 'server'
  | 'security'
  | 'media-type'
  | 'validation'
  | 'state'
  | 'answer';

/** An exchange in one line. */
export interface Summary {
  readonly id: number;
  readonly at: string;
  readonly milliseconds: number;
  readonly session: string;
  readonly document?: string;
  readonly operationId?: string;
  readonly fault?: string;
  readonly forced?: true;
  readonly step: Step;
  readonly answeredBy?: AnswerKind;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** 0: the connection was reset. */
  readonly status: number;
  readonly errors: number;
  readonly warnings: number;
  readonly first?: { readonly message: string; readonly chinese?: string };
}

export interface Place {
  readonly file: string;
  readonly line?: number;
}

export interface Violation {
  readonly side: 'request' | 'response';
  readonly part: string;
  readonly name?: string;
  readonly pointer: string;
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly chinese?: string;
  readonly document: string;
  readonly place?: Place;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

export type Headers = Readonly<Record<string, string | readonly string[]>>;

export interface Body {
  readonly size: number;
  readonly encoding: 'utf-8' | 'base64';
  readonly text: string;
  readonly truncated?: true;
}

export interface Difference {
  readonly kind: 'method' | 'base-path' | 'segment' | 'missing' | 'extra' | 'trailing-slash';
  readonly position?: number;
  readonly expected?: string;
  readonly actual?: string;
  readonly segments?: string;
}

export interface NearRoute {
  readonly document: string;
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly place: Place;
  readonly differs: readonly Difference[];
}

export interface AnswerSource {
  readonly kind: AnswerKind;
  readonly module?: string;
  readonly inferred?: true;
  readonly verb?: string;
  readonly collection?: string;
  readonly key?: string;
  readonly name?: string;
  readonly seed?: string;
  readonly dynamic?: boolean;
  readonly url?: string;
  readonly place?: Place;
}

export interface Why {
  readonly step: Step;
  readonly operation?: {
    readonly document: string;
    readonly operationId: string;
    readonly method: string;
    readonly path: string;
    readonly summary?: string;
    readonly place: Place;
  };
  readonly nearest?: readonly NearRoute[];
  readonly security?: {
    readonly requires: readonly (readonly string[])[];
    readonly outcome: 'open' | 'passed' | 'refused';
    readonly message?: string;
  };
  readonly scenario?: string;
  readonly forced?: { readonly code?: string; readonly example?: string };
  readonly answer?: AnswerSource;
}

/** One exchange with all that is known of it. */
export interface Exchange {
  readonly id: number;
  readonly at: string;
  readonly milliseconds: number;
  readonly session: string;
  readonly fault?: string;
  readonly step: Step;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query: string;
    readonly headers: Headers;
    readonly body?: Body;
  };
  readonly response: { readonly status: number; readonly headers: Headers; readonly body?: Body };
  readonly violations: readonly Violation[];
  readonly why: Why;
}

export interface ServedOperation {
  readonly document: string;
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly summary?: string;
  readonly statuses: readonly string[];
}

/** The target as it was sent. */
export function targetOf({ path, query }: { readonly path: string; readonly query: string }): string {
  return query === '' ? path : `${path}?${query}`;
}

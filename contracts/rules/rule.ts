import { childPointer } from '../../operations/index.ts';
import type { JudgedRequest, JudgedResponse, Operation, Remark, SecurityFailure, Violation } from '../../operations/index.ts';
import type { Defects } from '../defects.ts';
import type { Exchange, Gap } from '../exchange.ts';
import type { Finding, Severity, Side } from '../finding.ts';
import type { Outcome } from '../judged.ts';
import { isPreflight } from '../set-aside.ts';

/** What is known of an exchange whose operation was found: all that a rule looks at. */
export interface Facts {
  readonly exchange: Exchange;
  readonly operation: Operation;
  readonly request: JudgedRequest;
  /** Absent: there was no response. */
  readonly response: JudgedResponse | undefined;
  readonly outcome: Outcome;
  /** What is wrong with the request and is neither masked nor a gap of the recording. */
  readonly requestErrors: readonly Violation[];
  readonly responseErrors: readonly Violation[];
  /** What the schema of the request's body does not forbid and a reader should know. */
  readonly requestRemarks: readonly Remark[];
  readonly responseRemarks: readonly Remark[];
  /** The gaps of the recording because of which something was not said. */
  readonly hiding: ReadonlySet<Gap>;
  /** What of the documents has been told to be defective. */
  readonly defects: Defects;
}

/** What a rule says: a finding but for what every finding of an exchange has in common. */
export type Verdict = Omit<Finding, 'rule' | 'exchange' | 'operation' | 'method' | 'path' | 'status' | 'because'>;

/** One rule of the checker. Its id is its file's name. */
export interface Rule {
  readonly id: string;
  readonly judge: (facts: Facts) => readonly Verdict[];
}

export const NOTHING: readonly Verdict[] = [];

/** A violation as a verdict: its place, and what was asked for. */
export function verdictOf(violation: Violation, side: Side, severity: Severity): Verdict {
  const { name, expected, actual, property, isHint } = violation;
  return {
    side,
    severity: isHint === true && severity === 'error' ? 'warning' : severity,
    message: violation.message,
    in: violation.side,
    part: violation.part,
    pointer: violation.pointer,
    code: violation.code,
    document: violation.document,
    ...(name === undefined ? {} : { name }),
    ...(property === undefined ? {} : { property }),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  };
}

/**
 * How grave an invalid request is. One that the server took is a client's error; one that it refused was caught, and may be a test that wanted to be;
 * with a failing server nobody can tell.
 */
export function requestSeverity({ outcome }: Facts): Severity {
  return outcome === 'accepted' ? 'error' : outcome === 'refused' ? 'notice' : 'warning';
}

/** True for a violation that names a property too many: a rule of its own. */
export function isTooMany({ code }: Violation): boolean {
  return code === 'additionalProperties' || code === 'unevaluatedProperties';
}

/** The place of the property itself, where the validator names the object that it is too many in. */
export function pointerOfProperty({ pointer, property }: Violation): string {
  return property === undefined ? pointer : childPointer(pointer, property);
}

/** What recorders write in place of credentials. */
const REDACTED = /^\S+ +\W*(?:[*x\u2022]{3,}|redacted|masked|hidden|removed|secret|filtered|sanitized)\W*$/i;

/**
 * Whether credentials that were sent may be missing here: the recording has lost header fields, or holds something else in their place. A key in the query is part of the URL, which
 * nobody takes it out of. A preflight never carries any (WHATWG Fetch, section 3.3).
 */
export function mayLackCredentials(exchange: Exchange, { alternatives }: SecurityFailure): boolean {
  if (isPreflight(exchange)) return true;
  const { authorization } = exchange.request.headers;
  const isLost = exchange.gaps.some(({ of }) => of === 'credentials' || of === 'request-headers');
  if (!isLost && !(typeof authorization === 'string' && REDACTED.test(authorization))) return false;
  return alternatives.some((schemes) => schemes.some((scheme) => scheme.in !== 'query'));
}

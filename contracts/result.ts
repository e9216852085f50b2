import type { Place } from './exchange.ts';
import type { Finding, OperationName, Severity, Side } from './finding.ts';

/** Everything a run of the checker found: what all reports are made of. Plain data, the same for the same input, and what `--format json` prints. */
export interface CheckResult {
  readonly version: 1;
  readonly documents: readonly DocumentSummary[];
  readonly recordings: readonly RecordingSummary[];
  readonly exchanges: ExchangeCounts;
  /** Errors first, then by count. */
  readonly groups: readonly Group[];
  readonly coverage: CoverageResult;
  /** Absent where no baseline was given. */
  readonly baseline?: BaselineResult;
}

export interface DocumentSummary {
  readonly name: string;
  readonly title: string;
  /** As the user wrote it. */
  readonly file: string;
  readonly dialect: string;
  readonly operations: number;
}

export interface RecordingSummary {
  readonly file: string;
  readonly exchanges: number;
  /** Who wrote it: HAR's `creator`, `ndjson`, `journal`. */
  readonly format: string;
}

export interface ExchangeCounts {
  readonly total: number;
  /** Those that an operation was found for. */
  readonly judged: number;
  /** Those without an error. */
  readonly clean: number;
  /** Why exchanges were left aside: `preflight`, `options`, `asset`, `other-host`, `websocket`; by reason. */
  readonly skipped: Readonly<Record<string, number>>;
}

/** Findings with one root cause. */
export interface Group {
  /** Twelve hexadecimal digits; the same for the same cause in every run. */
  readonly id: string;
  readonly rule: string;
  readonly side: Side;
  readonly severity: Severity;
  readonly message: string;
  readonly count: number;
  /** Operations it was met in, at most 20: that of the first sample, then the others by document and name. */
  readonly operations: readonly OperationName[];
  /** Of the first exchanges, each with what the report shows of it. */
  readonly samples: readonly Sample[];
  /** `file#/pointer`, and the line in that file where it is known. */
  readonly document?: string;
  readonly line?: number;
  readonly baseline?: 'known' | 'expired';
}

export interface Sample {
  readonly finding: Finding;
  readonly exchange: ShownExchange;
}

/** An exchange as reports show it: secrets masked, bodies cut. */
export interface ShownExchange {
  readonly place: Place;
  readonly startedAt?: string;
  readonly request: ShownMessage & { readonly method: string; readonly target: string };
  readonly response?: ShownMessage & { readonly status: number };
}

export interface ShownMessage {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Text of at most 64 KiB; binary bodies are only described. */
  readonly body?: { readonly text: string; readonly bytes: number; readonly cut: boolean; readonly binary: boolean };
}

export interface CoverageResult {
  readonly cells: number;
  /** By at least one exchange without an error. */
  readonly covered: number;
  /** Only by exchanges with an error. */
  readonly failing: number;
  readonly operations: readonly OperationCoverage[];
}

export interface OperationCoverage extends OperationName {
  readonly exchanges: number;
  readonly failing: number;
  readonly cells: number;
  readonly covered: number;
  readonly list: readonly Cell[];
}

/** One thing that a document says can happen. */
export interface Cell {
  readonly kind: 'status' | 'media-type' | 'parameter' | 'enum' | 'branch' | 'transition';
  /** Such as `200`, `200 application/json`, `query size`, `query status=PENDING`, `body /type=2`, `200 success`, `PENDING -> TERMINATED`. */
  readonly name: string;
  readonly ok: number;
  readonly failing: number;
}

export interface BaselineResult {
  readonly file: string;
  readonly known: number;
  readonly expired: number;
  readonly new: number;
  /** Entries of the baseline that no exchange shows any more, though their operation was called. */
  readonly fixed: readonly { readonly id: string; readonly rule: string; readonly message: string; readonly reason: string }[];
}

import type { OperationTable } from '../operations/index.ts';
import { createCoverage } from './coverage/index.ts';
import type { CoverageSnapshot, RememberedDocument } from './coverage/index.ts';
import type { Exchange } from './exchange.ts';
import type { Finding, OperationName } from './finding.ts';
import { byWeight, createGroups, FURTHER_FINDINGS } from './group.ts';
import type { GroupOptions, Groups } from './group.ts';
import type { Judged } from './judged.ts';
import type { Flaw } from './recording/index.ts';
import type { CoverageResult, ExchangeCounts, Group } from './result.ts';

/** Adds up what the checker says of the exchanges of a run, in bounded memory. */
export interface Tally {
  readonly add: (judged: Judged) => void;
  /** An entry of a recording that is no exchange, or none that can be read. */
  readonly addAside: (reason: string) => void;
  readonly addFlaw: (flaw: Flaw) => void;
  /** The counts so far: structured-clonable, so that a thread can send them. */
  readonly snapshot: () => TallySnapshot;
  readonly merge: (other: TallySnapshot) => void;
  readonly result: () => TallyResult;
}

export interface TallyResult {
  readonly exchanges: ExchangeCounts;
  readonly groups: readonly Group[];
  readonly coverage: CoverageResult;
}

export interface TallySnapshot {
  readonly counts: Counts;
  readonly groups: readonly Group[];
  readonly coverage: CoverageSnapshot;
  /** Origins that some exchange with an operation went to. */
  readonly met: readonly string[];
  readonly doubted: readonly (readonly [origin: string, exchanges: number, groups: readonly Group[]])[];
}

interface Counts {
  readonly total: number;
  readonly judged: number;
  readonly clean: number;
  readonly skipped: Readonly<Record<string, number>>;
}

/** Origins that no document names and that calls of an unknown operation went to are kept apart up to this many. */
const MAX_DOUBTED = 100;
/** Samples of a group that a report shows. */
const SAMPLES = 3;

/** Operations of a group that a report names. */
const OPERATIONS = 20;

export interface TallyOptions {
  /** Of how many tallies the result will be merged: each keeps its first samples, and the first of all must be among them. Default 1. */
  readonly parts?: number;
  /** The recordings in the order in which they are read; samples come in that order. */
  readonly files?: readonly string[];
}

export function createTally(
  table: OperationTable,
  remembered: readonly RememberedDocument[],
  placeOf: NonNullable<GroupOptions['placeOf']>,
  { parts = 1, files = [] }: TallyOptions = {},
): Tally {
  const options = { placeOf, samples: SAMPLES * parts, operations: Number.POSITIVE_INFINITY };
  const groups = createGroups(options);
  const coverage = createCoverage(table, remembered);
  const met = new Set<string>();
  const doubted = new Map<string, { exchanges: number; groups: Groups }>();
  const skipped = new Map<string, number>();
  let [total, judgedCount, clean] = [0, 0, 0];

  function skip(reason: string, count = 1): void {
    skipped.set(reason, (skipped.get(reason) ?? 0) + count);
  }

  function add(judged: Judged): void {
    total += 1;
    if (judged.skipped !== undefined) {
      skip(judged.skipped);
      return;
    }
    if (judged.doubt !== undefined) {
      doubtedOrigin(judged.doubt)?.groups.add(judged);
      return;
    }
    if (judged.findings.length > 0) groups.add(judged);
    coverage.add(judged);
    if (judged.operation === undefined) return;
    judgedCount += 1;
    if (!judged.findings.some(({ severity }) => severity === 'error')) clean += 1;
    if (judged.exchange.origin !== undefined) met.add(judged.exchange.origin);
  }

  /** Counted; with findings unless there are too many of them. */
  function doubtedOrigin(origin: string, count = 1): { exchanges: number; groups: Groups } | undefined {
    const known = doubted.get(origin);
    if (known === undefined && doubted.size >= MAX_DOUBTED) {
      skip('other-host', count);
      return undefined;
    }
    const entry = known ?? { exchanges: 0, groups: createGroups(options) };
    entry.exchanges += count;
    doubted.set(origin, entry);
    return entry;
  }

  function snapshot(): TallySnapshot {
    return {
      counts: { total, judged: judgedCount, clean, skipped: Object.fromEntries(skipped) },
      groups: groups.list(),
      coverage: coverage.snapshot(),
      met: [...met],
      doubted: [...doubted].map(([origin, entry]) => [origin, entry.exchanges, entry.groups.list()] as const),
    };
  }

  function merge(other: TallySnapshot): void {
    total += other.counts.total;
    judgedCount += other.counts.judged;
    clean += other.counts.clean;
    for (const [reason, count] of Object.entries(other.counts.skipped)) skip(reason, count);
    groups.merge(other.groups);
    coverage.merge(other.coverage);
    for (const origin of other.met) met.add(origin);
    for (const [origin, count, found] of other.doubted) doubtedOrigin(origin, count)?.groups.merge(found);
  }

  function result(): TallyResult {
    // Only the whole tells whether a host is one of the API's: calls of an unknown operation count where known ones were made too.
    const all = createGroups(options);
    all.merge(groups.list());
    const foreign = new Map(skipped);
    for (const [origin, entry] of doubted) {
      if (met.has(origin)) all.merge(entry.groups.list());
      else foreign.set('other-host', (foreign.get('other-host') ?? 0) + entry.exchanges);
    }
    return {
      exchanges: { total, judged: judgedCount, clean, skipped: Object.fromEntries([...foreign].sort(([a], [b]) => (a < b ? -1 : 1))) },
      groups: all
        .list()
        .map((group) => finished(group, files))
        .sort(byWeight),
      coverage: coverage.result(),
    };
  }

  return {
    add,
    addAside(reason) {
      total += 1;
      skip(reason);
    },
    addFlaw(flaw) {
      groups.add(flawed(flaw));
    },
    snapshot,
    merge,
    result,
  };
}

/**
 * The first samples of all parts, what they say and where, whichever part was merged first; a defect of a document, which every part meets for
 * itself, is told once.
 */
function finished(group: Group, files: readonly string[]): Group {
  const samples = [...group.samples].sort(({ exchange: { place: a } }, { exchange: { place: b } }) =>
    a.file === b.file ? a.index - b.index : files.indexOf(a.file) - files.indexOf(b.file),
  );
  const first = samples[0]?.finding;
  const isOnce = group.side === 'document';
  const rank = ({ document, id }: OperationName): string =>
    `${document === first?.operation?.document && id === first.operation.id ? 0 : 1} ${document} ${id}`;
  const operations = [...group.operations].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return {
    ...group,
    message: first === undefined || group.rule === FURTHER_FINDINGS ? group.message : first.message,
    count: isOnce ? 1 : group.count,
    operations: operations.slice(0, isOnce ? 1 : OPERATIONS),
    samples: samples.slice(0, isOnce ? 1 : SAMPLES),
  };
}

/** A place of a recording that can't be read, as a finding: what stood there was not judged. */
function flawed({ place, message, line }: Flaw): Judged {
  const exchange: Exchange = {
    place,
    origin: undefined,
    request: { method: '', path: '', query: '', headers: {}, body: undefined },
    response: undefined,
    startedAt: undefined,
    milliseconds: undefined,
    gaps: [],
  };
  const finding: Finding = {
    rule: 'recording-gap',
    side: 'recording',
    severity: 'error',
    message: `line ${line}: ${message}`,
    exchange: place,
    method: '',
    path: '',
    code: 'entry invalid',
  };
  return {
    exchange,
    findings: [finding],
    operation: undefined,
    request: undefined,
    response: undefined,
    outcome: 'unknown',
    skipped: undefined,
  };
}

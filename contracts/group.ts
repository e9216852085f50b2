import { createHash } from 'node:crypto';
import type { Operation } from '../operations/index.ts';
import type { Exchange } from './exchange.ts';
import type { Finding, OperationName, Severity } from './finding.ts';
import type { Judged } from './judged.ts';
import { isIdLike, pathShape, pointerShape } from './shape.ts';
import type { Group, Sample, ShownExchange } from './result.ts';
import { isSecretName } from './redact/secret-names.ts';
import { showExchange, showPath } from './shown.ts';

export interface GroupOptions {
  /** Exchanges shown of each group. Default 3. */
  readonly samples?: number;
  /** Groups kept apart; findings of further causes are counted together, by severity, under the rule `further-findings`. Default 5,000. */
  readonly groups?: number;
  /** Operations named of each group. Default 20. */
  readonly operations?: number;
  /** Characters of bodies kept in all samples together; once they are spent, a group gets one sample without bodies. Default 32 Mi. */
  readonly sampleCharacters?: number;
  /** The line of a `file#/pointer`, in the document of the given name. */
  readonly placeOf?: (address: string, document?: string) => { readonly line: number } | undefined;
}

/** Findings by their root cause, in bounded memory. */
export interface Groups {
  /** Counts every finding of an exchange and keeps the exchange as a sample where one is wanted. */
  readonly add: (judged: Judged) => void;
  /** Adds what another run has grouped, such as a worker's: samples of this one come first. */
  readonly merge: (groups: readonly Group[]) => void;
  /** Errors, warnings, notices; in each the most frequent first, then by id. Plain data. */
  readonly list: () => Group[];
}

interface Open {
  readonly id: string;
  readonly rule: string;
  readonly side: Group['side'];
  severity: Severity;
  readonly message: string;
  readonly document: string | undefined;
  line: number | undefined;
  count: number;
  readonly operations: OperationName[];
  readonly samples: Sample[];
}

const MAX_OPERATIONS = 20;
const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };
export const FURTHER_FINDINGS = 'further-findings';

/**
 * Groups findings by root cause: one missing property in 10,000 exchanges is one group. What a shared schema (below `components/` or
 * `definitions/`) says is one group for all operations that use it. Ids do not change between runs, machines or the order of files.
 */
export function createGroups(options: GroupOptions = {}): Groups {
  const { samples = 3, groups: limit = 5_000, operations: named = MAX_OPERATIONS, sampleCharacters = 32 * 1024 * 1024, placeOf } = options;
  const groups = new Map<string, Open>();
  let spent = 0;

  function add({ exchange, findings, operation }: Judged): void {
    let shown: ShownExchange | undefined;
    const sampled = new Set<Open>();
    for (const finding of findings) {
      const group = groupOf(finding);
      group.count += 1;
      noteOperations(group, finding.operation === undefined ? [] : [finding.operation], named);
      if (group.samples.length >= samples || sampled.has(group)) continue;
      sampled.add(group);
      shown ??= showWithin(exchange, operation);
      keep(group, { finding: withoutSecrets(finding, operation), exchange: shown });
    }
  }

  function showWithin(exchange: Exchange, operation: Operation | undefined): ShownExchange {
    const shown = showExchange(exchange, operation);
    return spent < sampleCharacters ? shown : withoutBodies(shown);
  }

  function keep(group: Open, sample: Sample): void {
    if (spent >= sampleCharacters && group.samples.length > 0) return;
    spent += bodyLength(sample.exchange);
    group.samples.push(sample);
  }

  function groupOf(finding: Finding): Open {
    const id = groupId(finding);
    const known = groups.get(id);
    if (known !== undefined) {
      if (RANK[finding.severity] < RANK[known.severity]) known.severity = finding.severity;
      return known;
    }
    if (groups.size >= limit) return furtherGroup(finding.severity);
    const { rule, side, severity, message, document } = finding;
    const line = document === undefined ? undefined : placeOf?.(document, finding.operation?.document)?.line;
    return open({ id, rule, side, severity, message, document, line, count: 0, operations: [], samples: [] });
  }

  /** Beyond the limit: one group for each severity, so that an error still fails a check. */
  function furtherGroup(severity: Severity): Open {
    const id = idOf([FURTHER_FINDINGS, severity]);
    const known = groups.get(id);
    if (known !== undefined) return known;
    const message = `findings of further causes: more than ${limit} different ones were met, these are only counted`;
    const side = 'recording';
    return open({
      id,
      rule: FURTHER_FINDINGS,
      side,
      severity,
      message,
      document: undefined,
      line: undefined,
      count: 0,
      operations: [],
      samples: [],
    });
  }

  function open(group: Open): Open {
    groups.set(group.id, group);
    return group;
  }

  function merge(given: readonly Group[]): void {
    for (const group of given) {
      const known = groups.get(group.id) ?? openGiven(group);
      known.count += group.count;
      if (RANK[group.severity] < RANK[known.severity]) known.severity = group.severity;
      noteOperations(known, group.operations, named);
      for (const sample of group.samples) if (known.samples.length < samples) keep(known, spent < sampleCharacters ? sample : bare(sample));
    }
  }

  function openGiven({ id, rule, side, severity, message, document, line }: Group): Open {
    if (groups.size >= limit && rule !== FURTHER_FINDINGS) return furtherGroup(severity);
    return open({ id, rule, side, severity, message, document, line, count: 0, operations: [], samples: [] });
  }

  function list(): Group[] {
    const found = [...groups.values()].sort(byWeight);
    return found.map(({ id, rule, side, severity, message, count, operations, samples, document, line }) => ({
      id,
      rule,
      side,
      severity,
      message,
      count,
      operations: [...operations],
      samples: [...samples],
      ...(document === undefined ? {} : { document }),
      ...(line === undefined ? {} : { line }),
    }));
  }

  return { add, merge, list };
}

/** Errors, warnings, notices; in each the most frequent first, then by id. */
export function byWeight(a: Pick<Group, 'severity' | 'count' | 'id'>, b: Pick<Group, 'severity' | 'count' | 'id'>): number {
  return RANK[a.severity] - RANK[b.severity] || b.count - a.count || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Twelve hexadecimal digits for the root cause of a finding. */
export function groupId(finding: Finding): string {
  const { rule, side, code, document, operation } = finding;
  // A setting of the browser that wrote the recording: one cause, whatever was called.
  if (rule === 'recording-gap' && code?.endsWith(' stripped')) return idOf([rule, side, code]);
  const base = [rule, side, code, document, finding.property === undefined ? finding.name : nameShape(finding.property)];
  if (document !== undefined && /#\/(?:components|definitions)\//.test(document)) return idOf(base);
  const where = operation === undefined ? [finding.method, pathShape(finding.path)] : [operation.document, operation.id];
  return idOf([...base, ...where, finding.in, finding.status, finding.pointer === undefined ? undefined : pointerShape(finding.pointer)]);
}

function nameShape(name: string): string {
  return isIdLike(name) ? '{}' : name;
}

function idOf(key: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 12);
}

function noteOperations(group: Open, operations: readonly OperationName[], limit: number): void {
  for (const { document, id, method, path } of operations) {
    if (group.operations.length >= limit) return;
    if (!group.operations.some((known) => known.id === id && known.document === document))
      group.operations.push({ document, id, method, path });
  }
}

/** A finding as reports may show it: no value found under a name of a secret, no sensitive part of the path. */
function withoutSecrets(finding: Finding, operation: Operation | undefined): Finding {
  const { actual, ...rest } = finding;
  const path = showPath(finding.path, operation);
  const names = [finding.name, finding.property, ...(finding.pointer?.split('/') ?? [])];
  const isHidden = actual === undefined || names.some((name) => name !== undefined && isSecretName(name));
  return { ...rest, path, ...(isHidden ? {} : { actual }) };
}

function bare(sample: Sample): Sample {
  return { finding: sample.finding, exchange: withoutBodies(sample.exchange) };
}

function withoutBodies({ request, response, ...rest }: ShownExchange): ShownExchange {
  const { method, target, headers } = request;
  return {
    ...rest,
    request: { method, target, headers },
    ...(response === undefined ? {} : { response: { status: response.status, headers: response.headers } }),
  };
}

function bodyLength({ request, response }: ShownExchange): number {
  return (request.body?.text.length ?? 0) + (response?.body?.text.length ?? 0);
}

import { createHash } from 'node:crypto';
import { writeJson } from '../../operations/index.ts';
import type { OperationName } from '../finding.ts';
import { LEVELS } from './change.ts';
import type { Change, ChangeSide, Level, Sentence } from './change.ts';

/** A change as a rule tells it. */
export interface Told {
  readonly rule: string;
  readonly level: Level;
  readonly side: ChangeSide;
  readonly text: Sentence;
  readonly document: string;
  readonly operation?: OperationName | undefined;
  readonly pointer?: string;
  readonly old?: string | undefined;
  readonly new?: string | undefined;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Told once for all operations that have it, though it stands in no shared part of the document. */
  readonly shared?: boolean;
}

/** Collects changes; what one shared part of a document does to many operations is one change. */
export interface Ledger {
  readonly tell: (told: Told) => void;
  /** By document, then by level, then in the order of the operations. */
  readonly list: () => Change[];
}

interface Open {
  readonly change: Omit<Change, 'operations' | 'count'>;
  readonly operations: OperationName[];
  readonly seen: Set<string>;
}

const MAX_OPERATIONS = 20;
/** More changes than anybody reads; the rest is counted in one. */
const MAX_CHANGES = 20_000;
const SHARED = /#\/(?:components|definitions|parameters|responses)\//;

export function createLedger(): Ledger {
  const open = new Map<string, Open>();
  const left: Record<Level, number> = { breaking: 0, warning: 0, compatible: 0 };

  function tell(told: Told): void {
    const id = idOf(told);
    let known = open.get(id);
    if (known === undefined) {
      if (open.size >= MAX_CHANGES) {
        left[told.level] += 1;
        return;
      }
      known = { change: changeOf(id, told), operations: [], seen: new Set() };
      open.set(id, known);
    }
    if (told.operation === undefined) return;
    const key = `${told.operation.document} ${told.operation.method} ${told.operation.path}`;
    if (known.seen.has(key)) return;
    known.seen.add(key);
    if (known.operations.length < MAX_OPERATIONS) known.operations.push(told.operation);
  }

  function list(): Change[] {
    const made = [...open.values()].map(({ change, operations, seen }): Change => ({ ...change, operations, count: seen.size }));
    const documents = [...new Set(made.map(({ document }) => document))];
    for (const level of LEVELS) if (left[level] > 0) made.push(furtherChanges(level, left[level], documents[0] ?? ''));
    return made.sort(
      (a, b) => documents.indexOf(a.document) - documents.indexOf(b.document) || LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level),
    );
  }

  return { tell, list };
}

function changeOf(id: string, told: Told): Open['change'] {
  const { rule, level, side, text, document, operation, pointer = '', before, after } = told;
  return {
    id,
    rule,
    level,
    side,
    document,
    message: text.en,
    messageZh: text.zh,
    ...(operation === undefined ? {} : { operation }),
    ...(told.old === undefined ? {} : { old: told.old }),
    ...(told.new === undefined ? {} : { new: told.new }),
    pointer,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** What stands in a shared part of a document is known by its place there, all else by its operation. */
function idOf({ rule, level, side, document, operation, pointer, text, shared, ...told }: Told): string {
  const isShared = shared === true || SHARED.test(told.new ?? '') || (told.new === undefined && SHARED.test(told.old ?? ''));
  const where = isShared ? [told.old?.replace(/^.*#/s, ''), told.new?.replace(/^.*#/s, '')] : [operation?.method, operation?.path, pointer];
  return hash([rule, level, side, document, text.en, ...where]);
}

function hash(parts: readonly (string | undefined)[]): string {
  return createHash('sha256')
    .update(writeJson(parts.map((part) => part ?? null)))
    .digest('hex')
    .slice(0, 12);
}

function furtherChanges(level: Level, number: number, document: string): Change {
  const rule = 'further-changes';
  return {
    id: hash([rule, level]),
    rule,
    level,
    side: 'document',
    document,
    message: `${number} more places with a change are only counted: more than ${MAX_CHANGES} were met`,
    messageZh: `变化超过 ${MAX_CHANGES} 处，其余 ${number} 处只计数`,
    operations: [],
    count: 0,
    pointer: '',
  };
}

import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Document as YamlDocument, LineCounter, YAMLMap } from 'yaml';
import type { OperationName } from './finding.ts';
import type { BaselineResult, CheckResult, Group } from './result.ts';

/** Where a baseline lies unless the user says otherwise. */
export const BASELINE_FILE = 'contracts/baseline.yaml';

/** Known findings: a file that people read, review and commit. */
export interface Baseline {
  /** As the user wrote it. */
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
  /** What the file says, comments included. */
  readonly text: string;
}

export interface BaselineEntry {
  /** The group's id. */
  readonly id: string;
  readonly rule: string;
  /** `document operationId`. */
  readonly operations: readonly string[];
  readonly message: string;
  /** Why it is accepted for now. */
  readonly reason: string;
  readonly owner?: string;
  /** The first day, `yyyy-mm-dd`, on which it fails again. */
  readonly expires?: string;
  /** The day it was taken in. */
  readonly since: string;
}

/** A baseline that can't be used: which file, which line, what is wrong. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError';
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(file: string, message: string, position?: { readonly line: number; readonly column: number }, options?: ErrorOptions) {
    super(`${file}${position === undefined ? '' : `:${position.line}:${position.column}`}: ${message}`, options);
    this.file = file;
    this.line = position?.line;
    this.column = position?.column;
  }
}

/** Loaded where there is a baseline: most checks have none. */
const yaml = (): typeof Yaml => load('yaml') as typeof Yaml;
const load = createRequire(import.meta.url);

const MAX_BYTES = 16 * 1024 * 1024;
const REQUIRED = ['id', 'rule', 'message', 'reason', 'since'] as const;
const KEYS = new Set<string>([...REQUIRED, 'operations', 'owner', 'expires']);
const HEADER = ` Known findings of the contract check. An entry keeps a finding from failing the check until the day in "expires".
 Write a reason for each; remove what is fixed, or let --update-baseline do it.`;

/** Reads a baseline file. @throws BaselineError when it can't be read or used. */
export async function loadBaseline(file: string): Promise<Baseline> {
  let text: string;
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) throw new BaselineError(file, `is larger than ${MAX_BYTES / 1024 / 1024} MB; this can be no baseline`);
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof BaselineError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const reason = code === 'ENOENT' ? 'does not exist; make one with --update-baseline' : `can not be read (${String(code ?? error)})`;
    throw new BaselineError(file, reason, undefined, { cause: error });
  }
  return parseBaseline(text, file);
}

/** Reads the text of a baseline, YAML or JSON. @throws BaselineError with line and column for anything it should not hold. */
export function parseBaseline(text: string, file: string): Baseline {
  const { isMap, isNode, isScalar, isSeq } = yaml();
  const { document, counter } = parse(text, file);
  const fail = (node: unknown, message: string): never => {
    const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    const { line, col } = counter.linePos(offset);
    throw new BaselineError(file, message, { line: Math.max(line, 1), column: Math.max(col, 1) });
  };
  const root = document.contents;
  if (root === null) return { file, entries: [], text };
  if (!isMap(root)) return fail(root, 'must be an object with "version" and "findings"');
  for (const { key } of root.items)
    if (!['version', 'findings'].includes(keyOf(key))) fail(key, `unknown key "${keyOf(key)}"; a baseline has "version" and "findings"`);
  if (root.get('version') !== 1) fail(root.get('version', true) ?? root, '"version" must be 1');
  const list = root.get('findings', true);
  if (list === undefined || (isScalar(list) && list.value === null)) return { file, entries: [], text };
  if (!isSeq(list)) return fail(list, '"findings" must be a list');
  const seen = new Set<string>();
  const entries = list.items.map((item) => {
    if (!isMap(item)) return fail(item, 'an entry must be an object with id, rule, message, reason and since');
    const entry = readEntry(item, fail);
    if (seen.has(entry.id)) fail(item, `the finding ${entry.id} is listed twice; keep one entry`);
    seen.add(entry.id);
    return entry;
  });
  return { file, entries, text };
}

function readEntry(item: YAMLMap, fail: (node: unknown, message: string) => never): BaselineEntry {
  for (const { key } of item.items) if (!KEYS.has(keyOf(key))) fail(key, `unknown key "${keyOf(key)}"; known are ${[...KEYS].join(', ')}`);
  const text = (key: string): string | undefined => {
    const node = item.get(key, true);
    const value = yaml().isScalar(node) ? node.value : undefined;
    if (node === undefined || value === null) return undefined;
    return typeof value === 'string' && value.trim() !== ''
      ? value
      : fail(node, `"${key}" must be text${value === 0 || typeof value === 'number' ? '; put it in quotes' : ''}`);
  };
  const needed = (key: (typeof REQUIRED)[number]): string => text(key) ?? fail(item, `an entry needs "${key}"`);
  const day = (key: 'expires' | 'since', value: string): string =>
    isDay(value) ? value : fail(item.get(key, true), `"${key}" must be a day written yyyy-mm-dd, not "${value}"`);
  const id = needed('id');
  if (!/^[\da-f]{12}$/.test(id)) fail(item.get('id', true), `"${id}" is no id of a finding: twelve hexadecimal digits`);
  const [owner, expires] = [text('owner'), text('expires')];
  return {
    id,
    rule: needed('rule'),
    operations: readOperations(item.get('operations', true), fail),
    message: needed('message'),
    reason: needed('reason'),
    ...(owner === undefined ? {} : { owner }),
    ...(expires === undefined ? {} : { expires: day('expires', expires) }),
    since: day('since', needed('since')),
  };
}

function readOperations(node: unknown, fail: (node: unknown, message: string) => never): string[] {
  const { isScalar, isSeq } = yaml();
  if (node === undefined || (isScalar(node) && node.value === null)) return [];
  if (!isSeq(node)) return fail(node, '"operations" must be a list of "document operationId"');
  return node.items.map((item) =>
    isScalar(item) && typeof item.value === 'string' ? item.value : fail(item, 'an operation is written "document operationId"'),
  );
}

/**
 * Marks what is known and what has expired, and tells what is new and what is fixed. Errors and warnings count; notices fail nothing. An entry is
 * fixed when nothing shows it any more though every operation it names was called in this run.
 * @param today `yyyy-mm-dd`; an entry that expires today fails today.
 */
export function applyBaseline(result: CheckResult, baseline: Baseline, today: string): CheckResult {
  const entries = new Map(baseline.entries.map((entry) => [entry.id, entry]));
  const groups = result.groups.map((group): Group => {
    const { baseline: _former, ...plain } = group;
    const entry = entries.get(group.id);
    if (entry === undefined) return plain;
    return { ...plain, baseline: entry.expires !== undefined && entry.expires <= today ? 'expired' : 'known' };
  });
  const summary: BaselineResult = {
    file: baseline.file,
    known: groups.filter((group) => group.baseline === 'known').length,
    expired: groups.filter((group) => group.baseline === 'expired').length,
    new: groups.filter((group) => group.baseline === undefined && group.severity !== 'notice').length,
    fixed: fixedEntries(result, baseline.entries).map(({ id, rule, message, reason }) => ({ id, rule, message, reason })),
  };
  return { ...result, groups, baseline: summary };
}

function fixedEntries(result: CheckResult, entries: readonly BaselineEntry[]): BaselineEntry[] {
  const shown = new Set(result.groups.map((group) => group.id));
  const called = new Set(result.coverage.operations.filter((operation) => operation.exchanges > 0).map(operationText));
  return entries.filter(
    (entry) => !shown.has(entry.id) && entry.operations.length > 0 && entry.operations.every((operation) => called.has(operation)),
  );
}

export interface UpdateOptions {
  /** For entries that are new. */
  readonly reason: string;
  readonly owner?: string;
  /** `yyyy-mm-dd`, for new entries and for those that have expired. Without it expired entries stay expired. */
  readonly expires?: string;
  /** `yyyy-mm-dd`. */
  readonly today: string;
}

/**
 * A baseline with every error and warning of a result. Entries that are there keep what people wrote, comments included; new ones are
 * added at the end, fixed ones go. What was not called in this run stays.
 * @param old the baseline so far; `undefined` or the path of the file to be made where there is none.
 */
export function updateBaseline(result: CheckResult, old: Baseline | string | undefined, options: UpdateOptions): Baseline {
  for (const day of [options.today, options.expires])
    if (day !== undefined && !isDay(day)) throw new RangeError(`"${day}" is no day written yyyy-mm-dd`);
  const file = typeof old === 'object' ? old.file : (old ?? BASELINE_FILE);
  const { isMap, isSeq } = yaml();
  const { document } = parse(typeof old === 'object' ? old.text : '', file);
  if (document.contents === null) {
    document.contents = document.createNode({ version: 1, findings: [] });
    document.commentBefore ??= HEADER;
  }
  let list = document.get('findings', true);
  if (!isSeq(list)) document.set('findings', (list = document.createNode([])));
  if (!isSeq(list)) throw new BaselineError(file, '"findings" must be a list');
  list.flow = false;
  const fixed = new Set((typeof old === 'object' ? fixedEntries(result, old.entries) : []).map((entry) => entry.id));
  list.items = list.items.filter((item) => !(isMap(item) && fixed.has(String(item.get('id')))));
  const known = new Set(list.items.flatMap((item) => (isMap(item) ? [String(item.get('id'))] : [])));
  for (const item of list.items) {
    const until = isMap(item) ? item.get('expires') : undefined;
    if (isMap(item) && options.expires !== undefined && typeof until === 'string' && until <= options.today)
      item.set('expires', options.expires);
  }
  const added = result.groups.filter((group) => group.severity !== 'notice' && !known.has(group.id));
  for (const group of added) list.items.push(document.createNode(entryOf(group, options)));
  const isJson = /^\s*\{/.test(typeof old === 'object' ? old.text : '') || (old === undefined ? false : file.endsWith('.json'));
  const text = isJson ? `${JSON.stringify(document.toJS(), undefined, 2)}\n` : document.toString({ lineWidth: 0 });
  return parseBaseline(text, file);
}

function entryOf(group: Group, { reason, owner, expires, today }: UpdateOptions): BaselineEntry {
  return {
    id: group.id,
    rule: group.rule,
    operations: group.operations.map(operationText),
    message: group.message,
    reason,
    ...(owner === undefined ? {} : { owner }),
    ...(expires === undefined ? {} : { expires }),
    since: today,
  };
}

function operationText(operation: OperationName): string {
  return `${operation.document} ${operation.id}`;
}

function parse(text: string, file: string): { document: YamlDocument; counter: LineCounter } {
  const { LineCounter, parseDocument } = yaml();
  const counter = new LineCounter();
  let document: YamlDocument;
  try {
    // Ids of digits only, days and versions stay what they look like; only "version" is read as a number.
    document = parseDocument(text, { lineCounter: counter, version: '1.2', schema: 'core' });
  } catch (error) {
    throw new BaselineError(file, 'is nested too deeply to be read', undefined, { cause: error });
  }
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = counter.linePos(error.pos[0]);
    throw new BaselineError(file, `is not valid YAML: ${error.message.split('\n')[0] ?? error.code}`, { line, column: col });
  }
  return { document, counter };
}

function keyOf(key: unknown): string {
  return yaml().isScalar(key) ? String(key.value) : String(key);
}

/** Whether a text is a day of the calendar in the form of ISO 8601. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

import { record } from '../../operations/index.ts';
import type { Cell, OperationCoverage } from '../result.ts';

/**
 * Counts to be added up: of another worker, another recording, an earlier run. Plain data. The coverage of a report (`CoverageResult`) is one too; what it has more is not looked at.
 */
export interface CoverageSnapshot {
  readonly operations: readonly OperationCounts[];
}

/** Known by the document's name and the operation's id; method and path tell operations apart that share an id by mistake. */
export type OperationCounts = Pick<OperationCoverage, 'document' | 'id' | 'method' | 'path' | 'exchanges' | 'failing'> & {
  /** Cells that were hit; each is known by its kind and its name. */
  readonly list: readonly Cell[];
};

/** A file that holds no coverage: what is wrong, and where. */
export class CoverageFileError extends Error {
  override readonly name = 'CoverageFileError';
  readonly file: string;

  constructor(file: string, message: string, options?: ErrorOptions) {
    super(`${file}: ${message}`, options);
    this.file = file;
  }
}

const KINDS: readonly Cell['kind'][] = ['status', 'media-type', 'parameter', 'enum', 'branch', 'transition'];

/**
 * Reads the counts of an earlier run: the report of `--format json`, or a snapshot.
 * @param file its name, for messages.
 * @throws CoverageFileError
 */
export function parseCoverage(text: string, file: string): CoverageSnapshot {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
    throw new CoverageFileError(file, `is no JSON: ${reason}`, { cause: error });
  }
  const given = record(value);
  if (given['version'] !== undefined && given['version'] !== 1)
    throw new CoverageFileError(file, `is of version ${JSON.stringify(given['version'])}; this version of hufu reads version 1`);
  const [holder, pointer] = given['coverage'] === undefined ? [given, ''] : [record(given['coverage']), '/coverage'];
  if (!Array.isArray(holder['operations']))
    throw new CoverageFileError(file, 'holds no coverage; give a report written with hufu check --format json');
  const operations: readonly unknown[] = holder['operations'];
  return { operations: operations.map((item, index) => operationCounts(item, `${pointer}/operations/${index}`, file)) };
}

function operationCounts(value: unknown, pointer: string, file: string): OperationCounts {
  const given = record(value);
  const text = (key: string): string => textAt(given, key, pointer, file);
  const { list } = given;
  if (!Array.isArray(list)) throw new CoverageFileError(file, `${pointer}/list must be a list of cells`);
  return {
    document: text('document'),
    id: text('id'),
    method: text('method'),
    path: text('path'),
    exchanges: countAt(given, 'exchanges', pointer, file),
    failing: countAt(given, 'failing', pointer, file),
    list: list.flatMap((item: unknown, index) => cellOf(record(item), `${pointer}/list/${index}`, file) ?? []),
  };
}

/** A kind of a later version is no cell of this one. */
function cellOf(given: Readonly<Record<string, unknown>>, pointer: string, file: string): Cell | undefined {
  const kind = KINDS.find((known) => known === given['kind']);
  const name = textAt(given, 'name', pointer, file);
  const counts = { ok: countAt(given, 'ok', pointer, file), failing: countAt(given, 'failing', pointer, file) };
  return kind === undefined ? undefined : { kind, name, ...counts };
}

function textAt(given: Readonly<Record<string, unknown>>, key: string, pointer: string, file: string): string {
  const value = given[key];
  if (typeof value !== 'string') throw new CoverageFileError(file, `${pointer}/${key} must be a text`);
  return value;
}

function countAt(given: Readonly<Record<string, unknown>>, key: string, pointer: string, file: string): number {
  const value = given[key];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new CoverageFileError(file, `${pointer}/${key} must be a whole number from 0`);
  return value;
}

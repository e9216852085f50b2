/** What a state file says, as a reader outside needs it: conventions of a module, status machines, rules of an operation in words. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSource, record, writeJson } from '../../operations/index.ts';
import type { Document, OperationTable } from '../../operations/index.ts';
import { compileStateFiles, textOf } from '../../state/index.ts';
import type { Row, StateModel } from '../../state/index.ts';
import { statusLabels } from './status-labels.ts';
import { splitLine } from './text.ts';
import type { Text } from './text.ts';

/** A module's state file: as it is written, and compiled. */
export interface ModuleState {
  readonly document: Document;
  readonly given: Row;
  readonly model: StateModel;
}

export interface ErrorView {
  readonly name: string;
  readonly status: number;
  readonly code: string;
  readonly message: Text;
}

export interface EnvelopeView {
  readonly name: string;
  /** JSON of a success with data, of one without, and of a failure; placeholders in angle brackets. */
  readonly ok: string;
  readonly okNoData: string | undefined;
  readonly error: string | undefined;
  /** The HTTP status of every failure, where they all have the same one. */
  readonly errorStatus: number | undefined;
}

export interface PagerView {
  readonly name: string;
  readonly by: 'page' | 'offset' | 'none';
  /** The parameter that says where a page begins. */
  readonly start: string;
  /** The number of the first page. */
  readonly first: number;
  readonly size: string;
  readonly preset: number;
  readonly most: number | undefined;
  /** Without a page number everything is one page. */
  readonly unpaged: boolean;
  readonly sort: string;
  readonly out: string;
}

export interface MachineView {
  readonly collection: string;
  readonly field: string;
  readonly initial: string | undefined;
  readonly states: readonly { readonly name: string; readonly label: Text }[];
  readonly moves: readonly MoveView[];
}

export interface MoveView {
  readonly from: string;
  readonly to: string;
  /** Done by time alone: the field that says when; `''` where it is computed. */
  readonly timed: string | undefined;
  /** The operations that make the move. */
  readonly operations: readonly string[];
}

/**
 * Reads the state files beside the documents.
 * @throws StateFileError with every flaw of every file; DocumentError when one can't be read.
 */
export async function loadStates(table: OperationTable): Promise<ModuleState[]> {
  const files = await Promise.all(
    table.documents.map(async (document) => {
      const path = join(dirname(document.path), `${document.name}.state.yaml`);
      if (!existsSync(path)) return undefined;
      const source = await readSource(path);
      const isElsewhere = (module: string): boolean => existsSync(join(dirname(path), `${module}.state.yaml`));
      return { document, module: document.name, source, given: record(source.value), isElsewhere };
    }),
  );
  const found = files.filter((file) => file !== undefined);
  const models = compileStateFiles(found, (module) => {
    const routes = table.routes.filter(({ document }) => document.name === module);
    return new Map(routes.map(({ id, path }) => [id, path]));
  });
  return found.flatMap(({ document, given }, index) => {
    const model = models[index];
    return model === undefined ? [] : [{ document, given, model }];
  });
}

/** The errors that a module's own file names. */
export function errorsOf({ given, model }: ModuleState): ErrorView[] {
  const fixed = fixedStatus(given);
  return Object.keys(record(given['errors'])).flatMap((name) => errorNamed(model, fixed, name) ?? []);
}

/** An error by its name, the built-in ones included. */
export function errorOf({ given, model }: ModuleState, name: string): ErrorView | undefined {
  return errorNamed(model, fixedStatus(given), name);
}

function errorNamed(model: StateModel, fixed: number | undefined, name: string): ErrorView | undefined {
  const error = model.errors.get(name);
  return error === undefined ? undefined : { name, status: fixed ?? error.status, code: error.code, message: splitLine(error.message) };
}

function fixedStatus(given: Row): number | undefined {
  const status = record(record(given['envelopes'])[String(given['envelope'])])['errorStatus'];
  return typeof status === 'number' ? status : undefined;
}

export function envelopesOf({ given }: ModuleState): EnvelopeView[] {
  return Object.entries(record(given['envelopes'])).map(([name, value]) => {
    const { ok, okNoData, error, errorStatus } = record(value);
    return {
      name,
      ok: pattern(ok ?? '$data'),
      okNoData: okNoData === undefined ? undefined : pattern(okNoData),
      error: error === undefined ? undefined : pattern(error),
      errorStatus: typeof errorStatus === 'number' ? errorStatus : undefined,
    };
  });
}

/** Every pager of the file; those written inside an operation are part of its rules. */
export function pagersOf({ given }: ModuleState): PagerView[] {
  return Object.entries(record(given['pagers'])).map(([name, value]) => viewPager(name, record(value)));
}

export function viewPager(name: string, given: Row): PagerView {
  const { page, offset, first, size, preset, most, unpaged, sort, out } = given;
  const start = page ?? offset;
  const order = typeof sort === 'string' ? { preset: sort } : record(sort);
  return {
    name,
    by: start === undefined ? 'none' : page === undefined ? 'offset' : 'page',
    start: inputName(start),
    first: typeof first === 'number' ? first : 0,
    size: inputName(size),
    preset: typeof size === 'number' ? size : typeof preset === 'number' ? preset : 20,
    most: typeof most === 'number' ? most : undefined,
    unpaged: unpaged === true,
    sort: typeof order['preset'] === 'string' ? order['preset'] : '',
    out: pattern(out ?? { rows: '$rows', total: '$total' }),
  };
}

export function machinesOf({ document, given }: ModuleState): MachineView[] {
  return Object.entries(record(given['collections'])).flatMap(([collection, value]) => {
    const machine = record(record(value)['machine']);
    const field = machine['field'];
    if (typeof field !== 'string') return [];
    const moves = movesOf(machine, collection, record(given['operations']));
    const initial = machine['initial'] === undefined ? undefined : textOf(machine['initial']);
    const names = new Set([
      ...(initial === undefined ? [] : [initial]),
      ...Object.keys(record(machine['transitions'])),
      ...moves.flatMap(({ from, to }) => [from, to]),
    ]);
    const labels = statusLabels(document, field, [...names]);
    return [{ collection, field, initial, states: [...names].map((name) => ({ name, label: labels.get(name) ?? splitLine('') })), moves }];
  });
}

function movesOf(machine: Row, collection: string, operations: Row): MoveView[] {
  const timed = listOf(machine['timed']).flatMap((entry) => {
    const { from, to, at } = record(entry);
    return listOf(from).map((one) => ({ from: String(one), to: String(to), at: inputName(at) }));
  });
  const moves = Object.entries(record(machine['transitions'])).flatMap(([from, targets]) =>
    listOf(targets).map((to) => ({ from, to: String(to) })),
  );
  const ways = Object.entries(operations).flatMap(([id, value]) => {
    const operation = record(value);
    if (operation['do'] !== 'transition' || operation['in'] !== collection) return [];
    return waysOf(operation).map((way) => ({ id, ...way }));
  });
  const all = [...moves, ...timed.filter(({ from, to }) => !moves.some((move) => move.from === from && move.to === to))];
  return all.map(({ from, to }) => ({
    from,
    to,
    timed: timed.find((rule) => rule.from === from && rule.to === to)?.at,
    operations: [
      ...new Set(
        ways
          .filter((way) => (way.from === undefined || way.from.includes(from)) && (way.to === undefined || way.to === to))
          .map(({ id }) => id),
      ),
    ],
  }));
}

/** The ways a `transition` operation goes; an end that the request decides is open. */
export function waysOf(operation: Row): { from: readonly string[] | undefined; to: string | undefined }[] {
  const { to, from } = operation;
  const ways = Array.isArray(to) ? to.map(record) : [{ to, from }];
  return ways.map((way) => ({ from: way['from'] === undefined ? undefined : listOf(way['from']).map(String), to: literal(way['to']) }));
}

function literal(value: unknown): string | undefined {
  const { $const: constant } = record(value);
  if (constant !== undefined) return textOf(constant);
  if (typeof value === 'string') return value.startsWith('$') ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** `$request.query.page` -> `page`, `$request.body#/a/b` -> `a.b`, `$row#/dueAt` -> `dueAt`; `''` for what is no single name. */
export function inputName(value: unknown): string {
  if (typeof value !== 'string') return '';
  const match = /^\$(?:request\.(?:query|path|header|cookie)\.([^#\s]+)|(?:request\.body|row|item)#\/(.+))$/.exec(value);
  return match?.[1] ?? match?.[2]?.replaceAll('/', '.') ?? '';
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** A template as JSON in which expressions are placeholders: `{ "data": <data> }`. */
function pattern(template: unknown): string {
  return writeJson(placeholders(template, 0), 2).replace(/"<<([^"]*)>>"/g, '<$1>');
}

function placeholders(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    if (value.startsWith('$$')) return value.slice(1);
    return value.startsWith('$')
      ? `<<${value
          .slice(1)
          .replace(/[#/".]+/g, '.')
          .replace(/\.$/, '')}>>`
      : value;
  }
  if (typeof value !== 'object' || value === null || depth > 6) return value;
  if (Array.isArray(value)) return value.map((item) => placeholders(item, depth + 1));
  const [operator] = Object.keys(value);
  if (operator?.startsWith('$') === true) {
    const inner = placeholders(record(value)[operator], depth + 1);
    return operator === '$number' && typeof inner === 'string' ? inner : '<<…>>';
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, placeholders(item, depth + 1)]));
}

import { childPointer } from '../../operations/index.ts';
import type { SchemaLookup } from '../../operations/index.ts';
import type { Row } from '../world.ts';
import { isObject, objectsIn, partAt, withPart } from './answer-sample.ts';
import type { Answer } from './answer-sample.ts';
import { keyOf } from './key.ts';
import { plain } from './names.ts';
import type { RowShape } from './row-shape.ts';
import { isMarked, membersOf, sayingsAt } from './schema-members.ts';

/** The fields that the rows of a collection have. */
export interface RowFields {
  readonly shape: RowShape;
  /** A row with all of them. */
  readonly row: Row;
  /** Fields of the mock's own, never shown: keys of parents. */
  readonly hidden: readonly string[];
}

/** A place of an answer where a row is to stand. */
export interface Place {
  /** Names that the schema has there; empty: it names none. */
  readonly known: ReadonlySet<string>;
  readonly sample: Row;
  /** The fields at fault of a row put there; `''` for the whole. */
  readonly flaws: (row: unknown) => readonly string[];
}

/** Answers as small as this are shown whole. */
const FEW = 8;

export function placeIn(
  answer: Answer,
  lookup: SchemaLookup,
  path: readonly string[],
  whole: unknown,
  put: (row: unknown) => unknown,
): Place {
  const members = membersOf(sayingsAt(answer.schema, lookup, path), lookup);
  const writeOnly = new Set([...members].flatMap(([name, sayings]) => (isMarked(sayings, 'writeOnly') ? [name] : [])));
  const at = path.map((token) => `/${token === '*' ? '0' : token}`).join('');
  const sample = Object.fromEntries(Object.entries(isObject(whole) ? whole : {}).filter(([name]) => !writeOnly.has(name)));
  return {
    known: members.size === 0 ? new Set() : new Set([...members.keys(), ...Object.keys(sample)].filter((name) => !writeOnly.has(name))),
    sample,
    flaws: (row) =>
      answer.flaws(put(row)).map((pointer) => (pointer.startsWith(`${at}/`) ? (pointer.slice(at.length + 1).split('/')[0] ?? '') : '')),
  };
}

/**
 * How a row is shown where it stands: what the schema there names of it, under the schema's spelling; what it needs beyond that, or has in another form, as the document's sample has it.
 * @returns `undefined`: the row as it is.
 */
export function showRow(place: Place, { shape, row, hidden }: RowFields): Row | undefined {
  const { known, sample, flaws } = place;
  const names = Object.keys(row);
  const shared = known.size === 0 ? names : names.filter((name) => known.has(name) && !hidden.includes(name));
  const absent = names.filter((name) => !shared.includes(name));
  const template: Record<string, unknown> = {};
  let value: Record<string, unknown>;
  if (absent.length > shared.length) {
    value = Object.fromEntries(shared.map((name) => [name, row[name]]));
    for (const name of shared) template[name] = `$row#${childPointer('', name)}`;
  } else {
    value = Object.fromEntries(Object.entries(row).filter(([name]) => shared.includes(name)));
    template['...'] = '$row';
    for (const name of new Set([...absent, ...hidden])) template[name] = '$absent';
  }
  for (const [name, field] of aliasesOf(place, shape, shared, names)) {
    template[name] = `$row#${childPointer('', field)}`;
    value[name] = row[field];
  }
  for (const name of new Set(flaws(value))) {
    if (!Object.hasOwn(value, name)) continue;
    if (Object.hasOwn(sample, name)) {
      template[name] = constant(sample[name]);
      value[name] = sample[name];
    } else {
      template[name] = '$absent';
      delete value[name];
    }
  }
  for (const name of neededOf(place, value)) template[name] = constant(sample[name]);
  return Object.keys(template).length === 1 && template['...'] === '$row' ? undefined : template;
}

/** Names of the answer under which it shows fields of the row that it does not call the same: another spelling, another name of the key. */
function aliasesOf({ known, sample }: Place, shape: RowShape, shared: readonly string[], names: readonly string[]): [string, string][] {
  const aliases: [string, string][] = [];
  for (const name of known) {
    if (shared.includes(name)) continue;
    const alike = names.filter((field) => plain(field) === plain(name) && !shared.includes(field));
    if (alike[0] !== undefined && alike.length === 1) aliases.push([name, alike[0]]);
  }
  if (shared.includes(shape.key) || aliases.some(([, field]) => field === shape.key)) return aliases;
  const key = keyOf(Object.fromEntries([...known].map((name) => [name, sample[name] ?? ''])), shape.keyNames);
  return key === undefined || shared.includes(key) ? aliases : [...aliases.filter(([name]) => name !== key), [key, shape.key]];
}

/** Members of the sample that the row does not have and the schema asks for; of a small answer all of them. */
function neededOf({ sample, flaws }: Place, value: Row): string[] {
  const further = Object.keys(sample).filter((name) => !Object.hasOwn(value, name));
  if (Object.keys(sample).length <= FEW) return further;
  let full: Row = { ...value, ...Object.fromEntries(further.map((name) => [name, sample[name]])) };
  let least = flaws(full).length;
  return further.filter((name) => {
    const { [name]: _left, ...without } = full;
    const count = flaws(without).length;
    if (count > least) return true;
    full = without;
    least = count;
    return false;
  });
}

/** The object of an answer that is the row, or names its key: the one that shares most with it. */
export function findRowIn(
  whole: unknown,
  { shape, row }: RowFields,
): { readonly path: readonly string[]; readonly object: Row } | undefined {
  let best: { path: readonly string[]; object: Row } | undefined;
  let most = 0;
  for (const found of objectsIn(whole)) {
    const names = Object.keys(found.object);
    const shared = names.filter((name) => Object.hasOwn(row, name)).length;
    const hasKey = keyOf(found.object, shape.keyNames) !== undefined;
    if (!hasKey && (shared === 0 || shared < names.length / 2)) continue;
    const score = shared + (hasKey ? 1 : 0) - found.path.length;
    if (score > most || best === undefined) [best, most] = [found, score];
  }
  return best;
}

export interface ShownAnswer {
  readonly form: Row;
  /** The row, or its key at least, is in the answer. */
  readonly holdsRow: boolean;
}

/** How an operation answers with one row: bare, wrapped, its key alone, or not at all; in the form of a state file. */
export function showAnswer(answer: Answer, lookup: SchemaLookup, fields: RowFields, kind: 'one' | 'batch' | 'delete'): ShownAnswer {
  const isDelete = kind === 'delete';
  if (answer.content === undefined) return { form: { data: null }, holdsRow: false };
  for (const whole of answer.samples) {
    const listed = Array.isArray(whole) ? showListed(answer, lookup, fields, whole[0], kind === 'batch') : undefined;
    if (listed !== undefined) return { form: listed, holdsRow: true };
    const found = findRowIn(whole, fields);
    if (found === undefined) continue;
    const place = placeIn(answer, lookup, found.path, found.object, (row) => withPart(whole, found.path, row));
    const show = showRow(place, fields);
    const shown = isDelete && show !== undefined ? asDone(show) : show;
    const data = found.path.length === 0 ? '$data' : templateAround(whole, found.path, '$data');
    return { form: shown === undefined ? { data } : { show: shown, data }, holdsRow: true };
  }
  const sample = answer.samples[0];
  return { form: { data: isObject(sample) && isDelete ? asDone(constants(sample)) : constant(sample) }, holdsRow: false };
}

/** A list of what was made: of the one row, or of all that a batch made. */
function showListed(answer: Answer, lookup: SchemaLookup, fields: RowFields, item: unknown, isBatch: boolean): Row | undefined {
  const found = findRowIn(item, fields);
  if (found?.path.length !== 0) return undefined;
  const show = showRow(
    placeIn(answer, lookup, ['*'], item, (row) => [row]),
    fields,
  );
  if (!isBatch) return show === undefined ? { data: ['$data'] } : { show, data: ['$data'] };
  const each = Object.entries(show ?? { '...': '$row' }).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replace(/^\$row(?=#|$)/, '$item') : value,
  ]);
  return { data: { $each: '$rows', show: Object.fromEntries(each) } };
}

/** What an answer to DELETE says of itself is so. */
function asDone(template: Row): Row {
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [
      name,
      value === false && /^(?:is_?)?(?:deleted|success|ok|removed)$/i.test(name) ? true : value,
    ]),
  );
}

/** A sample as a template, with another template at the end of a path. */
export function templateAround(whole: unknown, path: readonly string[], inner: unknown): unknown {
  const [token, ...rest] = path;
  if (token === undefined) return inner;
  return { ...constants(isObject(whole) ? whole : {}), [token]: templateAround(partAt(whole, [token]), rest, inner) };
}

export function constants(object: Row): Row {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, constant(value)]));
}

/** A value as a template: nothing in it is an expression. */
export function constant(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('$') || value.includes('{$') ? { $const: value } : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.keys(value).length === 0 ? value : { $const: value };
}

import { childPointer, record } from '../../operations/index.ts';
import type { Row } from '../../state/index.ts';
import type { Classes } from './classes.ts';
import { anyIndex, siteKey } from './site.ts';
import { markTemplate } from './template-marks.ts';
import type { AnswerMarks, TemplateScope } from './template-marks.ts';

/** What a state file says of one operation's messages. */
export interface OperationMarks {
  readonly verb: string;
  /** `module/name` of the collection that it works on; `''` where it names none. */
  readonly collection: string;
  /** Fields of collections (`auth/refreshToken#value`) by the place in the request that holds them, see {@link siteKey}. */
  readonly request: ReadonlyMap<string, string>;
  readonly answer: AnswerMarks;
}

/** A collection as far as replay wants to know it. */
export interface CollectionMarks {
  readonly key: string;
  /** False: clients choose the keys. */
  readonly serverMade: boolean;
  /** Fields that the server sets by itself. */
  readonly stamps: ReadonlySet<string>;
  /** Its status moves by time alone. */
  readonly timed: boolean;
  /** Fields that must be unique and that clients give. */
  readonly unique: ReadonlySet<string>;
}

export interface StateMarks {
  readonly operations: ReadonlyMap<string, OperationMarks>;
  /** By full name. */
  readonly collections: ReadonlyMap<string, CollectionMarks>;
}

const EXPRESSION = /^\$request\.(?:(body)(?:#(.*))?|(path|query|header|cookie)\.([^#]+))$/;
const TABLE_VERBS = ['create', 'update', 'upsert', 'delete'] as const;

/**
 * Reads a state file's value for what it says about where keys of rows stand in requests and answers (docs/state-files.md). What it can't follow it leaves unmarked.
 * @param given the file's value, or an inferred one.
 * @param classes is told which fields hold the same kind of value.
 */
export function readStateMarks(module: string, given: Row, classes: Classes): StateMarks {
  const full = (name: unknown): string => (typeof name !== 'string' ? '' : name.includes('/') ? name : `${module}/${name}`);
  const collections = new Map(
    Object.entries(record(given['collections'])).map(([name, value]) => [full(name), collectionOf(record(value))] as const),
  );
  const keyOf = (collection: string): string => `${collection}#${collections.get(collection)?.key ?? 'id'}`;
  const operations = new Map<string, OperationMarks>();

  for (const [id, value] of Object.entries(record(given['operations']))) {
    const operation = record(value);
    const verb = typeof operation['do'] === 'string' ? operation['do'] : '';
    const collection = full(operation['in']);
    const request = new Map<string, string>();
    const mark = (key: string, field: string): void => {
      const known = request.get(key);
      if (known !== undefined) classes.join(known, field);
      else request.set(key, field);
    };
    const read = (table: string, entry: Row, item: string | undefined, row: string): void => {
      const each = bodyKey(entry['each']) ?? item;
      const put = (field: string, source: unknown): void => {
        for (const text of expressionsOf(source)) {
          const place = placeOf(text, each);
          if (place !== undefined) mark(place, field);
          const own = /^\$(row|before|outer)#\/([^/]+)$/.exec(text)?.[2];
          if (own !== undefined && row !== '') classes.join(`${row}#${own}`, field);
        }
      };
      put(keyOf(table), entry['key'] ?? (entry['each'] === undefined || entry['set'] !== undefined ? undefined : '$item'));
      for (const [field, source] of Object.entries(record(entry['where'])))
        if (!field.startsWith('$')) put(`${table}#${field.replace(/^\//, '')}`, source);
      for (const [field, source] of Object.entries(record(entry['set']))) if (field !== '...') put(`${table}#${field}`, source);
    };
    if (collection !== '') read(collection, operation, undefined, collection);
    // Without `set` the body is the row.
    if (['create', 'upsert', 'update'].includes(verb) && operation['set'] === undefined)
      mark(`body ${childPointer('', collections.get(collection)?.key ?? 'id')}`, keyOf(collection));
    for (const check of listOf(operation['checks']))
      if (check['exists'] !== undefined) read(full(check['exists']), check, undefined, collection);
    for (const effect of listOf(operation['also']))
      for (const name of TABLE_VERBS) if (effect[name] !== undefined) read(full(effect[name]), effect, undefined, collection);
    const issued = Object.entries(record(operation['issue'])).map(([name, issue]) => [name, full(record(issue)['in'])] as const);
    for (const grant of Object.values(record(operation['grants'])).map(record)) {
      if (grant['find'] !== undefined) read(full(grant['find']), grant, undefined, '');
      if (grant['spend'] !== undefined) read(full(grant['spend']), grant, undefined, '');
    }
    const scope: TemplateScope = { row: collection, rows: undefined, items: new Map(issued), full };
    operations.set(id, { verb, collection, request, answer: answerMarks(given, operation, verb, scope) });
  }
  return { operations, collections };
}

function collectionOf(given: Row): CollectionMarks {
  const { field, strategy } = record(given['key']);
  const { create, update } = record(given['stamps']);
  const timed = listOf(record(given['machine'])['timed']);
  const machine = record(given['machine'])['field'];
  const unique = (Array.isArray(given['unique']) ? (given['unique'] as readonly unknown[]) : []).flatMap(
    (entry) => (Array.isArray(entry) ? entry : record(entry)['fields']) ?? [],
  );
  const moved = timed.flatMap(({ set }) => Object.keys(record(set)));
  return {
    key: typeof field === 'string' ? field : 'id',
    serverMade: strategy !== 'given',
    stamps: new Set([
      ...Object.keys(record(create)),
      ...Object.keys(record(update)),
      ...moved,
      ...(timed.length > 0 ? [String(machine)] : []),
    ]),
    timed: timed.length > 0,
    unique: new Set(unique.map(String)),
  };
}

/** What of the answer is a key, a stamp or a sum: envelope, data and rows as the state file writes them. */
function answerMarks(file: Row, operation: Row, verb: string, scope: TemplateScope): AnswerMarks {
  const pagers = record(file['pagers']);
  const page = typeof operation['page'] === 'string' ? record(pagers[operation['page']]) : record(operation['page']);
  const isList = verb === 'list';
  const rows = isList ? { collection: scope.row, show: operation['show'] } : undefined;
  const inner = { ...scope, rows };
  const shown = isList ? (page['out'] ?? '$rows') : (operation['show'] ?? '$row');
  const hasData =
    operation['data'] !== null && (operation['data'] !== undefined || operation['show'] !== undefined || verb === 'get' || isList);
  const name = operation['envelope'] ?? file['envelope'];
  const envelope = typeof name === 'string' ? record(record(file['envelopes'])[name]) : record(name);
  const wrap = envelope['ok'] ?? '$data';
  const marks = {
    places: new Map<string, string>(),
    rows: new Map<string, string>(),
    volatile: new Set<string>(),
    sums: new Set<string>(),
  };
  if (hasData) markTemplate(wrap, '', { ...inner, data: operation['data'] ?? shown, shown }, marks);
  return marks;
}

/** Every expression that a value may come from: itself, one of `$default`, of `in`. */
function expressionsOf(source: unknown): string[] {
  if (typeof source === 'string') return source.startsWith('$') ? [source] : [];
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return [];
  const { $default, in: list } = source as Row;
  return [...(Array.isArray($default) ? ($default as readonly unknown[]) : []), list].flatMap(expressionsOf);
}

/** @param each the place of the list that `$item` is an element of. */
function placeOf(expression: string, each: string | undefined): string | undefined {
  if (expression.startsWith('$item')) {
    const rest = /^\$item(?:#(.*))?$/.exec(expression);
    return rest === null || each === undefined ? undefined : `${each}/*${rest[1] ?? ''}`;
  }
  const match = EXPRESSION.exec(expression);
  if (match === null) return undefined;
  if (match[1] === 'body') return `body ${anyIndex(match[2] ?? '')}`;
  const [part, name] = [match[3], match[4]];
  return part === 'path' || part === 'query' || part === 'header' || part === 'cookie'
    ? siteKey({ in: part, name: name ?? '' })
    : undefined;
}

function bodyKey(each: unknown): string | undefined {
  return typeof each === 'string' && each.startsWith('$request.') ? placeOf(each, undefined) : undefined;
}

function listOf(value: unknown): Row[] {
  return Array.isArray(value) ? (value as readonly unknown[]).map(record) : [];
}

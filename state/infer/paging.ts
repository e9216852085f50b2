import type { Operation, OperationParameter } from '../../operations/index.ts';
import type { Row } from '../world.ts';
import { plain } from './names.ts';
import type { RowShape } from './row-shape.ts';
import { allowsType, keyword, sayingsOf } from './schema-members.ts';
import type { Sayings } from './schema-members.ts';

/** A list that is cut into pages, in the form of a state file's pager. */
export interface Paging {
  readonly pager: Row;
  /** The names of its parameters. */
  readonly parameters: readonly string[];
}

const SIZE = /^(?:limit|perpage|pagesize|size|maxresults|maxitems|pagelimit|rows|take|top)$/;
const PAGE = /^(?:page|pagenumber|pageno|pageindex|pagenum|currentpage)$/;
const OFFSET = /^(?:offset|skip|start|startindex|pageoffset)$/;
/** Rows of a page where the document does not say. */
const MANY = 100;

/** Page number or offset, with a size: what needs no guessing. A cursor is none: everything is one page then. */
export function pagingOf(operation: Operation): Paging | undefined {
  const numbers = queryOf(operation).filter(({ sayings }) => allowsType(sayings, 'integer') && keyword(sayings, 'type') !== undefined);
  const size = numbers.find(({ name }) => SIZE.test(plain(name)));
  const page = numbers.find(({ name }) => PAGE.test(plain(name)));
  const offset = numbers.find(({ name }) => OFFSET.test(plain(name)));
  const start = page ?? offset;
  if (start === undefined) return undefined;
  const most = numberOf(size?.sayings, 'maximum');
  const preset = numberOf(size?.sayings, 'default') ?? Math.min(MANY, most ?? MANY);
  const least = numberOf(start.sayings, 'minimum') ?? numberOf(start.sayings, 'default');
  const pager = {
    ...(page === undefined
      ? { offset: `$request.query.${start.name}` }
      : { page: `$request.query.${start.name}`, first: least === 0 ? 0 : 1 }),
    ...(size === undefined ? {} : { size: `$request.query.${size.name}` }),
    preset: Math.max(1, preset),
    ...(most === undefined || most < 1 ? {} : { most }),
  };
  return { pager, parameters: [start, size].flatMap((parameter) => (parameter === undefined ? [] : [parameter.name])) };
}

/** Query parameters that are called as a field of the row and can have no other meaning: what the field is asked to be. */
export function filtersOf(operation: Operation, shape: RowShape, paging: Paging | undefined): Row {
  const where: Record<string, unknown> = {};
  for (const { name, sayings } of queryOf(operation)) {
    const field =
      Object.keys(shape.sample).find((known) => known === name) ?? Object.keys(shape.sample).find((known) => plain(known) === plain(name));
    if (field === undefined || paging?.parameters.includes(name) === true || SIZE.test(plain(name)) || PAGE.test(plain(name))) continue;
    if (!['string', 'number', 'boolean', 'bigint'].includes(typeof shape.sample[field])) continue;
    const isList = keyword(sayings, 'type') === 'array';
    // A value that no row can have, such as `all`, means something else.
    const values = isList ? sayings.flatMap(({ items }) => sayingsOf(items, operation.validators.lookup)) : sayings;
    const choices = keyword(values, 'enum');
    const fits = (value: unknown): boolean => !shape.flaws({ ...shape.sample, [field]: value }).includes(field);
    if (Array.isArray(choices) && !choices.every((choice) => choice === null || fits(choice))) continue;
    where[field] = isList ? { in: `$request.query.${name}` } : `$request.query.${name}`;
  }
  return where;
}

function queryOf(operation: Operation): { readonly name: string; readonly sayings: Sayings }[] {
  const asked = operation.parameters.filter((parameter: OperationParameter) => parameter.in === 'query' && !/[#]/.test(parameter.name));
  return asked.map(({ name, schema }) => ({ name, sayings: sayingsOf(schema, operation.validators.lookup) }));
}

function numberOf(sayings: Sayings | undefined, name: string): number | undefined {
  const value = sayings === undefined ? undefined : keyword(sayings, name);
  return typeof value === 'number' ? value : undefined;
}

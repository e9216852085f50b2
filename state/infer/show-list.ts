import type { Operation, SchemaLookup } from '../../operations/index.ts';
import type { Row } from '../world.ts';
import { isObject, isScalar, objectsIn, partAt, withPart } from './answer-sample.ts';
import type { Answer } from './answer-sample.ts';
import { keyOf } from './key.ts';
import { plain, singular } from './names.ts';
import type { Paging } from './paging.ts';
import { constant, findRowIn, placeIn, showRow, templateAround } from './show-row.ts';
import type { RowFields } from './show-row.ts';

const TOTAL =
  /^(?:total|count|(?:total|num|number|result|item|record)s?(?:count|elements|items|results|records|rows|hits|size|total|of(?:items|results|elements))?|totalnumber)$/;
const CURSOR =
  /^(?:.*cursor|next|prev|previous|(?:next|prev|previous|last)(?:page|url|uri|link|href|token|key|id|marker|offset)*(?:url|uri|link|token)?|.*pagetoken|.*continuation.*|iterator|previterator|startingafter|endingbefore|after|before|scrollid|marker)$/;
const MORE = /^(?:has)?(?:more|next|nextpage|prev|previous|prevpage|previouspage)(?:results|items)?$|^(?:is)?truncated$/;
const DONE = /^(?:is)?(?:done|last|lastpage|finished|end|endoflist)$/;
/** Facts of a page, by what they are called. */
const PAGE_FACTS: readonly (readonly [RegExp, string])[] = [
  [/^(?:page|pagenumber|pageno|pageindex|currentpage|number|current)$/, '$page.current'],
  [/^(?:size|limit|perpage|pagesize|itemsperpage|pagelimit)$/, '$page.size'],
  [/^(?:pages|totalpages|pagecount|pagestotal|numpages|pagetotal)$/, '$page.pages'],
  [/^(?:offset|skip|start|startindex)$/, '$page.offset'],
  [/^(?:numberofelements|returned|itemcount)$/, '$page.count'],
];

interface ListPlace {
  readonly path: readonly string[];
  readonly items: readonly unknown[];
}

/** How an operation answers with rows: a bare list, or one inside an object that tells of totals and pages; in the form of a state file. */
export function showList(
  operation: Operation,
  answer: Answer,
  fields: RowFields,
  resourceName: string,
  paging: Paging | undefined,
): { readonly form: Row; readonly holdsRows: boolean } {
  if (answer.content === undefined) return { form: { data: null }, holdsRows: false };
  const { lookup } = operation.validators;
  for (const whole of answer.samples) {
    const found = findList(whole, fields, resourceName);
    if (found === undefined) continue;
    const show = showItem(answer, lookup, fields, whole, found);
    if (show === NOT_A_ROW) continue;
    const data = found.path.length === 0 ? '$rows' : around(answer, whole, found.path, paging);
    return { form: show === undefined ? { data } : { show, data }, holdsRows: true };
  }
  return { form: { data: constant(answer.samples[0]) }, holdsRows: false };
}

const NOT_A_ROW = Symbol('not a row');

function showItem(answer: Answer, lookup: SchemaLookup, fields: RowFields, whole: unknown, { path, items }: ListPlace): unknown {
  const [item] = items;
  const { shape } = fields;
  if (isScalar(item)) return `$row#/${shape.key}`;
  const found = findRowIn(item, fields);
  if (found === undefined) return NOT_A_ROW;
  const put = (row: unknown): unknown => withList(whole, path, [withPart(item, found.path, row)]);
  const place = placeIn(answer, lookup, [...path, '*', ...found.path], found.object, put);
  const show = showRow(place, fields);
  return found.path.length === 0 ? show : templateAround(item, found.path, show ?? '$row');
}

/** The list whose elements are rows: one of objects with the key, named as the resource or not; else one of keys. */
function findList(whole: unknown, fields: RowFields, resourceName: string): ListPlace | undefined {
  if (Array.isArray(whole)) return { path: [], items: whole as unknown[] };
  const lists = Array.from(objectsIn(whole)).flatMap(({ path, object }) =>
    Object.entries(object).flatMap(([name, value]) =>
      Array.isArray(value) && value.length > 0 ? [{ path: [...path, name], items: value as unknown[] }] : [],
    ),
  );
  const score = ({ path, items }: ListPlace): number => {
    const name = plain(path.at(-1) ?? '');
    const named =
      name === plain(resourceName) || name === plain(singular(resourceName))
        ? 3
        : /^(?:data|items|results|values|entries|records|list|rows|content|elements)$/.test(name)
          ? 2
          : 0;
    const [item] = items;
    const found = isObject(item) ? findRowIn(item, fields) : undefined;
    if (found !== undefined) return 10 + named + (keyOf(found.object, fields.shape.keyNames) === undefined ? 0 : 4) - path.length;
    return typeof item === 'string' && (named > 0 || lists.length === 1) ? named : -1;
  };
  const ranked = lists.map((list) => ({ list, rank: score(list) })).filter(({ rank }) => rank >= 0);
  return ranked.toSorted((one, other) => other.rank - one.rank)[0]?.list;
}

/** The object around a list as a template: the sample, with what it tells of the rows told truly. */
function around(answer: Answer, whole: unknown, path: readonly string[], paging: Paging | undefined): unknown {
  let sample = withList(whole, path, (partAt(whole, path) as unknown[]).slice(0, 1));
  const fits = (place: readonly string[], value: unknown): boolean =>
    answer.flaws(withPart(sample, place, value)).length <= answer.flaws(sample).length;
  const facts: { readonly place: readonly string[]; readonly template: unknown }[] = [];
  for (const { path: at, object } of Array.from(objectsIn(whole))) {
    for (const [name, value] of Object.entries(object)) {
      const place = [...at, name];
      if (place.join('/') === path.join('/')) continue;
      if (Array.isArray(value) && value.length > 0 && fits(place, [])) facts.push({ place, template: [] });
      const template = isObject(value) ? linkOf(name, place, fits) : factOf(name, value, paging, (candidate) => fits(place, candidate));
      if (template === undefined) continue;
      facts.push({ place, template });
      if (template === null || template === '$absent') sample = withPart(sample, place, template === null ? null : undefined);
    }
  }
  let template = templateAround(whole, path, '$rows');
  for (const { place, template: fact } of facts) template = withFact(template, place, fact);
  return template;
}

function factOf(name: string, value: unknown, paging: Paging | undefined, fits: (value: unknown) => boolean): unknown {
  const spelled = plain(name);
  if (typeof value === 'number') {
    const fact = paging === undefined ? undefined : PAGE_FACTS.find(([called]) => called.test(spelled))?.[1];
    return fact ?? (TOTAL.test(spelled) ? '$total' : undefined);
  }
  if (typeof value === 'boolean') {
    const isEnd = DONE.test(spelled);
    if (!isEnd && !MORE.test(spelled)) return undefined;
    if (paging === undefined) return fits(isEnd) ? isEnd : undefined;
    return isEnd ? '$page.last' : { $map: /prev/.test(spelled) ? '$page.first' : '$page.last', to: { true: false, false: true } };
  }
  return typeof value === 'string' && CURSOR.test(spelled) ? nothing(fits) : undefined;
}

/** A link to another page, as an object. */
function linkOf(name: string, place: readonly string[], fits: (place: readonly string[], value: unknown) => boolean): unknown {
  return CURSOR.test(plain(name)) ? nothing((value) => value !== '' && fits(place, value)) : undefined;
}

/** There is no other page: null, absent or empty, as the schema has it. */
function nothing(fits: (value: unknown) => boolean): unknown {
  if (fits(null)) return null;
  if (fits(undefined)) return '$absent';
  return fits('') ? '' : undefined;
}

function withFact(template: unknown, [token, ...rest]: readonly string[], fact: unknown): unknown {
  if (token === undefined) return fact;
  const object = isObject(template) ? template : {};
  const inner = object[token];
  if (rest.length === 0) return { ...object, [token]: fact };
  const opened = isObject(inner) && Object.hasOwn(inner, '$const') && isObject(inner['$const']) ? opens(inner['$const']) : inner;
  return isObject(opened) ? { ...object, [token]: withFact(opened, rest, fact) } : template;
}

function opens(object: Row): Row {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, constant(value)]));
}

function withList(whole: unknown, path: readonly string[], items: readonly unknown[]): unknown {
  return path.length === 0 ? items : withPart(whole, path, items);
}

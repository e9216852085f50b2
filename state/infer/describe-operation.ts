import { basePaths } from '../../operations/index.ts';
import type { Operation } from '../../operations/index.ts';
import type { Row } from '../world.ts';
import type { Answer } from './answer-sample.ts';
import { setOf } from './body-form.ts';
import type { BodyForm } from './body-form.ts';
import type { Resource, ResourceOperation } from './find-resources.ts';
import type { InferredOperation } from './inferred.ts';
import { plain } from './names.ts';
import { filtersOf, pagingOf } from './paging.ts';
import type { RowShape } from './row-shape.ts';
import { allowsType, sayingsOf } from './schema-members.ts';
import { showList } from './show-list.ts';
import { showAnswer } from './show-row.ts';
import type { RowFields } from './show-row.ts';

/** An operation with how it answers and what it takes. */
export interface Prepared extends ResourceOperation {
  readonly answer: Answer;
  readonly body: BodyForm | undefined;
}

/** A field of the mock's own: the key together with those of its parents. */
export const SCOPED_KEY = '_row';

export interface Surroundings {
  readonly resource: Resource;
  readonly shape: RowShape;
  readonly name: string;
  readonly fields: RowFields;
  /** The client gives keys, which are its parent's own: two parents may have the same. */
  readonly isScoped: boolean;
}

/** One operation, in the form of a state file. */
export function describeOperation(
  prepared: Prepared,
  { resource, shape, name, fields, isScoped }: Surroundings,
): { given: Row; told: InferredOperation } {
  const { verb, operation, answer, body } = prepared;
  const { lookup } = operation.validators;
  const parents = Object.fromEntries(
    resource.parents.map((parent, index) => [parentField(parent), `$request.path.${prepared.parents[index] ?? parent}`]),
  );
  const where = Object.keys(parents).length === 0 ? {} : { where: parents };
  const told = { id: operation.id, verb, method: operation.method, path: operation.path, filters: [], pages: [] };

  if (verb === 'list') {
    const paging = pagingOf(operation);
    const filters = filtersOf(operation, shape, paging);
    const { form, holdsRows } = showList(operation, answer, fields, resource.name, paging);
    const wanted = { ...parents, ...filters };
    const given = {
      do: 'list',
      in: name,
      ...(Object.keys(wanted).length === 0 ? {} : { where: wanted }),
      ...(paging === undefined ? {} : { page: paging.pager }),
      ...form,
    };
    return { given, told: { ...told, showsRows: holdsRows, filters: Object.keys(filters), pages: paging?.parameters ?? [] } };
  }

  const { form, holdsRow } = showAnswer(
    answer,
    lookup,
    fields,
    verb === 'delete' ? 'delete' : body?.isList === true && verb === 'create' ? 'batch' : 'one',
  );
  const shown = { ...told, showsRows: holdsRow };
  const byPath = `$request.path.${prepared.keyParameter}`;
  /** The key of the collection, made of a key that the request gives. */
  const scoped = (own: string): string => (isScoped ? [...Object.values(parents), own].map((part) => `{${part}}`).join('/') : own);
  const key = scoped(byPath);
  if (verb === 'get') return { given: { do: 'get', in: name, key, ...where, ...form }, told: shown };
  if (verb === 'delete') return { given: { do: 'delete', in: name, key, ...where, ...form }, told: shown };

  const set = { ...(body === undefined || (body.isList && verb !== 'create') ? querySet(operation, shape) : setOf(body)), ...parents };
  const own = { ...set, ...parentSet(prepared, resource, shape) };
  const keyName = body === undefined ? undefined : [...body.fields].find(([, field]) => field === shape.key)?.[0];
  const bodyKey = `${body?.source ?? '$request.body'}${body?.source.includes('#') === true ? '' : '#'}/${keyName ?? shape.key}`;
  const status = lowestSuccess(operation) === answer.status ? {} : { status: answer.status };
  if (verb === 'create') {
    const each = body?.isList === true ? { each: '$request.body' } : {};
    return {
      given: {
        do: 'create',
        in: name,
        ...each,
        set: { ...own, ...keySet(shape, body), ...(isScoped ? { [SCOPED_KEY]: scoped(bodyKey) } : {}) },
        ...status,
        ...locationOf(prepared, resource, shape, holdsRow),
        ...form,
      },
      told: shown,
    };
  }
  const change =
    verb === 'update' ? { patch: true } : { replaces: [...new Set(body?.fields.values())].filter((field) => field !== shape.key) };
  const ownKey = prepared.byPath ? key : scoped(bodyKey);
  const visible = isScoped ? { [shape.key]: byPath } : {};
  if (verb === 'upsert')
    return { given: { do: 'upsert', in: name, key: ownKey, set: { ...own, ...visible }, ...change, ...form }, told: shown };
  return { given: { do: 'update', in: name, key: ownKey, ...where, set, ...change, ...form }, told: shown };
}

/** A key that only the server gives is not taken from the body. */
function keySet(shape: RowShape, body: BodyForm | undefined): Row {
  const isGiven = body === undefined || [...body.fields.values()].includes(shape.key);
  return isGiven || shape.keyHidden ? {} : { [shape.key]: '$absent' };
}

/** Fields of the row that are called as a parameter of the path are what the path says, where the client does not say it itself. */
function parentSet({ operation, body, parents }: Prepared, { parents: names }: Resource, shape: RowShape): Row {
  const { lookup } = operation.validators;
  const said = new Set(body?.fields.values());
  const found = names.flatMap((name, index) => {
    const parameter = operation.parameters.find((declared) => declared.in === 'path' && declared.name === (parents[index] ?? name));
    const field = Object.keys(shape.sample).find((known) => plain(known) === plain(name));
    if (field === undefined || parameter === undefined || said.has(field) || field === shape.key) return [];
    const value = shape.sample[field];
    const sayings = sayingsOf(parameter.schema, lookup);
    const isAlike = typeof value === 'number' ? allowsType(sayings, 'integer') : typeof value === 'string' && allowsType(sayings, 'string');
    return isAlike ? [[field, `$request.path.${parameter.name}`] as const] : [];
  });
  return Object.fromEntries(found);
}

/** Without a body the query may say what changes. */
function querySet(operation: Operation, shape: RowShape): Row {
  const named = operation.parameters.filter(
    (parameter) => parameter.in === 'query' && shape.known.has(parameter.name) && parameter.name !== shape.key,
  );
  return Object.fromEntries(named.map(({ name }) => [name, `$request.query.${name}`]));
}

/** Where the new row is found: the header `Location`, where it is documented or nothing else tells the key (RFC 9110 section 15.3.2). */
function locationOf({ operation, answer, parents }: Prepared, resource: Resource, shape: RowShape, holdsRow: boolean): Row {
  const header = answer.headers.find(({ name }) => plain(name) === 'location');
  if (header === undefined && (holdsRow || answer.status !== 201)) return {};
  const path = resource.path.replace(
    /\{([^{}]*)\}/g,
    (_, parent: string) => `{$request.path.${parents[resource.parents.indexOf(parent)] ?? parent}}`,
  );
  const bases = [basePaths(operation.route)[0] ?? '', ...operation.route.servers.slice(0, 1).map((server) => server.replace(/\/$/, ''))];
  const fits = (base: string): boolean => header?.validator?.isValid(`${base}${path.replace(/\{[^{}]*\}/g, '1')}/1`) ?? true;
  const base = bases.find(fits);
  return base === undefined ? {} : { headers: { location: { $uri: `${base}${path}/{$row#/${shape.key}}` } } };
}

function lowestSuccess(operation: Operation): number {
  const statuses = operation.responses.map((rule) => Number(rule.status)).filter((status) => status >= 200 && status < 300);
  return statuses.length === 0 ? 200 : Math.min(...statuses);
}

/** The field of the mock's own that holds a parent's key. */
export function parentField(name: string): string {
  return `_${name}`;
}

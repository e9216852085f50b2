import { basePaths } from '../operations/index.ts';
import type { Operation, OperationTable, Route } from '../operations/index.ts';
import { answerOf } from './infer/answer-sample.ts';
import type { Answer } from './infer/answer-sample.ts';
import { bodyFormOf, setOf } from './infer/body-form.ts';
import type { BodyForm } from './infer/body-form.ts';
import { findResources } from './infer/find-resources.ts';
import type { Resource, ResourceOperation, ResourceVerb } from './infer/find-resources.ts';
import { plain, uniqueName } from './infer/names.ts';
import { filtersOf, pagingOf } from './infer/paging.ts';
import { rowShapeOf } from './infer/row-shape.ts';
import type { RowShape } from './infer/row-shape.ts';
import { membersOf, sayingsOf } from './infer/schema-members.ts';
import { showList } from './infer/show-list.ts';
import { constant, showAnswer } from './infer/show-row.ts';
import type { RowFields } from './infer/show-row.ts';
import { stampsOf } from './infer/stamps.ts';
import type { Row } from './world.ts';

/** A state file made from a document alone, and what was understood. */
export interface Inferred {
  /** In the form of a state file. */
  readonly given: Row;
  /** One line for each resource: its path, key and operations. */
  readonly told: readonly string[];
  readonly resources: readonly InferredResource[];
}

/** What was understood of one resource. */
export interface InferredResource {
  /** The collection's name in the state file. */
  readonly collection: string;
  readonly path: string;
  readonly key: { readonly field: string; readonly hidden: boolean; readonly strategy: string; readonly first: unknown };
  /** The path's parameters that say whose rows are meant. */
  readonly parents: readonly string[];
  readonly operations: readonly InferredOperation[];
  /** Fields that the mock sets: when a row was created, when it was changed. */
  readonly stamped: readonly string[];
}

export interface InferredOperation {
  readonly id: string;
  readonly verb: ResourceVerb;
  readonly method: string;
  readonly path: string;
  /** The answer shows the row, or the rows. */
  readonly showsRows: boolean;
  /** Names of the query that filter a list. */
  readonly filters: readonly string[];
  /** Names of the query that cut a list into pages. */
  readonly pages: readonly string[];
}

/**
 * Infers what a document's API remembers from the shape of its paths: `POST /things` creates, `GET /things` lists, `GET /things/{id}` reads, `PUT` replaces, `PATCH` merges, `DELETE` removes.
 * The key and how it is made, wrappers around rows (`{ data: {...} }`) and lists (`{ items: [...], total }`), times of creation and change, filters and pages are found in parameters and schemas.
 * Where the document leaves two readings, the row keeps what the client sent and shows what the schema has.
 * @param routes those of one document.
 * @returns `undefined` when no path is shaped like a resource.
 */
export function inferState(table: OperationTable, routes: readonly Route[]): Inferred | undefined {
  const collections: Record<string, Row> = {};
  const operations: Record<string, Row> = {};
  const resources: InferredResource[] = [];
  for (const resource of findResources(table, routes)) {
    const shape = rowShapeOf(resource);
    if (shape === undefined) continue;
    const name = uniqueName(resource.name, collections);
    const model = inferResource(resource, shape, name);
    if (model === undefined) continue;
    collections[name] = model.collection;
    for (const { id, given } of model.operations) operations[id] ??= given;
    resources.push(model.inferred);
  }
  if (resources.length === 0) return undefined;
  const given = {
    mend: true,
    envelopes: { inferred: { ok: '$data', okNoData: null, error: null } },
    envelope: 'inferred',
    collections,
    operations,
  };
  return { given, told: resources.map(tell), resources };
}

function tell({ path, key, operations }: InferredResource): string {
  const field = key.hidden ? 'a key that is not shown' : `key "${key.field}"`;
  return `${path}: rows with ${field} (${operations.map(({ verb, id }) => `${verb} ${id}`).join(', ')})`;
}

interface Prepared extends ResourceOperation {
  readonly answer: Answer;
  readonly body: BodyForm | undefined;
}

interface ResourceModel {
  readonly collection: Row;
  readonly operations: readonly { readonly id: string; readonly given: Row }[];
  readonly inferred: InferredResource;
}

/** @returns `undefined` when nothing creates rows after all. */
function inferResource(resource: Resource, shape: RowShape, name: string): ResourceModel | undefined {
  const prepared = prepare(resource, shape).filter((entry) => entry.verb !== 'create' || makesRow(entry, shape));
  const makers = prepared.filter(({ verb }) => verb === 'create' || verb === 'upsert');
  if (makers.length === 0) return undefined;
  const creating = makers.flatMap(({ body }) => body ?? []);
  const isScoped = resource.parents.length > 0 && makers.every(({ verb, body }) => verb === 'upsert' || givesKey(body, shape));
  const hidden = [...resource.parents.map(parentField), ...(shape.keyHidden ? [shape.key] : []), ...(isScoped ? [SCOPED_KEY] : [])];
  const defaults = defaultsOf(shape, creating);
  const writable = new Set(prepared.flatMap(({ body }) => (body === undefined ? [] : [...body.fields.values()])));
  const stamps = stampsOf(shape, writable);
  const sent = Object.fromEntries(prepared.flatMap(({ body }) => Object.entries(body?.sample ?? {})));
  const own = Object.fromEntries(hidden.map((field) => [field, 'x']));
  const row = { ...sent, ...shape.sample, ...own, [shape.key]: shape.keyPlan.first };
  const fields: RowFields = { shape, row, hidden };
  const { strategy, start, like } = shape.keyPlan;
  const collection = {
    key: isScoped ? { field: SCOPED_KEY, strategy: 'given' } : { field: shape.key, strategy, ...(strategy === 'sequence' ? { start } : {}), ...(strategy === 'like' ? { like, start } : {}) },
    defaults: Object.fromEntries(Object.entries(defaults).map(([field, value]) => [field, constant(value)])),
    ...(Object.keys(stamps.create).length === 0 ? {} : { stamps }),
    seed: [],
  };
  const described = prepared.map((operation) => ({ operation, ...describe(operation, { resource, shape, name, fields, isScoped }) }));
  return {
    collection,
    operations: described.map(({ operation, given }) => ({ id: operation.operation.id, given })),
    inferred: {
      collection: name,
      path: resource.path,
      key: { field: shape.key, hidden: shape.keyHidden, strategy, first: shape.keyPlan.first },
      parents: resource.parents,
      operations: described.map(({ told }) => told),
      stamped: Object.keys(stamps.create),
    },
  };
}

/** Answers and bodies of all operations; a field of a body is remembered when some answer shows it. */
function prepare(resource: Resource, shape: RowShape): Prepared[] {
  const answered = resource.operations.map((operation) => ({
    ...operation,
    answer: answerOf(operation.operation, operation.verb === 'create' ? 201 : undefined),
  }));
  const shown = new Set(
    answered.flatMap(({ answer, operation, verb }) => {
      if (verb === 'list' || verb === 'delete') return [];
      const { lookup } = operation.validators;
      const outer = membersOf(sayingsOf(answer.schema, lookup), lookup);
      return [...outer.keys(), ...[...outer.values()].flatMap((sayings) => [...membersOf(sayings, lookup).keys()])];
    }),
  );
  return answered.map((entry) => {
    const takesBody = ['create', 'upsert', 'update', 'replace'].includes(entry.verb);
    return { ...entry, body: takesBody ? bodyFormOf(entry.operation, shape, (name) => shown.has(name)) : undefined };
  });
}

/** A field of the mock's own: the key together with those of its parents. */
const SCOPED_KEY = '_row';

/** True when a client can't leave the key to the server. */
function givesKey(body: BodyForm | undefined, shape: RowShape): boolean {
  const name = body === undefined ? undefined : [...body.fields].find(([, field]) => field === shape.key)?.[0];
  return name !== undefined && body?.required.has(name) === true;
}

/** A POST that neither says anything of a row nor answers with one is an action. */
function makesRow({ body, answer, operation }: Prepared, shape: RowShape): boolean {
  if (
    body !== undefined &&
    [...body.fields.values()].some((field) => shape.known.size === 0 || shape.known.has(field) || field === shape.key)
  )
    return true;
  return showAnswer(answer, operation.validators.lookup, { shape, row: shape.sample, hidden: [] }, 'one').holdsRow;
}

/**
 * What a row has that nobody gave: the document's sample. What the client may give at its creation and did not is left out, or null, where the schema takes that; a default of the schema stays.
 */
function defaultsOf(shape: RowShape, creating: readonly BodyForm[]): Row {
  const { [shape.key]: key, ...rest } = shape.sample;
  let defaults: Row = rest;
  const flaws = (candidate: Row): number => shape.flaws(shape.keyHidden ? candidate : { ...candidate, [shape.key]: key }).length;
  const least = flaws(defaults);
  const optional = new Set(creating.flatMap((body) => [...body.fields.values()].filter((field) => !body.preset.has(field))));
  for (const field of optional) {
    if (!Object.hasOwn(defaults, field)) continue;
    const { [field]: _value, ...without } = defaults;
    if (flaws(without) <= least) defaults = without;
    else if (flaws({ ...defaults, [field]: null }) <= least) defaults = { ...defaults, [field]: null };
  }
  return defaults;
}

interface Surroundings {
  readonly resource: Resource;
  readonly shape: RowShape;
  readonly name: string;
  readonly fields: RowFields;
  /** The client gives keys, which are its parent's own: two parents may have the same. */
  readonly isScoped: boolean;
}

/** One operation, in the form of a state file. */
function describe(prepared: Prepared, { resource, shape, name, fields, isScoped }: Surroundings): { given: Row; told: InferredOperation } {
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
  if (verb === 'delete')
    return {
      given: { do: 'delete', in: name, key, ...where, ...(Object.keys(where).length === 0 ? {} : { illegal: 'NOT_FOUND' }), ...form },
      told: shown,
    };

  const set = { ...(body === undefined || (body.isList && verb !== 'create') ? querySet(operation, shape) : setOf(body)), ...parents };
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
        set: { ...set, ...keySet(shape, body), ...(isScoped ? { [SCOPED_KEY]: scoped(bodyKey) } : {}) },
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
  if (verb === 'upsert') return { given: { do: 'upsert', in: name, key: ownKey, set: { ...set, ...visible }, ...change, ...form }, told: shown };
  return { given: { do: 'update', in: name, key: ownKey, ...where, set, ...change, ...form }, told: shown };
}

/** A key that only the server gives is not taken from the body. */
function keySet(shape: RowShape, body: BodyForm | undefined): Row {
  const isGiven = body === undefined || [...body.fields.values()].includes(shape.key);
  return isGiven || shape.keyHidden ? {} : { [shape.key]: '$absent' };
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

function parentField(name: string): string {
  return `_${name}`;
}

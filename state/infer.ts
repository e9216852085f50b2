import { findResponse, generate, isJson } from '../operations/index.ts';
import type { Content, Operation, OperationTable, Route } from '../operations/index.ts';
import type { Row } from './world.ts';

/** A state file made from a document alone, and what was understood. */
export interface Inferred {
  /** In the form of a state file. */
  readonly given: Row;
  /** One line for each resource: its path, key and operations. */
  readonly told: readonly string[];
}

/** Operations on one resource: `/things` and `/things/{id}`. */
interface Resource {
  readonly name: string;
  readonly collectionPath: string;
  readonly keyParameter: string;
  readonly parents: readonly string[];
  readonly operations: Readonly<Partial<Record<'create' | 'list' | 'get' | 'update' | 'replace' | 'delete', Operation>>>;
}

/**
 * Infers what a document's API remembers from the shape of its paths: `POST /things` creates, `GET /things` lists, `GET /things/{id}` reads, `PUT` and `PATCH` change,
 * `DELETE` removes. The key, wrappers around rows (`{ data: {...} }`) and lists (`{ items: [...], total }`) are found in the response schemas.
 * @returns `undefined` when no path is shaped like a resource.
 */
export function inferState(table: OperationTable, routes: readonly Route[]): Inferred | undefined {
  const collections: Record<string, unknown> = {};
  const operations: Record<string, unknown> = {};
  const told: string[] = [];
  for (const resource of findResources(table, routes)) {
    const shape = shapeOf(resource);
    if (shape === undefined) continue;
    const name = uniqueName(resource.name, collections);
    collections[name] = {
      key: { field: shape.key, strategy: shape.strategy },
      defaults: { $const: shape.defaults },
      seed: [],
    };
    const own = describe(resource, name, shape);
    for (const [id, operation] of Object.entries(own)) operations[id] ??= operation;
    const verbs = Object.entries(resource.operations).map(([verb, operation]) => `${verb} ${operation.id}`);
    told.push(`${resource.collectionPath}: rows with key "${shape.key}" (${verbs.join(', ')})`);
  }
  if (Object.keys(collections).length === 0) return undefined;
  return {
    given: { envelopes: { inferred: { ok: '$data', okNoData: null, error: null } }, envelope: 'inferred', collections, operations },
    told,
  };
}

function findResources(table: OperationTable, routes: readonly Route[]): Resource[] {
  const byPath = new Map<string, Map<string, Route>>();
  for (const route of routes) {
    const path = route.path.replace(/\/$/, '');
    const methods = byPath.get(path) ?? new Map<string, Route>();
    byPath.set(path, methods);
    methods.set(route.method, route);
  }
  const resources: Resource[] = [];
  for (const [path, methods] of byPath) {
    const match = /^(.*?)\/([^/{}]+)\/\{([^{}/]+)\}$/.exec(path);
    if (match === null || !methods.has('GET')) continue;
    const [, before = '', name = '', keyParameter = ''] = match;
    const collectionPath = `${before}/${name}`;
    const whole = byPath.get(collectionPath);
    const operation = (route: Route | undefined): Operation | undefined => (route === undefined ? undefined : table.operation(route));
    const found = {
      create: operation(whole?.get('POST')),
      list: operation(whole?.get('GET')),
      get: operation(methods.get('GET')),
      update: operation(methods.get('PATCH') ?? methods.get('POST')),
      replace: operation(methods.get('PUT') ?? whole?.get('PUT')),
      delete: operation(methods.get('DELETE')),
    };
    if (found.create === undefined && found.delete === undefined && found.replace === undefined && found.update === undefined) continue;
    const parents = [...before.matchAll(/\{([^{}]+)\}/g)].map((part) => part[1] ?? '');
    resources.push({ name, collectionPath, keyParameter, parents, operations: withoutUndefined(found) });
  }
  return resources;
}

/** What the response schemas tell about a resource's rows. */
interface RowShape {
  readonly key: string;
  readonly strategy: 'sequence' | 'uuid' | 'hex32';
  readonly defaults: Row;
  /** A key as the document's sample has it. */
  readonly keySample: unknown;
}

function shapeOf(resource: Resource): RowShape | undefined {
  const get = resource.operations.get;
  const content = get === undefined ? undefined : successContent(get);
  if (get === undefined || content?.validator === undefined) return undefined;
  const sample = sampleOf(get, content);
  const wrapper = wrapperOf(sample, resource.keyParameter);
  const row = wrapper === undefined ? sample : (sample as Row)[wrapper];
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return undefined;
  const key = keyOf(row as Row, resource.keyParameter);
  if (key === undefined) return undefined;
  const { [key]: keySample, ...defaults } = row as Row;
  const isText = typeof keySample === 'string';
  const isUuid = isText && /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(keySample);
  return { key, strategy: isUuid ? 'uuid' : isText ? 'hex32' : 'sequence', defaults, keySample };
}

function describe(resource: Resource, collection: string, shape: RowShape): Record<string, Row> {
  const { parents } = resource;
  const key = `$request.path.${resource.keyParameter}`;
  const hidden = Object.fromEntries(parents.map((parent) => [`_${parent}`, `$request.path.${parent}`]));
  const removed = Object.fromEntries(parents.map((parent) => [`_${parent}`, '$absent']));
  const set = { '...': '$request.body', ...hidden };
  const base = { in: collection };
  const described: Record<string, Row> = {};
  for (const [verb, operation] of Object.entries(resource.operations)) {
    const body = verb === 'list' ? listData(operation, shape, removed) : dataOf(operation, shape, resource.keyParameter, removed);
    const byPath = operation.path.endsWith('}');
    if (verb === 'create') described[operation.id] = { do: 'create', ...base, set, ...body };
    else if (verb === 'list') described[operation.id] = { do: 'list', ...base, where: hidden, ...body };
    else if (verb === 'get') described[operation.id] = { do: 'get', ...base, key, where: hidden, ...body };
    else if (verb === 'delete') described[operation.id] = { do: 'delete', ...base, key, where: hidden, ...body };
    else
      described[operation.id] = { do: 'update', ...base, key: byPath ? key : `$request.body#/${shape.key}`, where: hidden, set, ...body };
  }
  return described;
}

/** How an operation answers with one row: bare, wrapped, or not at all. */
function dataOf(operation: Operation, shape: RowShape, keyParameter: string, removed: Row): Row {
  const content = successContent(operation);
  if (content?.validator === undefined) return { data: null };
  const sample = sampleOf(operation, content);
  const wrapper = wrapperOf(sample, keyParameter);
  if (wrapper !== undefined) {
    const valid = (row: unknown): readonly string[] => flawedFields(content, { ...(sample as Row), [wrapper]: row }, `/${wrapper}/`);
    return { show: shownAs((sample as Row)[wrapper], shape, removed, valid), data: { ...asTemplate(sample), [wrapper]: '$data' } };
  }
  if (keyOf(sample, keyParameter) !== undefined) {
    return { show: shownAs(sample, shape, removed, (row) => flawedFields(content, row, '/')), data: '$data' };
  }
  // An answer that is no row (`{ "deleted": true }`): what the document shows.
  return { data: { $const: sample } };
}

function listData(operation: Operation, shape: RowShape, removed: Row): Row {
  const content = successContent(operation);
  if (content?.validator === undefined) return { data: null };
  const sample = sampleOf(operation, content);
  if (Array.isArray(sample))
    return { show: shownAs(sample[0], shape, removed, (row) => flawedFields(content, [row], '/0/')), data: '$rows' };
  if (typeof sample !== 'object' || sample === null) return { data: { $const: sample } };
  const field = Object.entries(sample).find(([, value]) => Array.isArray(value) && (value.length === 0 || keyIn(value[0], shape.key)))?.[0];
  if (field === undefined) return { data: { $const: sample } };
  const [item] = (sample as Row)[field] as unknown[];
  const show = shownAs(item, shape, removed, (row) => flawedFields(content, { ...sample, [field]: [row] }, `/${field}/0/`));
  const totals = Object.entries(sample).filter(([name, value]) => typeof value === 'number' && TOTAL.test(name));
  return { show, data: { ...asTemplate(sample), [field]: '$rows', ...Object.fromEntries(totals.map(([name]) => [name, '$total'])) } };
}

/** Names under which APIs tell how many rows there are. */
const TOTAL = /^(?:total|count|total_?(?:count|elements|items|results))$/i;

/**
 * How a row is shown where the schema may be another than the one it was made by (a summary in a list): as it is, or the document's own sample with every
 * field of the row that fits there.
 * @param flaws the fields of a row that break the schema.
 */
function shownAs(sample: unknown, shape: RowShape, removed: Row, flaws: (row: unknown) => readonly string[]): Row {
  const row: Row = { ...shape.defaults, [shape.key]: shape.keySample };
  if (typeof sample !== 'object' || sample === null || flaws(row).length === 0) return { '...': '$row', ...removed };
  const common = Object.keys(sample).filter((name) => Object.hasOwn(row, name));
  const mixed = { ...(sample as Row), ...Object.fromEntries(common.map((name) => [name, row[name]])) };
  const wrong = new Set(flaws(mixed));
  const fitting = common.filter((name) => !wrong.has(name));
  return {
    '...': { $const: sample },
    ...Object.fromEntries(fitting.map((name) => [name, `$row#/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`])),
  };
}

/** The members of the value at a pointer that break the schema; `['']` where the whole does. */
function flawedFields(content: Content, value: unknown, at: string): readonly string[] {
  const issues = content.validator?.validate(value) ?? [];
  return issues
    .filter((issue) => issue.severity === 'error')
    .map((issue) => (issue.pointer.startsWith(at) ? (issue.pointer.slice(at.length).split('/')[0] ?? '') : ''));
}

function successContent(operation: Operation): Content | undefined {
  const codes = operation.responses.map((rule) => Number(rule.status)).filter((code) => code >= 200 && code < 300);
  const rule = findResponse(operation, codes.length > 0 ? Math.min(...codes) : 200);
  return rule?.contents.find((content) => isJson(content.range));
}

function sampleOf(operation: Operation, content: Content): unknown {
  const { validator } = content;
  if (validator === undefined) return undefined;
  const { lookup } = operation.validators;
  return generate(validator.schema, { mode: 'sample', seed: '1', lookup, validate: validator.isValid, omit: 'writeOnly' }).value;
}

/** The member that holds the row, where the row is wrapped. */
function wrapperOf(sample: unknown, keyParameter: string): string | undefined {
  if (typeof sample !== 'object' || sample === null || Array.isArray(sample) || keyOf(sample, keyParameter) !== undefined) return undefined;
  const holders = Object.entries(sample).filter(([, value]) => keyOf(value, keyParameter) !== undefined);
  return holders.length === 1 ? holders[0]?.[0] : undefined;
}

/** The property that a path parameter names: `petId` is `petId`, else `id`; `user_name` is `user_name`, else `name`. */
function keyOf(row: unknown, parameter: string): string | undefined {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return undefined;
  const last =
    parameter
      .replace(/([a-z\d])([A-Z])/g, '$1_$2')
      .split(/[_-]/)
      .at(-1)
      ?.toLowerCase() ?? '';
  const candidates = [parameter, parameter.toLowerCase(), last, 'id', 'uuid'];
  return candidates.find((name) => Object.hasOwn(row, name) && ['string', 'number', 'bigint'].includes(typeof (row as Row)[name]));
}

function keyIn(row: unknown, key: string): boolean {
  return typeof row === 'object' && row !== null && Object.hasOwn(row, key);
}

/** Example data as a template: a text that begins with $ stands for itself. */
function asTemplate(sample: unknown): Row {
  return Object.fromEntries(Object.entries(sample as Row).map(([name, value]) => [name, { $const: value }]));
}

function uniqueName(name: string, taken: Readonly<Record<string, unknown>>): string {
  const base = name.replace(/[^\w-]/g, '_');
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? base : `${base}${count}`;
    if (!Object.hasOwn(taken, candidate)) return candidate;
  }
}

function withoutUndefined<T extends object>(value: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
}

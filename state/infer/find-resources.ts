import type { Operation, OperationTable, Route } from '../../operations/index.ts';
import { plural, singular } from './names.ts';

export type ResourceVerb = 'create' | 'list' | 'get' | 'update' | 'replace' | 'upsert' | 'delete';

export interface ResourceOperation {
  readonly verb: ResourceVerb;
  readonly operation: Operation;
  /** The key stands in the path; else in the body. */
  readonly byPath: boolean;
  /** Names of the path's parameters in front of the key, in order. */
  readonly parents: readonly string[];
  /** The path's own name for the key; paths may differ in that. */
  readonly keyParameter: string;
}

/** `/things` and `/things/{id}`. */
export interface Resource {
  /** The last plain segment. */
  readonly name: string;
  readonly path: string;
  readonly keyParameter: string;
  readonly parents: readonly string[];
  readonly operations: readonly ResourceOperation[];
}

type Methods = ReadonlyMap<string, Route>;

const NO_METHODS: Methods = new Map();

/**
 * The resources of a document: pairs of paths, one of a collection and one of a member, that can be created, by POST or by PUT to a path of the client's choice, and read back. Everything
 * else (singletons, actions, things that only the backend makes) is left to the document's examples.
 */
export function findResources(table: OperationTable, routes: readonly Route[]): Resource[] {
  const byForm = new Map<string, Map<string, Route>>();
  for (const route of routes) {
    const form = formOf(route.path);
    const methods = byForm.get(form) ?? new Map<string, Route>();
    byForm.set(form, methods);
    if (!methods.has(route.method)) methods.set(route.method, route);
  }
  const resources: Resource[] = [];
  for (const [form, member] of byForm) {
    const reading = member.get('GET');
    const match = /^(.*?)\/([^/{}]+)\/\{\}$/.exec(form);
    if (match === null || reading === undefined) continue;
    const [, before = '', name = ''] = match;
    const whole = wholeOf(byForm, before, name);
    const operations: ResourceOperation[] = [];
    const add = (verb: ResourceVerb, route: Route | undefined, byPath: boolean): void => {
      if (route === undefined) return;
      const names = parameterNames(route.path);
      const parents = byPath ? names.slice(0, -1) : names;
      operations.push({ verb, operation: table.operation(route), byPath, parents, keyParameter: byPath ? (names.at(-1) ?? '') : '' });
    };
    const creating = whole.get('POST');
    add('create', creating, false);
    add('list', whole.get('GET'), false);
    add('get', reading, true);
    const put = member.get('PUT');
    const putCreates =
      put !== undefined && (creating === undefined || table.operation(put).responses.some((rule) => rule.status === '201'));
    add(putCreates ? 'upsert' : 'replace', put, true);
    add('update', member.get('PATCH') ?? member.get('POST'), true);
    if (put === undefined) add('replace', whole.get('PUT'), false);
    add('delete', member.get('DELETE'), true);
    if (!operations.some(({ verb }) => verb === 'create' || verb === 'upsert')) continue;
    const names = parameterNames(reading.path);
    const path = reading.path.replace(/\/\{[^{}]*\}\/?$/, '');
    resources.push({ name, path, keyParameter: names.at(-1) ?? '', parents: names.slice(0, -1), operations });
  }
  return resources;
}

/** The collection's path: the member's without its key, or the same in plural or singular (`/silences`, `/silence/{id}`). */
function wholeOf(byForm: ReadonlyMap<string, Methods>, before: string, name: string): Methods {
  for (const candidate of [name, plural(name), singular(name)]) {
    const methods = byForm.get(`${before}/${candidate}`);
    if (methods !== undefined && (methods.has('POST') || methods.has('GET'))) return methods;
  }
  return NO_METHODS;
}

/** A path without what makes no difference: names of parameters, a slash at the end. */
function formOf(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}').replace(/\/$/, '');
}

function parameterNames(path: string): string[] {
  return Array.from(path.matchAll(/\{([^{}]*)\}/g), (match) => match[1] ?? '');
}

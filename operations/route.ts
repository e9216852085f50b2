import { addressOf, child, entries, items, members, record, rootNode } from './document.ts';
import type { Document, Node } from './document.ts';
import { dereference } from './reference.ts';
import type { Problem } from './schema/schemas.ts';
import { speaks32 } from './version.ts';

/** A documented method on a documented path, before anything of it is compiled. */
export interface Route {
  readonly document: Document;
  /** Upper case; that of an additional operation (OpenAPI 3.2) as the document writes it, since methods are told apart by case (RFC 9110 section 9.1). */
  readonly method: string;
  /** The template as the document writes it. */
  readonly path: string;
  /** Further spellings of the same path (`x-path-aliases` of the path item): served and judged as this one. */
  readonly aliases: readonly string[];
  /** `operationId`, or `METHOD /path` where the document gives none. */
  readonly id: string;
  /** Server URLs with their variables filled in; empty when the document names none. */
  readonly servers: readonly string[];
  /**
   * Base paths in which a server variable stands for any text, since no `enum` limits it (OpenAPI 3.1 section 4.8.6): `/{}/v1`. Its default's spelling is
   * among the `servers`.
   */
  readonly openBasePaths: readonly string[];
  /** The Operation Object. */
  readonly node: Node;
  /** The Path Item Object that holds it. */
  readonly pathItem: Node;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
/** OpenAPI 3.2 added the method of the HTTP QUERY draft: safe and idempotent as GET is, with a body that says what is asked. */
const METHODS_32 = [...METHODS, 'query'];
const MAX_SERVER_URLS = 32;

/** Every operation of a document in document order (OpenAPI 3.1 section 4.8.9, Swagger 2.0 Path Item Object). */
export function listRoutes(document: Document): Route[] {
  const routes: Route[] = [];
  const root = rootNode(document);
  const common = serversOf(document, root);
  for (const [path, given] of members(child(root, 'paths'))) {
    const resolved = dereference(document, given);
    if (!resolved.ok) continue;
    const pathItem = beside(resolved.node, given, 'parameters');
    const aliases = items(child(resolved.node, 'x-path-aliases')).flatMap((item) => (typeof item.value === 'string' ? [item.value] : []));
    const pathServers = serversOf(document, beside(resolved.node, given, 'servers'));
    for (const [method, operation] of operationsOf(document, resolved.node, given)) {
      const operationServers = serversOf(document, operation);
      const operationId = record(operation.value)['operationId'];
      routes.push({
        document,
        method,
        path: path.startsWith('/') ? path : `/${path}`,
        aliases,
        id: typeof operationId === 'string' && operationId !== '' ? operationId : `${method} ${path}`,
        ...([operationServers, pathServers, common].find(({ servers }) => servers.length > 0) ?? NO_SERVERS),
        node: operation,
        pathItem,
      });
    }
  }
  return routes;
}

/**
 * The operations of a path item by method, those of `additionalOperations` last (OpenAPI 3.2, Path Item Object). What has a field of its own is none of these, nor is what is no method: {@link unservedPaths} tells of them.
 */
function operationsOf(document: Document, target: Node, given: Node): [method: string, operation: Node][] {
  const found: [string, Node][] = [];
  const is32 = speaks32(document);
  for (const method of is32 ? METHODS_32 : METHODS) {
    const operation = child(beside(target, given, method), method);
    if (operation !== undefined && isObject(operation)) found.push([method.toUpperCase(), operation]);
  }
  if (!is32) return found;
  for (const [method, operation] of additional(target, given)) {
    if (isObject(operation) && misplaced(method) === undefined) found.push([method, operation]);
  }
  return found;
}

function additional(target: Node, given: Node): [method: string, operation: Node][] {
  return entries(child(beside(target, given, 'additionalOperations'), 'additionalOperations')).filter(
    ([method]) => !method.startsWith('x-'),
  );
}

/** Why an additional operation can't have a method; `undefined`: it can. */
function misplaced(method: string): string | undefined {
  if (!METHOD.test(method))
    return `"${method}" is no method (RFC 9110 section 9.1): write a name without spaces; the operation is not served`;
  const field = METHODS_32.find((known) => known === method.toLowerCase());
  if (field === undefined || (field !== method && field.toUpperCase() !== method)) return undefined;
  return `"additionalOperations" must not have "${method}": write it as "${field}" of the path item; the operation is not served`;
}

/** A token (RFC 9110 section 5.6.2). */
const METHOD = /^[!#$%&'*+.^_`|~\w-]+$/;

function isObject({ value }: Node): boolean {
  return typeof value === 'object' && value !== null;
}

/** Paths whose `$ref` leads nowhere: none of their operations is known. And additional operations that can't be served. */
export function unservedPaths(document: Document): Problem[] {
  return members(child(rootNode(document), 'paths')).flatMap(([, given]) => {
    const resolved = dereference(document, given);
    if (!resolved.ok) return [{ address: addressOf(given), message: resolved.reason }];
    if (!speaks32(document)) return [];
    return additional(resolved.node, given).flatMap(([method, operation]) => {
      const message = misplaced(method);
      return message === undefined ? [] : [{ address: addressOf(operation), message }];
    });
  });
}

/** Where a field of a path item stands: what a `$ref` leads to may lack what is written beside the `$ref` (OpenAPI 3.1 section 4.8.9.1). */
function beside(target: Node, given: Node, field: string): Node {
  return target !== given && child(target, field) === undefined && child(given, field) !== undefined ? given : target;
}

/** The path part of each server URL, without a trailing slash; `''` for the root. */
export function basePaths(route: Route): string[] {
  return [...new Set(route.servers.map(pathOf))];
}

type Servers = Pick<Route, 'servers' | 'openBasePaths'>;

const NO_SERVERS: Servers = { servers: [], openBasePaths: [] };

/** Swagger 2.0: schemes, host and basePath. OpenAPI 3.x: the Server Objects. */
function serversOf(document: Document, node: Node): Servers {
  if (document.dialect === '2.0') return { servers: servers20(node), openBasePaths: [] };
  const given = items(child(node, 'servers')).flatMap((server) => {
    const { url, variables } = record(server.value);
    return typeof url === 'string' ? [{ url, variables: record(variables) }] : [];
  });
  return {
    servers: given.flatMap(({ url, variables }) => expand(url, variables)),
    openBasePaths: [...new Set(given.flatMap(({ url, variables }) => openBases(url, variables)))],
  };
}

function servers20(node: Node): string[] {
  const { host, basePath, schemes } = record(node.value);
  if (typeof host !== 'string' && typeof basePath !== 'string') return [];
  const given = typeof basePath === 'string' ? basePath : '';
  // "The value MUST start with a leading slash"; where it does not, the slash is meant.
  const path = given === '' || given.startsWith('/') ? given : `/${given}`;
  if (typeof host !== 'string') return [path === '' ? '/' : path];
  return (Array.isArray(schemes) && schemes.length > 0 ? schemes.map(String) : ['http']).map((scheme) => `${scheme}://${host}${path}`);
}

/** A URL for each value of an enumerated variable; others take their default. */
function expand(url: string, variables: Readonly<Record<string, unknown>>): string[] {
  let urls = [url];
  for (const [name, variable] of Object.entries(variables)) {
    const { default: preset, enum: values } = record(variable);
    const choices = Array.isArray(values) && values.length > 0 ? values : preset === undefined ? [] : [preset];
    if (choices.length === 0) continue;
    // Cut at each step: ten variables of ten values each are ten thousand million URLs.
    urls = urls
      .flatMap((text) =>
        text.includes(`{${name}}`) ? choices.map((choice) => text.replaceAll(`{${name}}`, () => String(choice))) : [text],
      )
      .slice(0, MAX_SERVER_URLS);
  }
  return urls;
}

/** The base paths of a URL with `{}` for each of its variables that takes any text; none where it has no such variable in its path. */
function openBases(url: string, variables: Readonly<Record<string, unknown>>): string[] {
  const open = new Map<string, unknown>();
  for (const [name, variable] of Object.entries(variables)) {
    const { default: preset, enum: values } = record(variable);
    // A default of several segments, or a whole URL, is no text of one segment.
    const isOpen = !Array.isArray(values) || values.length === 0;
    if (isOpen && typeof preset === 'string' && !preset.includes('/')) open.set(name, { default: '{}' });
  }
  if (![...open.keys()].some((name) => pathOf(url).includes(`{${name}}`))) return [];
  return expand(url, { ...variables, ...Object.fromEntries(open) }).map(pathOf);
}

function pathOf(url: string): string {
  const path = url.replace(/^(?:[a-z][a-z\d+.-]*|\{[^{}]*\}):(?=\/\/)/i, '').replace(/^\/\/[^/?#]*/, '');
  const clean = withoutTrailingSlashes(path.replace(/[?#].*$/s, '').replace(/^(?:\.{1,2}(?:\/|$))+/, ''));
  return clean === '' || clean.startsWith('/') ? clean : `/${clean}`;
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

import type { Document } from './document.ts';
import { compileOperation } from './compile-operation.ts';
import { addPath, createPathTree, firstMatch, matchPath } from './match.ts';
import type { PathMatch, PathTree } from './match.ts';
import type { Operation } from './operation.ts';
import { basePaths, listRoutes } from './route.ts';
import type { Route } from './route.ts';
import { createValidators } from './schema/validator.ts';
import type { Validators, ValidatorsOptions } from './schema/validator.ts';

/** All operations of several documents, found by method and path; each compiled when it is first met. */
export interface OperationTable {
  readonly documents: readonly Document[];
  readonly routes: readonly Route[];
  /** Method and path pairs that two operations claim; the first one answers. */
  readonly collisions: readonly Collision[];
  /** @param path raw path without query. HEAD is answered by GET where the document does not describe HEAD. */
  readonly find: (method: string, path: string) => Found;
  readonly operation: (route: Route) => Operation;
}

export interface Collision {
  readonly method: string;
  readonly path: string;
  readonly first: Route;
  readonly second: Route;
}

export type Found =
  | { readonly kind: 'operation'; readonly operation: Operation; readonly values: ReadonlyMap<string, string> }
  /** The path is documented, the method is not. */
  | { readonly kind: 'method'; readonly allow: readonly string[] }
  | { readonly kind: 'path' };

type Methods = Map<string, Place>;

/** Where a request ends: its operation is found without a look-up. */
interface Place {
  readonly route: Route;
  operation: Operation | undefined;
}

const NO_VALUES: ReadonlyMap<string, string> = new Map();

/**
 * Builds the table. Every operation is reached by each of its servers' base paths and, where no full path takes precedence, by its bare path,
 * so that clients written against either spelling find it; last by the base paths in which a variable stands for any text and, for the path `/`, by the base paths as they are.
 */
export function createOperationTable(documents: readonly Document[], options: ValidatorsOptions = {}): OperationTable {
  const routes = documents.flatMap(listRoutes);
  const full = createPathTree<Methods>();
  const bare = createPathTree<Methods>();
  const open = createPathTree<Methods>();
  /** Full paths without templates, as plain requests spell them: nothing goes before these. */
  const literal = new Map<string, Methods>();
  const collisions: Collision[] = [];
  const placed = new Map<string, Methods>();
  const claims = new Map<string, Route>();
  const places = new Map<Route, Place>();

  for (const route of routes) {
    const bases = basePaths(route);
    for (const path of [route.path, ...route.aliases]) {
      for (const base of bases.length > 0 ? bases : ['']) place(full, 'full', base + path, route);
      if (bases.length > 0 && !bases.includes('')) place(bare, 'bare', path, route);
      for (const base of route.openBasePaths) place(open, 'open', base + path, route);
      // A client that has no path to add leaves the slash away too: `https://example.com/v1` for `/`.
      if (path === '/') for (const base of bases) if (base !== '') place(open, 'open', base, route);
    }
  }

  function place(tree: PathTree<Methods>, name: 'full' | 'bare' | 'open', path: string, route: Route): void {
    // Templates that differ only in the names of their parameters mean the same path: OpenAPI 3.1 section 4.8.8.2.
    const claim = `${name} ${route.method} ${path.replace(/\{[^{}]*\}/g, '{}')}`;
    const first = claims.get(claim);
    if (first === route) return;
    if (first !== undefined) {
      if (name === 'full') collisions.push({ method: route.method, path, first, second: route });
      return;
    }
    claims.set(claim, route);
    const key = `${name} ${path}`;
    let methods = placed.get(key);
    if (methods === undefined) {
      methods = new Map();
      placed.set(key, methods);
      addPath(tree, path, methods);
      if (name === 'full' && /^[\w/.~-]+$/.test(path)) literal.set(path, methods);
    }
    methods.set(route.method, placeOf(route));
  }

  /** One for all paths of a route. */
  function placeOf(route: Route): Place {
    let place = places.get(route);
    if (place === undefined) places.set(route, (place = { route, operation: undefined }));
    return place;
  }

  /** What stands for a variable of a server is no value of the operation. */
  function withoutVariables({ leaf, values }: PathMatch<Methods>): PathMatch<Methods> {
    return { leaf, values: new Map([...values].filter(([name]) => name !== '')) };
  }

  const validators = new Map<Document, Validators>();

  function operationAt(place: Place): Operation {
    place.operation ??= compile(place.route);
    return place.operation;
  }

  function compile(route: Route): Operation {
    let shared = validators.get(route.document);
    if (shared === undefined) {
      shared = createValidators(route.document, options);
      validators.set(route.document, shared);
    }
    return compileOperation(route, shared);
  }

  function find(method: string, path: string): Found {
    const plain = literal.get(path)?.get(method);
    if (plain !== undefined) return { kind: 'operation', operation: operationAt(plain), values: NO_VALUES };
    // Nearly always the best path has the method: one walk, nothing collected.
    const quick = firstMatch(full, path);
    const place = quick?.leaf.get(method);
    if (quick !== undefined && place !== undefined) return { kind: 'operation', operation: operationAt(place), values: quick.values };
    const candidates = [...matchPath(full, path), ...matchPath(bare, path), ...matchPath(open, path).map(withoutVariables)];
    if (candidates.length === 0) return { kind: 'path' };
    for (const wanted of method === 'HEAD' ? ['HEAD', 'GET'] : [method]) {
      for (const { leaf, values } of candidates) {
        const match = leaf.get(wanted);
        if (match !== undefined) return { kind: 'operation', operation: operationAt(match), values };
      }
    }
    const allow = new Set(candidates.flatMap(({ leaf }) => [...leaf.keys()]));
    if (allow.has('GET')) allow.add('HEAD');
    return { kind: 'method', allow: [...allow].sort() };
  }

  return { documents, routes, collisions, find, operation: (route) => operationAt(placeOf(route)) };
}

import type { Document } from './document.ts';
import { compileOperation } from './compile-operation.ts';
import { addPath, createPathTree, firstMatch } from './match.ts';
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

/** Where the requests of one method lead to: one tree for each, so that a path leads to its operation and not to a list of what there is for it. */
interface Trees {
  readonly full: PathTree<Place>;
  readonly bare: PathTree<Place>;
  readonly open: PathTree<Place>;
}

/** Where a request ends: its operation is found without a look-up. */
interface Place {
  readonly route: Route;
  operation: Operation | undefined;
}

/**
 * Builds the table. Every operation is reached by each of its servers' base paths and, where no full path takes precedence, by its bare path,
 * so that clients written against either spelling find it; last by the base paths in which a variable stands for any text and, for the path `/`, by the base paths as they are.
 */
export function createOperationTable(documents: readonly Document[], options: ValidatorsOptions = {}): OperationTable {
  const routes = documents.flatMap(listRoutes);
  const byMethod = new Map<string, Trees>();
  const collisions: Collision[] = [];
  const claims = new Map<string, Route>();
  const places = new Map<Route, Place>();

  for (const route of routes) {
    const bases = basePaths(route);
    for (const path of [route.path, ...route.aliases]) {
      for (const base of bases.length > 0 ? bases : ['']) place('full', base + path, route);
      if (bases.length > 0 && !bases.includes('')) place('bare', path, route);
      for (const base of route.openBasePaths) place('open', base + path, route);
      // A client that has no path to add leaves the slash away too: `https://example.com/v1` for `/`.
      if (path === '/') for (const base of bases) if (base !== '') place('open', base, route);
    }
  }

  function place(name: keyof Trees, path: string, route: Route): void {
    // Templates that differ only in the names of their parameters mean the same path: OpenAPI 3.1 section 4.8.8.2.
    const claim = `${name} ${route.method} ${path.replace(/\{[^{}]*\}/g, '{}')}`;
    const first = claims.get(claim);
    if (first === route) return;
    if (first !== undefined) {
      if (name === 'full') collisions.push({ method: route.method, path, first, second: route });
      return;
    }
    claims.set(claim, route);
    addPath(treesOf(route.method)[name], path, placeOf(route));
  }

  function treesOf(method: string): Trees {
    let trees = byMethod.get(method);
    if (trees === undefined) byMethod.set(method, (trees = { full: createPathTree(), bare: createPathTree(), open: createPathTree() }));
    return trees;
  }

  /** One for all paths of a route. */
  function placeOf(route: Route): Place {
    let place = places.get(route);
    if (place === undefined) places.set(route, (place = { route, operation: undefined }));
    return place;
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
    // Nearly always the full path has the method: one walk, nothing collected.
    const trees = byMethod.get(method);
    const quick = trees === undefined ? undefined : firstMatch(trees.full, path);
    if (quick !== undefined) return found(quick);
    for (const wanted of method === 'HEAD' ? ['HEAD', 'GET'] : [method]) {
      const known = byMethod.get(wanted);
      const match = known === undefined ? undefined : bestMatch(known, path);
      if (match !== undefined) return found(match);
    }
    const allow = [...byMethod].filter(([, known]) => bestMatch(known, path) !== undefined).map(([known]) => known);
    if (allow.length === 0) return { kind: 'path' };
    if (allow.includes('GET') && !allow.includes('HEAD')) allow.push('HEAD');
    return { kind: 'method', allow: allow.sort() };
  }

  function found({ leaf, values }: PathMatch<Place>): Found {
    return { kind: 'operation', operation: operationAt(leaf), values };
  }

  return { documents, routes, collisions, find, operation: (route) => operationAt(placeOf(route)) };
}

function bestMatch({ full, bare, open }: Trees, path: string): PathMatch<Place> | undefined {
  return firstMatch(full, path) ?? firstMatch(bare, path) ?? withoutVariables(firstMatch(open, path));
}

/** What stands for a variable of a server is no value of the operation. */
function withoutVariables(match: PathMatch<Place> | undefined): PathMatch<Place> | undefined {
  return match === undefined ? undefined : { leaf: match.leaf, values: new Map([...match.values].filter(([name]) => name !== '')) };
}

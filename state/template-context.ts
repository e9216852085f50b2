import type { RowIndex } from './row-index.ts';
import type { Scope } from './scope.ts';
import type { Row } from './world.ts';

/** Fills a template: a value with every expression replaced; `undefined` members are left out. */
export type Template = (scope: Scope) => unknown;

/** Which rows are asked for. */
export interface Filter {
  /** The test for rows of one request: what the filter asks for is made once, not for each row. */
  readonly bind: (scope: Scope) => (row: Row) => boolean;
  /** The value that a field has to equal, where the filter says that plainly: the row of a key is found without looking at all. */
  readonly equal: ReadonlyMap<string, Template>;
  /** What is asked of all rows of one request, where that is simple. */
  readonly asked: (scope: Scope) => AskedRows;
}

/** All rows; exactly those that an index has for an identity; or those that only looking at each of them finds. */
export type AskedRows =
  | { readonly kind: 'all' }
  | { readonly kind: 'some' }
  | { readonly kind: 'equal'; readonly index: RowIndex; readonly identity: string };

/** The collections whose rows the variables of a place stand for, by full name; `undefined` where that is not known before the request. */
export interface Variables {
  readonly row?: string | undefined;
  readonly before?: string | undefined;
  readonly outer?: string | undefined;
}

/** What compiling needs to know of the state file around it, and how it complains. */
export interface TemplateContext {
  /** The full name of a collection, or `undefined` when there is none of that name. */
  readonly collection: (name: string) => string | undefined;
  /** The rows of a collection that fit a filter, as of now (timed transitions done). */
  readonly rows: (scope: Scope, collection: string, filter: Filter) => Iterable<Row>;
  /** How many there are, where that is known sooner than by going through them. */
  readonly count?: (scope: Scope, collection: string, filter: Filter) => number;
  /** Compiles a value inside another. */
  readonly template: (value: unknown, pointer: string) => Template;
  readonly problem: (pointer: string, message: string) => void;
  readonly variables: Variables;
  /** The same context for a place whose variables stand for something else. */
  readonly withVariables: (variables: Variables) => TemplateContext;
  /** Told of each field that a place reads of a collection's rows: one that no row can have is a flaw. */
  readonly reads: (collection: string | undefined, field: string, pointer: string) => void;
  /** Told of each template that makes fields of a collection's rows. */
  readonly writes: (collection: string, template: unknown) => void;
  /** The parameters in the path of the operation; `undefined` outside of operations. */
  readonly pathParameters?: ReadonlySet<string> | undefined;
}

/** What a context is made of. */
export type ContextParts = Omit<TemplateContext, 'template' | 'withVariables'>;

/** A context whose places compile with `compile`. */
export function createContext(
  parts: ContextParts,
  compile: (value: unknown, pointer: string, context: TemplateContext) => Template,
): TemplateContext {
  const context: TemplateContext = {
    ...parts,
    template: (value, pointer) => compile(value, pointer, context),
    withVariables: (variables) => createContext({ ...parts, variables }, compile),
  };
  return context;
}

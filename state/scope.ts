import type { Clock } from './clock-text.ts';
import type { Done, Matches } from './outcome.ts';
import type { Row, World } from './world.ts';

/** A request as the state model sees it: decoded values, nothing of HTTP. */
export interface StateRequest {
  readonly method: string;
  /** The path with its query as the client wrote it. */
  readonly url: string;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly cookie: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Parts of a multipart body by name; the mock leaves them to overrides. */
  readonly files?: unknown;
}

/** Everything an expression can name while one operation is answered. */
export interface Scope {
  readonly request: StateRequest;
  readonly world: World;
  /** Milliseconds since the epoch: one moment for the whole operation. */
  readonly now: number;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly row?: Row | undefined;
  /** The row as it was before this operation changed it. */
  readonly before?: Row | undefined;
  /** The row of the enclosing template, inside a `where`, `show` or `of` of `$list`, `$count`, `$sum`, `$first`. */
  readonly outer?: Row | undefined;
  /** The element in turn, inside `each` and `$each`. */
  readonly item?: unknown;
  /** Its place in the list, from 0. */
  readonly index?: number | undefined;
  readonly data?: unknown;
  /** The rows of this page, as shown. */
  readonly rows?: readonly unknown[] | undefined;
  /** All rows that the filter lets through, before paging. */
  readonly matches?: Matches | undefined;
  readonly total?: number | undefined;
  readonly page?: Readonly<Record<string, unknown>> | undefined;
  readonly error?: { readonly name: string; readonly code: string; readonly message: string; readonly status: number } | undefined;
}

/**
 * A scope at the beginning of an operation. Every variable has its place from the start: copies with one of them set, of which there are many, have one form.
 * @param uuid makes the session's next UUID.
 */
export function createScope(request: StateRequest, world: World, clock: Clock, uuid: () => string): Scope {
  return {
    request,
    world,
    now: world.now(),
    clock,
    uuid,
    row: undefined,
    before: undefined,
    outer: undefined,
    item: undefined,
    index: undefined,
    data: undefined,
    rows: undefined,
    matches: undefined,
    total: undefined,
    page: undefined,
    error: undefined,
  };
}

/** What an operation has done, beside what stood before; the answer's data is put in last. */
export function scopeAfter(
  scope: Scope,
  { row, before, rows, matches, total, page }: Done,
): { -readonly [Name in keyof Scope]: Scope[Name] } {
  return { ...scope, row, before, rows, matches, total, page };
}

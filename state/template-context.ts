import type { Scope } from './scope.ts';
import type { Row } from './world.ts';

/** Fills a template: a value with every expression replaced; `undefined` members are left out. */
export type Template = (scope: Scope) => unknown;

/** What compiling needs to know of the state file around it, and how it complains. */
export interface TemplateContext {
  /** The full name of a collection, or `undefined` when there is none of that name. */
  readonly collection: (name: string) => string | undefined;
  /** The rows of a collection as of now (timed transitions done). */
  readonly rows: (scope: Scope, collection: string) => Iterable<Row>;
  /** Compiles a value inside another. */
  readonly template: (value: unknown, pointer: string) => Template;
  readonly problem: (pointer: string, message: string) => void;
}

import { childPointer } from '../../operations/index.ts';
import type { Collection } from '../collection.ts';
import { compilePredicate } from '../predicate.ts';
import type { Predicate } from '../predicate.ts';
import type { Pager } from '../pager.ts';
import type { Outcome } from '../outcome.ts';
import type { Scope } from '../scope.ts';
import type { Template, TemplateContext } from '../template-context.ts';
import type { Row } from '../world.ts';

/** A compiled verb: reads and changes the world, tells what it did. */
export type Verb = (scope: Scope) => Outcome;

/** What a verb is compiled from. */
export interface VerbContext extends TemplateContext {
  readonly pointer: string;
  readonly given: Row;
  readonly target: Collection;
  readonly pager: (name: unknown, pointer: string) => Pager | undefined;
  readonly collectionModel: (name: string) => Collection | undefined;
}

/** The template of one key of the operation; `undefined` where the key is absent. */
export function part(context: VerbContext, key: string): Template | undefined {
  const value = context.given[key];
  return value === undefined ? undefined : context.template(value, childPointer(context.pointer, key));
}

export function filter(context: VerbContext): Predicate {
  const where = context.given['where'];
  return where === undefined ? () => true : compilePredicate(where, childPointer(context.pointer, 'where'), context);
}

/** The name of the error for a row that is not there. */
export function missingError(context: VerbContext): string {
  return typeof context.given['otherwise'] === 'string' ? context.given['otherwise'] : 'NOT_FOUND';
}

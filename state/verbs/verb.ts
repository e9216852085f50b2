import { childPointer } from '../../operations/index.ts';
import type { Collection } from '../collection.ts';
import type { Outcome } from '../outcome.ts';
import type { Pager } from '../pager.ts';
import { compileFilter } from '../predicate.ts';
import type { Scope } from '../scope.ts';
import type { Filter, Template, TemplateContext, Variables } from '../template-context.ts';
import type { Row } from '../world.ts';

/** A compiled verb: reads and changes the world, tells what it did. */
export type Verb = (scope: Scope) => Outcome;

/** What checks, verbs and effects are compiled from. */
export interface OperationContext extends TemplateContext {
  readonly collectionModel: (name: unknown) => Collection | undefined;
  /** The name of an error that a member gives, or the preset; a name that is none is a flaw. */
  readonly error: (name: unknown, preset: string, pointer: string) => string;
}

/** What a verb is compiled from. */
export interface VerbContext extends OperationContext {
  readonly pointer: string;
  readonly given: Row;
  readonly target: Collection;
  readonly pager: (name: unknown, pointer: string) => Pager | undefined;
}

/** The template of one key of the operation; `undefined` where the key is absent. */
export function part(context: VerbContext, key: string, variables: Variables = {}): Template | undefined {
  const value = context.given[key];
  return value === undefined ? undefined : context.withVariables(variables).template(value, childPointer(context.pointer, key));
}

/** The template of `set`, which makes fields of rows of the target; absent: what `preset` names. */
export function setOf(context: VerbContext, preset: unknown, variables: Variables = {}): Template {
  const { given, target, pointer } = context;
  const value = given['set'] ?? preset;
  context.writes(target.name, value);
  return context.withVariables(variables).template(value, childPointer(pointer, 'set'));
}

/** The filter of `where` over the rows of the target. */
export function filterOf({ given, target, pointer, withVariables }: VerbContext): Filter {
  return compileFilter(given['where'], childPointer(pointer, 'where'), withVariables({ row: target.name }));
}

/** The name of the error for a row that is not there. */
export function missingError({ given, pointer, error }: VerbContext): string {
  return error(given['otherwise'], 'NOT_FOUND', childPointer(pointer, 'otherwise'));
}

/** The name of the error for a row that is there, but not in a state for this. */
export function illegalError({ given, pointer, error }: VerbContext): string {
  return error(given['illegal'], 'ILLEGAL_STATE', childPointer(pointer, 'illegal'));
}

/** A row that does not fit `where` is as good as none, unless `illegal` names another error for it. */
export function unfitError(context: VerbContext): string {
  return context.given['illegal'] === undefined ? missingError(context) : illegalError(context);
}

import { childPointer } from '../../operations/index.ts';
import type { Template, TemplateContext } from '../template-context.ts';
import type { Row } from '../world.ts';

/** An operator of templates: `{ $name: argument, option: ... }`. */
export interface Operator {
  /** Its options beside the argument. */
  readonly keys: readonly string[];
  readonly compile: (given: Row, pointer: string, context: TemplateContext) => Template;
}

/** The template of one member. */
export function member(given: Row, key: string, pointer: string, context: TemplateContext): Template {
  return context.template(given[key], childPointer(pointer, key));
}

/** The templates of a list; a flaw where it is none. */
export function members(given: Row, key: string, pointer: string, context: TemplateContext): Template[] {
  const list = given[key];
  const at = childPointer(pointer, key);
  if (Array.isArray(list)) return list.map((item: unknown, index) => context.template(item, childPointer(at, index)));
  context.problem(at, `${key} needs a list`);
  return [];
}

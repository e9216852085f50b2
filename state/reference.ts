import { writeJson } from '../operations/index.ts';
import { compileExpression } from './expression.ts';
import type { Expression } from './expression.ts';
import { nearest } from './flaws.ts';
import type { Template, TemplateContext } from './template-context.ts';
import { textOf } from './text.ts';

const NOTHING: Expression = () => undefined;

/** An expression in a place of a state file; a problem and nothing where it is none, or names a field or parameter that there is not. */
export function reference(text: string, pointer: string, context: TemplateContext): Expression {
  const compiled = compileExpression(text);
  if (!compiled.ok) {
    context.problem(pointer, compiled.reason);
    return NOTHING;
  }
  const { root, tokens } = compiled;
  const [first] = tokens;
  if (first !== undefined) {
    if (root === 'row' || root === 'before' || root === 'outer') context.reads(context.variables[root], first, pointer);
    const { pathParameters } = context;
    if (root === 'request.path' && pathParameters !== undefined && !pathParameters.has(first))
      context.problem(
        pointer,
        `${text}: the path has no "${first}"${nearest(first, pathParameters)}; it has ${[...pathParameters].join(', ') || 'no parameters'}`,
      );
  }
  return compiled.expression;
}

/** A text with `{$...}` inside; `write` makes what stands for each. Null where one of them is null or absent. */
export function compileMixedText(text: string, pointer: string, context: TemplateContext, write: (value: string) => string): Template {
  const parts = text
    .split(/(\{\$[^{}]*\})/)
    .map((part): string | Expression => (part.startsWith('{$') ? reference(part.slice(1, -1), pointer, context) : part));
  return (scope) => {
    let made = '';
    for (const part of parts) {
      if (typeof part === 'string') {
        made += part;
        continue;
      }
      const value = part(scope);
      if (value === undefined || value === null) return null;
      made += write(typeof value === 'object' ? writeJson(value) : textOf(value));
    }
    return made;
  };
}

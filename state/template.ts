import { childPointer } from '../operations/index.ts';
import { nearest, unknownKeys } from './flaws.ts';
import type { Operator } from './operators/operator.ts';
import { ROW_OPERATORS } from './operators/rows.ts';
import { TIME_OPERATORS } from './operators/time.ts';
import { VALUE_OPERATORS } from './operators/values.ts';
import { compileMixedText, reference } from './reference.ts';
import type { Scope } from './scope.ts';
import { setMember } from './shape.ts';
import type { Template, TemplateContext } from './template-context.ts';
import type { Row } from './world.ts';

/** The operators of templates by name. */
export const TEMPLATE_OPERATORS: Readonly<Record<string, Operator>> = { ...ROW_OPERATORS, ...VALUE_OPERATORS, ...TIME_OPERATORS };

/**
 * Compiles a template of a state file. Plain JSON stands for itself; a text that begins with `$` is an expression (`$$` for a literal `$`), `{$...}` inside a text is replaced by
 * its value, and a text with a null or absent value inside is null. A member `...` takes over the members of its value; an object whose first key is an operator is what the operator
 * makes (operators/rows.ts, values.ts, time.ts). A member that is absent is left out.
 */
export function compileTemplate(value: unknown, pointer: string, context: TemplateContext): Template {
  if (typeof value === 'string') return compileText(value, pointer, context);
  if (Array.isArray(value)) {
    const parts = value.map((item: unknown, index) => compileTemplate(item, childPointer(pointer, index), context));
    return (scope) => parts.map((part) => part(scope)).filter((part) => part !== undefined);
  }
  if (typeof value !== 'object' || value === null) return () => value;
  const [first] = Object.keys(value);
  if (first !== undefined && first.startsWith('$')) return compileOperator(first, value as Row, pointer, context);
  return compileObject(value as Row, pointer, context);
}

function compileText(text: string, pointer: string, context: TemplateContext): Template {
  if (text.startsWith('$$')) return () => text.slice(1);
  if (text.startsWith('$')) return reference(text, pointer, context);
  if (!text.includes('{$')) return () => text;
  return compileMixedText(text, pointer, context, (value) => value);
}

function compileObject(value: Row, pointer: string, context: TemplateContext): Template {
  const parts = Object.entries(value).map(([key, item]) => {
    const at = childPointer(pointer, key);
    if (key.startsWith('$')) context.problem(at, `an operator stands alone and first; write { $const: ... } for a member called "${key}"`);
    return [key, compileTemplate(item, at, context)] as const;
  });
  const [first] = parts;
  if (first?.[0] === '...') return (scope) => fill(spread(first[1](scope)), parts, 1, scope);
  if (parts.some(([key]) => key === '...')) return (scope) => fill({}, parts, 0, scope);
  // Copied, so that every object made here has one form from the beginning.
  const form: Row = Object.fromEntries(parts.map(([key]) => [key, undefined]));
  return (scope) => {
    const filled: Record<string, unknown> = { ...form };
    for (const [key, part] of parts) {
      const made = part(scope);
      if (made === undefined) return fill({}, parts, 0, scope);
      filled[key] = made;
    }
    return filled;
  };
}

type Parts = readonly (readonly [key: string, part: Template])[];

/** A new object with the members of a value, none where it is no object. Copying defines, so that a member `__proto__` is one like any other. */
function spread(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function fill(filled: Record<string, unknown>, parts: Parts, from: number, scope: Scope): Record<string, unknown> {
  for (let index = from; index < parts.length; index += 1) {
    const [key, part] = parts[index] ?? ['', () => undefined];
    const made = part(scope);
    if (key === '...') {
      for (const [name, item] of Object.entries(spread(made))) setMember(filled, name, item);
    } else if (made !== undefined) {
      setMember(filled, key, made);
    } else if (Object.hasOwn(filled, key)) {
      // Named after a spread and absent: taken out of it.
      delete filled[key];
    }
  }
  return filled;
}

function compileOperator(name: string, given: Row, pointer: string, context: TemplateContext): Template {
  const operator = Object.hasOwn(TEMPLATE_OPERATORS, name) ? TEMPLATE_OPERATORS[name] : undefined;
  if (operator === undefined) {
    const names = Object.keys(TEMPLATE_OPERATORS);
    context.problem(childPointer(pointer, name), `there is no operator ${name}${nearest(name, names)}; there are ${names.join(', ')}`);
    return () => undefined;
  }
  unknownKeys(given, [name, ...operator.keys], name, pointer, context.problem);
  return operator.compile(given, pointer, context);
}

import { TEMPLATE_OPERATORS } from '../template.ts';

/** The members that a template can make; `undefined` where that is not known before the request. */
export function fieldsOf(template: unknown): readonly string[] | undefined {
  if (typeof template === 'string') return template.startsWith('$') && template !== '$absent' ? undefined : [];
  if (typeof template !== 'object' || template === null || Array.isArray(template)) return [];
  if (operatorOf(template) !== undefined) return undefined;
  const names: string[] = [];
  for (const [name, value] of Object.entries(template)) {
    if (name !== '...') {
      names.push(name);
      continue;
    }
    const spread = fieldsOf(value);
    if (spread === undefined) return undefined;
    names.push(...spread);
  }
  return names;
}

/** The operator that an object is. */
export function operatorOf(template: object): string | undefined {
  for (const first in template) return first.startsWith('$') && Object.hasOwn(TEMPLATE_OPERATORS, first) ? first : undefined;
  return undefined;
}

/** Where what a template makes tells the key of `$row`; `undefined` where it does not. */
export function keyPathOf(template: unknown, keyField: string): readonly string[] | undefined {
  if (template === '$row') return [keyField];
  if (template === `$row#/${keyField}`) return [];
  if (typeof template !== 'object' || template === null || Array.isArray(template) || operatorOf(template) !== undefined) return undefined;
  const entries = Object.entries(template);
  for (const [name, value] of entries) if (name !== '...' && value === `$row#/${keyField}`) return [name];
  for (const [name, value] of entries) {
    const inner = keyPathOf(value, keyField);
    if (inner === undefined) continue;
    if (name !== '...') return [name, ...inner];
    // What is named beside a spread wins over it.
    if (inner.length !== 1 || !Object.hasOwn(template, inner[0] ?? '')) return inner;
  }
  return undefined;
}

/** Where a template has a variable: the members that lead to it; through operators too, which change its form at most. */
export function pathTo(template: unknown, variable: string): readonly string[] | undefined {
  if (template === variable) return [];
  if (typeof template !== 'object' || template === null || Array.isArray(template)) return undefined;
  const operator = operatorOf(template);
  for (const [name, value] of Object.entries(template)) {
    const inner = pathTo(value, variable);
    if (inner !== undefined) return operator === undefined && name !== '...' ? [name, ...inner] : inner;
  }
  return undefined;
}

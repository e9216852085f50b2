import type { Declaration } from './schema-types.ts';
import { intersection, NEVER, union, UNKNOWN } from './type.ts';
import type { Type } from './type.ts';

/**
 * Breaks circles that TypeScript refuses: `type A = A | string`, `type A = B; type B = A`. Through a property or an item a type may lead back to itself;
 * straight on it may not. A schema that is one of its own alternatives adds nothing; in a longer circle the last step is `unknown`.
 */
export function breakCircles(declarations: readonly Declaration[]): Declaration[] {
  const byKey = new Map(declarations.map((declaration) => [declaration.key, declaration] as const));
  const state = new Map<string, 'open' | 'done'>();
  for (const { key } of declarations) visit(key);
  return [...byKey.values()];

  /** A depth-first walk with a stack of its own: chains may be long. */
  function visit(start: string): void {
    if (state.has(start)) return;
    const stack = [enter(start)];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.pending.pop();
      if (next === undefined) {
        state.set(top.key, 'done');
        stack.pop();
      } else if (state.get(next) === 'open') {
        cut(top.key, next);
      } else if (!state.has(next)) {
        stack.push(enter(next));
      }
    }
  }

  function enter(key: string): { key: string; pending: string[] } {
    state.set(key, 'open');
    const declaration = byKey.get(key);
    return { key, pending: declaration === undefined ? [] : directNames(declaration.type) };
  }

  function cut(key: string, target: string): void {
    const declaration = byKey.get(key);
    if (declaration === undefined) return;
    const type = without(declaration.type, target, key === target ? NEVER : UNKNOWN);
    byKey.set(key, { ...declaration, type: type.kind === 'word' && type.word === 'never' ? UNKNOWN : type });
  }
}

/** The names that a type is made of without a property or an item between. */
function directNames(type: Type): string[] {
  if (type.kind === 'named') return [type.key];
  return type.kind === 'union' || type.kind === 'intersection' ? type.members.flatMap(directNames) : [];
}

/** @param instead what stands for the name in a union; in an intersection it is left out. */
function without(type: Type, target: string, instead: Type): Type {
  if (type.kind === 'named') return type.key === target ? instead : type;
  if (type.kind === 'union') return union(type.members.map((member) => without(member, target, instead)));
  if (type.kind === 'intersection') return intersection(type.members.map((member) => without(member, target, UNKNOWN)));
  return type;
}

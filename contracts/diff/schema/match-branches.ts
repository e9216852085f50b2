import type { Conjunction } from './conjunction.ts';
import type { Forms } from './forms.ts';

/** Branches of two choices that mean the same alternative, and those that have no partner. */
export interface MatchedBranches {
  readonly pairs: readonly (readonly [old: Conjunction, next: Conjunction])[];
  readonly gone: readonly Conjunction[];
  readonly come: readonly Conjunction[];
}

/** At least this share of property names in common makes two branches the same alternative. */
const ALIKE = 0.5;
/** With more branches than this the search by likeness, which takes their product, is left out. */
const MAX_SEARCHED = 200;

/** Pairs branches: those that say the same, then by the value that tells alternatives apart, by component name, by likeness. */
export function matchBranches(
  old: readonly Conjunction[],
  next: readonly Conjunction[],
  forms: { old: Forms; next: Forms },
): MatchedBranches {
  const pairs: [Conjunction, Conjunction][] = [];
  const gone = new Set(old);
  const come = new Set(next);
  const pair = (before: Conjunction, after: Conjunction): void => {
    pairs.push([before, after]);
    gone.delete(before);
    come.delete(after);
  };
  const byKey = (key: (branch: Conjunction, side: Forms) => string | undefined): void => {
    const waiting = new Map<string, Conjunction>();
    for (const branch of come) {
      const name = key(branch, forms.next);
      if (name !== undefined && !waiting.has(name)) waiting.set(name, branch);
    }
    for (const branch of gone) {
      const name = key(branch, forms.old);
      const partner = name === undefined ? undefined : waiting.get(name);
      if (name === undefined || partner === undefined) continue;
      waiting.delete(name);
      pair(branch, partner);
    }
  };
  byKey((branch, side) => side.fingerprint(branch));
  byKey(tagOf);
  byKey((branch, side) => side.reader.nameOf(branch));
  if (gone.size * come.size <= MAX_SEARCHED * MAX_SEARCHED) {
    for (const before of gone) {
      let best: Conjunction | undefined;
      let likeness = ALIKE;
      for (const after of come) {
        const found = likenessOf(before, after, forms);
        if (found >= likeness && (best === undefined || found > likeness)) [best, likeness] = [after, found];
      }
      if (best !== undefined) pair(before, best);
    }
  }
  return { pairs, gone: [...gone], come: [...come] };
}

/** Required properties with one possible value: what an author tells alternatives apart by. */
export function tagOf(branch: Conjunction, forms: Forms): string | undefined {
  const object = forms.form(branch, 'object')?.object;
  if (object === undefined) return undefined;
  const tags: string[] = [];
  for (const name of object.required) {
    const schema = object.properties.get(name);
    const values = schema === undefined ? undefined : forms.form(schema, 'string')?.values;
    if (schema !== undefined && values?.size === 1 && forms.types(schema).length === 1) tags.push(`${name}=${[...values.keys()][0] ?? ''}`);
  }
  return tags.length === 0 ? undefined : tags.sort().join(' ');
}

/** Whether two branches are most likely the same alternative. */
export function areAlike(old: Conjunction, next: Conjunction, forms: { old: Forms; next: Forms }): boolean {
  return forms.old.fingerprint(old) === forms.next.fingerprint(next) || likenessOf(old, next, forms) >= ALIKE;
}

function likenessOf(old: Conjunction, next: Conjunction, forms: { old: Forms; next: Forms }): number {
  const [before, after] = [forms.old.form(old, 'object')?.object, forms.next.form(next, 'object')?.object];
  const [tagBefore, tagAfter] = [tagOf(old, forms.old), tagOf(next, forms.next)];
  if (tagBefore !== undefined && tagAfter !== undefined && tagBefore !== tagAfter) return 0;
  if (before === undefined || after === undefined) {
    const [types, others] = [forms.old.types(old), forms.next.types(next)];
    return before === after && types.join(' ') === others.join(' ') ? 1 : 0;
  }
  const names = new Set([...before.properties.keys(), ...after.properties.keys()]);
  if (names.size === 0) return 1;
  const common = [...names].filter((name) => before.properties.has(name) && after.properties.has(name)).length;
  return common / names.size;
}

/** Whether no value can be of two of the branches: their tags differ in a property they share, or their lists of values do. */
export function areDisjoint(branches: readonly Conjunction[], forms: Forms): boolean {
  const tags = branches.map((branch) => tagsByName(branch, forms));
  return branches.every((_, index) => tags.slice(0, index).every((other) => differ(other, tags[index])));
}

function tagsByName(branch: Conjunction, forms: Forms): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  const object = forms.form(branch, 'object')?.object;
  for (const name of object?.required ?? []) {
    const schema = object?.properties.get(name);
    if (schema === undefined) continue;
    const lists = forms.types(schema).map((type) => (type === 'null' ? new Map([['null', null]]) : forms.form(schema, type)?.values));
    if (lists.every((list) => list !== undefined)) found.set(name, new Set(lists.flatMap((list) => [...list.keys()])));
  }
  return found;
}

function differ(a: ReadonlyMap<string, ReadonlySet<string>>, b: ReadonlyMap<string, ReadonlySet<string>> | undefined): boolean {
  return [...a].some(([name, values]) => {
    const others = b?.get(name);
    return others !== undefined && [...values].every((value) => !others.has(value));
  });
}

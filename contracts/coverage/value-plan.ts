import type { Site } from './enum-sites.ts';
import { hit } from './tally.ts';
import type { Tally, Turn } from './tally.ts';

/** Where to look in a value, and which cell each value found there is. Holds only what leads to a cell. */
export interface ValuePlan {
  /** By the value itself. */
  readonly cells: ReadonlyMap<unknown, Tally> | undefined;
  readonly names: readonly string[];
  /** In the order of `names`. */
  readonly properties: readonly ValuePlan[];
  readonly items: ValuePlan | undefined;
  /** For every property that is not declared. */
  readonly rest: ValuePlan | undefined;
  readonly declared: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();
/** Deeper values are not looked at: with a recursive schema they could exhaust the stack. */
const MAX_DEPTH = 100;

/**
 * @param sites the root first.
 * @param cells of the sites that have any.
 * @returns nothing when none has.
 */
export function planValues(sites: readonly Site[], cells: ReadonlyMap<Site, ReadonlyMap<unknown, Tally>>): ValuePlan | undefined {
  const useful = usefulSites(sites, cells);
  const plans = new Map<Site, ValuePlan>();

  function planOf(site: Site | undefined): ValuePlan | undefined {
    if (site === undefined || !useful.has(site)) return undefined;
    const known = plans.get(site);
    if (known !== undefined) return known;
    const names: string[] = [];
    const properties: ValuePlan[] = [];
    const plan: { -readonly [key in keyof ValuePlan]: ValuePlan[key] } = {
      cells: cells.get(site),
      names,
      properties,
      items: undefined,
      rest: undefined,
      declared: NONE,
    };
    // Known before its members are planned: a recursive schema leads back to it.
    plans.set(site, plan);
    for (const [name, child] of site.properties) {
      const member = planOf(child);
      if (member === undefined) continue;
      names.push(name);
      properties.push(member);
    }
    plan.items = planOf(site.items);
    plan.rest = planOf(site.rest);
    if (plan.rest !== undefined) plan.declared = new Set(site.properties.keys());
    return plan;
  }

  return planOf(sites[0]);
}

/** The sites that lead to a cell: from above, or round a recursive schema's circle. */
function usefulSites(sites: readonly Site[], cells: ReadonlyMap<Site, unknown>): ReadonlySet<Site> {
  const useful = new Set<Site>();
  const add = (site: Site): void => {
    for (let at: Site | undefined = site; at !== undefined && !useful.has(at); at = at.parent) useful.add(at);
  };
  for (const site of cells.keys()) add(site);
  for (let before = -1; before < useful.size;) {
    before = useful.size;
    for (const site of sites) {
      const members = [...site.properties.values(), site.items, site.rest];
      if (!useful.has(site) && members.some((member) => member !== undefined && useful.has(member))) add(site);
    }
  }
  return useful;
}

/** Counts every listed value that a value holds. */
export function hitValues(plan: ValuePlan, value: unknown, turn: Turn, depth = 0): void {
  if (typeof value !== 'object' || value === null) {
    const cell = plan.cells?.get(value);
    if (cell !== undefined) hit(cell, turn);
    return;
  }
  if (depth >= MAX_DEPTH) return;
  if (Array.isArray(value)) {
    if (plan.items !== undefined) for (const item of value) hitValues(plan.items, item, turn, depth + 1);
    return;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (let index = 0; index < plan.names.length; index += 1) {
    const name = plan.names[index];
    const member = plan.properties[index];
    if (name === undefined || member === undefined || !Object.hasOwn(members, name)) continue;
    hitValues(member, members[name], turn, depth + 1);
  }
  if (plan.rest === undefined) return;
  for (const name of Object.keys(members)) if (!plan.declared.has(name)) hitValues(plan.rest, members[name], turn, depth + 1);
}

import { writeJson } from '../../operations/index.ts';
import type { Schema, SchemaLookup } from '../../operations/index.ts';
import { listSites } from './enum-sites.ts';
import type { Site } from './enum-sites.ts';
import type { Enumerated, Scalar } from './enumerated-values.ts';
import { createWalk } from './schema-walk.ts';
import type { Tallies, Tally } from './tally.ts';
import { planValues } from './value-plan.ts';
import type { ValuePlan } from './value-plan.ts';

/** More values than this are a register of names (countries, currencies), not cases: one cell for all. */
const MAX_VALUES = 50;
/** Of one operation. */
const MAX_CELLS = 200;

/** Makes the enum cells of one operation, at most 200: what comes first is served first. */
export interface EnumCells {
  /**
   * The cells of one schema: `query status=PENDING`, `body /type=2`, `200 /open=true`.
   * @param prefix what the names begin with: the parameter, `body`, or the status.
   * @returns where to look for the values; `undefined` where the schema lists none.
   */
  readonly add: (prefix: string, schema: Schema, view: 'request' | 'response') => ValuePlan | undefined;
}

export function createEnumCells(tallies: Tallies, lookup: SchemaLookup): EnumCells {
  let left = MAX_CELLS;

  function cellsOf(prefix: string, site: Site): ReadonlyMap<unknown, Tally> | undefined {
    const { listed } = site;
    if (listed === undefined || listed.values.length === 0 || listed.isConst) return undefined;
    const place = site.pointer === '' ? prefix : `${prefix} ${site.pointer}`;
    const names = namesOf(listed).map((name) => `${place}=${name}`);
    const fresh = new Set(names.filter((name) => tallies.find('enum', name) === undefined)).size;
    if (fresh > left) return undefined;
    left -= fresh;
    return new Map(listed.values.map((value, index) => [value, tallies.at('enum', names[index] ?? names[0] ?? place)] as const));
  }

  return {
    add: (prefix, schema, view) => {
      const sites = listSites(schema, view, createWalk(lookup));
      const cells = new Map<Site, ReadonlyMap<unknown, Tally>>();
      for (const site of sites) {
        const own = cellsOf(prefix, site);
        if (own !== undefined) cells.set(site, own);
      }
      return planValues(sites, cells);
    },
  };
}

/** One name for each value, or `*` for all of them. */
function namesOf({ values }: Enumerated): readonly string[] {
  if (values.length > MAX_VALUES) return ['*'];
  const others = new Set(values.filter((value) => typeof value !== 'string').map(String));
  return values.map((value) => nameOf(value, others));
}

/** A text that reads like another value of the list (`"1"` beside `1`) stands in quotes. */
function nameOf(value: Scalar, others: ReadonlySet<string>): string {
  return typeof value === 'string' && others.has(value) ? writeJson(value) : String(value);
}

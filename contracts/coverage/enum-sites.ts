import { childPointer, isSchemaObject, record } from '../../operations/index.ts';
import type { Schema } from '../../operations/index.ts';
import { enumeratedValues } from './enumerated-values.ts';
import type { Enumerated } from './enumerated-values.ts';
import { schemaMembers } from './schema-members.ts';
import type { SchemaMembers } from './schema-members.ts';
import { listOf } from './schema-walk.ts';
import type { SchemaWalk } from './schema-walk.ts';

/** A place in values of a schema, and what the schema lists there. */
export interface Site {
  /** Like a JSON pointer; `*` stands for any item or any name. */
  readonly pointer: string;
  readonly parent: Site | undefined;
  /** By property name. A recursive schema leads back to a site above. */
  readonly properties: Map<string, Site>;
  items: Site | undefined;
  rest: Site | undefined;
  readonly listed: Enumerated | undefined;
}

const MAX_DEPTH = 10;
const MAX_SITES = 2_000;

/**
 * Every place in values of a schema, nearest first: at most 2,000, at most 10 levels deep. A property that can't be in the message (`readOnly` in a request,
 * `writeOnly` in a response) is no place.
 */
export function listSites(schema: Schema, view: 'request' | 'response', walk: SchemaWalk): Site[] {
  const unseen = view === 'request' ? 'readOnly' : 'writeOnly';
  const references = new Map<Site, Set<string>>();
  const schemas = new Map<Site, Schema>();
  const sites: Site[] = [];

  function place(at: Schema, pointer: string, parent: Site | undefined): Site | undefined {
    if (parent !== undefined) {
      const again = siteOf(recursion(at), parent);
      if (again !== undefined) return again;
    }
    if (sites.length >= MAX_SITES) return undefined;
    const listed = enumeratedValues(at, walk);
    const site: Site = { pointer, parent, properties: new Map(), items: undefined, rest: undefined, listed };
    schemas.set(site, at);
    sites.push(site);
    return site;
  }

  /** The site on the way to here that a reference was followed at. */
  function siteOf(key: string | undefined, from: Site): Site | undefined {
    if (key === undefined) return undefined;
    for (let site: Site | undefined = from; site !== undefined; site = site.parent)
      if (references.get(site)?.has(key) === true) return site;
    return undefined;
  }

  function membersOf(site: Site): SchemaMembers {
    const own = new Set<string>();
    references.set(site, own);
    const above: string[] = [];
    for (let at = site.parent; at !== undefined; at = at.parent) above.push(...(references.get(at) ?? []));
    // A reference that is followed further up is a circle; the steps of other places don't count here.
    const lookup = above.length === 0 ? walk.lookup : (key: string) => (above.includes(key) ? undefined : walk.lookup(key));
    const inner: SchemaWalk = { lookup, budget: walk.budget };
    const members = schemaMembers(schemas.get(site) ?? true, inner, [], (key) => own.add(key));
    walk.budget = inner.budget;
    return members;
  }

  place(schema, '', undefined);
  for (const site of sites) {
    if (depthOf(site) >= MAX_DEPTH) continue;
    const { properties, items, rest } = membersOf(site);
    for (const [name, property] of properties) {
      if (isMarked(property, unseen, walk)) continue;
      const child = place(property, childPointer(site.pointer, name), site);
      if (child !== undefined) site.properties.set(name, child);
    }
    if (items !== undefined) site.items = place(items, `${site.pointer}/*`, site);
    if (rest !== undefined) site.rest = place(rest, `${site.pointer}/*`, site);
  }
  return sites;
}

function depthOf(site: Site): number {
  let depth = 0;
  for (let at = site.parent; at !== undefined; at = at.parent) depth += 1;
  return depth;
}

/** The key of a schema that is a reference and no more, null aside. */
function recursion(schema: Schema): string | undefined {
  let at: unknown = schema;
  for (let step = 0; step < MAX_DEPTH; step += 1) {
    if (!isSchemaObject(at)) return undefined;
    if (at.$ref !== undefined) return at.$ref;
    const parts = [...listOf(at['allOf']), ...listOf(at['oneOf']), ...listOf(at['anyOf'])].filter(
      (part) => record(part)['type'] !== 'null',
    );
    if (parts.length !== 1) return undefined;
    at = parts[0];
  }
  return undefined;
}

function isMarked(schema: Schema, keyword: string, walk: SchemaWalk): boolean {
  if (!isSchemaObject(schema)) return false;
  if (schema[keyword] === true) return true;
  const target = schema.$ref === undefined ? undefined : walk.lookup(schema.$ref);
  return isSchemaObject(target) && target[keyword] === true;
}

import type { Declaration } from './schema-types.ts';
import type { ObjectType, Type } from './type.ts';

/**
 * Finds schemas that are the same type for requests and responses, as nearly all are, so that they are declared once.
 * @returns for each request key that needs no declaration of its own, the response key that stands for it.
 */
export function mergeViews(declarations: readonly Declaration[]): ReadonlyMap<string, string> {
  const types = new Map(declarations.map((declaration) => [declaration.key, declaration.type] as const));
  const merged = pairs(declarations);
  // All pairs are taken as equal until one is seen to differ; those that refer to it may differ then too.
  for (let changed = true; changed;) {
    changed = false;
    for (const [request, response] of merged) {
      const [one, other] = [types.get(request), types.get(response)];
      if (one !== undefined && other !== undefined && isSame(one, other, merged)) continue;
      merged.delete(request);
      changed = true;
    }
  }
  return merged;
}

/** Schemas of one address, met once in each view. */
function pairs(declarations: readonly Declaration[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const group of Map.groupBy(declarations, (declaration) => declaration.address).values()) {
    const [request, ...moreRequests] = group.filter((declaration) => declaration.view === 'request');
    const [response, ...moreResponses] = group.filter((declaration) => declaration.view === 'response');
    if (request === undefined || response === undefined || moreRequests.length > 0 || moreResponses.length > 0) continue;
    found.set(request.key, response.key);
  }
  return found;
}

function isSame(one: Type, other: Type, merged: ReadonlyMap<string, string>): boolean {
  const same = (a: Type | undefined, b: Type | undefined): boolean => (a === undefined || b === undefined ? a === b : isSame(a, b, merged));
  const allSame = (a: readonly Type[], b: readonly Type[]): boolean => a.length === b.length && a.every((type, at) => same(type, b[at]));
  if (one.kind === 'word') return other.kind === 'word' && one.word === other.word;
  if (one.kind === 'literal') return other.kind === 'literal' && one.of === other.of && one.value === other.value;
  if (one.kind === 'named') return other.kind === 'named' && merged.get(one.key) === other.key;
  if (one.kind === 'union' || one.kind === 'intersection') return other.kind === one.kind && allSame(one.members, other.members);
  if (one.kind === 'array') return other.kind === 'array' && same(one.item, other.item);
  if (one.kind === 'tuple')
    return other.kind === 'tuple' && one.required === other.required && allSame(one.items, other.items) && same(one.rest, other.rest);
  return other.kind === 'object' && same(one.index, other.index) && hasSameProperties(one, other, same);
}

function hasSameProperties(one: ObjectType, other: ObjectType, same: (a: Type, b: Type) => boolean): boolean {
  return (
    one.properties.length === other.properties.length &&
    one.properties.every((property, at) => {
      const twin = other.properties[at];
      return twin !== undefined && twin.name === property.name && twin.optional === property.optional && same(property.type, twin.type);
    })
  );
}

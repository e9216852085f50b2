import { listAt, objectAt } from '../shape.ts';
import type { Scope } from '../scope.ts';
import { textOf } from '../text.ts';
import type { Row } from '../world.ts';
import type { VerbContext } from './verb.ts';

/** What of a row stays, and what is put over it. */
export interface Revision {
  readonly kept: Row;
  readonly fields: Row;
}

/**
 * How `set` changes a row. As it stands: each field takes the place of the old one.
 *
 * - `patch: true`: a merge patch (RFC 7396): objects are merged member by member, null removes;
 * - `replaces: [fields]`: those of them that `set` does not give go back to the collection's default, or away (PUT, RFC 9110 section 9.3.4).
 */
export function compileRevision({ given, target }: VerbContext): (scope: Scope, before: Row, fields: Row) => Revision {
  const key = target.key.field;
  if (given['patch'] === true)
    return (_scope, before, fields) => ({ kept: withoutNulls(before, fields, key), fields: merged(before, fields) });
  const replaces = listAt(given['replaces']).map((name) => textOf(name));
  if (replaces.length === 0) return (_scope, before, fields) => ({ kept: before, fields });
  return (scope, before, fields) => {
    const gone = new Set(replaces.filter((name) => name !== key && fields[name] === undefined));
    const defaults = objectAt(target.defaults?.({ ...scope, row: fields }));
    const kept = Object.entries(before).filter(([name]) => !gone.has(name));
    const fallen = Object.entries(defaults).filter(([name]) => gone.has(name));
    return { kept: Object.fromEntries([...kept, ...fallen]), fields };
  };
}

function withoutNulls(before: Row, fields: Row, key: string): Row {
  return Object.fromEntries(Object.entries(before).filter(([name]) => name === key || fields[name] !== null));
}

/** The members of a patch that are not null, merged with what was there. */
function merged(before: Row, patch: Row): Row {
  return Object.fromEntries(
    Object.entries(patch)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, mergePatch(before[name], value)]),
  );
}

function mergePatch(before: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const old = objectAt(before);
  return { ...withoutNulls(old, patch as Row, ''), ...merged(old, patch as Row) };
}

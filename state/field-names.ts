import type { Complain } from './flaws.ts';
import { nearest } from './flaws.ts';
import { TEMPLATE_OPERATORS } from './template.ts';

/**
 * Which fields the rows of each collection can have, and which ones the state files read: a field that is read but that nothing makes is a slip of the pen. What overrides and tests make besides
 * is named by the collection's `fields`. A collection of which something makes rows that are not known before the request (`set: $request.body`) may have any field.
 */
export interface FieldNames {
  /** Told of a template that makes fields of a collection's rows. */
  readonly writes: (collection: string, template: unknown) => void;
  readonly reads: (collection: string | undefined, field: string, pointer: string, problem: Complain) => void;
  /** A field that a collection would have by being read; wrong only where it looks like another one. */
  readonly supposes: (collection: string, field: string, pointer: string, problem: Complain) => void;
  /** Tells every field that no row can have, once all files are compiled. */
  readonly judge: () => void;
}

interface Known {
  readonly names: Set<string>;
  isOpen: boolean;
}

const ignore = (): void => undefined;

/** For state files that are known to be good: nobody asks. */
export const NO_FIELD_NAMES: FieldNames = { writes: ignore, reads: ignore, supposes: ignore, judge: ignore };

export function createFieldNames(): FieldNames {
  const collections = new Map<string, Known>();
  const later: (() => void)[] = [];
  const known = (collection: string): Known => {
    const found = collections.get(collection) ?? { names: new Set<string>(), isOpen: false };
    collections.set(collection, found);
    return found;
  };
  return {
    writes(collection, template) {
      const target = known(collection);
      const made = fieldsOf(template);
      if (made === undefined) target.isOpen = true;
      else for (const name of made) target.names.add(name);
    },
    reads(collection, field, pointer, problem) {
      if (collection === undefined) return;
      later.push(() => {
        const { names, isOpen } = known(collection);
        if (isOpen || names.has(field)) return;
        problem(pointer, `no row of ${collection} has a field "${field}"${nearest(field, names)}; there are ${[...names].join(', ')}`);
      });
    },
    supposes(collection, field, pointer, problem) {
      later.unshift(() => {
        const { names, isOpen } = known(collection);
        const near = field.length < 4 ? '' : nearest(field, names);
        if (!isOpen && !names.has(field) && near !== '')
          problem(pointer, `no row of ${collection} has a field "${field}"${near}; there are ${[...names].join(', ')}`);
        names.add(field);
      });
    },
    judge() {
      for (const one of later) one();
    },
  };
}

/** The members that a template can make; `undefined` where that is not known before the request. */
function fieldsOf(template: unknown): readonly string[] | undefined {
  if (typeof template === 'string') return template.startsWith('$') && template !== '$absent' ? undefined : [];
  if (typeof template !== 'object' || template === null || Array.isArray(template)) return [];
  const entries = Object.entries(template);
  const [first] = entries;
  if (first !== undefined && Object.hasOwn(TEMPLATE_OPERATORS, first[0])) {
    if (first[0] !== '$const') return undefined;
    return typeof first[1] === 'object' && first[1] !== null ? Object.keys(first[1]) : [];
  }
  const names: string[] = [];
  for (const [name, value] of entries) {
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

import { childPointer } from '../pointer.ts';
import { saidOfTheSame, soleBranch } from './certain.ts';
import type { Discriminator } from './discriminator.ts';
import type { View } from './excused.ts';
import { compilePattern } from './pattern.ts';
import type { Schema, SchemaObject } from './schema.ts';
import { isSchemaObject } from './schema.ts';
import type { Schemas } from './schemas.ts';

/**
 * What is worth a word about a value that its schema does not forbid: a property that the schema does not describe, one that only the other
 * side should send (OpenAPI 3.0.3 section 4.7.24.2, JSON Schema 2020-12 validation section 9.4).
 */
export interface Remark {
  readonly kind: 'undescribed' | 'readOnly' | 'writeOnly';
  /** JSON pointer to the property. */
  readonly pointer: string;
  readonly property: string;
  /** Where the document describes the property, or the object that it is not described in. */
  readonly document: string;
}

const NONE: readonly Remark[] = [];

/** Remarks of one value are not counted further. */
export const MAX_REMARKS = 100;

/** What the schemas of one place say together about the members of a value there. */
interface Shape {
  readonly properties: ReadonlyMap<string, Member>;
  readonly patterns: readonly (readonly [matches: (name: string) => boolean, member: Member])[];
  /** Names that are not described are welcome, or nothing is said about names at all, or the validator refuses them itself. */
  readonly isOpen: boolean;
  readonly additional: Member;
  readonly prefix: readonly Member[];
  readonly items: Member;
  readonly address: string;
  /** Nothing below this place is worth a look. */
  readonly isPlain: boolean;
}

/** Schemas of one place: those that hold in every case, and those of branches that a value may or may not take. */
interface Said {
  readonly sure: readonly Schema[];
  readonly perhaps: readonly Schema[];
}

interface Gathered extends Said {
  readonly sure: Schema[];
  readonly perhaps: Schema[];
}

/** The schemas that have a say about a value; `anything`: one of them takes every name. */
interface Parts {
  readonly sure: readonly SchemaObject[];
  readonly perhaps: readonly SchemaObject[];
  readonly anything: boolean;
}

interface Member extends Said {
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly address: string;
  shape: Shape | undefined;
}

/**
 * Prepares the remarks of one schema. A property is undescribed only where nothing knows it that `$ref`, `allOf`, `anyOf`, `oneOf`, `if` and
 * `dependentSchemas` lead to, whichever branch a value takes. It is `readOnly` or `writeOnly` where a schema says so that holds in every case, or every
 * branch that knows it.
 * @param view in a request nothing is said of `writeOnly`, in a response nothing of `readOnly`: there they belong.
 */
export function createRemarks(schema: Schema, schemas: Schemas, view: View): (value: unknown) => readonly Remark[] {
  const shapes = new Map<string, Shape>();
  const ids = new Map<SchemaObject, number>();
  const mark = view === 'request' ? 'readOnly' : 'writeOnly';
  const root = member({ sure: [schema], perhaps: [] });

  function member({ sure, perhaps }: Said): Member {
    const marked = sure.filter(isMarked);
    const isMember = marked.length > 0 || (sure.length === 0 && perhaps.length > 0 && perhaps.every(isMarked));
    const [first] = marked.length > 0 ? marked : [...sure, ...perhaps];
    const told = first === undefined ? [] : [...saidOfTheSame(first, schemas.lookup)];
    const place = told.find((item) => item[mark] === true) ?? told[0];
    return {
      sure,
      perhaps,
      readOnly: view === 'request' && isMember,
      writeOnly: view === 'response' && isMember,
      address: (place === undefined ? undefined : schemas.addressOf(place)) ?? schemas.document.name,
      shape: undefined,
    };
  }

  function isMarked(item: Schema): boolean {
    return [...saidOfTheSame(item, schemas.lookup)].some((said) => said[mark] === true);
  }

  function shapeOf(place: Member): Shape {
    if (place.shape !== undefined) return place.shape;
    const all = branches(place);
    const key = `${keyOf(all.sure)}|${keyOf(all.perhaps)}${all.anything ? ' any' : ''}`;
    const shape = shapes.get(key) ?? compile(all);
    shapes.set(key, shape);
    place.shape = shape;
    return shape;
  }

  function keyOf(parts: readonly SchemaObject[]): string {
    return parts
      .map(idOf)
      .sort((a, b) => a - b)
      .join(' ');
  }

  function idOf(part: SchemaObject): number {
    const known = ids.get(part) ?? ids.size;
    ids.set(part, known);
    return known;
  }

  /** Every schema that may have a say about the value, whichever branch it takes. */
  function branches(given: Said): Parts {
    const sure = new Set<SchemaObject>();
    const perhaps = new Set<SchemaObject>();
    const further: unknown[] = [...given.perhaps];
    let anything = false;
    const walk = (pending: unknown[], parts: Set<SchemaObject>, rest: unknown[]): void => {
      while (pending.length > 0) {
        const next = pending.pop();
        if (next === true) anything = true;
        if (!isSchemaObject(next) || sure.has(next) || perhaps.has(next)) continue;
        parts.add(next);
        if (next.$ref !== undefined) pending.push(schemas.lookup(next.$ref));
        if (Array.isArray(next['allOf'])) pending.push(...(next['allOf'] as unknown[]).filter((item) => item !== true));
        for (const keyword of ['anyOf', 'oneOf']) {
          const choice = Array.isArray(next[keyword]) ? (next[keyword] as unknown[]) : [];
          if (choice.some((branch) => isSchemaObject(branch) && saysNothing(branch))) anything = true;
          const sole = soleBranch(choice);
          if (sole === undefined) rest.push(...choice);
          else pending.push(sole);
        }
        // Whatever the value may say that it is.
        const { named, mapping } = (next['discriminator'] ?? {}) as Partial<Discriminator>;
        for (const key of Object.values({ ...named, ...mapping })) rest.push(schemas.lookup(key));
        for (const keyword of ['if', 'then', 'else']) if (isSchemaObject(next[keyword])) rest.push(next[keyword]);
        if (isSchemaObject(next['dependentSchemas'])) rest.push(...Object.values(next['dependentSchemas']).filter(isSchemaObject));
      }
    };
    walk([...given.sure], sure, further);
    walk(further, perhaps, further);
    return { sure: [...sure], perhaps: [...perhaps], anything };
  }

  function compile({ sure, perhaps, anything }: Parts): Shape {
    const properties = new Map<string, Gathered>();
    const patterns = new Map<string, Gathered>();
    const [additional, items] = [gathered(), gathered()];
    const prefix: Gathered[] = [];
    let isOpen = anything;
    for (const certainty of ['sure', 'perhaps'] as const) {
      for (const part of certainty === 'sure' ? sure : perhaps) {
        for (const [keyword, map] of [
          ['properties', properties],
          ['patternProperties', patterns],
        ] as const)
          for (const [name, item] of Object.entries(isSchemaObject(part[keyword]) ? part[keyword] : {}))
            put(map, name)[certainty].push(item as Schema);
        for (const keyword of ['additionalProperties', 'unevaluatedProperties']) {
          // `false` is the validator's own affair, anything else is a welcome.
          if (part[keyword] === undefined) continue;
          isOpen = true;
          if (isSchemaObject(part[keyword])) additional[certainty].push(part[keyword]);
        }
        if (isSchemaObject(part['items'])) items[certainty].push(part['items']);
        for (const [index, item] of (Array.isArray(part['prefixItems']) ? (part['prefixItems'] as Schema[]) : []).entries())
          (prefix[index] ??= gathered())[certainty].push(item);
      }
    }
    const named = properties.size + patterns.size > 0;
    return {
      properties: new Map([...properties].map(([name, said]) => [name, member(said)])),
      patterns: [...patterns].flatMap(([source, said]) => {
        const compiled = compilePattern(source);
        return compiled.ok ? [[compiled.pattern.test, member(said)] as const] : [];
      }),
      isOpen: isOpen || !named,
      additional: member(additional),
      items: member(items),
      prefix: prefix.map(member),
      address: addressOfFirst([...sure, ...perhaps]),
      isPlain: !named && isEmpty(additional) && isEmpty(items) && prefix.length === 0,
    };
  }

  function addressOfFirst(parts: readonly SchemaObject[]): string {
    const told = parts.find((part) => part['properties'] !== undefined) ?? parts[0];
    return (told === undefined ? undefined : schemas.addressOf(told)) ?? schemas.document.name;
  }

  /** The way from the top to the place that is visited: a pointer is only made of it where there is something to tell. */
  const way: (string | number)[] = [];

  function visit(value: object, place: Member, found: Remark[]): void {
    const shape = shapeOf(place);
    if (shape.isPlain || found.length >= MAX_REMARKS) return;
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        const item: unknown = value[index];
        if (typeof item === 'object' && item !== null) enter(item, index, shape.prefix[index] ?? shape.items, found);
      }
      return;
    }
    for (const name of Object.keys(value)) {
      if (found.length >= MAX_REMARKS) return;
      const item = (value as Record<string, unknown>)[name];
      const known = shape.properties.get(name) ?? shape.patterns.find(([matches]) => matches(name))?.[1];
      if (known === undefined) {
        if (!shape.isOpen) found.push(remark('undescribed', name, shape.address));
      } else {
        if (known.readOnly) found.push(remark('readOnly', name, known.address));
        if (known.writeOnly) found.push(remark('writeOnly', name, known.address));
      }
      if (typeof item === 'object' && item !== null) enter(item, name, known ?? shape.additional, found);
    }
  }

  function enter(value: object, token: string | number, place: Member, found: Remark[]): void {
    way.push(token);
    visit(value, place, found);
    way.pop();
  }

  function remark(kind: Remark['kind'], property: string, document: string): Remark {
    return { kind, pointer: [...way, property].reduce<string>(childPointer, ''), property, document };
  }

  return (value) => {
    if (typeof value !== 'object' || value === null) return NONE;
    const found: Remark[] = [];
    way.length = 0;
    try {
      visit(value, root, found);
    } catch (error) {
      // Nested too deeply to be looked at; the validator says so itself.
      if (!(error instanceof RangeError)) throw error;
    }
    return found;
  };
}

/** A branch without keywords about the value's form, such as `{}` or a mere description. */
function saysNothing(schema: SchemaObject): boolean {
  return !Object.keys(schema).some((keyword) => !['title', 'default', 'examples', 'deprecated', 'xml'].includes(keyword));
}

function gathered(): Gathered {
  return { sure: [], perhaps: [] };
}

function isEmpty({ sure, perhaps }: Said): boolean {
  return sure.length + perhaps.length === 0;
}

function put(map: Map<string, Gathered>, name: string): Gathered {
  const known = map.get(name) ?? gathered();
  map.set(name, known);
  return known;
}

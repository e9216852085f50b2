import { childPointer } from '../pointer.ts';
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

interface Member {
  readonly schemas: readonly Schema[];
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly address: string;
  shape: Shape | undefined;
}

/**
 * Prepares the remarks of one schema. Everything that `$ref`, `allOf`, `anyOf`, `oneOf`, `if` and `dependentSchemas` lead to counts as said of the same
 * place, whichever branch a value takes: a property is undescribed only where no branch knows it.
 * @param view in a request nothing is said of `writeOnly`, in a response nothing of `readOnly`: there they belong.
 */
export function createRemarks(schema: Schema, schemas: Schemas, view: View): (value: unknown) => readonly Remark[] {
  const shapes = new Map<string, Shape>();
  const ids = new Map<SchemaObject, number>();
  const root = member([schema]);

  function member(list: readonly Schema[]): Member {
    const said = list.flatMap((item) => [...sayingTheSame(item)]);
    const marked = said.find((item) => item['readOnly'] === true || item['writeOnly'] === true) ?? said[0];
    return {
      schemas: list,
      readOnly: view === 'request' && said.some((item) => item['readOnly'] === true),
      writeOnly: view === 'response' && said.some((item) => item['writeOnly'] === true),
      address: (marked === undefined ? undefined : schemas.addressOf(marked)) ?? schemas.document.name,
      shape: undefined,
    };
  }

  /** A schema and what holds of its value in every case: references and `allOf`. */
  function sayingTheSame(schema: Schema): Set<SchemaObject> {
    const found = new Set<SchemaObject>();
    const pending: unknown[] = [schema];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (!isSchemaObject(next) || found.has(next)) continue;
      found.add(next);
      if (next.$ref !== undefined) pending.push(schemas.lookup(next.$ref));
      if (Array.isArray(next['allOf'])) pending.push(...(next['allOf'] as unknown[]));
    }
    return found;
  }

  function shapeOf(place: Member): Shape {
    if (place.shape !== undefined) return place.shape;
    const all = branches(place.schemas);
    const key =
      all.parts
        .map(idOf)
        .sort((a, b) => a - b)
        .join(' ') + (all.anything ? ' any' : '');
    const shape = shapes.get(key) ?? compile(all.parts, all.anything);
    shapes.set(key, shape);
    place.shape = shape;
    return shape;
  }

  function idOf(schema: SchemaObject): number {
    const known = ids.get(schema) ?? ids.size;
    ids.set(schema, known);
    return known;
  }

  /** Every schema that may have a say about the value, whichever branch it takes. */
  function branches(given: readonly Schema[]): { parts: SchemaObject[]; anything: boolean } {
    const parts = new Set<SchemaObject>();
    let anything = false;
    const pending: unknown[] = [...given];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next === true) anything = true;
      if (!isSchemaObject(next) || parts.has(next)) continue;
      parts.add(next);
      if (next.$ref !== undefined) pending.push(schemas.lookup(next.$ref));
      if (Array.isArray(next['allOf'])) pending.push(...(next['allOf'] as unknown[]).filter((item) => item !== true));
      for (const keyword of ['anyOf', 'oneOf']) {
        for (const branch of Array.isArray(next[keyword]) ? (next[keyword] as unknown[]) : []) {
          if (isSchemaObject(branch) && saysNothing(branch)) anything = true;
          pending.push(branch);
        }
      }
      for (const keyword of ['if', 'then', 'else']) if (isSchemaObject(next[keyword])) pending.push(next[keyword]);
      if (isSchemaObject(next['dependentSchemas'])) pending.push(...Object.values(next['dependentSchemas']).filter(isSchemaObject));
    }
    return { parts: [...parts], anything };
  }

  function compile(parts: readonly SchemaObject[], anything: boolean): Shape {
    const properties = new Map<string, Schema[]>();
    const patterns = new Map<string, Schema[]>();
    const additional: Schema[] = [];
    const items: Schema[] = [];
    const prefix: Schema[][] = [];
    let isOpen = anything;
    for (const part of parts) {
      for (const [name, item] of Object.entries(isSchemaObject(part['properties']) ? part['properties'] : {}))
        put(properties, name, item as Schema);
      for (const [name, item] of Object.entries(isSchemaObject(part['patternProperties']) ? part['patternProperties'] : {}))
        put(patterns, name, item as Schema);
      for (const keyword of ['additionalProperties', 'unevaluatedProperties']) {
        // `false` is the validator's own affair, anything else is a welcome.
        if (part[keyword] === undefined) continue;
        isOpen = true;
        if (isSchemaObject(part[keyword])) additional.push(part[keyword]);
      }
      if (isSchemaObject(part['items'])) items.push(part['items']);
      for (const [index, item] of (Array.isArray(part['prefixItems']) ? (part['prefixItems'] as Schema[]) : []).entries())
        (prefix[index] ??= []).push(item);
    }
    const named = properties.size + patterns.size > 0;
    return {
      properties: new Map([...properties].map(([name, list]) => [name, member(list)])),
      patterns: [...patterns].flatMap(([source, list]) => {
        const compiled = compilePattern(source);
        return compiled.ok ? [[compiled.pattern.test, member(list)] as const] : [];
      }),
      isOpen: isOpen || !named,
      additional: member(additional),
      items: member(items),
      prefix: prefix.map((list) => member(list)),
      address: addressOfFirst(parts),
      isPlain: !named && additional.length === 0 && items.length === 0 && prefix.length === 0,
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

function put(map: Map<string, Schema[]>, name: string, schema: Schema): void {
  const known = map.get(name);
  if (known === undefined) map.set(name, [schema]);
  else known.push(schema);
}

import { isSchemaObject, record, valueAt } from '../../../operations/index.ts';
import type { Document, Operation, Schema, SchemaObject } from '../../../operations/index.ts';

/** Schemas that hold of one value together: what `$ref` and `allOf` lead to, in any nesting. The same parts are the same object. */
export interface Conjunction {
  readonly id: number;
  /** Without those that say nothing. */
  readonly parts: readonly SchemaObject[];
  /** No value is valid. */
  readonly never: boolean;
}

/** Reads the normalised schemas of one document. */
export interface SchemaReader {
  readonly conjunction: (schemas: readonly unknown[]) => Conjunction;
  /** `file#/pointer` of the first part; `undefined` for a schema that says nothing. */
  readonly addressOf: (conjunction: Conjunction) => string | undefined;
  /** The name of the component that the first part is, else `undefined`. */
  readonly nameOf: (conjunction: Conjunction) => string | undefined;
  /** `file#/pointer` of one schema. */
  readonly placeOf: (part: SchemaObject) => string | undefined;
  /** The part less some of its keywords; the same object each time. */
  readonly without: (part: SchemaObject, keywords: readonly string[]) => SchemaObject;
  /** The part's `minLength` is only what Swagger 2.0 says of empty parameters. */
  readonly hasImpliedLength: (part: SchemaObject) => boolean;
}

/** Keywords that lead on, and those that say nothing about values. */
const SILENT = new Set(['$ref', 'allOf', 'title', 'examples', 'xml', 'x-faker', 'x-sensitive', 'x-told', 'discriminator']);

/** @param validators of any operation of the document: they share their schemas. */
export function createSchemaReader(document: Document, validators: Operation['validators']): SchemaReader {
  const numbers = new Map<SchemaObject, number>();
  const known = new Map<string, Conjunction>();
  const single = new Map<unknown, Conjunction>();
  const cut = new Map<SchemaObject, Map<string, SchemaObject>>();

  function conjunction(schemas: readonly unknown[]): Conjunction {
    const only = schemas.length === 1 ? schemas[0] : undefined;
    const found = only === undefined ? undefined : single.get(only);
    if (found !== undefined) return found;
    const { parts, never } = flatten(schemas);
    const key = never
      ? 'never'
      : parts
          .map(numberOf)
          .sort((a, b) => a - b)
          .join(' ');
    let made = known.get(key);
    if (made === undefined) {
      made = { id: known.size, parts: never ? [] : parts, never };
      known.set(key, made);
    }
    if (only !== undefined) single.set(only, made);
    return made;
  }

  function flatten(schemas: readonly unknown[]): { parts: SchemaObject[]; never: boolean } {
    const seen = new Set<SchemaObject>();
    const parts: SchemaObject[] = [];
    const pending: unknown[] = schemas.toReversed();
    while (pending.length > 0) {
      const next = pending.pop();
      if (next === false) return { parts: [], never: true };
      if (!isSchemaObject(next) || seen.has(next)) continue;
      seen.add(next);
      if (Object.keys(next).some((keyword) => !SILENT.has(keyword))) parts.push(next);
      if (Array.isArray(next['allOf'])) pending.push(...(next['allOf'] as Schema[]).toReversed());
      if (next.$ref !== undefined) pending.push(validators.lookup(next.$ref));
    }
    return { parts, never: false };
  }

  function numberOf(part: SchemaObject): number {
    const number = numbers.get(part) ?? numbers.size;
    numbers.set(part, number);
    return number;
  }

  function addressOf({ parts }: Conjunction): string | undefined {
    return parts[0] === undefined ? undefined : validators.schemas.addressOf(parts[0]);
  }

  function without(part: SchemaObject, keywords: readonly string[]): SchemaObject {
    const lost = keywords.filter((keyword) => part[keyword] !== undefined);
    if (lost.length === 0) return part;
    const copies = cut.get(part) ?? new Map<string, SchemaObject>();
    cut.set(part, copies);
    const found = copies.get(lost.join(' '));
    if (found !== undefined) return found;
    const made = Object.fromEntries(Object.entries(part).filter(([keyword]) => !lost.includes(keyword)));
    validators.schemas.alias(made, part);
    copies.set(lost.join(' '), made);
    return made;
  }

  function hasImpliedLength(part: SchemaObject): boolean {
    if (document.dialect !== '2.0' || part['minLength'] !== 1) return false;
    const address = validators.schemas.addressOf(part);
    if (address === undefined) return false;
    const hash = address.indexOf('#');
    const file = `/${address.slice(0, hash)}`;
    return [...document.sources.values()].some(({ path, value }) => {
      if (!path.replaceAll('\\', '/').endsWith(file)) return false;
      const given = record(valueAt(value, address.slice(hash + 1)));
      return (given['in'] === 'query' || given['in'] === 'formData') && given['minLength'] === undefined;
    });
  }

  return {
    conjunction,
    addressOf,
    placeOf: (part) => validators.schemas.addressOf(part),
    without,
    nameOf: (of) =>
      /#\/(?:components\/schemas|definitions)\/([^/]+)$/
        .exec(addressOf(of) ?? '')?.[1]
        ?.replaceAll('~1', '/')
        .replaceAll('~0', '~'),
    hasImpliedLength,
  };
}

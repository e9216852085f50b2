import { childPointer } from '../pointer.ts';
import type { Discriminator } from './discriminator.ts';
import { saidOfTheSame, soleBranch } from './certain.ts';
import { MAX_ISSUES } from './issue.ts';
import type { Issue } from './issue.ts';
import { message } from './message.ts';
import { compilePattern } from './pattern.ts';
import type { Schema, SchemaObject } from './schema.ts';
import { isSchemaObject } from './schema.ts';
import type { Schemas } from './schemas.ts';

/** What holds of the values at a place. */
interface Shape {
  readonly parts: readonly SchemaObject[];
  readonly choosers: readonly Chooser[];
  readonly addresses: ReadonlySet<string | undefined>;
  readonly members: Map<string, Shape>;
  /** With the schema that a value named, by its key. */
  readonly extended: Map<string, Shape>;
  items: Shape | undefined;
}

/** A schema that leaves it to the value which other one is meant. */
interface Chooser {
  readonly discriminator: Discriminator;
  /** Schema keys by the value of the property. */
  readonly keys: ReadonlyMap<string, string>;
  readonly address: string;
  /** Names that are no key, and whether they are wrong; at most {@link MAX_MEMBERS}. */
  readonly others: Map<string, boolean>;
}

/**
 * What the schema asks for that a value names by its discriminator. JSON Schema knows no discriminator: a schema that others inherit says nothing of its heirs, and a choice is content
 * with any branch.
 * @param judge by a schema's key.
 * @returns issues with pointers from the top of the value. Hints where the document's version of the specification takes a discriminator for one.
 */
export function createSubtypes(
  schema: Schema,
  schemas: Schemas,
  judge: (key: string, value: unknown) => readonly Issue[],
): (value: unknown) => readonly Issue[] {
  const root = shapeOf([schema]);

  function shapeOf(given: readonly unknown[]): Shape {
    const parts = new Set<SchemaObject>();
    for (const one of given) {
      if (!isSchemaObject(one)) continue;
      for (const part of saidOfTheSame(one, schemas.lookup)) {
        parts.add(part);
        const sole = soleBranch(part['anyOf'] ?? part['oneOf']);
        if (isSchemaObject(sole)) for (const inner of saidOfTheSame(sole, schemas.lookup)) parts.add(inner);
      }
    }
    const addresses = new Set([...parts].map(schemas.addressOf));
    return {
      parts: [...parts],
      choosers: [...parts].flatMap((part) => chooserOf(part, addresses)),
      addresses,
      members: new Map(),
      extended: new Map(),
      items: undefined,
    };
  }

  function chooserOf(part: SchemaObject, addresses: ReadonlySet<string | undefined>): Chooser[] {
    const discriminator = part['discriminator'] as Discriminator | undefined;
    if (discriminator === undefined) return [];
    const keys = new Map(Object.entries({ ...discriminator.named, ...discriminator.mapping }));
    // Where one of the heirs is asked for already, the discriminator that it inherits has nothing left to choose.
    const isChosen = [...keys.values()].some((key) => addresses.has(addressOfKey(key)) && addressOfKey(key) !== schemas.addressOf(part));
    return (keys.size === 0 && discriminator.fallback === undefined) || isChosen
      ? []
      : [{ discriminator, keys, address: schemas.addressOf(part) ?? schemas.document.name, others: new Map() }];
  }

  function addressOfKey(key: string): string | undefined {
    const target = schemas.lookup(key);
    return isSchemaObject(target) ? schemas.addressOf(target) : undefined;
  }

  function visit(value: object, shape: Shape, pointer: string, found: Issue[]): void {
    if (shape.parts.length === 0 || found.length >= MAX_ISSUES) return;
    if (Array.isArray(value)) {
      shape.items ??= shapeOf(shape.parts.map(({ items }) => items));
      for (let index = 0; index < value.length; index += 1) {
        const item: unknown = value[index];
        const place = itemAt(shape, index) ?? shape.items;
        if (typeof item === 'object' && item !== null) visit(item, place, childPointer(pointer, index), found);
      }
      return;
    }
    let here = shape;
    for (const chooser of shape.choosers) here = choose(value as Readonly<Record<string, unknown>>, chooser, here, pointer, found);
    for (const [name, item] of Object.entries(value)) {
      if (typeof item === 'object' && item !== null) visit(item as object, memberOf(here, name), childPointer(pointer, name), found);
    }
  }

  /** Judges a value by the schema that it names; the shape with that schema, for what lies within. */
  function choose(value: Readonly<Record<string, unknown>>, chooser: Chooser, shape: Shape, pointer: string, found: Issue[]): Shape {
    const { discriminator, keys } = chooser;
    const { propertyName, isClosed, decides, values, fallback, own } = discriminator;
    const name = Object.hasOwn(value, propertyName) ? value[propertyName] : undefined;
    if (name !== undefined && typeof name !== 'string') return shape;
    const key = name === undefined ? fallback : (keys.get(name) ?? (own.includes(name) ? undefined : fallback));
    if (key === undefined) {
      if (name === undefined || !isStrange(name, chooser)) return shape;
      const isChoice = values.length > 0;
      const unknown = unknownName(name, chooser, childPointer(pointer, propertyName));
      if (!isChoice) found.push(unknown);
      // Where no branch takes the value the validator says so itself.
      else if ([...new Set(keys.values())].some((branch) => judge(branch, value).every(({ severity }) => severity !== 'error')))
        found.push(decides && isClosed === 'mapped' ? unknown : { ...unknown, isHint: true });
      return shape;
    }
    if (shape.addresses.has(addressOfKey(key))) return shape;
    for (const issue of judge(key, value)) {
      if (issue.severity === 'error') found.push({ ...issue, pointer: pointer + issue.pointer, ...(decides ? {} : { isHint: true }) });
    }
    let extended = shape.extended.get(key);
    if (extended === undefined) shape.extended.set(key, (extended = shapeOf([...shape.parts, schemas.lookup(key)])));
    return extended;
  }

  /** Whether a name is none that may stand in the property, though only names may. */
  function isStrange(name: string, { discriminator: { own, isClosed, propertyName, values }, keys, others }: Chooser): boolean {
    if (isClosed === 'no') return false;
    const known = others.get(name);
    if (known !== undefined) return known;
    const small = name.toLowerCase();
    // Many documents write a name in another case than the values have it. A branch that lists the name among its own values means it, whatever the document calls the branch.
    const isMeant =
      [...own, ...keys.keys()].some((one) => one.toLowerCase() === small) ||
      (values.length > 0 && [...keys.values()].some((branch) => listsName(branch, propertyName, name)));
    if (others.size < MAX_MEMBERS) others.set(name, !isMeant);
    return !isMeant;
  }

  function unknownName(actual: string, { discriminator: { own, propertyName }, keys, address }: Chooser, pointer: string): Issue {
    const known = [...own, ...keys.keys()];
    return {
      code: 'discriminator',
      pointer,
      message: message('discriminator', { name: propertyName, expected: known }),
      document: childPointer(address, 'discriminator'),
      expected: known,
      actual,
      severity: 'error',
    };
  }

  function listsName(key: string, property: string, name: string): boolean {
    const described = [...saidOfTheSame({ $ref: key }, schemas.lookup)].flatMap(({ properties }) =>
      isSchemaObject(properties) && Object.hasOwn(properties, property) ? [properties[property] as Schema] : [],
    );
    return described
      .flatMap((schema) => [...saidOfTheSame(schema, schemas.lookup)])
      .some((part) => part['const'] === name || (Array.isArray(part['enum']) && part['enum'].includes(name)));
  }

  function memberOf(shape: Shape, name: string): Shape {
    const known = shape.members.get(name);
    if (known !== undefined) return known;
    const said = shape.parts.flatMap((part) => {
      const properties = isSchemaObject(part['properties']) ? part['properties'] : {};
      const own = Object.hasOwn(properties, name) ? [properties[name]] : [];
      const patterns = Object.entries(isSchemaObject(part['patternProperties']) ? part['patternProperties'] : {});
      const matching = patterns.filter(([source]) => {
        const compiled = compilePattern(source);
        return compiled.ok && compiled.pattern.test(name);
      });
      const all = [...own, ...matching.map(([, item]) => item)];
      return all.length === 0 ? [part['additionalProperties']] : all;
    });
    const made = shapeOf(said);
    // Names of maps are the value's own: they are not kept without end.
    if (shape.members.size < MAX_MEMBERS) shape.members.set(name, made);
    return made;
  }

  function itemAt(shape: Shape, index: number): Shape | undefined {
    const said = shape.parts.flatMap(({ prefixItems }) => (Array.isArray(prefixItems) ? [prefixItems[index] as unknown] : []));
    return said.some(isSchemaObject) ? shapeOf(said) : undefined;
  }

  return (value) => {
    if (typeof value !== 'object' || value === null) return [];
    const found: Issue[] = [];
    try {
      visit(value, root, '', found);
    } catch (error) {
      // Nested too deeply to be looked at; the validator says so itself.
      if (!(error instanceof RangeError)) throw error;
    }
    return found.slice(0, MAX_ISSUES);
  };
}

const MAX_MEMBERS = 1_000;

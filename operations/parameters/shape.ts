import { isSchemaObject, type Schema, type SchemaLookup, type SchemaObject } from '../schema/schema.ts';
import { ANY, listOf, STRING, typesOf } from './schema-types.ts';

/**
 * What the decoders need to know of a schema: which types, which properties, which items. Made once, asked per request.
 */
export interface Shape {
  /** Bits of `schema-types.ts`; a schema that says nothing of types takes text as it is: `STRING`. */
  readonly types: number;
  /** Properties declared anywhere in the schema. */
  readonly declared: ReadonlySet<string>;
  /** Other properties are spoken of: `additionalProperties` is `true` or a schema, or there are `patternProperties`. */
  readonly open: boolean;
  property(name: string): Shape;
  item(index: number): Shape;
  /** The first value of a keyword at this place, through references and combinations (`xml`, `format`). */
  keyword(name: string): unknown;
}

const shapes = new WeakMap<SchemaLookup, (schema: Schema | undefined) => Shape>();

/** The shape of a schema; the same schema under the same lookup gives the same shape. */
export function shapeOf(schema: Schema | undefined, lookup: SchemaLookup): Shape {
  let shape = shapes.get(lookup);
  if (shape === undefined) shapes.set(lookup, (shape = compileShapes(lookup)));
  return shape(schema);
}

/** Takes the sub-schemas of one place (`properties.a`) out of one schema object. */
type Pick = (schema: SchemaObject) => unknown;

/**
 * Recursive schemas have endlessly deep shapes, and a request must not be able to grow memory: each schema object has one shape,
 * and a combination of schemas is made once for the same parts.
 */
function compileShapes(lookup: SchemaLookup): (schema: Schema | undefined) => Shape {
  const known = new Map<Schema | undefined, Shape>();
  const numbers = new WeakMap<SchemaObject, number>();
  const combinations = new Map<string, SchemaObject>();
  let count = 0;

  function shape(schema: Schema | undefined): Shape {
    let found = known.get(schema);
    if (found === undefined) known.set(schema, (found = compileShape(schema)));
    return found;
  }

  function compileShape(schema: Schema | undefined): Shape {
    const types = typesOf(schema, lookup);
    const parts = partsOf(schema, lookup);
    const declared = new Set<string>(parts.flatMap((part) => (isSchemaObject(part['properties']) ? Object.keys(part['properties']) : [])));
    const patterned = parts.some((part) => isSchemaObject(part['patternProperties']));
    const properties = new Map<string, Shape>();
    const items = new Map<number, Shape>();
    const prefix = Math.max(0, ...parts.map((part) => listOf(part['prefixItems']).length));
    let others: Shape | undefined;

    return {
      types: types === ANY ? STRING : types,
      declared,
      open: patterned || parts.some((part) => isOpen(part['additionalProperties']) || isOpen(part['unevaluatedProperties'])),
      property(name) {
        if (!declared.has(name)) {
          if (patterned) return shape(derive(schema, pickProperty(name)));
          return (others ??= shape(derive(schema, pickProperty(undefined))));
        }
        let found = properties.get(name);
        if (found === undefined) properties.set(name, (found = shape(derive(schema, pickProperty(name)))));
        return found;
      },
      item(index) {
        const at = Math.min(index, prefix);
        let found = items.get(at);
        if (found === undefined) items.set(at, (found = shape(derive(schema, pickItem(at)))));
        return found;
      },
      keyword: (name) => parts.find((part) => Object.hasOwn(part, name))?.[name],
    };
  }

  /** The schema of a place below `schema`, with the combinations kept: what `allOf` narrows stays narrow, what `anyOf` offers stays on offer. */
  function derive(schema: unknown, pick: Pick, seen = new Set<SchemaObject>()): Schema | undefined {
    if (!isSchemaObject(schema) || seen.has(schema)) return undefined;
    seen.add(schema);
    const below = (parts: readonly unknown[]): Schema[] =>
      parts.map((part) => derive(part, pick, seen)).filter((part) => part !== undefined);

    const all: Schema[] = [];
    const own = pick(schema);
    if (typeof own === 'boolean' || isSchemaObject(own)) all.push(own);
    if (typeof schema.$ref === 'string') all.push(...below([lookup(schema.$ref)]));
    all.push(...below(listOf(schema['allOf'])));
    for (const keyword of ['anyOf', 'oneOf']) {
      const branches = below(listOf(schema[keyword]));
      if (branches.length > 0) all.push(combine('anyOf', branches));
    }
    // A condition may or may not hold: it speaks only where nothing certain does.
    if (all.length === 0 && 'if' in schema) {
      const branches = below([schema['if'], schema['then'], schema['else']]);
      if (branches.length > 0) all.push(combine('anyOf', branches));
    }
    return all.length === 0 ? undefined : combine('allOf', all);
  }

  function combine(keyword: 'allOf' | 'anyOf', parts: readonly Schema[]): Schema {
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return only;
    const key = keyword + parts.map(numberOf).join();
    let found = combinations.get(key);
    if (found === undefined) combinations.set(key, (found = { [keyword]: parts }));
    return found;
  }

  function numberOf(schema: Schema): string {
    if (typeof schema === 'boolean') return String(schema);
    let number = numbers.get(schema);
    if (number === undefined) numbers.set(schema, (number = ++count));
    return String(number);
  }

  return shape;
}

/** Every schema object that speaks about the same value, in the order of reading. */
function partsOf(schema: Schema | undefined, lookup: SchemaLookup): readonly SchemaObject[] {
  const parts = new Set<SchemaObject>();
  const visit = (part: unknown): void => {
    if (!isSchemaObject(part) || parts.has(part)) return;
    parts.add(part);
    if (typeof part.$ref === 'string') visit(lookup(part.$ref));
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) listOf(part[keyword]).forEach(visit);
    for (const keyword of ['if', 'then', 'else']) visit(part[keyword]);
  };
  visit(schema);
  return [...parts];
}

function isOpen(keyword: unknown): boolean {
  return keyword === true || isSchemaObject(keyword);
}

/** `undefined` asks for the properties that have no name of their own. */
function pickProperty(name: string | undefined): Pick {
  return (schema) => {
    const { properties, patternProperties } = schema;
    if (name !== undefined && isSchemaObject(properties) && Object.hasOwn(properties, name)) return properties[name];
    if (name !== undefined && isSchemaObject(patternProperties)) {
      for (const [pattern, part] of Object.entries(patternProperties)) if (matches(pattern, name)) return part;
    }
    const others = schema['additionalProperties'] ?? schema['unevaluatedProperties'];
    return isSchemaObject(others) ? others : undefined;
  };
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(name);
  } catch {
    return false;
  }
}

function pickItem(index: number): Pick {
  return (schema) => listOf(schema['prefixItems'])[index] ?? schema['items'] ?? schema['unevaluatedItems'];
}

import { record } from '../document.ts';
import type { Document, Node } from '../document.ts';
import { childPointer } from '../pointer.ts';
import { dereference, resolveReference } from '../reference.ts';
import { compilePattern } from './pattern.ts';
import { isSchemaObject } from './schema.ts';
import type { Schema, SchemaObject } from './schema.ts';

/** Who reads the schema: a request does not need `readOnly` properties, a response does not need `writeOnly` ones. */
export type View = 'request' | 'response';

/** What normalising needs from its caller. */
export interface NormaliseContext {
  readonly document: Document;
  readonly view: View;
  /** The key that stands for the schema at this address in this view. */
  readonly keyOf: (node: Node) => string;
  /** Remembers where in the document a normalised schema object came from. */
  readonly place: (schema: SchemaObject, node: Node) => void;
  /** Told of every keyword that can't be used as it stands. */
  readonly problem: (node: Node, message: string) => void;
}

const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']);
const NUMBERS = ['minimum', 'maximum', 'multipleOf'];
const COUNTS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'minContains', 'maxContains'];
const SINGLES = [
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
  'items',
  'unevaluatedItems',
  'contains',
  'not',
  'if',
  'then',
  'else',
];
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const MAPS = ['properties', 'patternProperties', 'dependentSchemas'];
const ANNOTATIONS = [
  'default',
  'title',
  'deprecated',
  'readOnly',
  'writeOnly',
  'xml',
  'contentEncoding',
  'contentMediaType',
  'x-faker',
  'x-sensitive',
];

const MAX_DEPTH = 200;
const MAX_NODES = 100_000;

/**
 * Rewrites one Schema Object of any dialect as JSON Schema 2020-12 (see {@link Schema}).
 *
 * Swagger 2.0 and OpenAPI 3.0: `nullable`/`x-nullable`, boolean exclusive bounds and ignored `$ref` siblings (OpenAPI 3.0.3 sections
 * 4.7.24.1 and 4.7.23). OpenAPI 3.1: 2020-12 itself. Keywords of older drafts that real 3.1 documents still hold (array `items`, `dependencies`, boolean
 * bounds) are read as they were meant. A malformed keyword is reported and left out; it never makes the whole schema pass in silence.
 */
export function normalise(node: Node, context: NormaliseContext): Schema {
  const budget = { nodes: MAX_NODES };
  return walk(node, 0, new Set());

  function walk(at: Node, depth: number, excused: ReadonlySet<string>): Schema {
    const value = at.value;
    if (typeof value === 'boolean') return value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      context.problem(at, 'a schema must be an object or a boolean');
      return true;
    }
    budget.nodes -= 1;
    if (depth > MAX_DEPTH || budget.nodes < 0) {
      context.problem(
        at,
        depth > MAX_DEPTH ? `schemas nested deeper than ${MAX_DEPTH} levels are not checked` : 'the schema is too large to be checked',
      );
      return true;
    }
    const given = value as Readonly<Record<string, unknown>>;
    const schema = typeof given['$ref'] === 'string' ? reference(at, given, depth, excused) : keywords(at, given, depth, excused);
    if (isSchemaObject(schema)) context.place(schema, at);
    return schema;
  }

  function reference(at: Node, given: Readonly<Record<string, unknown>>, depth: number, excused: ReadonlySet<string>): Schema {
    const resolved = resolveReference(context.document, String(given['$ref']), at);
    const siblings = context.document.dialect === '3.1' && Object.keys(given).length > 1;
    if (!resolved.ok) {
      context.problem(at, resolved.reason);
      return siblings ? keywords(at, given, depth, excused) : true;
    }
    const end = dereference(context.document, resolved.node);
    if (!end.ok) {
      context.problem(at, end.reason);
      return true;
    }
    // A reference to a mere reference is taken to its end, so that no chain of references is ever walked when validating.
    const onlyReference = Object.keys(record(resolved.node.value)).length === 1 || context.document.dialect !== '3.1';
    const $ref = context.keyOf(onlyReference ? end.node : resolved.node);
    if (!siblings) return { $ref };
    const own = keywords(at, given, depth, excused);
    return isSchemaObject(own) ? { $ref, ...own } : own;
  }

  function keywords(at: Node, given: Readonly<Record<string, unknown>>, depth: number, excused: ReadonlySet<string>): Schema {
    const schema: Record<string, unknown> = {};
    const sub = (key: string, value: unknown): Node => ({ value, source: at.source, pointer: childPointer(at.pointer, key) });
    const nowRequired = excusedNames(at, context, excused);

    const types = typesOf(given['type']);
    if (types.unknown !== undefined) context.problem(sub('type', given['type']), `"${types.unknown}" is not a type; it is not checked`);
    if (types.known.length === 1) schema['type'] = types.known[0];
    else if (types.known.length > 1) schema['type'] = types.known;

    for (const key of ANNOTATIONS) if (given[key] !== undefined) schema[key] = given[key];
    if (given['enum'] !== undefined) {
      if (Array.isArray(given['enum']) && given['enum'].length > 0) schema['enum'] = given['enum'];
      else context.problem(sub('enum', given['enum']), 'enum must be a list with at least one value; it is not checked');
    }
    if ('const' in given && context.document.dialect === '3.1') schema['const'] = given['const'];
    const examples = examplesOf(given, context.document.dialect === '3.1');
    if (examples.length > 0) schema['examples'] = examples;

    if (typeof given['format'] === 'string') schema['format'] = given['format'];
    if (typeof given['pattern'] === 'string') {
      const pattern = compilePattern(given['pattern']);
      if (pattern.ok) schema['pattern'] = given['pattern'];
      else
        context.problem(
          sub('pattern', given['pattern']),
          `the pattern ${given['pattern']} is no regular expression (${pattern.reason}); it is not checked`,
        );
    }
    if (given['uniqueItems'] === true) schema['uniqueItems'] = true;
    for (const key of NUMBERS) {
      const number = asNumber(given[key]);
      if (given[key] === undefined) continue;
      if (number === undefined || (key === 'multipleOf' && number <= 0))
        context.problem(sub(key, given[key]), `${key} must be a number; it is not checked`);
      else schema[key] = number;
    }
    for (const key of COUNTS) {
      const number = asNumber(given[key]);
      if (given[key] === undefined) continue;
      if (number === undefined || number < 0 || !Number.isInteger(number))
        context.problem(sub(key, given[key]), `${key} must be a whole number; it is not checked`);
      else schema[key] = number;
    }
    exclusiveBound(given, schema, 'exclusiveMinimum', 'minimum');
    exclusiveBound(given, schema, 'exclusiveMaximum', 'maximum');

    if (Array.isArray(given['required'])) {
      const names = given['required'].filter((name): name is string => typeof name === 'string' && !nowRequired.has(name));
      if (names.length > 0) schema['required'] = [...new Set(names)];
    }
    if (isSchemaObject(given['dependentRequired'])) schema['dependentRequired'] = given['dependentRequired'];

    for (const key of SINGLES) {
      if (given[key] === undefined || (key === 'items' && Array.isArray(given[key]))) continue;
      schema[key] = walk(sub(key, given[key]), depth + 1, new Set());
    }
    for (const key of LISTS) {
      if (given[key] === undefined) continue;
      if (!Array.isArray(given[key]) || given[key].length === 0) {
        context.problem(sub(key, given[key]), `${key} must be a list with at least one schema; it is not checked`);
        continue;
      }
      const list = sub(key, given[key]);
      const inherited = key === 'prefixItems' ? new Set<string>() : nowRequired;
      schema[key] = given[key].map((value: unknown, index) =>
        walk({ value, source: at.source, pointer: childPointer(list.pointer, index) }, depth + 1, inherited),
      );
    }
    for (const key of MAPS) {
      if (given[key] === undefined) continue;
      if (!isSchemaObject(given[key])) {
        context.problem(sub(key, given[key]), `${key} must be an object of schemas; it is not checked`);
        continue;
      }
      schema[key] = schemaMap(sub(key, given[key]), key, depth);
    }
    olderKeywords(at, given, schema, depth);
    if (isSchemaObject(given['discriminator'])) schema['discriminator'] = discriminator(at, given['discriminator']);
    return context.document.dialect !== '3.1' && isNullable(given) ? nullable(schema) : schema;
  }

  function schemaMap(at: Node, key: string, depth: number): Record<string, Schema> {
    const map: Record<string, Schema> = {};
    for (const [name, value] of Object.entries(record(at.value))) {
      const node: Node = { value, source: at.source, pointer: childPointer(at.pointer, name) };
      if (key === 'patternProperties' && !compilePattern(name).ok) {
        context.problem(node, `the pattern ${name} is no regular expression; it is not checked`);
        continue;
      }
      // A property named __proto__ is data like any other.
      Object.defineProperty(map, name, { value: walk(node, depth + 1, new Set()), enumerable: true, configurable: true, writable: true });
    }
    return map;
  }

  /** Keywords of JSON Schema drafts 4 to 7 in their 2020-12 form. */
  function olderKeywords(at: Node, given: Readonly<Record<string, unknown>>, schema: Record<string, unknown>, depth: number): void {
    if (Array.isArray(given['items'])) {
      const pointer = childPointer(at.pointer, 'items');
      const tuple = given['items'].map((value: unknown, index) =>
        walk({ value, source: at.source, pointer: childPointer(pointer, index) }, depth + 1, new Set()),
      );
      if (tuple.length > 0) schema['prefixItems'] = tuple;
      const rest = given['additionalItems'];
      if (rest !== undefined)
        schema['items'] = walk(
          { value: rest, source: at.source, pointer: childPointer(at.pointer, 'additionalItems') },
          depth + 1,
          new Set(),
        );
    }
    if (!isSchemaObject(given['dependencies'])) return;
    const required: Record<string, unknown> = {};
    const schemas: Record<string, Schema> = {};
    const pointer = childPointer(at.pointer, 'dependencies');
    for (const [name, value] of Object.entries(given['dependencies'])) {
      if (Array.isArray(value)) required[name] = value;
      else schemas[name] = walk({ value, source: at.source, pointer: childPointer(pointer, name) }, depth + 1, new Set());
    }
    if (Object.keys(required).length > 0) schema['dependentRequired'] ??= required;
    if (Object.keys(schemas).length > 0) schema['dependentSchemas'] ??= schemas;
  }

  /** OpenAPI's discriminator with its mapping as schema keys; a mapping value is a reference or a component's name. */
  function discriminator(at: Node, given: SchemaObject): { propertyName: string; mapping: Record<string, string> } | undefined {
    const propertyName = given['propertyName'];
    if (typeof propertyName !== 'string') return undefined;
    const mapping: Record<string, string> = {};
    for (const [name, target] of Object.entries(record(given['mapping']))) {
      if (typeof target !== 'string') continue;
      const isName = !/[#/.]/.test(target);
      const resolved = resolveReference(context.document, isName ? `#/components/schemas/${target}` : target, at);
      if (resolved.ok) mapping[name] = context.keyOf(resolved.node);
      else context.problem(at, `the discriminator's mapping of "${name}": ${resolved.reason}`);
    }
    return { propertyName, mapping };
  }
}

function typesOf(type: unknown): { known: string[]; unknown?: string } {
  const given = Array.isArray(type) ? type : type === undefined ? [] : [type];
  const known = given.filter((name): name is string => typeof name === 'string' && TYPES.has(name));
  // Swagger 2.0's "file" is any bytes; it is a real type there and nothing to complain about.
  const unknown = given.find((name) => name !== 'file' && (typeof name !== 'string' || !TYPES.has(name)));
  // A list of types with a word that is none is not a promise that can be checked in part.
  if (unknown !== undefined) return { known: [], unknown: String(unknown) };
  return { known: [...new Set(known)] };
}

function asNumber(value: unknown): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** `exclusiveMinimum: true` beside `minimum` (drafts 3 and 4) becomes a number of its own. */
function exclusiveBound(
  given: Readonly<Record<string, unknown>>,
  schema: Record<string, unknown>,
  exclusive: string,
  inclusive: string,
): void {
  const value = given[exclusive];
  if (value === true && schema[inclusive] !== undefined) {
    schema[exclusive] = schema[inclusive];
    delete schema[inclusive];
    return;
  }
  const number = asNumber(value);
  if (number !== undefined) schema[exclusive] = number;
}

function isNullable(given: Readonly<Record<string, unknown>>): boolean {
  return given['nullable'] === true || given['x-nullable'] === true;
}

/** The same schema, null allowed. An `enum` without null is widened too: that is what authors of `nullable` mean. */
function nullable(schema: Record<string, unknown>): SchemaObject {
  const { type, enum: values, allOf, anyOf, oneOf, not, ...rest } = schema;
  if (allOf !== undefined || anyOf !== undefined || oneOf !== undefined || not !== undefined) {
    const { default: preset, title, readOnly, writeOnly, examples } = schema;
    const annotations = Object.fromEntries(
      Object.entries({ default: preset, title, readOnly, writeOnly, examples }).filter(([, value]) => value !== undefined),
    );
    return { ...annotations, anyOf: [schema, { type: 'null' }] };
  }
  const widened: Record<string, unknown> = { ...rest };
  if (typeof type === 'string') widened['type'] = [type, 'null'];
  else if (Array.isArray(type)) widened['type'] = [...new Set([...type, 'null'])];
  if (Array.isArray(values)) widened['enum'] = values.includes(null) ? values : [...values, null];
  return widened;
}

function examplesOf(given: Readonly<Record<string, unknown>>, is31: boolean): unknown[] {
  const examples: unknown[] = [];
  if (is31 && Array.isArray(given['examples'])) examples.push(...(given['examples'] as unknown[]));
  if (given['example'] !== undefined) examples.push(given['example']);
  return examples;
}

/**
 * Names that `required` may not insist on in this view: `readOnly` ones in a request, `writeOnly` ones in a response
 * (OpenAPI 3.0.3 section 4.7.24.2). The property may be declared here or in a branch of `allOf`.
 */
function excusedNames(node: Node, context: NormaliseContext, inherited: ReadonlySet<string>): ReadonlySet<string> {
  const mark = context.view === 'request' ? 'readOnly' : 'writeOnly';
  const given = record(node.value);
  if (given['required'] === undefined && given['allOf'] === undefined && given['anyOf'] === undefined && given['oneOf'] === undefined)
    return inherited;
  const names = new Set(inherited);
  collectMarked(node, context.document, mark, names, 0);
  return names;
}

function collectMarked(node: Node, document: Document, mark: string, names: Set<string>, depth: number): void {
  if (depth > 10) return;
  const resolved = dereference(document, node);
  if (!resolved.ok) return;
  const at = resolved.node;
  const given = record(at.value);
  for (const [name, value] of Object.entries(record(given['properties']))) {
    const property = dereference(document, { value, source: at.source, pointer: at.pointer });
    if (record(value)[mark] === true || (property.ok && record(property.node.value)[mark] === true)) names.add(name);
  }
  for (const value of Array.isArray(given['allOf']) ? (given['allOf'] as unknown[]) : []) {
    collectMarked({ value, source: at.source, pointer: at.pointer }, document, mark, names, depth + 1);
  }
}

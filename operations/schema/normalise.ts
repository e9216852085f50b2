import { record } from '../document.ts';
import type { Document, Node } from '../document.ts';
import { childPointer } from '../pointer.ts';
import { dereference, resolveReference } from '../reference.ts';
import type { Resolved } from '../reference.ts';
import type { DynamicAnchors } from '../resource.ts';
import { readBounds } from './bounds.ts';
import { readDiscriminator, toldOf } from './discriminator.ts';
import { excusedNames, stillRequired } from './excused.ts';
import type { View } from './excused.ts';
import { readGiven } from './given.ts';
import { shown } from './message.ts';
import { isNullable, nullable } from './nullable.ts';
import { compilePattern } from './pattern.ts';
import { isSchemaObject } from './schema.ts';
import type { Schema, SchemaLookup, SchemaObject } from './schema.ts';
import { SCHEMA_KEYWORDS, SCHEMA_LISTS, SCHEMA_MAPS } from './subschemas.ts';

/** What normalising needs from its caller. */
export interface NormaliseContext {
  readonly document: Document;
  readonly view: View;
  /** Names that `required` may not insist on, because a neighbour in an `allOf` says so. */
  readonly excused: ReadonlySet<string>;
  /** The key that stands for the schema at this address in this view, less the names it may not insist on. */
  readonly keyOf: (node: Node, excused: ReadonlySet<string>) => string;
  /** The normalised schema of a key. */
  readonly lookup: SchemaLookup;
  /** The dynamic anchors on the way here. */
  readonly scope: DynamicAnchors;
  /** Remembers where in the document a normalised schema object came from. */
  readonly place: (schema: SchemaObject, node: Node) => void;
  /** Told of every keyword that can't be used as it stands. */
  readonly problem: (node: Node, message: string) => void;
}

const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']);
const COUNTS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'minContains', 'maxContains'];
const NONE: ReadonlySet<string> = new Set();
/** Keywords that say nothing about which values are valid, as they are kept. */
export const ANNOTATIONS = [
  'default',
  'title',
  'deprecated',
  'readOnly',
  'writeOnly',
  'xml',
  'collectionFormat',
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
  return walk(node, 0, context.excused);

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
    const given = readGiven(value as Readonly<Record<string, unknown>>, context.document.dialect);
    const schema = typeof given['$ref'] === 'string' ? reference(at, given, depth, excused) : keywords(at, given, depth, excused);
    if (isSchemaObject(schema)) context.place(schema, at);
    return schema;
  }

  function reference(at: Node, given: Readonly<Record<string, unknown>>, depth: number, excused: ReadonlySet<string>): Schema {
    const resolved = target(at, String(given['$ref']));
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
    const meant = onlyReference ? end.node : resolved.node;
    const $ref = context.keyOf(
      meant,
      stillRequired(meant, context.document, context.view, excusedNames(at, context.document, context.view, excused).inBranches),
    );
    if (!siblings) return { $ref };
    const own = keywords(at, given, depth, excused);
    return isSchemaObject(own) ? { $ref, ...own } : own;
  }

  /** What a reference leads to; a dynamic one to an anchor that is dynamic too: to the outermost of that name (JSON Schema 2020-12 section 8.2.3.2). */
  function target(at: Node, reference: string): Resolved {
    const resolved = resolveReference(context.document, reference, at);
    if (!resolved.ok || record(at.value)['$dynamicRef'] !== reference) return resolved;
    const name = record(resolved.node.value)['$dynamicAnchor'];
    const isDynamic = typeof name === 'string' && reference.endsWith(`#${name}`);
    return isDynamic ? { ok: true, node: context.scope.get(name) ?? resolved.node } : resolved;
  }

  function keywords(at: Node, given: Readonly<Record<string, unknown>>, depth: number, excused: ReadonlySet<string>): Schema {
    const schema: Record<string, unknown> = {};
    const sub = (key: string, value: unknown): Node => ({ value, source: at.source, pointer: childPointer(at.pointer, key) });
    const { here: nowRequired, inBranches } = excusedNames(at, context.document, context.view, excused);

    const types = typesOf(given['type']);
    if (types.unknown !== undefined) context.problem(sub('type', given['type']), `${types.unknown} is not a type; it is not checked`);
    if (types.known.length === 1) schema['type'] = types.known[0];
    else if (types.known.length > 1) schema['type'] = types.known;

    for (const key of ANNOTATIONS) if (given[key] !== undefined) schema[key] = given[key];
    if (given['enum'] !== undefined) {
      const fault = faultOfEnum(given['enum'], types.known, isNullable(given));
      if (fault === undefined) schema['enum'] = given['enum'];
      else context.problem(sub('enum', given['enum']), `${fault}; it is not checked`);
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
    Object.assign(
      schema,
      readBounds(given, (key, text) => context.problem(sub(key, given[key]), text)),
    );
    if (given['multipleOf'] !== undefined) {
      const divisor = asNumber(given['multipleOf']);
      if (divisor !== undefined && divisor > 0) schema['multipleOf'] = divisor;
      else context.problem(sub('multipleOf', given['multipleOf']), 'multipleOf must be a number above 0; it is not checked');
    }
    for (const key of COUNTS) {
      const number = asNumber(given[key]);
      if (given[key] === undefined) continue;
      if (number === undefined || number < 0 || !Number.isInteger(number))
        context.problem(sub(key, given[key]), `${key} must be a whole number; it is not checked`);
      else schema[key] = number;
    }

    if (Array.isArray(given['required'])) {
      const names = given['required'].filter((name): name is string => typeof name === 'string' && !nowRequired.has(name));
      if (names.length > 0) schema['required'] = [...new Set(names)];
    }
    if (isSchemaObject(given['dependentRequired'])) schema['dependentRequired'] = given['dependentRequired'];

    for (const key of SCHEMA_KEYWORDS) {
      if (given[key] === undefined || (key === 'items' && Array.isArray(given[key]))) continue;
      schema[key] = walk(sub(key, given[key]), depth + 1, NONE);
    }
    const rest = schema['unevaluatedItems'];
    // Items that "contains" has found are evaluated (JSON Schema 2020-12 section 11.2), which the validator does not know.
    if (schema['contains'] !== undefined && rest !== undefined && rest !== true)
      schema['unevaluatedItems'] = rest === false ? schema['contains'] : { anyOf: [schema['contains'], rest] };
    for (const key of SCHEMA_LISTS) {
      if (given[key] === undefined) continue;
      if (!Array.isArray(given[key]) || given[key].length === 0) {
        context.problem(sub(key, given[key]), `${key} must be a list with at least one schema; it is not checked`);
        continue;
      }
      const list = sub(key, given[key]);
      const inherited = key === 'prefixItems' ? NONE : inBranches;
      schema[key] = given[key].map((value: unknown, index) =>
        walk({ value, source: at.source, pointer: childPointer(list.pointer, index) }, depth + 1, inherited),
      );
    }
    for (const key of SCHEMA_MAPS) {
      if (given[key] === undefined) continue;
      if (!isSchemaObject(given[key])) {
        context.problem(sub(key, given[key]), `${key} must be an object of schemas; it is not checked`);
        continue;
      }
      schema[key] = schemaMap(sub(key, given[key]), key, depth);
    }
    admitProto(schema);
    olderKeywords(at, given, schema, depth);
    if (given['discriminator'] !== undefined || given['allOf'] !== undefined) discriminate(at, given, schema);
    if (!isNullable(given)) return schema;
    if (context.document.dialect !== '3.1') return nullable(schema, (inner) => context.place(inner, at));
    context.problem(at, 'nullable has no meaning in OpenAPI 3.1; write null among the types');
    return schema;
  }

  function discriminate(at: Node, given: Readonly<Record<string, unknown>>, schema: Record<string, unknown>): void {
    const own = { ...context, keyOf: (target: Node) => context.keyOf(target, NONE) };
    const discriminator = given['discriminator'] === undefined ? undefined : readDiscriminator(at, given, own);
    if (discriminator !== undefined) schema['discriminator'] = discriminator;
    const told = toldOf(at, given, discriminator, own);
    if (told !== undefined) schema['x-told'] = told;
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
      Object.defineProperty(map, name, { value: walk(node, depth + 1, NONE), enumerable: true, configurable: true, writable: true });
    }
    return map;
  }

  /** Keywords of JSON Schema drafts 4 to 7 in their 2020-12 form. */
  function olderKeywords(at: Node, given: Readonly<Record<string, unknown>>, schema: Record<string, unknown>, depth: number): void {
    if (Array.isArray(given['items'])) {
      const pointer = childPointer(at.pointer, 'items');
      const tuple = given['items'].map((value: unknown, index) =>
        walk({ value, source: at.source, pointer: childPointer(pointer, index) }, depth + 1, NONE),
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
      else schemas[name] = walk({ value, source: at.source, pointer: childPointer(pointer, name) }, depth + 1, NONE);
    }
    if (Object.keys(required).length > 0) schema['dependentRequired'] ??= required;
    if (Object.keys(schemas).length > 0) schema['dependentSchemas'] ??= schemas;
  }
}

function typesOf(type: unknown): { known: string[]; unknown?: string } {
  const given = Array.isArray(type) ? type : type === undefined ? [] : [type];
  const known = given.filter((name): name is string => typeof name === 'string' && TYPES.has(name));
  // Swagger 2.0's "file" is any bytes; it is a real type there and nothing to complain about.
  const unknown = given.find((name) => name !== 'file' && (typeof name !== 'string' || !TYPES.has(name)));
  // A list of types with a word that is none is not a promise that can be checked in part.
  if (unknown !== undefined) return { known: [], unknown: shown(unknown) };
  return { known: [...new Set(known)] };
}

/** What makes an `enum` useless: nothing could ever be valid. Texts that YAML reads as numbers (`1.0`) and the values of a list's items are often meant. */
function faultOfEnum(values: unknown, types: readonly string[], mayBeNull: boolean): string | undefined {
  if (!Array.isArray(values) || values.length === 0) return 'enum must be a list with at least one value';
  const fits = (value: unknown): boolean => (mayBeNull && value === null) || types.some((type) => isOfType(value, type));
  if (types.length === 0 || values.some(fits)) return undefined;
  return `enum lists no value of the type ${types.join(', ')}`;
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'integer') return typeof value === 'bigint' || Number.isInteger(value);
  return type === 'number' ? typeof value === 'bigint' || typeof value === 'number' : typeof value === type;
}

function asNumber(value: unknown): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The validator's compiler passes over a property named `__proto__`; as a pattern it is judged like any other. */
function admitProto(schema: Record<string, unknown>): void {
  const properties = record(schema['properties']);
  if (!Object.hasOwn(properties, '__proto__')) return;
  schema['patternProperties'] = { ...record(schema['patternProperties']), '^__proto__$': properties['__proto__'] };
}

function examplesOf(given: Readonly<Record<string, unknown>>, is31: boolean): unknown[] {
  const examples: unknown[] = [];
  if (is31 && Array.isArray(given['examples'])) examples.push(...(given['examples'] as unknown[]));
  if (given['example'] !== undefined) examples.push(given['example']);
  return examples;
}

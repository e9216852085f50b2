import { ajvFormats } from './ajv.ts';
import { textFormat } from './international.ts';
import type { FormatTable } from './international.ts';
import { addFormatsOfOpenApi, isInt32, isInt64, oneOfValues, theValue } from './keywords.ts';
import { ANNOTATIONS } from './normalise.ts';
import { compilePattern } from './pattern.ts';
import { isSchemaObject } from './schema.ts';
import type { Schema, SchemaLookup, SchemaObject } from './schema.ts';
import { reachable } from './schemas.ts';
import { schemasWithin } from './subschemas.ts';

/**
 * What a schema asks, sorted by the kind of value that it asks it of: interpret.ts looks at a value once and passes over all that speaks of other kinds.
 * The same few functions judge by every plan, so that a thousand schemas in use are a thousand small objects and not a thousand functions to be compiled.
 */
export interface Plan {
  /** The types that are valid, a bit each (see {@link TYPES}). */
  readonly types: number;
  readonly texts: TextPlan | undefined;
  readonly numbers: NumberPlan | undefined;
  readonly lists: ListPlan | undefined;
  readonly objects: ObjectPlan | undefined;
  readonly any: AnyPlan | undefined;
}

/** A plan that is referred to before it is filled in. */
type Draft = { -readonly [Part in keyof Plan]: Plan[Part] };

export interface TextPlan {
  /** In code points. */
  readonly minLength: number;
  readonly maxLength: number;
  readonly pattern: ((text: string) => boolean) | undefined;
  readonly format: ((text: string) => boolean) | undefined;
}

export interface NumberPlan {
  readonly minimum: number;
  readonly maximum: number;
  readonly exclusiveMinimum: number;
  readonly exclusiveMaximum: number;
  readonly multipleOf: number | undefined;
  readonly format: ((value: number | bigint) => boolean) | undefined;
}

export interface ListPlan {
  readonly minItems: number;
  readonly maxItems: number;
  readonly isUnique: boolean;
  readonly items: Plan | undefined;
}

/** The described and the required properties stand in the order of the schema, which is mostly that of a value: the first three lists are one table. */
export interface ObjectPlan {
  readonly names: readonly string[];
  readonly plans: readonly Plan[];
  readonly isRequired: readonly boolean[];
  readonly places: ReadonlyMap<string, number>;
  readonly required: number;
  /** What is asked of the properties that are not described. */
  readonly rest: Plan | undefined;
  readonly minProperties: number;
  readonly maxProperties: number;
}

/** What is asked of values of every kind. */
export interface AnyPlan {
  readonly values: readonly ((value: unknown) => boolean)[];
  readonly allOf: readonly Plan[];
  readonly anyOf: readonly Plan[] | undefined;
  readonly oneOf: readonly Plan[] | undefined;
}

/** A number is an integer or a fraction. */
export const TYPES = { null: 1, boolean: 2, string: 4, integer: 8, fraction: 16, array: 32, object: 64 };
/** Where no type is asked for, a value that is none of JSON's is valid too. */
export const ANY_TYPE = 255;

const BITS: ReadonlyMap<unknown, number> = new Map([...Object.entries(TYPES), ['number', TYPES.integer | TYPES.fraction]]);
const ANY: Plan = { types: ANY_TYPE, texts: undefined, numbers: undefined, lists: undefined, objects: undefined, any: undefined };
const NEVER: Plan = { ...ANY, types: 0 };

/** The plans of a document. */
export interface Plans {
  /**
   * The plan of a key; `undefined` where the schema, or one that it refers to, holds a keyword that no plan knows: of what is rare, or asks more than yes or no of its parts, there is none.
   */
  readonly planOf: (key: string) => Plan | undefined;
  /** The plan of a schema within one that has a plan. */
  readonly planOfPart: (part: Schema) => Plan;
}

export function createPlans(lookup: SchemaLookup): Plans {
  const plans = new Map<string, Draft>();
  const filled = new Set<string>();
  /** Plans by the texts of what they stand for: `{ type: string }`, or a list of such, stands in a document a thousand times. */
  const alike = new Map<string, Plan>();

  /** The plan of a key, which may not be filled in yet: schemas refer to each other in circles. */
  function refer(key: string): Draft {
    let plan = plans.get(key);
    if (plan === undefined) plans.set(key, (plan = { ...ANY }));
    return plan;
  }

  function fill(key: string): void {
    if (filled.has(key)) return;
    filled.add(key);
    const schema = lookup(key) ?? true;
    // A mere reference asks the plan that it refers to, and does not copy what may not be filled in yet.
    Object.assign(refer(key), isSchemaObject(schema) && schema.$ref !== undefined ? planOf(schema) : read(schema));
  }

  function read(schema: Schema): Plan {
    if (!isSchemaObject(schema)) return schema ? ANY : NEVER;
    const keywords = Object.keys(schema).filter(saysSomething);
    if (keywords.length === 0) return ANY;
    if (schema.$ref !== undefined && keywords.length === 1) return refer(schema.$ref);
    const text = textOf(schema);
    if (text === undefined) return planOf(schema);
    let plan = alike.get(text);
    if (plan === undefined) alike.set(text, (plan = planOf(schema)));
    return plan;
  }

  function planOf(schema: SchemaObject): Plan {
    return {
      types: typesOf(schema['type']),
      texts: has(schema, TEXT_KEYWORDS) ? textPlan(schema) : undefined,
      numbers: has(schema, NUMBER_KEYWORDS) ? numberPlan(schema) : undefined,
      lists: has(schema, LIST_KEYWORDS) ? listPlan(schema) : undefined,
      objects: has(schema, OBJECT_KEYWORDS) ? objectPlan(schema) : undefined,
      any: has(schema, ANY_KEYWORDS) ? anyPlan(schema) : undefined,
    };
  }

  function listPlan(schema: SchemaObject): ListPlan {
    return {
      minItems: numberOf(schema['minItems'], 0),
      maxItems: numberOf(schema['maxItems'], Infinity),
      isUnique: schema['uniqueItems'] === true,
      items: partOf(schema['items']),
    };
  }

  function objectPlan(schema: SchemaObject): ObjectPlan {
    const described = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
    const required = new Set((schema['required'] ?? []) as readonly string[]);
    const rest = partOf(schema['additionalProperties']);
    const names = [...new Set([...Object.keys(described), ...required])];
    return {
      names,
      plans: names.map((name) => (Object.hasOwn(described, name) ? read(described[name] ?? true) : (rest ?? ANY))),
      isRequired: names.map((name) => required.has(name)),
      places: new Map(names.map((name, place) => [name, place])),
      required: required.size,
      rest,
      minProperties: numberOf(schema['minProperties'], 0),
      maxProperties: numberOf(schema['maxProperties'], Infinity),
    };
  }

  function anyPlan(schema: SchemaObject): AnyPlan {
    const branches = (given: unknown): readonly Plan[] | undefined => (given as readonly Schema[] | undefined)?.map(read);
    const values: ((value: unknown) => boolean)[] = [];
    if (Array.isArray(schema['enum'])) values.push(oneOfValues(schema['enum']));
    if ('const' in schema) values.push(theValue(schema['const']));
    const referred = schema.$ref === undefined ? [] : [refer(schema.$ref)];
    return {
      values,
      allOf: [...referred, ...(branches(schema['allOf']) ?? [])],
      anyOf: branches(schema['anyOf']),
      oneOf: branches(schema['oneOf']),
    };
  }

  function partOf(given: unknown): Plan | undefined {
    const plan = given === undefined ? ANY : read(given as Schema);
    return plan === ANY ? undefined : plan;
  }

  function make(start: string): Plan | undefined {
    const keys = reachable(start, lookup);
    if (!keys.every((key) => schemasWithin(lookup(key) ?? true).every(isKnown))) return undefined;
    for (const key of keys) fill(key);
    return refer(start);
  }

  const made = new Map<string, Plan | undefined>();
  const parts = new WeakMap<SchemaObject, Plan>();
  return {
    planOf: (key) => {
      if (!made.has(key)) made.set(key, make(key));
      return made.get(key);
    },
    planOfPart: (part) => {
      const known = isSchemaObject(part) ? parts.get(part) : undefined;
      const plan = known ?? read(part);
      if (isSchemaObject(part)) parts.set(part, plan);
      return plan;
    },
  };
}

const TEXT_KEYWORDS = ['minLength', 'maxLength', 'pattern', 'format'];
const NUMBER_KEYWORDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'format'];
const LIST_KEYWORDS = ['items', 'minItems', 'maxItems', 'uniqueItems'];
const OBJECT_KEYWORDS = ['properties', 'additionalProperties', 'required', 'minProperties', 'maxProperties'];
const ANY_KEYWORDS = ['$ref', 'enum', 'const', 'allOf', 'anyOf', 'oneOf'];
/** Annotations, and what is read beside another keyword. */
const SAYS_NOTHING = new Set([...ANNOTATIONS, 'examples', 'discriminator', 'x-told']);

/** Whether a schema says no more than to what it refers; then the plan of that stands for its own. */
export function isMereReference(schema: Schema): schema is SchemaObject {
  return isSchemaObject(schema) && schema.$ref !== undefined && Object.keys(schema).filter(saysSomething).length === 1;
}

function saysSomething(keyword: string): boolean {
  return !SAYS_NOTHING.has(keyword);
}

const KNOWN = new Set([
  'type',
  ...TEXT_KEYWORDS,
  ...NUMBER_KEYWORDS,
  ...LIST_KEYWORDS,
  ...OBJECT_KEYWORDS,
  ...ANY_KEYWORDS,
  ...SAYS_NOTHING,
]);

function isKnown(schema: SchemaObject): boolean {
  return Object.keys(schema).every((keyword) => KNOWN.has(keyword));
}

function has(schema: SchemaObject, keywords: readonly string[]): boolean {
  return keywords.some((keyword) => schema[keyword] !== undefined);
}

function typesOf(given: unknown): number {
  if (given === undefined) return ANY_TYPE;
  let types = 0;
  for (const type of Array.isArray(given) ? (given as unknown[]) : [given]) types |= BITS.get(type) ?? 0;
  return types;
}

function textPlan({ minLength, maxLength, pattern, format }: SchemaObject): TextPlan {
  const compiled = typeof pattern === 'string' ? compilePattern(pattern) : undefined;
  return {
    minLength: numberOf(minLength, 0),
    maxLength: numberOf(maxLength, Infinity),
    pattern: compiled?.ok === true ? compiled.pattern.test : undefined,
    format: typeof format === 'string' && !FORMATS_OF_NUMBERS.has(format) ? formatOfTexts(format) : undefined,
  };
}

function numberPlan({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format }: SchemaObject): NumberPlan {
  return {
    minimum: numberOf(minimum, -Infinity),
    maximum: numberOf(maximum, Infinity),
    exclusiveMinimum: numberOf(exclusiveMinimum, -Infinity),
    exclusiveMaximum: numberOf(exclusiveMaximum, Infinity),
    multipleOf: typeof multipleOf === 'number' ? multipleOf : undefined,
    format: FORMATS_OF_NUMBERS.get(format),
  };
}

const FORMATS_OF_NUMBERS: ReadonlyMap<unknown, (value: number | bigint) => boolean> = new Map([
  ['int32', isInt32],
  ['int64', isInt64],
]);

let formats: FormatTable | undefined;

function formatOfTexts(name: string): ((text: string) => boolean) | undefined {
  formats ??= readFormats();
  return Object.hasOwn(formats.formats, name) ? textFormat(formats, name) : undefined;
}

function readFormats(): FormatTable {
  const table: FormatTable = {
    formats: { ...ajvFormats().fullFormats },
    addFormat: (name, judge) => (table.formats[name] = judge),
  };
  addFormatsOfOpenApi(table, true);
  return table;
}

function numberOf(given: unknown, otherwise: number): number {
  return given === undefined ? otherwise : Number(given);
}

/** What is longer is hardly met twice. */
const MAX_TEXT = 1_000;
const MAX_LISTED = 20;
const SCHEMA_BY_NAME = new Set(['properties']);
const SCHEMA_LISTS = new Set(['allOf', 'anyOf', 'oneOf']);
const ONE_SCHEMA = new Set(['items', 'additionalProperties']);

/** All that the plan of a schema depends on; `undefined` where that is more than `room` characters, or two schemas that are not the same might have one text. */
function textOf(schema: Schema, room = MAX_TEXT): string | undefined {
  if (!isSchemaObject(schema)) return String(schema);
  return textOfAll(Object.keys(schema).filter(saysSomething), (keyword, left) => textOfKeyword(keyword, schema[keyword], left), room);
}

function textOfKeyword(keyword: string, given: unknown, room: number): string | undefined {
  if (ONE_SCHEMA.has(keyword)) return textOf(given as Schema, room);
  if (SCHEMA_LISTS.has(keyword))
    return textOfAll(Object.keys(given as object), (at, left) => textOf((given as readonly Schema[])[Number(at)] ?? true, left), room);
  if (SCHEMA_BY_NAME.has(keyword)) {
    const byName = given as Readonly<Record<string, Schema>>;
    return textOfAll(Object.keys(byName), (name, left) => textOf(byName[name] ?? true, left), room);
  }
  return isPlain(given) ? JSON.stringify(given) : undefined;
}

/** Names with the texts of what they stand for. Given up as soon as there is no more room, so that no schema takes longer than that. */
function textOfAll(names: readonly string[], write: (name: string, room: number) => string | undefined, room: number): string | undefined {
  let text = '';
  for (const name of names) {
    const left = room - text.length - name.length;
    const part = left < 0 ? undefined : write(name, left);
    if (part === undefined) return undefined;
    text += `${JSON.stringify(name)}:${part},`;
  }
  return text.length <= room ? `{${text}}` : undefined;
}

/** Texts, finite numbers and short lists of texts. */
function isPlain(given: unknown): boolean {
  if (Array.isArray(given)) return given.length <= MAX_LISTED && given.every((item) => typeof item === 'string');
  return typeof given === 'string' || typeof given === 'boolean' || Number.isFinite(given);
}

import { ajvFormats } from './ajv.ts';
import { textFormat } from './international.ts';
import type { FormatTable } from './international.ts';
import { addFormatsOfOpenApi, isInt32, isInt64, isMultipleOf, isUnique, oneOfValues, theValue } from './keywords.ts';
import { namesInherited } from './inherited.ts';
import { ANNOTATIONS } from './normalise.ts';
import { compilePattern } from './pattern.ts';
import { isSchemaObject } from './schema.ts';
import type { Schema, SchemaLookup, SchemaObject } from './schema.ts';
import { reachable } from './schemas.ts';

/**
 * Schemas read as they stand. To load the compiler takes longer than all else of a first answer, and to compile a schema as long as judging some hundred values by reading it: what is asked for a
 * few times is judged here, what is asked for often is compiled.
 *
 * A judge agrees with the compiled schema on every value (a test compares the two), or there is none: of what is rare or asks more than yes or no of its parts, nothing is read.
 */

/** Whether a value is valid. @throws RangeError for one that it can't judge: nested too deeply, or of a schema that refers to itself without an end. */
export type Judge = (value: unknown) => boolean;

/** @returns finds the judge of a key; `undefined` where the schema, or one that it refers to, holds what is not read here. */
export function createInterpreter(lookup: SchemaLookup): (key: string) => Judge | undefined {
  const judges = new Map<string, Judge | undefined>();

  function read(schema: Schema): Judge | undefined {
    if (!isSchemaObject(schema)) return () => schema;
    if (namesInherited(schema)) return undefined;
    const checks: Judge[] = [];
    for (const [keyword, given] of Object.entries(schema)) {
      if (SAYS_NOTHING.has(keyword)) continue;
      const check = KEYWORDS.get(keyword)?.(given, schema, read, refer);
      if (check === undefined) return undefined;
      checks.push(check);
    }
    return every(checks);
  }

  function refer(key: string): Judge {
    return (value) => judges.get(key)?.(value) === true;
  }

  function judgeOf(key: string): Judge | undefined {
    if (!judges.has(key)) judges.set(key, read(lookup(key) ?? true));
    return judges.get(key);
  }

  return (start) => (reachable(start, lookup).every((key) => judgeOf(key) !== undefined) ? judgeOf(start) : undefined);
}

type Read = (schema: Schema) => Judge | undefined;
type Keyword = (given: unknown, schema: SchemaObject, read: Read, refer: (key: string) => Judge) => Judge | undefined;

/** Annotations, and what is read beside another keyword. */
const SAYS_NOTHING = new Set([...ANNOTATIONS, 'examples', 'discriminator', 'x-told']);

const KEYWORDS: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['$ref', (given, _schema, _read, refer) => refer(String(given))],
  ['type', (given) => some((Array.isArray(given) ? given : [given]).map((type) => TYPES.get(String(type))))],
  ['enum', (given) => oneOfValues(given as readonly unknown[])],
  ['const', (given) => theValue(given)],
  ['minimum', (given) => ofNumbers((value) => value >= Number(given))],
  ['maximum', (given) => ofNumbers((value) => value <= Number(given))],
  ['exclusiveMinimum', (given) => ofNumbers((value) => value > Number(given))],
  ['exclusiveMaximum', (given) => ofNumbers((value) => value < Number(given))],
  ['multipleOf', (given) => ofNumbers((value) => isMultipleOf(value, Number(given)))],
  ['minLength', (given) => ofTexts((text) => lengthOf(text) >= Number(given))],
  ['maxLength', (given) => ofTexts((text) => lengthOf(text) <= Number(given))],
  ['pattern', pattern],
  ['format', (given) => format(String(given))],
  ['minItems', (given) => ofLists((items) => items.length >= Number(given))],
  ['maxItems', (given) => ofLists((items) => items.length <= Number(given))],
  ['uniqueItems', () => ofLists(isUnique)],
  ['items', items],
  ['minProperties', (given) => ofObjects((object) => Object.keys(object).length >= Number(given))],
  ['maxProperties', (given) => ofObjects((object) => Object.keys(object).length <= Number(given))],
  ['required', (given) => ofObjects((object) => (given as readonly string[]).every((name) => object[name] !== undefined))],
  ['properties', properties],
  ['additionalProperties', additionalProperties],
  ['allOf', (given, _schema, read) => every((given as readonly Schema[]).map(read))],
  ['anyOf', (given, _schema, read) => some((given as readonly Schema[]).map(read))],
  ['oneOf', (given, _schema, read) => exactlyOne((given as readonly Schema[]).map(read))],
]);

const TYPES: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['null', (value) => value === null],
  ['boolean', (value) => typeof value === 'boolean'],
  ['string', (value) => typeof value === 'string'],
  ['number', (value) => typeof value === 'bigint' || Number.isFinite(value)],
  ['integer', (value) => typeof value === 'bigint' || Number.isInteger(value)],
  ['array', (value) => Array.isArray(value)],
  ['object', isObject],
]);

function pattern(given: unknown): Judge | undefined {
  const compiled = compilePattern(String(given));
  return compiled.ok ? ofTexts(compiled.pattern.test) : undefined;
}

function format(name: string): Judge | undefined {
  if (name === 'int32') return ofNumbers((value) => isInt32(value));
  if (name === 'int64') return ofNumbers((value) => isInt64(value));
  if (name in Object.prototype) return undefined;
  formats ??= readFormats();
  return ofTexts(textFormat(formats, name));
}

let formats: FormatTable | undefined;

function readFormats(): FormatTable {
  const table: FormatTable = {
    formats: { ...ajvFormats().fullFormats },
    addFormat: (name, judge) => (table.formats[name] = judge),
  };
  addFormatsOfOpenApi(table, true);
  return table;
}

function items(given: unknown, _schema: SchemaObject, read: Read): Judge | undefined {
  const item = read(given as Schema);
  return item === undefined ? undefined : ofLists((list) => list.every(item));
}

function properties(given: unknown, _schema: SchemaObject, read: Read): Judge | undefined {
  const judges: [string, Judge][] = [];
  for (const [name, schema] of Object.entries(given as Readonly<Record<string, Schema>>)) {
    const judge = read(schema);
    if (judge === undefined) return undefined;
    judges.push([name, judge]);
  }
  return ofObjects((object) => judges.every(([name, judge]) => object[name] === undefined || judge(object[name])));
}

function additionalProperties(given: unknown, { properties: described }: SchemaObject, read: Read): Judge | undefined {
  const judge = read(given as Schema);
  if (judge === undefined) return undefined;
  const known = new Set(isSchemaObject(described) ? Object.keys(described) : []);
  return ofObjects((object) => {
    for (const name in object) if (!known.has(name) && !judge(object[name])) return false;
    return true;
  });
}

function every(judges: readonly (Judge | undefined)[]): Judge | undefined {
  if (!areKnown(judges)) return undefined;
  const [only] = judges;
  if (only !== undefined && judges.length === 1) return only;
  return (value) => judges.every((judge) => judge(value));
}

function some(judges: readonly (Judge | undefined)[]): Judge | undefined {
  if (!areKnown(judges)) return undefined;
  const [only] = judges;
  if (only !== undefined && judges.length === 1) return only;
  return (value) => judges.some((judge) => judge(value));
}

function exactlyOne(judges: readonly (Judge | undefined)[]): Judge | undefined {
  return areKnown(judges) ? (value) => judges.filter((judge) => judge(value)).length === 1 : undefined;
}

function areKnown(judges: readonly (Judge | undefined)[]): judges is readonly Judge[] {
  return !judges.includes(undefined);
}

/** What is said of one kind of values holds of every other. */
function ofNumbers(judge: (value: number | bigint) => boolean): Judge {
  return (value) => {
    if (typeof value === 'bigint') return judge(value);
    if (typeof value !== 'number') return true;
    // No JSON holds one, and the dialects of the compiler do not agree about it.
    if (!Number.isFinite(value)) throw new RangeError('no JSON number');
    return judge(value);
  };
}

function ofTexts(judge: (text: string) => boolean): Judge {
  return (value) => typeof value !== 'string' || judge(value);
}

function ofLists(judge: (list: readonly unknown[]) => boolean): Judge {
  return (value) => !Array.isArray(value) || judge(value);
}

function ofObjects(judge: (object: Readonly<Record<string, unknown>>) => boolean): Judge {
  return (value) => !isObject(value) || judge(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** In code points (JSON Schema 2020-12 Validation, section 6.3); a lone surrogate counts as one. */
function lengthOf(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at += 1, length += 1) if ((text.codePointAt(at) ?? 0) > 0xff_ff) at += 1;
  return length;
}

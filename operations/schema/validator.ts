import type { ErrorObject, ValidateFunction } from 'ajv/dist/core.js';
import type { Node } from '../document.ts';
import type { Engine } from './ajv.ts';
import { closedSchema } from './closed.ts';
import { createEngine } from './engine.ts';
import type { EngineKind, Strictness } from './engine.ts';
import { exactSchema, isBlindToBigint } from './exact.ts';
import { relevantErrors } from './errors.ts';
import { holdsBigint, isDeep, isHuge } from './extent.ts';
import { namesInherited } from './inherited.ts';
import { createInterpreter } from './interpret.ts';
import type { Judge } from './interpret.ts';
import { createIssues, uncheckable } from './issue.ts';
import type { Issue } from './issue.ts';
import { message } from './message.ts';
import { createRemarks } from './remarks.ts';
import type { Remark } from './remarks.ts';
import type { View } from './excused.ts';
import type { Schema, SchemaLookup } from './schema.ts';
import { isSchemaObject } from './schema.ts';
import { createSchemas, reachable, referencesIn } from './schemas.ts';
import type { Problem, Schemas } from './schemas.ts';
import { createSubtypes } from './subtypes.ts';
import { schemasWithin } from './subschemas.ts';
import type { Document } from '../document.ts';

export type { Issue } from './issue.ts';
export type { Remark } from './remarks.ts';

/** One schema of the document, compiled when first used. */
export interface SchemaValidator {
  readonly schema: Schema;
  readonly address: string;
  /** Everything wrong with the value; empty when it is valid. At most {@link MAX_ISSUES}. `isPlain`: it holds no `bigint`. */
  readonly validate: (value: unknown, isPlain?: boolean) => readonly Issue[];
  readonly isValid: (value: unknown) => boolean;
  /** What the schema does not forbid and a reader should know: undescribed, `readOnly` and `writeOnly` properties. At most 100. */
  readonly remarks: (value: unknown) => readonly Remark[];
  /** What the schemas ask for that the value names by discriminators. Empty where there are none. */
  readonly subtypes: (value: unknown) => readonly Issue[];
}

/** All validators of one document. */
export interface Validators {
  readonly schemas: Schemas;
  readonly lookup: SchemaLookup;
  readonly problems: readonly Problem[];
  /** The validator of the schema at a node; the same one each time. */
  readonly at: (node: Node, view: View) => SchemaValidator;
}

export const MAX_ISSUES = 100;
/** Of so many values a schema is read (interpret.ts) before it is worth compiling: most operations of a large document are never asked for more often. */
const READ_VALUES = 32;
const NO_ISSUES: readonly Issue[] = [];
const NO_REMARKS: readonly Remark[] = [];

export interface ValidatorsOptions {
  /** Values are mostly asked for remarks too: valid ones are judged by the closed copy of their schema first, which tells both at once. Default false. */
  readonly remarks?: boolean;
}

export function createValidators(document: Document, options: ValidatorsOptions = {}): Validators {
  const schemas = createSchemas(document);
  const engines = new Map<EngineKind, Engine>();
  const ready = new Map<string, SchemaValidator>();
  const issueOf = createIssues(schemas);
  const interpret = createInterpreter(schemas.lookup);
  /** By key: whether a schema must be asked what is an object's own. */
  const special = new Map<string, boolean>();
  /** Compiled small schemas without references, by their text. */
  const plain = new Map<string, ValidateFunction>();

  function engine(kind: EngineKind): Engine {
    const known = engines.get(kind);
    if (known !== undefined) return known;
    const ajv = createEngine(kind);
    engines.set(kind, ajv);
    return ajv;
  }

  /** The engine that says yes or no soonest, for schemas that are all told. */
  function quickEngine(keys: readonly string[]): Engine {
    return engine(keys.some(isSpecial) ? 'quick' : 'quickest');
  }

  function isSpecial(key: string): boolean {
    const known = special.get(key);
    if (known !== undefined) return known;
    const found = namesInherited(schemas.lookup(key) ?? true);
    special.set(key, found);
    return found;
  }

  function compile(key: string, strictness: Strictness): ValidateFunction | Problem {
    // Only yes or no is asked of it, so that schemas that read the same need no more than one.
    const text = strictness === 'quick' ? plainText(schemas.lookup(key)) : undefined;
    const same = text === undefined ? undefined : plain.get(text);
    if (same !== undefined) return same;
    const made = compileSchema(key, strictness);
    if (text !== undefined && typeof made === 'function') plain.set(text, made);
    return made;
  }

  function compileSchema(key: string, strictness: Strictness): ValidateFunction | Problem {
    const order = reachable(key, schemas.lookup);
    const ajv = strictness === 'quick' ? quickEngine(order) : engine(strictness);
    const register = (name: string): void => {
      if (ajv.schemas[name] !== undefined) return;
      const schema = schemas.lookup(name) ?? true;
      ajv.addSchema(strictness === 'exact' ? exactSchema(schema, schemas.alias) : schema, name);
    };
    for (const name of order) register(name);
    try {
      const validate = ajv.getSchema(key);
      if (validate !== undefined) return validate as ValidateFunction;
    } catch (error) {
      if (!(error instanceof RangeError)) return failure(key, error);
    }
    // A chain of references too long for the compiler's recursion: from the far end, each step finds the next one done.
    try {
      for (const name of order.toReversed()) ajv.getSchema(name);
      const validate = ajv.getSchema(key);
      if (validate !== undefined) return validate as ValidateFunction;
    } catch (error) {
      return failure(key, error);
    }
    return failure(key, new Error('it could not be compiled'));
  }

  /** The closed copy of a schema, where there is one and it is wanted. */
  function compileClosed(key: string, view: View): ValidateFunction | undefined {
    if (options.remarks !== true) return undefined;
    const closed = closedSchema(key, schemas.lookup, view);
    if (closed === undefined) return undefined;
    const ajv = quickEngine(reachable(key, schemas.lookup));
    for (const [name, schema] of closed.schemas) if (ajv.schemas[name] === undefined) ajv.addSchema(schema, name);
    try {
      return ajv.getSchema(closed.key) as ValidateFunction | undefined;
    } catch {
      // What is wrong with the schema is told by the original.
      return undefined;
    }
  }

  /** One branch of a failed choice; the errors stand relative to the value. None where the branch can't be judged alone. */
  function judgeBranch(branch: unknown, value: unknown, strictness: Strictness): readonly ErrorObject[] {
    const ajv = engine(strictness);
    const reference = isSchemaObject(branch) && Object.keys(branch).length === 1 ? branch.$ref : undefined;
    try {
      const validate = (reference === undefined ? undefined : ajv.getSchema(reference)) ?? ajv.compile(branch as Schema);
      if (validate(value)) return [];
      const errors = validate.errors ?? [];
      validate.errors = null;
      return errors;
    } catch {
      return [];
    }
  }

  function failure(key: string, error: unknown): Problem {
    const schema = schemas.lookup(key);
    const address = isSchemaObject(schema) ? schemas.addressOf(schema) : undefined;
    return { address: address ?? document.name, message: error instanceof Error ? error.message : String(error) };
  }

  function at(node: Node, view: View): SchemaValidator {
    return validatorOf(schemas.keyOf(node, view), view);
  }

  function validatorOf(key: string, view: View): SchemaValidator {
    const known = ready.get(key);
    if (known !== undefined) return known;
    const schema = schemas.lookup(key);
    const target = isSchemaObject(schema) && Object.keys(schema).length === 1 ? schema.$ref : undefined;
    // Operations that merely refer to one schema share what judges: it is compiled once and stays warm. A circle of references has no end to share.
    const shared = target === undefined || isCircle(target) ? undefined : validatorOf(target, view);
    const own = createValidator(key, view, {
      interpret: () => interpret(key),
      compile: (strictness) => compile(key, strictness),
      compileClosed: () => compileClosed(key, view),
      judgeBranch,
      issueOf,
      schemas,
      judgeByKey: (other, value) => validatorOf(other, view).validate(value),
    });
    const validator = shared === undefined ? own : { ...shared, schema: own.schema, address: own.address };
    ready.set(key, validator);
    return validator;
  }

  function isCircle(start: string): boolean {
    const seen = new Set<string>();
    for (let key: string | undefined = start; key !== undefined;) {
      if (seen.has(key)) return true;
      seen.add(key);
      const schema = schemas.lookup(key);
      key = isSchemaObject(schema) && Object.keys(schema).length === 1 ? schema.$ref : undefined;
    }
    return false;
  }

  return { schemas, lookup: schemas.lookup, problems: schemas.problems, at };
}

const MAX_PLAIN_TEXT = 300;

/** The text of a small schema that stands for itself: that of most parameters. */
function plainText(schema: Schema | undefined): string | undefined {
  if (!isSchemaObject(schema) || Object.keys(schema).length > 8 || referencesIn(schema).length > 0) return undefined;
  try {
    const text = JSON.stringify(schema);
    return text.length <= MAX_PLAIN_TEXT ? text : undefined;
  } catch {
    // A bound beyond 2^53.
    return undefined;
  }
}

interface Compiler {
  readonly interpret: () => Judge | undefined;
  readonly compile: (strictness: Strictness) => ValidateFunction | Problem;
  readonly compileClosed: () => ValidateFunction | undefined;
  readonly judgeBranch: (branch: unknown, value: unknown, strictness: Strictness) => readonly ErrorObject[];
  readonly issueOf: (error: ErrorObject, fallback: string) => Issue;
  readonly schemas: Schemas;
  readonly judgeByKey: (key: string, value: unknown) => readonly Issue[];
}

function createValidator(
  key: string,
  view: View,
  { interpret, compile, compileClosed, judgeBranch, issueOf, schemas, judgeByKey }: Compiler,
): SchemaValidator {
  const compiled = new Map<Strictness, ValidateFunction | Problem>();
  const schema = schemas.lookup(key) ?? true;
  const address = (isSchemaObject(schema) ? schemas.addressOf(schema) : undefined) ?? schemas.document.name;

  function get(strictness: Strictness): ValidateFunction | Problem {
    let validate = compiled.get(strictness);
    if (validate === undefined) {
      validate = compile(strictness);
      compiled.set(strictness, validate);
    }
    return validate;
  }

  let isBlind: boolean | undefined;
  let quick: ValidateFunction | Problem | undefined;
  let readings = 0;
  let judge: Judge | undefined;

  /** True: valid, and nothing was compiled to say so. False says nothing. `undefined`, which is no JSON, asks for compiling. */
  function reads(value: unknown): boolean {
    if (quick !== undefined || readings === READ_VALUES || value === undefined) return false;
    if (readings === 0) judge = interpret();
    readings = judge === undefined ? READ_VALUES : readings + 1;
    try {
      return judge?.(value) === true;
    } catch {
      readings = READ_VALUES;
      return false;
    }
  }

  /** The ordinary case first: a valid value costs one pass that stops at the first error and looks at nothing else. */
  function isValid(value: unknown, isPlain = false): boolean {
    const validate = (quick ??= get('quick'));
    if (typeof validate !== 'function') return true;
    if (isPlain) return holds(validate, value);
    isBlind ??= reachable(key, schemas.lookup).some((name) => isBlindToBigint(schemas.lookup(name) ?? true));
    try {
      if (isBlind && holdsBigint(value)) return isExactlyValid(value);
      return validate(value) || (holdsBigint(value) && isExactlyValid(value));
    } catch {
      return false;
    }
  }

  /** False too for a value that is nested too deeply to be judged. */
  function holds(validate: ValidateFunction, value: unknown): boolean {
    try {
      return validate(value);
    } catch {
      return false;
    }
  }

  function isExactlyValid(value: unknown): boolean {
    const validate = get('exact');
    return typeof validate !== 'function' || validate(value);
  }

  function issues(value: unknown, isPlain: boolean): readonly Issue[] {
    const strictness = !isPlain && holdsBigint(value) ? 'exact' : isHuge(value) ? 'first' : 'all';
    const validate = get(strictness);
    if (typeof validate !== 'function') return [uncheckable(validate)];
    try {
      if (validate(value)) return [];
      const all = validate.errors ?? [];
      const found = all.length > MAX_ISSUES ? all.slice(0, MAX_ISSUES) : all;
      // The array hangs on the function until its next run; a large one must not outlive this call.
      validate.errors = null;
      const errors = relevantErrors(found, (branch, part) => judgeBranch(branch, part, strictness));
      return errors.slice(0, MAX_ISSUES).map((error) => issueOf(error, address));
    } catch (error) {
      if (error instanceof RangeError && isDeep(value))
        return [{ code: 'depth', pointer: '', message: message('depth', {}), document: address, severity: 'error' }];
      if (error instanceof RangeError) return [uncheckable({ address, message: 'the schema refers to itself without an end' })];
      return [uncheckable({ address, message: error instanceof Error ? error.message : String(error) })];
    }
  }

  function hasDiscriminator(name: string): boolean {
    return schemasWithin(schemas.lookup(name) ?? true).some((item) => item['discriminator'] !== undefined);
  }

  let closed: ValidateFunction | undefined | null = null;
  let remarks: SchemaValidator['remarks'] | undefined;
  let subtypes: SchemaValidator['subtypes'] | undefined;
  /** The value that was last found valid by the closed copy, until it is asked for its remarks: a body is not kept for longer. */
  let clean: unknown;

  /** True: valid, and nothing to remark. False says nothing. */
  function isClean(value: unknown): boolean {
    if (closed === null) closed = compileClosed();
    if (closed === undefined || !holds(closed, value)) return false;
    clean = value;
    return true;
  }

  return {
    schema,
    address,
    isValid: (value) => reads(value) || isValid(value),
    remarks: (value) => {
      const isKnown = value === clean;
      clean = undefined;
      if (isKnown) return NO_REMARKS;
      remarks ??= createRemarks(schema, schemas, view);
      return remarks(value);
    },
    subtypes: (value) => {
      subtypes ??= reachable(key, schemas.lookup).some(hasDiscriminator) ? createSubtypes(schema, schemas, judgeByKey) : () => NO_ISSUES;
      return subtypes(value);
    },
    validate: (value, isPlain = false) => {
      if (isPlain && isClean(value)) return NO_ISSUES;
      if (reads(value)) return NO_ISSUES;
      quick ??= get('quick');
      if (typeof quick !== 'function') return [uncheckable(quick)];
      return isValid(value, isPlain) ? NO_ISSUES : issues(value, isPlain);
    },
  };
}

import type { ValidateFunction } from 'ajv/dist/core.js';
import type { Document, Node } from '../document.ts';
import type { Engine } from './ajv.ts';
import { closedSchema } from './closed.ts';
import type { Closed } from './closed.ts';
import { createEngine } from './engine.ts';
import type { EngineKind, Strictness } from './engine.ts';
import { exactSchema } from './exact.ts';
import { relevantErrors } from './errors.ts';
import type { View } from './excused.ts';
import { explain, explainPart } from './explain.ts';
import type { Failure } from './failure.ts';
import { namesInherited } from './inherited.ts';
import { createIssues, MAX_ISSUES } from './issue.ts';
import { createPlans } from './plan.ts';
import type { Plan } from './plan.ts';
import { isSchemaObject } from './schema.ts';
import type { Schema, SchemaLookup } from './schema.ts';
import { createValidator } from './schema-validator.ts';
import type { SchemaValidator } from './schema-validator.ts';
import { createSchemas, reachable, referencesIn } from './schemas.ts';
import type { Problem, Schemas } from './schemas.ts';
import { createReading, createTraffic } from './reading.ts';

export type { Issue } from './issue.ts';
export type { Remark } from './remarks.ts';
export type { SchemaValidator } from './schema-validator.ts';

/** All validators of one document. */
export interface Validators {
  readonly schemas: Schemas;
  readonly lookup: SchemaLookup;
  readonly problems: readonly Problem[];
  /** The validator of the schema at a node; the same one each time. */
  readonly at: (node: Node, view: View) => SchemaValidator;
}

export interface ValidatorsOptions {
  /** Values are mostly asked for remarks too: valid ones are judged by the closed copy of their schema first, which tells both at once. Default false. */
  readonly remarks?: boolean;
}

export function createValidators(document: Document, options: ValidatorsOptions = {}): Validators {
  const schemas = createSchemas(document);
  const engines = new Map<EngineKind, Engine>();
  const ready = new Map<string, SchemaValidator>();
  const issueOf = createIssues(schemas);
  const { planOf, planOfPart } = createPlans(schemas.lookup);
  /** Closed copies, by their keys. */
  const closedSchemas = new Map<string, Schema>();
  const closedPlans = createPlans((key) => closedSchemas.get(key));
  /** By key: whether a schema must be asked what is an object's own. */
  const special = new Map<string, boolean>();
  const isWorthCompiling = createTraffic();
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
  function closedOf(key: string, view: View): Closed | undefined {
    if (options.remarks !== true) return undefined;
    const closed = closedSchema(key, schemas.lookup, view);
    for (const [name, schema] of closed?.schemas ?? []) closedSchemas.set(name, schema);
    return closed;
  }

  function planClosed(key: string, view: View): Plan | undefined {
    const closed = closedOf(key, view);
    return closed === undefined ? undefined : closedPlans.planOf(closed.key);
  }

  function compileClosed(key: string, view: View): ValidateFunction | undefined {
    const closed = closedOf(key, view);
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

  /** What a value breaks, in the words of the plan; `undefined` where there is none, or it can't judge the value. */
  function explainByPlan(key: string, value: unknown): readonly Failure[] | undefined {
    const plan = value === undefined ? undefined : planOf(key);
    if (plan === undefined) return undefined;
    const judgePart = (branch: unknown, part: unknown): readonly Failure[] =>
      explainPart(planOfPart(branch as Schema), branch as Schema, part, schemas.lookup, MAX_ISSUES);
    try {
      return relevantErrors(explain(plan, schemas.lookup(key) ?? true, value, schemas.lookup, MAX_ISSUES), judgePart).slice(0, MAX_ISSUES);
    } catch {
      return undefined;
    }
  }

  /** One branch of a failed choice; the errors stand relative to the value. None where the branch can't be judged alone. */
  function judgeBranch(branch: unknown, value: unknown, strictness: Strictness): readonly Failure[] {
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
      reading: createReading(() => planOf(key), isWorthCompiling),
      closedReading: options.remarks === true ? createReading(() => planClosed(key, view), isWorthCompiling) : undefined,
      explain: (value) => explainByPlan(key, value),
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

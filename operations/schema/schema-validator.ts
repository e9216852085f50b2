import type { ValidateFunction } from 'ajv/dist/core.js';
import type { Strictness } from './engine.ts';
import { relevantErrors } from './errors.ts';
import { isBlindToBigint } from './exact.ts';
import type { View } from './excused.ts';
import type { Failure } from './failure.ts';
import { holdsBigint, isDeep, isHuge } from './extent.ts';
import { MAX_ISSUES, uncheckable } from './issue.ts';
import type { Issue } from './issue.ts';
import { message } from './message.ts';
import { readBy } from './reading.ts';
import type { Reading } from './reading.ts';
import { createRemarks } from './remarks.ts';
import type { Remark } from './remarks.ts';
import { isSchemaObject } from './schema.ts';
import type { Schema } from './schema.ts';
import { reachable } from './schemas.ts';
import type { Problem, Schemas } from './schemas.ts';
import { schemasWithin } from './subschemas.ts';
import { createSubtypes } from './subtypes.ts';

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

const NO_ISSUES: readonly Issue[] = [];
const NO_REMARKS: readonly Remark[] = [];

/** What a document knows of one schema of it. */
export interface Compiler {
  /** What its plan says of a value, while it is not worth compiling. */
  readonly reading: Reading;
  /** The same for its closed copy (closed.ts); `undefined` where none is wanted. */
  readonly closedReading: Reading | undefined;
  /** What a value breaks, by the plan; `undefined` where there is none. */
  readonly explain: (value: unknown) => readonly Failure[] | undefined;
  readonly compile: (strictness: Strictness) => ValidateFunction | Problem;
  readonly compileClosed: () => ValidateFunction | undefined;
  readonly judgeBranch: (branch: unknown, value: unknown, strictness: Strictness) => readonly Failure[];
  readonly issueOf: (failure: Failure, fallback: string) => Issue;
  readonly schemas: Schemas;
  readonly judgeByKey: (key: string, value: unknown) => readonly Issue[];
}

export function createValidator(
  key: string,
  view: View,
  { reading, closedReading, explain, compile, compileClosed, judgeBranch, issueOf, schemas, judgeByKey }: Compiler,
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
  /** The ordinary case first: a valid value costs one pass that stops at the first error and looks at nothing else. */
  function isValid(value: unknown, isPlain = false): boolean {
    const validate = (quick ??= get('quick'));
    if (typeof validate !== 'function') return true;
    if (isPlain) return answers(validate, value);
    isBlind ??= reachable(key, schemas.lookup).some((name) => isBlindToBigint(schemas.lookup(name) ?? true));
    try {
      if (isBlind && holdsBigint(value)) return isExactlyValid(value);
      return validate(value) || (holdsBigint(value) && isExactlyValid(value));
    } catch {
      return false;
    }
  }

  /** False too for a value that is nested too deeply to be judged. */
  function answers(validate: ValidateFunction, value: unknown): boolean {
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

  /** Compiled for it, a schema tells soonest what is wrong with an ordinary value; that is worth it where it was compiled to judge, too. */
  function issues(value: unknown, isPlain: boolean, isCompiled: boolean): readonly Issue[] {
    const strictness = !isPlain && holdsBigint(value) ? 'exact' : isHuge(value) ? 'first' : 'all';
    const told = isCompiled && strictness === 'all' ? undefined : explain(value);
    return told === undefined ? compiledIssues(value, strictness) : told.map((failure) => issueOf(failure, address));
  }

  function compiledIssues(value: unknown, strictness: Strictness): readonly Issue[] {
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
    if (closedReading === undefined) return false;
    let said = readBy(closedReading, value);
    if (said === undefined) {
      if (closed === null) closed = compileClosed();
      said = closed !== undefined && answers(closed, value);
    }
    if (said) clean = value;
    return said;
  }

  return {
    // What every request asks stands first, in memory too.
    validate: (value, isPlain = false) => {
      if (isPlain && isClean(value)) return NO_ISSUES;
      const said = readBy(reading, value);
      if (said !== undefined) return said ? NO_ISSUES : issues(value, isPlain, false);
      quick ??= get('quick');
      if (typeof quick !== 'function') return [uncheckable(quick)];
      return isValid(value, isPlain) ? NO_ISSUES : issues(value, isPlain, true);
    },
    schema,
    address,
    isValid: (value) => readBy(reading, value) === true || isValid(value),
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
  };
}

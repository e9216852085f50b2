import { childPointer } from '../pointer.ts';
import type { Failure } from './failure.ts';
import { message } from './message.ts';
import type { Problem, Schemas } from './schemas.ts';

/** Issues of one value are not counted further. */
export const MAX_ISSUES = 100;

/** One thing wrong with a value, without the side and part of the exchange: those the caller knows. */
export interface Issue {
  readonly code: string;
  /** JSON pointer into the value. */
  readonly pointer: string;
  readonly message: string;
  /** Where the document asks for it. */
  readonly document: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
  /** The property that is missing or too many, where the keyword is about one. */
  readonly property?: string;
  /** JSON pointer to the value that fits none of several branches, where this is what the likeliest of them asks for. */
  readonly choice?: string;
  /** The document only hints at it: a discriminator where it decides nothing (OpenAPI from 3.0.4 and 3.1.1 on). */
  readonly isHint?: true;
  readonly severity: 'error' | 'warning';
}

/** What is told of a value whose schema can not be used: a warning each time, so that it never passes in silence. */
export function uncheckable(problem: Problem): Issue {
  return {
    code: 'schema-invalid',
    pointer: '',
    message: message('schema-invalid', { reason: problem.message }),
    document: problem.address,
    severity: 'warning',
  };
}

/** What the schema alone decides of an issue, whatever the value: made once for each keyword of a schema. */
interface Rule {
  readonly code: string;
  /** `undefined`: it tells something that only the error knows. */
  readonly message: string | undefined;
  /** `undefined`: the compiler gives no schema that has a place. */
  readonly document: string | undefined;
  readonly expected: unknown;
  readonly showsValue: boolean;
}

/** Keywords whose message names what only the error knows, such as the property that is missing. */
const OF_THE_ERROR = new Set([
  'required',
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
  'dependentRequired',
  'contains',
  'items',
  'if',
  'oneOf',
  'discriminator',
]);
const ABOUT_THE_WHOLE = new Set(['required', 'additionalProperties', 'unevaluatedProperties', 'oneOf', 'anyOf', 'not', 'if']);

/**
 * Makes issues of the compiler's errors.
 * @returns a function of the error and a fallback: the address of the whole schema, for an error that the compiler gives no schema for.
 */
export function createIssues(schemas: Schemas): (error: Failure, fallback: string) => Issue {
  const known = new WeakMap<object, Map<string, Rule>>();

  function ruleOf(error: Failure): Rule {
    const parent: unknown = error.parentSchema;
    if (typeof parent !== 'object' || parent === null) return makeRule(error);
    let rules = known.get(parent);
    if (rules === undefined) known.set(parent, (rules = new Map()));
    let rule = rules.get(error.keyword);
    if (rule === undefined) rules.set(error.keyword, (rule = makeRule(error)));
    return rule;
  }

  function makeRule({ keyword, parentSchema, schema }: Failure): Rule {
    const code = keyword === 'exactType' ? 'type' : keyword === 'exactFormat' ? 'format' : keyword;
    const place = parentSchema === undefined ? undefined : schemas.addressOf(parentSchema);
    const isSecret = parentSchema?.['format'] === 'password' || parentSchema?.['x-sensitive'] === true;
    return {
      code,
      message: OF_THE_ERROR.has(code) ? undefined : inOnePiece(message(code, { expected: schema })),
      document: place === undefined ? undefined : inOnePiece(childPointer(place, code)),
      expected: OF_THE_ERROR.has(code) ? undefined : schema,
      showsValue: !isSecret && !ABOUT_THE_WHOLE.has(code),
    };
  }

  return (error, fallback) => {
    const rule = ruleOf(error);
    const params = rule.message === undefined ? paramsOf(error, rule.code) : undefined;
    const issue: Draft = {
      code: rule.code,
      pointer: error.instancePath,
      message: rule.message ?? message(rule.code, params ?? {}),
      document: rule.document ?? fallback,
      severity: 'error',
    };
    const expected = params === undefined ? rule.expected : params['expected'];
    if (expected !== undefined) issue.expected = expected;
    const property = propertyOf(error);
    if (property !== undefined) issue.property = property;
    const { choice } = error.params as Readonly<Record<string, unknown>>;
    if (typeof choice === 'string') issue.choice = choice;
    if (rule.showsValue && (typeof error.data !== 'object' || error.data === null)) issue.actual = error.data;
    return issue;
  };
}

/**
 * The same text, for the engine: put together from pieces of a document that has a character beyond Latin-1 anywhere, it would have two bytes for each character
 * and stay in pieces, and whoever reads it, each time it is told, would take several times as long.
 */
function inOnePiece(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? Buffer.from(text, 'latin1').toString('latin1') : text;
}

type Draft = { -readonly [Key in keyof Issue]: Issue[Key] };

/** AJV's params under the two names that messages use: `expected` and `name`. */
function paramsOf(error: Failure, code: string): Record<string, unknown> {
  const params = error.params as Record<string, unknown>;
  switch (code) {
    case 'required':
      return { name: params['missingProperty'] };
    case 'additionalProperties':
      return { name: params['additionalProperty'] };
    case 'unevaluatedProperties':
      return { name: params['unevaluatedProperty'] };
    case 'propertyNames':
      return { name: params['propertyName'] };
    case 'dependentRequired':
      return { name: params['property'], expected: params['missingProperty'] };
    case 'contains':
      return { expected: params['minContains'] ?? 1, most: params['maxContains'] };
    case 'items':
      return { expected: params['limit'] ?? params['len'] };
    case 'if':
      return { expected: params['failingKeyword'] };
    case 'oneOf':
      return { matches: params['passingSchemas'] };
    case 'discriminator':
      return { name: params['name'], expected: params['expected'] };
    default:
      return {};
  }
}

function propertyOf(error: Failure): string | undefined {
  const { missingProperty, additionalProperty, unevaluatedProperty, propertyName } = error.params as Readonly<Record<string, unknown>>;
  const property =
    missingProperty ?? additionalProperty ?? unevaluatedProperty ?? (error.keyword === 'discriminator' ? propertyName : undefined);
  return typeof property === 'string' ? property : undefined;
}

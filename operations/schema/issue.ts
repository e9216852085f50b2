import type { ErrorObject } from 'ajv/dist/2020.js';
import { childPointer } from '../pointer.ts';
import { message } from './message.ts';
import type { Problem, Schemas } from './schemas.ts';

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

/**
 * The compiler's error as an issue.
 * @param fallback the address of the whole schema, for an error that the compiler gives no schema for.
 */
export function issueOf(error: ErrorObject, fallback: string, schemas: Schemas): Issue {
  const code = error.keyword === 'exactType' ? 'type' : error.keyword === 'exactFormat' ? 'format' : error.keyword;
  const params = paramsOf(error, code);
  const parent = error.parentSchema;
  const place = parent === undefined ? undefined : schemas.addressOf(parent);
  const isSecret = parent?.['format'] === 'password' || parent?.['x-sensitive'] === true;
  const showsValue =
    !isSecret && !['required', 'additionalProperties', 'unevaluatedProperties', 'oneOf', 'anyOf', 'not', 'if'].includes(code);
  return {
    code,
    pointer: error.instancePath,
    message: message(code, params),
    document: place === undefined ? fallback : childPointer(place, code),
    ...(params['expected'] === undefined ? {} : { expected: params['expected'] }),
    ...propertyOf(error),
    ...choiceOf(error),
    ...(showsValue && (typeof error.data !== 'object' || error.data === null) ? { actual: error.data } : {}),
    severity: 'error',
  };
}

/** AJV's params under the two names that messages use: `expected` and `name`. */
function paramsOf(error: ErrorObject, code: string): Record<string, unknown> {
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
      return { expected: error.schema };
  }
}

function propertyOf(error: ErrorObject): { readonly property?: string } {
  const { missingProperty, additionalProperty, unevaluatedProperty, propertyName } = error.params as Readonly<Record<string, unknown>>;
  const property =
    missingProperty ?? additionalProperty ?? unevaluatedProperty ?? (error.keyword === 'discriminator' ? propertyName : undefined);
  return typeof property === 'string' ? { property } : {};
}

function choiceOf(error: ErrorObject): { readonly choice?: string } {
  const { choice } = error.params as Readonly<Record<string, unknown>>;
  return typeof choice === 'string' ? { choice } : {};
}

import { childPointer } from '../operations/index.ts';
import { isStatus, STATUS_WANTED } from './envelope.ts';
import { objectOf, unknownKeys } from './flaws.ts';
import type { Complain } from './flaws.ts';
import { textOf } from './text.ts';

/** A refusal that operations name. */
export interface NamedError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export const ERROR_KEYS = ['status', 'code', 'message'] as const;

/** The errors that there are without being named; a file may name them anew. */
export const BUILT_IN_ERRORS: ReadonlyMap<string, NamedError> = new Map([
  ['INVALID', { status: 400, code: 'INVALID', message: 'The request is not valid' }],
  ['UNAUTHORIZED', { status: 401, code: 'UNAUTHORIZED', message: 'Credentials are missing or not valid' }],
  ['NOT_FOUND', { status: 404, code: 'NOT_FOUND', message: 'There is no such resource' }],
  ['CONFLICT', { status: 409, code: 'CONFLICT', message: 'There is such a resource already' }],
  ['ILLEGAL_STATE', { status: 400, code: 'ILLEGAL_STATE', message: 'The state of the resource does not allow that' }],
]);

/** Compiles `errors: { NAME: { status, code, message } }`; what one leaves out it has from the built-in one of its name, else 400 and its name. */
export function compileErrors(given: unknown, problem: Complain): ReadonlyMap<string, NamedError> {
  const errors = new Map(BUILT_IN_ERRORS);
  for (const [name, value] of Object.entries(objectOf(given, 'errors', '/errors', problem))) {
    const at = childPointer('/errors', name);
    const { status, code, message, ...rest } = objectOf(value, 'an error', at, problem);
    unknownKeys(rest, ERROR_KEYS, 'an error', at, problem);
    if (status !== undefined && !isStatus(status)) problem(childPointer(at, 'status'), STATUS_WANTED);
    const base = BUILT_IN_ERRORS.get(name) ?? { status: 400, code: name, message: name };
    errors.set(name, {
      status: isStatus(status) ? status : base.status,
      code: textOf(code, base.code),
      message: textOf(message, base.message),
    });
  }
  return errors;
}

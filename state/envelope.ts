import { childPointer } from '../operations/index.ts';
import { objectOf, unknownKeys } from './flaws.ts';
import type { Template, TemplateContext } from './template-context.ts';
import { textOf } from './text.ts';

/** How the answers of a module are wrapped. */
export interface Envelope {
  readonly ok: Template;
  /** For operations that have no data. */
  readonly okNoData: Template;
  readonly error: Template;
  /** The status of every failure, where the module tells failures by the body alone. */
  readonly errorStatus: number | undefined;
}

export const ENVELOPE_KEYS = ['ok', 'okNoData', 'error', 'errorStatus'] as const;

/** The envelope of a module that names none: the bare data, and errors as `{ error, message }`. */
function compileEnvelope(value: unknown, pointer: string, context: TemplateContext): Envelope {
  const given = objectOf(value, 'an envelope', pointer, context.problem);
  unknownKeys(given, ENVELOPE_KEYS, 'an envelope', pointer, context.problem);
  const template = (key: (typeof ENVELOPE_KEYS)[number], preset: unknown): Template =>
    context.template(given[key] === undefined ? preset : given[key], childPointer(pointer, key));
  const { errorStatus } = given;
  if (errorStatus !== undefined && !isStatus(errorStatus)) context.problem(childPointer(pointer, 'errorStatus'), STATUS_WANTED);
  return {
    ok: template('ok', '$data'),
    okNoData: template('okNoData', given['ok'] ?? {}),
    error: template('error', { error: '$error.code', message: '$error.message' }),
    errorStatus: isStatus(errorStatus) ? errorStatus : undefined,
  };
}

export const STATUS_WANTED = 'a status is a number from 200 to 599';

export function isStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 200 && value <= 599;
}

/** The envelopes of a file by name, and how a place refers to one. */
export function compileEnvelopes(
  given: unknown,
  context: TemplateContext,
): (name: unknown, pointer: string, preset: Envelope | undefined) => Envelope {
  const plain = compileEnvelope(undefined, '', context);
  const envelopes = new Map(
    Object.entries(objectOf(given, 'envelopes', '/envelopes', context.problem)).map(
      ([name, value]) => [name, compileEnvelope(value, childPointer('/envelopes', name), context)] as const,
    ),
  );
  return (name, pointer, preset = plain) => {
    if (name === undefined) return preset;
    const found = envelopes.get(textOf(name));
    if (found === undefined)
      context.problem(pointer, `there is no envelope "${textOf(name)}"; there are ${[...envelopes.keys()].join(', ') || 'none'}`);
    return found ?? plain;
  };
}

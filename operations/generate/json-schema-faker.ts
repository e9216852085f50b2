import { generateSync } from 'json-schema-faker';
import { FAKE_FORMATS } from './format.ts';

/**
 * json-schema-faker as the engine for single scalars in `fake` mode.
 *
 * Measured on version 0.6.3, it is quick (2 to 9 microseconds a scalar), repeatable by seed and plausible for bounded numbers and for
 * formats. For whole schemas it is not to be trusted: recursion, `patternProperties`, `propertyNames`, `contains`, Han and `\p{..}` patterns, and
 * combinations come out invalid or not at all, it draws everything from one stream (a new property changes all others), cuts
 * formats to length until they are none, and reads two tables that any code in the process can write to. Hence:
 * - it sees one scalar at a time, with its own seed, and only `type`, bounds, `multipleOf` and `format`;
 * - `formats` goes with every call, so registrations elsewhere do not reach it, and its weak formats are replaced;
 * - what it returns is checked by the caller, who has a generator of its own to fall back on.
 */

/** A number between two bounds, both inclusive; the caller checks it. */
export function fakeNumber(
  bounds: { type: 'integer' | 'number'; minimum: number; maximum: number; multipleOf?: number },
  seed: number,
): unknown {
  return draw(bounds, seed);
}

/** A text of a format, without regard to length; `undefined` for formats it has no generator for. */
export function fakeFormat(format: string, seed: number): string | undefined {
  if (!Object.hasOwn(FAKE_FORMATS, format) && !OWN_FORMATS.has(format)) return undefined;
  const text = draw({ type: 'string', format }, seed);
  return typeof text === 'string' ? text : undefined;
}

export function fakeBoolean(seed: number): boolean {
  return draw({ type: 'boolean' }, seed) === true;
}

/** The formats that json-schema-faker itself does well. */
const OWN_FORMATS: ReadonlySet<string> = new Set([
  'email',
  'idn-email',
  'uri',
  'uri-reference',
  'iri',
  'iri-reference',
  'hostname',
  'idn-hostname',
  'ipv4',
  'ipv6',
]);

function draw(schema: Record<string, unknown>, seed: number): unknown {
  try {
    return generateSync(schema, { seed, formats: FAKE_FORMATS });
  } catch {
    return undefined;
  }
}

import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as JsonSchemaFaker from 'json-schema-faker';
import { FAKE_FORMATS, matchesFormat } from './format.ts';
import { preparedTexts } from './prepared-texts.ts';
import { childSeed, randomFrom } from './random.ts';

/**
 * json-schema-faker as the engine in `fake` mode for the scalars that do not come out right by construction: texts of the formats in
 * {@link ITS_FORMATS} and numbers on a step of their own (`multipleOf`).
 *
 * Measured on version 0.6.3, it takes 3 to 8 microseconds a scalar, is repeatable by seed and plausible for bounded numbers and for
 * formats. For whole schemas it is not to be trusted: recursion, `patternProperties`, `propertyNames`, `contains`, Han and `\p{..}` patterns, and
 * combinations come out invalid or not at all, it draws everything from one stream (a new property changes all others), cuts
 * formats to length until they are none, and reads two tables that any code in the process can write to. Hence:
 * - it sees one scalar at a time, with its own seed, and only `type`, bounds, `multipleOf` and `format`;
 * - its texts are drawn from lists, each entry made and checked once;
 * - `formats` goes with every call, so registrations elsewhere do not reach it, and its weak formats are replaced;
 * - its numbers are checked by the caller, who has a way of its own to fall back on.
 */

/** A number between two bounds, both inclusive; the caller checks it. */
export function fakeNumber(
  bounds: { type: 'integer' | 'number'; minimum: number; maximum: number; multipleOf?: number },
  seed: number,
): unknown {
  return draw(bounds, seed);
}

/** A text of a format, without regard to length; `undefined` for formats that have no generator. */
export function fakeFormat(format: string, seed: number): string | undefined {
  if (Object.hasOwn(FAKE_FORMATS, format)) return FAKE_FORMATS[format]?.(randomFrom(seed));
  return ITS_FORMATS.get(format)?.(seed);
}

export function hasFake(format: string): boolean {
  return Object.hasOwn(FAKE_FORMATS, format) || ITS_FORMATS.has(format);
}

const ATTEMPTS = 3;

/** The formats that json-schema-faker itself does well. */
const ITS_FORMATS: ReadonlyMap<string, (seed: number) => string | undefined> = new Map(
  ['email', 'idn-email', 'uri', 'uri-reference', 'iri', 'iri-reference', 'hostname', 'idn-hostname', 'ipv4', 'ipv6'].map((format) => [
    format,
    preparedTexts(format, (seed) => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const text = draw({ type: 'string', format }, childSeed(seed, attempt));
        if (typeof text === 'string' && matchesFormat(format, text)) return text;
      }
      return undefined;
    }),
  ]),
);

let loaded: typeof JsonSchemaFaker | undefined;

/** Loaded when first asked for a scalar. The package lets itself be imported only; its file can be required, which need not be waited for. */
function engine(): typeof JsonSchemaFaker {
  loaded ??= createRequire(import.meta.url)(fileURLToPath(import.meta.resolve('json-schema-faker'))) as typeof JsonSchemaFaker;
  return loaded;
}

function draw(schema: Record<string, unknown>, seed: number): unknown {
  const { generateSync } = engine();
  try {
    return generateSync(schema, { seed, formats: FAKE_FORMATS });
  } catch {
    return undefined;
  }
}

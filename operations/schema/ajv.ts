import { createRequire } from 'node:module';
import type { Ajv2020, _ as Code, Name, Options, Vocabulary } from 'ajv/dist/2020.js';
import type * as Formats from 'ajv-formats/dist/formats.js';

/** What compiles schemas of JSON Schema 2020-12. */
export type Engine = Ajv2020;

interface Core {
  readonly default: new (options: Options) => Engine;
  /** Makes code of a template. */
  readonly _: typeof Code;
  readonly Name: typeof Name;
}

const load = createRequire(import.meta.url);

/**
 * The parts of AJV that are needed, loaded with the first schema that is compiled, not before a server listens. Its front doors bring draft-07 and the meta-schemas
 * too, which nobody asks for: 15 ms and 4 MB for which the first answer would wait.
 */
export const ajvCore = (): Core => load('ajv/dist/core.js') as Core;
export const ajvVocabularies = (): readonly Vocabulary[] =>
  (load('ajv/dist/vocabularies/draft2020.js') as { readonly default: readonly Vocabulary[] }).default;
export const ajvFormats = (): typeof Formats => load('ajv-formats/dist/formats.js') as typeof Formats;

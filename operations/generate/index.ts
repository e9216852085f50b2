import { createRequire } from 'node:module';
import type * as Implementation from './generate.ts';

export { deriveSeed, randomFrom } from './random.ts';
export type { Random } from './random.ts';
export type { Generated, GenerateOptions } from './generate.ts';

let loaded: typeof Implementation | undefined;

/** See generate.ts, which is loaded with the first value: its thirty files would take a twentieth of a start that mostly needs none of them. */
export const generate: typeof Implementation.generate = (schema, options) => {
  loaded ??= createRequire(import.meta.url)('./generate.ts') as typeof Implementation;
  return loaded.generate(schema, options);
};

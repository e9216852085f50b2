import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Schema } from '../schema/schema.ts';
import { generate, type Generated, type GenerateOptions } from './index.ts';

/** A table row: what the schema shows, the schema, and the schemas that its `$ref` keys stand for. */
export type SchemaCase = readonly [name: string, schema: Schema, references?: Readonly<Record<string, Schema>>];

/** Generates with AJV as the judge. */
export function generateJudged(
  schema: Schema,
  options: Partial<GenerateOptions> = {},
  references: Readonly<Record<string, Schema>> = {},
): Generated {
  const validate = judgeFor(schema, references);
  const lookup = (key: string): Schema | undefined => references[key];
  return generate(schema, { mode: 'sample', seed: 'seed', omit: 'none', lookup, validate, ...options });
}

/** The answers that are not valid among those of both modes, in `fake` mode for 25 seeds. AJV judges, not the code under test. */
export function invalidValues(schema: Schema, references: Readonly<Record<string, Schema>> = {}, seeds = 25): readonly unknown[] {
  const validate = judgeFor(schema, references);
  const lookup = (key: string): Schema | undefined => references[key];
  const broken: unknown[] = [];
  for (const mode of ['sample', 'fake'] as const) {
    for (let seed = 0; seed < (mode === 'fake' ? seeds : 1); seed++) {
      const generated = generate(schema, { mode, seed: `${seed}`, omit: 'none', lookup, validate });
      if (!generated.ok || !validate(generated.value)) broken.push({ mode, seed, generated });
    }
  }
  return broken;
}

/** An AJV validator. */
export function judgeFor(schema: Schema, references: Readonly<Record<string, Schema>> = {}): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, multipleOfPrecision: 6, ownProperties: true });
  addFormats.default(ajv);
  for (const [key, reference] of Object.entries(references))
    ajv.addSchema(typeof reference === 'boolean' ? { not: !reference } : reference, key);
  const validate = ajv.compile(typeof schema === 'boolean' ? schema : { ...schema });
  return (value) => validate(value);
}

import type { CodeKeywordDefinition } from 'ajv/dist/2020.js';
import type { Engine } from './ajv.ts';

/**
 * Makes an engine's code say yes or no and tell no reasons. Making the errors is two thirds of what it compiles, and where hundreds of schemas are in use that is most of
 * their memory.
 */
export function tellNoReasons(ajv: Engine): void {
  for (const rule of Object.values(ajv.RULES.all)) {
    if (typeof rule !== 'object' || !('code' in rule.definition)) continue;
    // The engine's own copy of the vocabulary's definition.
    const definition: CodeKeywordDefinition = rule.definition;
    const { code } = definition;
    definition.code = (context, type) => {
      // Handed on to the schemas within.
      Object.assign(context.it, { createErrors: false });
      code(context, type);
    };
  }
}

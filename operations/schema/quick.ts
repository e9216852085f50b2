import type { CodeKeywordDefinition, KeywordCxt } from 'ajv/dist/2020.js';
import { ajvCore } from './ajv.ts';
import type { Engine } from './ajv.ts';

/**
 * Makes an engine's code say yes or no and tell no reasons. Making the errors is two thirds of what it compiles, and where hundreds of schemas are in use that is most of
 * their memory.
 */
export function tellNoReasons(ajv: Engine): void {
  for (const [keyword, rule] of Object.entries(ajv.RULES.all)) {
    if (typeof rule !== 'object' || !('code' in rule.definition)) continue;
    // The engine's own copy of the vocabulary's definition.
    const definition: CodeKeywordDefinition = rule.definition;
    const stock = definition.code;
    const code = keyword === 'minLength' || keyword === 'maxLength' ? compareLength : keyword === '$ref' ? withoutPlace(stock) : stock;
    definition.code = (context, type) => {
      // Handed on to the schemas within.
      Object.assign(context.it, { createErrors: false });
      code(context, type);
    };
  }
}

/** A character is one or two units (JSON Schema 2020-12 Validation, section 6.3): most texts need not be counted to be long or short enough. */
function compareLength(context: KeywordCxt): void {
  const { _ } = ajvCore();
  const { gen, data, keyword } = context;
  const limit = context.schema as number;
  const length = _`${gen.scopeValue('func', { ref: lengthOf })}(${data})`;
  if (keyword === 'maxLength') context.pass(_`${data}.length <= ${limit} || ${length} <= ${limit}`);
  else context.pass(_`${data}.length >= ${2 * limit - 1} || ${length} >= ${limit}`);
}

/** In code points; a lone surrogate counts as one. */
function lengthOf(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at += 1, length += 1) if ((text.codePointAt(at) ?? 0) > 0xff_ff) at += 1;
  return length;
}

/** What a schema that is referred to is told of the place of its value: nobody reads it where no reasons are told. References by `$dynamicRef` are read as others (given.ts). */
const NO_PLACE = Object.freeze({
  instancePath: '',
  parentData: undefined,
  parentDataProperty: undefined,
  dynamicAnchors: Object.freeze({}),
});

/** A reference hands on one place that is always the same, where the stock code makes one for each value, with a text for its path. */
function withoutPlace(code: CodeKeywordDefinition['code']): CodeKeywordDefinition['code'] {
  return (context, type) => {
    const { gen } = context;
    const object = gen.object.bind(gen);
    gen.object = () => ajvCore()._`${gen.scopeValue('keyword', { ref: NO_PLACE })}`;
    try {
      code(context, type);
    } finally {
      gen.object = object;
    }
  };
}

import type { Code, Name } from 'ajv/dist/2020.js';
import { ajvCore } from './ajv.ts';
import type { Engine } from './ajv.ts';
import { isSchemaObject } from './schema.ts';

/** Above this many a set finds a name sooner. */
const MAX_COMPARED = 32;

/**
 * Makes `additionalProperties: false` compare the name of each property with those that are described. The stock code does so for up to eight; where there are more it looks each name up in
 * the schema itself, which takes ten times as long.
 */
export function compareNames(ajv: Engine): void {
  const stock = ajv.getKeyword('additionalProperties');
  if (typeof stock === 'boolean' || !('code' in stock)) return;
  const { _, Name } = ajvCore();
  /** AJV's own count of the errors so far, in the code that it writes. */
  const errors = new Name('errors');
  ajv.removeKeyword('additionalProperties');
  ajv.addKeyword({
    ...stock,
    keyword: 'additionalProperties',
    before: 'unevaluatedProperties',
    code(context, type) {
      const { gen, data, it, parentSchema } = context;
      const { properties, patternProperties } = parentSchema as Readonly<Record<string, unknown>>;
      if (context.schema !== false || !isSchemaObject(properties) || patternProperties !== undefined) {
        stock.code(context, type);
        return;
      }
      // What is forbidden need not be judged by `unevaluatedProperties` any more.
      it.props = true;
      const names = Object.keys(properties);
      const known = names.length > MAX_COMPARED ? gen.scopeValue('keyword', { ref: new Set(names) }) : undefined;
      gen.forIn('key', data, (key) => {
        const isKnown = known === undefined ? isOneOf(key, names) : _`${known}.has(${key})`;
        gen.if(_`!(${isKnown})`, () => {
          context.setParams({ additionalProperty: key });
          context.error();
          if (it.allErrors !== true) gen.break();
        });
      });
      context.ok(_`${context.errsCount ?? 0} === ${errors}`);
    },
  });
}

function isOneOf(key: Name, names: readonly string[]): Code {
  const { _ } = ajvCore();
  return names.map((name) => _`${key} === ${name}`).reduce((left, right) => _`${left} || ${right}`, _`false`);
}

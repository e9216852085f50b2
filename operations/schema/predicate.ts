import type { _ as Template, Code, KeywordDefinition, Name } from 'ajv/dist/core.js';
import { ajvCore } from './ajv.ts';
import type { Engine } from './ajv.ts';

/** A keyword that judges a value by itself. */
export interface Predicate<Given> {
  readonly keyword: string;
  readonly schemaType?: KeywordDefinition['schemaType'];
  /** Makes of the keyword's own value a function that judges others. */
  readonly compile: (given: Given) => (value: unknown) => boolean;
  /** For a keyword that asks whether the value is one of some. */
  readonly constants?: (given: Given) => readonly unknown[];
}

/** Above this many a set finds a value sooner. */
const MAX_COMPARED = 8;

/**
 * Adds a keyword that judges a value by itself. The compiler's own way to do so hands every call a pointer and four more things in an object, made anew for every
 * value; here the function gets the value alone, and what is a few constants is compared on the spot.
 */
export function addPredicate<Given>(ajv: Engine, { keyword, schemaType, compile, constants }: Predicate<Given>): void {
  const { _ } = ajvCore();
  ajv.addKeyword({
    keyword,
    ...(schemaType === undefined ? {} : { schemaType }),
    code(context) {
      const given = context.schema as Given;
      const few = constants?.(given) ?? [];
      if (few.length > 0 && few.length <= MAX_COMPARED && few.every(isComparable)) {
        context.pass(isOneOf(_, context.data, few));
        return;
      }
      const judge = context.gen.scopeValue('keyword', { ref: compile(given) });
      context.pass(_`${judge}(${context.data})`);
    },
  });
}

function isOneOf(_: typeof Template, data: Name, constants: readonly (string | boolean | null)[]): Code {
  return constants.map((constant) => _`${data} === ${constant}`).reduce((left, right) => _`${left} || ${right}`);
}

/** Numbers are none: integers come in two forms. */
function isComparable(value: unknown): value is string | boolean | null {
  return typeof value === 'string' || typeof value === 'boolean' || value === null;
}

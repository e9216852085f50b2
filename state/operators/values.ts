import { childPointer } from '../../operations/index.ts';
import { readBasic } from '../basic.ts';
import { compileMixedText } from '../reference.ts';
import { textOf } from '../text.ts';
import type { Row } from '../world.ts';
import { member, members } from './operator.ts';
import type { Operator } from './operator.ts';

/**
 * Operators over values:
 *
 * - `{ $const: value }` a value in which nothing is an expression
 * - `{ $default: [a, b, ...] }` the first that is neither absent nor null (null where one of them is null)
 * - `{ $each: list, show }` what `show` makes of each element (`$item`, `$index`); absent where there is no list
 * - `{ $size: list | text }` elements, or characters
 * - `{ $map: value, to: { text: template } }` the entry of a table, absent where it has none
 * - `{ $number: text }` the number that a text writes; anything else as it is
 * - `{ $ratio: [part, whole] }` a fraction of at most four decimals, 0 of nothing
 * - `{ $mask: value }` stars where there is a value, for secrets
 * - `{ $uri: text }` a text whose `{$...}` are percent-encoded (RFC 6570 section 3.2.2)
 * - `{ $basic: header, part: name | password }` what a Basic `Authorization` header says (RFC 7617); null where it says nothing, so that a filter finds nothing
 */
export const VALUE_OPERATORS: Readonly<Record<string, Operator>> = {
  $const: {
    keys: [],
    compile: (given) => () => given['$const'],
  },
  $default: {
    keys: [],
    compile(given, pointer, context) {
      const choices = members(given, '$default', pointer, context);
      return (scope) => {
        let empty: null | undefined;
        for (const choice of choices) {
          const made = choice(scope);
          if (made !== undefined && made !== null) return made;
          if (made === null) empty = null;
        }
        return empty;
      };
    },
  },
  $each: {
    keys: ['show'],
    compile(given, pointer, context) {
      const list = member(given, '$each', pointer, context);
      const show = member(given, 'show', pointer, context);
      if (given['show'] === undefined) context.problem(pointer, '$each needs "show", what each element becomes');
      return (scope) => {
        const items = list(scope);
        if (!Array.isArray(items)) return undefined;
        return items.map((item: unknown, index) => show({ ...scope, item, index })).filter((shown) => shown !== undefined);
      };
    },
  },
  $size: {
    keys: [],
    compile(given, pointer, context) {
      const list = member(given, '$size', pointer, context);
      return (scope) => {
        const made = list(scope);
        return Array.isArray(made) ? made.length : typeof made === 'string' ? Array.from(made).length : undefined;
      };
    },
  },
  $map: {
    keys: ['to'],
    compile(given, pointer, context) {
      const key = member(given, '$map', pointer, context);
      const at = childPointer(pointer, 'to');
      const entries = Object.entries((given['to'] ?? {}) as Row);
      const table = new Map(entries.map(([name, entry]) => [name, context.template(entry, childPointer(at, name))] as const));
      if (table.size === 0) context.problem(pointer, '$map needs "to", a table of what each value becomes');
      return (scope) => table.get(textOf(key(scope)))?.(scope);
    },
  },
  $number: {
    keys: [],
    compile(given, pointer, context) {
      const text = member(given, '$number', pointer, context);
      return (scope) => numberOf(text(scope));
    },
  },
  $ratio: {
    keys: [],
    compile(given, pointer, context) {
      const [part, whole, ...rest] = members(given, '$ratio', pointer, context);
      if (part === undefined || whole === undefined || rest.length > 0) {
        context.problem(childPointer(pointer, '$ratio'), '$ratio needs a list of two: the part and the whole');
        return () => undefined;
      }
      return (scope) => ratio(part(scope), whole(scope));
    },
  },
  $mask: {
    keys: [],
    compile(given, pointer, context) {
      const secret = member(given, '$mask', pointer, context);
      return (scope) => {
        const made = secret(scope);
        return made === undefined || made === null ? made : '********';
      };
    },
  },
  $uri: {
    keys: [],
    compile(given, pointer, context) {
      const text = given['$uri'];
      if (typeof text !== 'string') return member(given, '$uri', pointer, context);
      return compileMixedText(text, childPointer(pointer, '$uri'), context, (value) => encodeURIComponent(value.toWellFormed()));
    },
  },
  $basic: {
    keys: ['part'],
    compile(given, pointer, context) {
      const header = member(given, '$basic', pointer, context);
      const part = given['part'];
      if (part !== 'name' && part !== 'password') {
        context.problem(childPointer(pointer, 'part'), 'the part of Basic credentials is name or password');
        return () => undefined;
      }
      return (scope) => readBasic(header(scope))?.[part] ?? null;
    },
  },
};

/** Keeps every digit: an integer beyond 2^53 becomes a `bigint`. */
function numberOf(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/.test(value)) return value;
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  return Number.isInteger(number) && !Number.isSafeInteger(number) && /^\s*-?\d+\s*$/.test(value) ? BigInt(value) : number;
}

function ratio(part: unknown, whole: unknown): number {
  if (typeof part !== 'number' || typeof whole !== 'number' || whole === 0) return 0;
  return Math.round((part / whole) * 10_000) / 10_000;
}

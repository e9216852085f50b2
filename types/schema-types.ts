import { isSchemaObject } from '../operations/index.ts';
import type { Operation, Schema, SchemaObject } from '../operations/index.ts';
import { commentOf } from './comment.ts';
import { hasJsonType, jsonTypes } from './json-types.ts';
import type { JsonTypes } from './json-types.ts';
import { enumType } from './literal.ts';
import { objectType } from './object-type.ts';
import { numberType } from './number-type.ts';
import { componentName } from './names.ts';
import { tupleOrArray } from './array-type.ts';
import { ANY_OBJECT, intersection, NEVER, sizeOf, union, UNKNOWN, word } from './type.ts';
import type { Type } from './type.ts';

/** Who reads a value: a request does not need `readOnly` properties, a response has no `writeOnly` ones. */
export type View = 'request' | 'response';

/** A schema that gets a name of its own. */
export interface Declaration {
  readonly key: string;
  readonly view: View;
  /** `file#/pointer` of the schema. */
  readonly address: string;
  readonly type: Type;
  readonly comment: string;
}

export interface SchemaTypes {
  /** The type of a schema's values in a view; no schema: anything. */
  readonly typeOf: (schema: Schema | undefined, view: View) => Type;
  /** Every declaration that the types so far need, in the order they were met. */
  readonly declarations: () => Declaration[];
}

/** Where a schema is read: who reads, what the schema around allows, how deep. */
interface Place {
  readonly view: View;
  readonly around: JsonTypes;
  readonly depth: number;
}

/** What a reference leads to is written out where it is used as long as it is not larger than this; a larger one gets a name. */
const INLINE_SIZE = 20;
/** Nested deeper than this, a reference is always a name. */
const INLINE_DEPTH = 40;

/**
 * Turns normalised schemas into types. A type has every value that its schema allows; what TypeScript can't say (`not`, `if`, bounds, patterns) leaves it wider.
 * A component is known by its name. Any other target of a reference is written out, unless it is large or leads back to itself.
 */
export function createSchemaTypes(validators: Operation['validators']): SchemaTypes {
  const declared = new Map<string, View>();
  const finished = new Map<string, Declaration>();
  const pending: string[] = [];
  const inlined = new Map<string, Type | 'in work'>();

  function typeOf(schema: unknown, place: Place): Type {
    if (schema === false) return NEVER;
    if (!isSchemaObject(schema)) return place.around === undefined ? UNKNOWN : baseTypes({}, place.around, place);
    const types = jsonTypes(schema, place.around);
    const within: Place = { ...place, around: 'type' in schema ? types : place.around, depth: place.depth + 1 };
    const parts = [
      ...(typeof schema.$ref === 'string' ? [reference(schema.$ref, within)] : []),
      ...listOf(schema['allOf']).map((part) => typeOf(part, within)),
      ...['anyOf', 'oneOf'].flatMap((keyword) =>
        keyword in schema ? [union(listOf(schema[keyword]).map((branch) => typeOf(branch, within)))] : [],
      ),
    ];
    if (parts.length === 0) return ownType(schema, types, within);
    if (tellsShape(schema)) return intersection([ownType(schema, types, within), ...parts]);
    const whole = intersection(parts);
    return whole === UNKNOWN ? ownType(schema, types, within) : whole;
  }

  /** What the schema says by itself, without its references and combinations. */
  function ownType(schema: SchemaObject, types: JsonTypes, place: Place): Type {
    if ('const' in schema) return enumType([schema['const']].filter((value) => hasJsonType(value, types)));
    if (Array.isArray(schema['enum'])) return enumType(schema['enum'].filter((value) => hasJsonType(value, types)));
    return types === undefined ? UNKNOWN : baseTypes(schema, types, place);
  }

  function baseTypes(schema: SchemaObject, types: ReadonlySet<string>, place: Place): Type {
    const inner = (part: unknown): Type => typeOf(part, { ...place, around: undefined, depth: place.depth + 1 });
    return union(
      [...types].map((type) => {
        switch (type) {
          case 'object':
            return isWritten(schema) ? objectType(schema, inner, (part) => isLeftOut(part, place.view)) : ANY_OBJECT;
          case 'array':
            return tupleOrArray(schema, inner);
          case 'number':
          case 'integer':
            return numberType(schema);
          case 'null':
            return word('null');
          case 'boolean':
            return word('boolean');
          default:
            return word('string');
        }
      }),
    );
  }

  /** In a response a `writeOnly` property has no place (OpenAPI 3.1 section 4.8.24.4). */
  function isLeftOut(schema: unknown, view: View): boolean {
    if (view === 'request' || !isSchemaObject(schema)) return false;
    if (schema['writeOnly'] === true) return true;
    // A reference never leads to a mere reference: one step is enough.
    const target = schema.$ref === undefined ? undefined : validators.lookup(schema.$ref);
    return isSchemaObject(target) && target['writeOnly'] === true;
  }

  function reference(key: string, place: Place): Type {
    const named: Type = { kind: 'named', key };
    if (declared.has(key)) return named;
    const schema = validators.lookup(key);
    if (schema === false) return NEVER;
    if (!isSchemaObject(schema)) return UNKNOWN;
    const known = inlined.get(key);
    if (known === 'in work' || known === undefined) {
      const address = validators.schemas.addressOf(schema) ?? '';
      if (known === 'in work' || place.depth > INLINE_DEPTH || componentName(address) !== undefined) {
        declare(key, place.view);
        return named;
      }
    } else {
      return known;
    }
    inlined.set(key, 'in work');
    const type = typeOf(schema, { ...place, around: undefined });
    if (!declared.has(key) && sizeOf(type) <= INLINE_SIZE) {
      inlined.set(key, type);
      return type;
    }
    declare(key, place.view);
    return named;
  }

  /** The declaration's own type is made later: a chain of references is a loop, not a recursion. */
  function declare(key: string, view: View): void {
    if (declared.has(key)) return;
    declared.set(key, view);
    pending.push(key);
  }

  function declarations(): Declaration[] {
    for (let key = pending.shift(); key !== undefined; key = pending.shift()) {
      const schema = validators.lookup(key);
      if (!isSchemaObject(schema)) continue;
      const view = declared.get(key) ?? 'request';
      finished.set(key, {
        key,
        view,
        address: validators.schemas.addressOf(schema) ?? '',
        type: typeOf(schema, { view, around: undefined, depth: 0 }),
        comment: commentOf(schema),
      });
    }
    return [...finished.values()];
  }

  return { typeOf: (schema, view) => typeOf(schema, { view, around: undefined, depth: 0 }), declarations };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isWritten(schema: SchemaObject): boolean {
  return ['properties', 'required', 'additionalProperties', 'patternProperties'].some((keyword) => keyword in schema);
}

/** Whether a schema says more than its `type`; beside a reference or a combination the type alone adds nothing. */
function tellsShape(schema: SchemaObject): boolean {
  return isWritten(schema) || ['const', 'enum', 'items', 'prefixItems'].some((keyword) => keyword in schema);
}

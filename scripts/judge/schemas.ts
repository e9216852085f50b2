import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { follow, target } from './document.ts';
import type { Members, PlainDocument } from './document.ts';
import { plainSchema } from './plain-schema.ts';
import type { View } from './plain-schema.ts';

/** What plain AJV says of a value; `unusable` when the schema itself can't be compiled, which is the document's fault. */
export type Verdict =
  | { readonly kind: 'valid' }
  | { readonly kind: 'invalid'; readonly reasons: readonly string[] }
  | { readonly kind: 'unusable'; readonly reason: string };

export interface Schemas {
  readonly judge: (schema: unknown, value: unknown) => Verdict;
  /** The schema as plain JSON Schema with the schemas it refers to in `$defs`. */
  readonly selfContained: (schema: unknown) => Members | boolean;
}

type Compiled =
  | { readonly kind: 'validator'; readonly validate: (value: unknown) => readonly string[] }
  | { readonly kind: 'unusable'; readonly reason: string };

/** Judges values by the schemas of one document with plain AJV. Each referred-to schema is compiled once. */
export function createSchemas(document: PlainDocument, view: View): Schemas {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateSchema: false,
    logger: false,
    multipleOfPrecision: 8,
    code: { regExp },
  });
  formats.default(ajv);
  const names = new Map<string, string>();
  const compiled = new Map<unknown, Compiled>();

  /** Registers the target of a reference, and through it all it refers to, under a short name. */
  function refer(reference: string): string {
    const known = names.get(reference);
    if (known !== undefined) return known;
    const schema = target(document, reference);
    if (schema === undefined) throw new Error(`"${reference}" leads nowhere`);
    const name = `schema:${names.size}`;
    names.set(reference, name);
    ajv.addSchema({ ...object(plain(schema, refer)), $id: name });
    return name;
  }

  function plain(schema: unknown, rename: (reference: string) => string): Members | boolean {
    return plainSchema(schema, {
      view,
      loneReferences: document.dialect !== '3.1',
      refer: rename,
      follow: (value) => follow(document, value),
    });
  }

  function compile(schema: unknown): Compiled {
    try {
      const validate = ajv.compile(object(plain(schema, refer)));
      const reasons = (value: unknown): string[] => {
        if (validate(value)) return [];
        return (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message ?? error.keyword}`);
      };
      return { kind: 'validator', validate: reasons };
    } catch (error) {
      return { kind: 'unusable', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  function judge(schema: unknown, value: unknown): Verdict {
    let found = compiled.get(schema);
    if (found === undefined) {
      found = compile(schema);
      compiled.set(schema, found);
    }
    if (found.kind === 'unusable') return found;
    const reasons = found.validate(value);
    return reasons.length === 0 ? { kind: 'valid' } : { kind: 'invalid', reasons };
  }

  function selfContained(schema: unknown): Members | boolean {
    const definitions: Record<string, unknown> = {};
    const local = new Map<string, string>();
    const rename = (reference: string): string => {
      const known = local.get(reference);
      if (known !== undefined) return known;
      const name = `d${local.size}`;
      local.set(reference, `#/$defs/${name}`);
      definitions[name] = plain(target(document, reference) ?? {}, rename);
      return `#/$defs/${name}`;
    };
    const root = plain(schema, rename);
    return local.size === 0 ? root : { ...object(root), $defs: definitions };
  }

  return { judge, selfContained };
}

/** AJV wants an object to give an `$id` to. */
function object(schema: Members | boolean): Members {
  if (typeof schema !== 'boolean') return schema;
  return schema ? {} : { not: {} };
}

/** Documents hold patterns of other languages: tried with the `u` flag, without it, and else not held against anybody. */
function regExp(pattern: string): RegExp {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // The next reading may do.
    }
  }
  return /(?:)/;
}
regExp.code = 'new RegExp';

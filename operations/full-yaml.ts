import { createRequire } from 'node:module';
import type * as JsYaml from 'js-yaml';
import type { NOT_RESOLVED, Schema } from 'js-yaml';
import { DocumentError } from './document-error.ts';
import { readLeniently } from './yaml-places.ts';

type NotResolved = typeof NOT_RESOLVED;

const load = createRequire(import.meta.url);
/** Loaded with the first text that is not plain. */
const library = (): typeof JsYaml => load('js-yaml') as typeof JsYaml;
let known: Schema | undefined;

/** YAML 1.2 core plus merge keys, which real documents use although 1.2 dropped them. Integers beyond 2^53 become `bigint`, so that no digit of an id is lost. */
function createSchema(): Schema {
  const { CORE_SCHEMA, Schema, defineScalarTag, mergeTag } = library();
  const unresolved: NotResolved = library().NOT_RESOLVED;
  const integerTag = defineScalarTag<number | bigint>('tag:yaml.org,2002:int', {
    implicit: true,
    implicitFirstChars: Array.from('+-0123456789'),
    resolve(source): number | bigint | NotResolved {
      if (!/^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/.test(source)) return unresolved;
      const value = Number(source);
      if (Number.isSafeInteger(value)) return value;
      return source.startsWith('-') ? -BigInt(source.slice(1)) : BigInt(source.replace('+', ''));
    },
    identify: () => false,
  });
  return new Schema([integerTag, ...CORE_SCHEMA.tags.filter((tag) => tag.tagName !== integerTag.tagName), mergeTag]);
}

/** The value of any YAML text. @throws DocumentError with line and column where it is none. */
export function readFullYaml(path: string, text: string): unknown {
  const { YAMLException, load: read } = library();
  known ??= createSchema();
  try {
    return read(text, { schema: known, filename: path });
  } catch (error) {
    if (error instanceof RangeError) throw new DocumentError(path, 'is nested too deeply to be read', undefined, { cause: error });
    if (!(error instanceof YAMLException)) throw new DocumentError(path, 'can not be parsed', undefined, { cause: error });
    const second = readLeniently(text);
    if (second !== undefined) return second;
    const position = error.mark ? { line: error.mark.line + 1, column: error.mark.column + 1 } : undefined;
    throw new DocumentError(path, `is not valid ${text.trimStart().startsWith('{') ? 'JSON or YAML' : 'YAML'}: ${error.reason}`, position, {
      cause: error,
    });
  }
}

import { createRequire } from 'node:module';
import type * as JsYaml from 'js-yaml';
import { DocumentError } from './document-error.ts';
import { readLeniently } from './yaml-places.ts';

/** Loaded with the first text that no earlier run has read: see kept-yaml.ts. */
const load = createRequire(import.meta.url);

type Reader = (path: string, text: string) => unknown;
let reader: Reader | undefined;

/** The value of a YAML text. @throws DocumentError with line and column where it is none. */
export function readYaml(path: string, text: string): unknown {
  reader ??= createReader(load('js-yaml') as typeof JsYaml);
  return reader(path, text);
}

function createReader(yaml: typeof JsYaml): Reader {
  /** Integers as YAML 1.2 core writes them; beyond 2^53 they become `bigint`, so that no digit of an id is lost. */
  const integerTag = yaml.defineScalarTag<number | bigint>('tag:yaml.org,2002:int', {
    implicit: true,
    implicitFirstChars: Array.from('+-0123456789'),
    resolve(source) {
      if (!/^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/.test(source)) return yaml.NOT_RESOLVED;
      const value = Number(source);
      if (Number.isSafeInteger(value)) return value;
      return source.startsWith('-') ? -BigInt(source.slice(1)) : BigInt(source.replace('+', ''));
    },
    identify: () => false,
  });
  /** YAML 1.2 core plus merge keys, which real documents use although 1.2 dropped them. */
  const others = yaml.CORE_SCHEMA.tags.filter((tag) => tag.tagName !== integerTag.tagName);
  const schema = new yaml.Schema([integerTag, ...others, yaml.mergeTag]);

  return (path, text) => {
    try {
      return yaml.load(text, { schema, filename: path });
    } catch (error) {
      if (error instanceof RangeError) throw new DocumentError(path, 'is nested too deeply to be read', undefined, { cause: error });
      if (!(error instanceof yaml.YAMLException)) throw new DocumentError(path, 'can not be parsed', undefined, { cause: error });
      const second = readLeniently(text);
      if (second !== undefined) return second;
      const position = error.mark ? { line: error.mark.line + 1, column: error.mark.column + 1 } : undefined;
      throw new DocumentError(
        path,
        `is not valid ${text.trimStart().startsWith('{') ? 'JSON or YAML' : 'YAML'}: ${error.reason}`,
        position,
        {
          cause: error,
        },
      );
    }
  };
}

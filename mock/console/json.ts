type Reviver = (this: unknown, key: string, value: unknown, context?: { readonly source?: string }) => unknown;

/** JSON read so that no digit of a long id is lost: integers beyond 2^53 become `bigint`. @throws SyntaxError */
export function parseJson(text: string): unknown {
  // Only such a text needs the slow way.
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const parse = JSON.parse as (text: string, reviver: Reviver) => unknown;
  return parse(text, (_key, value, context) => {
    const source = context?.source;
    return typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
      ? BigInt(source)
      : value;
  });
}

/** One line of pretty-printed JSON. */
export interface JsonLine {
  readonly depth: number;
  /** JSON pointer (RFC 6901) of the value that begins or ends on the line. */
  readonly pointer: string;
  /** The member's name with its quotes; absent in arrays and for what closes a value. */
  readonly name: string | undefined;
  readonly text: string;
  readonly kind: 'string' | 'number' | 'literal' | 'open' | 'close';
  readonly comma: boolean;
}

/** The value in lines, two blanks a level when they are printed. */
export function jsonLines(value: unknown): JsonLine[] {
  const lines: JsonLine[] = [];
  const add = (given: unknown, depth: number, pointer: string, name: string | undefined, comma: boolean): void => {
    if (typeof given !== 'object' || given === null) {
      lines.push({ depth, pointer, name, text: scalarText(given), kind: kindOf(given), comma });
      return;
    }
    const isList = Array.isArray(given);
    const members = Object.entries(given);
    const [open, close] = isList ? ['[', ']'] : ['{', '}'];
    if (members.length === 0) {
      lines.push({ depth, pointer, name, text: open + close, kind: 'literal', comma });
      return;
    }
    lines.push({ depth, pointer, name, text: open, kind: 'open', comma: false });
    for (const [index, [key, member]] of members.entries()) {
      const inner = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      add(member, depth + 1, inner, isList ? undefined : JSON.stringify(key), index < members.length - 1);
    }
    lines.push({ depth, pointer, name: undefined, text: close, kind: 'close', comma });
  };
  add(value, 0, '', undefined, false);
  return lines;
}

export function lineText({ depth, name, text, comma }: JsonLine): string {
  return `${'  '.repeat(depth)}${name === undefined ? '' : `${name}: `}${text}${comma ? ',' : ''}`;
}

export function writeJson(value: unknown): string {
  return jsonLines(value).map(lineText).join('\n');
}

function scalarText(value: unknown): string {
  return typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? 'null');
}

function kindOf(value: unknown): JsonLine['kind'] {
  if (typeof value === 'string') return 'string';
  return typeof value === 'number' || typeof value === 'bigint' ? 'number' : 'literal';
}

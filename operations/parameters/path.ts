import { ABSENT, BROKEN_PERCENT, malformed, value, type Decoded } from './decoded.ts';
import { arraysOf } from './combinations.ts';
import { compileText, cutCommas, cutsOf, type TextForm } from './delimited.ts';
import type { ParameterStyle } from './parameter.ts';
import { decodePercent, utf8FromLatin1 } from './percent.ts';
import { readNested } from './read-text.ts';
import { ARRAY, OBJECT } from './schema-types.ts';
import type { Shape } from './shape.ts';

/** Reads the raw text in the place of a path template; `undefined` is a template without a value. */
export type ReadPath = (raw: string | undefined) => Decoded;

export interface PathField {
  readonly name: string;
  readonly shape: Shape;
  readonly explode: boolean;
  /** Swagger 2.0 has pipes, spaces and tabs in paths, too. */
  readonly style: ParameterStyle;
}

/** In a path `+` is no space. */
const cutSpaces: TextForm['cuts'] = (raw) => [raw.split(/%20| /)];

/** `blue`, `blue,black`, `R,100,G,200`; exploded `R=100,G=200` (RFC 6570 section 3.2.2). */
export function compileSimplePath({ shape, explode, style }: PathField): ReadPath {
  const cuts = style === 'spaceDelimited' ? cutSpaces : cutsOf(style);
  const read = compileText(shape, { decode: decodePercent, cuts, assignments: explode });
  return (raw) => {
    if (raw === undefined) return ABSENT;
    const candidates = read(utf8FromLatin1(raw));
    return candidates === undefined ? BROKEN_PERCENT : value(candidates);
  };
}

/**
 * `.blue`, `.blue,black`, `.R,100`; exploded `.blue.black`, `.R=100.G=200` (RFC 6570 section 3.2.5). OpenAPI up to 3.1.0 showed dots
 * without explode too; that is a later reading.
 */
export function compileLabelPath({ shape, explode }: PathField): ReadPath {
  const cuts: TextForm['cuts'] = (raw) => {
    const atDots = raw.split('.');
    if (explode) return [atDots];
    return atDots.length > 1 ? [...cutCommas(raw), atDots] : cutCommas(raw);
  };
  const read = compileText(shape, { decode: decodePercent, cuts, assignments: explode });
  return (raw) => {
    if (raw === undefined) return ABSENT;
    if (!raw.startsWith('.')) return malformed('must start with "." (style label)');
    const candidates = read(utf8FromLatin1(raw).slice(1));
    return candidates === undefined ? BROKEN_PERCENT : value(candidates);
  };
}

/** `;color=blue`, `;color=blue,black`, `;color=R,100`; exploded `;color=blue;color=black`, `;R=100;G=200` (RFC 6570 section 3.2.7). */
export function compileMatrixPath({ name, shape, explode }: PathField): ReadPath {
  const readWhole = compileText(shape, { decode: decodePercent, cuts: cutCommas, assignments: false });
  const readObject = compileText(shape, { decode: decodePercent, cuts: (raw) => [raw.split(';')], assignments: true });

  return (raw) => {
    if (raw === undefined) return ABSENT;
    if (!raw.startsWith(';')) return malformed(`must start with ";" (style matrix)`);
    const source = utf8FromLatin1(raw).slice(1);
    if (decodePercent(source) === undefined) return BROKEN_PERCENT;

    const pieces = source.split(';');
    const values = pieces.map((piece) => cutName(piece, name)).filter((text) => text !== undefined);
    const [first] = values;
    if (values.length === pieces.length && first !== undefined) {
      if (values.length === 1 && !(explode && shape.types & ARRAY)) return value(readWhole(first) ?? [first]);
      if (explode) return value(arraysOf(values.map((text, index) => readNested(decodePercent(text) ?? text, shape.item(index)))));
    }
    if (explode && shape.types & OBJECT) return value(readObject(source) ?? [source]);
    return malformed(`must be written ";${name}=..." (style matrix)`);
  };
}

/** The raw value of `name=value` or of a bare `name`; `undefined` for another name. */
function cutName(piece: string, name: string): string | undefined {
  const equals = piece.indexOf('=');
  const rawName = equals === -1 ? piece : piece.slice(0, equals);
  if (rawName !== name && decodePercent(rawName) !== name) return undefined;
  return equals === -1 ? '' : piece.slice(equals + 1);
}

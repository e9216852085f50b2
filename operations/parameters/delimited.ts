import { arraysOf, MOST_CANDIDATES, objectsOf } from './combinations.ts';
import type { ParameterStyle } from './parameter.ts';
import { readNested, readPrimitive } from './read-text.ts';
import { ARRAY, OBJECT, PRIMITIVE } from './schema-types.ts';
import type { Shape } from './shape.ts';

/** How one raw text holds a primitive, an array or an object. */
export interface TextForm {
  /** `undefined`: broken encoding. */
  decode(raw: string): string | undefined;
  /** The ways to cut the raw text into still encoded pieces, the best first, at least one. */
  cuts(raw: string): readonly (readonly string[])[];
  /** Objects are `R=100,G=200` (explode) rather than `R,100,G,200`. */
  readonly assignments: boolean;
}

/** Reads one raw text; `undefined` where its encoding is broken. */
export type ReadText = (raw: string) => readonly unknown[] | undefined;

/** Compiles the reader of a text that holds the whole value. */
export function compileText(shape: Shape, form: TextForm): ReadText {
  const { types } = shape;
  if ((types & (ARRAY | OBJECT)) === 0) {
    return (raw) => {
      const text = form.decode(raw);
      return text === undefined ? undefined : readPrimitive(text, types);
    };
  }

  return (raw) => {
    const text = form.decode(raw);
    if (text === undefined) return undefined;
    const cuts = form.cuts(raw);
    const primitives = types & PRIMITIVE ? readPrimitive(text, types) : [];
    const objects = types & OBJECT ? cuts.flatMap((pieces) => readObject(pieces, shape, form)) : [];
    const arrays = types & ARRAY ? cuts.flatMap((pieces) => readArray(pieces, shape, form)) : [];
    const structured = looksDeclared(objects[0], shape) ? [...objects, ...arrays] : [...arrays, ...objects];

    // One piece is more likely a plain value, several are more likely a list.
    const single = cuts.every((pieces) => pieces.length === 1);
    const readings = single ? [...primitives, ...structured] : [...structured, ...primitives];
    return readings.length === 0 ? [text] : readings.slice(0, MOST_CANDIDATES);
  };
}

function readArray(pieces: readonly string[], shape: Shape, form: TextForm): unknown[][] {
  const arrays = arraysOf(pieces.map((piece, index) => readNested(form.decode(piece) ?? piece, shape.item(index))));
  // RFC 6570 has no text for an empty list; clients that send one send nothing between the delimiters.
  if (pieces.length === 1 && pieces[0] === '') arrays.push([]);
  return arrays;
}

/** No reading where the pieces do not pair up or a name comes twice. */
function readObject(pieces: readonly string[], shape: Shape, form: TextForm): Record<string, unknown>[] {
  if (pieces.length === 1 && pieces[0] === '') return [{}];
  const pairs = form.assignments ? cutAssignments(pieces) : pairUp(pieces);
  if (pairs === undefined) return [];
  const properties = new Map<string, readonly unknown[]>();
  for (const [rawName, rawValue] of pairs) {
    const name = form.decode(rawName) ?? rawName;
    if (properties.has(name)) return [];
    properties.set(name, readNested(form.decode(rawValue) ?? rawValue, shape.property(name)));
  }
  return objectsOf(properties);
}

function cutAssignments(pieces: readonly string[]): [string, string][] | undefined {
  const pairs: [string, string][] = [];
  for (const piece of pieces) {
    const equals = piece.indexOf('=');
    if (equals === -1) return undefined;
    pairs.push([piece.slice(0, equals), piece.slice(equals + 1)]);
  }
  return pairs;
}

function pairUp(pieces: readonly string[]): [string, string][] | undefined {
  if (pieces.length % 2 === 1) return undefined;
  const pairs: [string, string][] = [];
  for (let at = 0; at < pieces.length; at += 2) pairs.push([pieces[at] ?? '', pieces[at + 1] ?? '']);
  return pairs;
}

function looksDeclared(object: Record<string, unknown> | undefined, shape: Shape): boolean {
  return object !== undefined && (shape.declared.size === 0 || Object.keys(object).some((name) => shape.declared.has(name)));
}

/** Cuts at the raw comma; where there is none but encoded ones, cutting at these is a later reading (a client that encoded the whole). */
export function cutCommas(raw: string): readonly (readonly string[])[] {
  const pieces = raw.split(',');
  if (pieces.length > 1 || !raw.includes('%')) return [pieces];
  const encoded = raw.split(/%2c/i);
  return encoded.length > 1 ? [pieces, encoded] : [pieces];
}

/** Where the styles of a query cut one text. Delimiters other than the comma must be encoded in a URI, so they count in either form. */
const CUTS: Partial<Readonly<Record<ParameterStyle, TextForm['cuts']>>> = {
  spaceDelimited: (raw) => [raw.split(/%20|\+| /)],
  pipeDelimited: (raw) => [raw.split(/%7c|\|/i)],
  tabDelimited: (raw) => [raw.split(/%09|\t/)],
};

export function cutsOf(style: ParameterStyle): TextForm['cuts'] {
  return CUTS[style] ?? cutCommas;
}

const PLAIN_DELIMITERS: Partial<Readonly<Record<ParameterStyle, string>>> = { spaceDelimited: ' ', pipeDelimited: '|', tabDelimited: '\t' };

/** What cuts a list in text that nobody percent-encodes: headers, parts of a form. */
export function plainDelimiterOf(style: ParameterStyle): string | undefined {
  return PLAIN_DELIMITERS[style];
}

/** The readings of a text that holds a list and is not percent-encoded. */
export function cutText(text: string, shape: Shape, style: ParameterStyle): readonly unknown[] {
  const delimiter = plainDelimiterOf(style) ?? ',';
  return compileText(shape, { decode: (raw) => raw, cuts: (raw) => [raw.split(delimiter)], assignments: false })(text) ?? [];
}

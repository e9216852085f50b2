import SwaggerParser from '@apidevtools/swagger-parser';
import { addressOf, childPointer, createOperationTable, positionOf, record, versionOf, writeJson } from '../operations/index.ts';
import type { Document, Lint, Route, Source } from '../operations/index.ts';
import { structureAs31 } from './structure-as-31.ts';
import type { Misshapen } from './structure-as-31.ts';

/** One complaint of swagger-parser, as AJV words it. */
interface Complaint {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/**
 * The document's structure against the official JSON Schema of its version, by swagger-parser. References stay references, as the official schema allows, so
 * that the cost is that of the text; only path items that are kept in files of their own are put in their place. What references lead to is judged by
 * `lintDocument`. Of OpenAPI 3.2, which swagger-parser does not know, what it shares with 3.1 is judged by that version's schema, and what it added by `structureAs31`.
 */
export async function lintStructure(document: Document): Promise<Lint[]> {
  let moved: readonly Place[] = [];
  const added: Lint[] = [];
  try {
    const whole = wholeOf(document);
    moved = whole.moved;
    added.push(...whole.misshapen.map(({ pointer, message }) => finding(document, moved, pointer, `structure: ${pointer} ${message}`)));
    await SwaggerParser.validate(document.path, whole.value as Parameters<typeof SwaggerParser.validate>[1], {
      resolve: { external: false },
      // Every path is left alone.
      dereference: { circular: 'ignore', excludedPathMatcher: () => true },
      validate: { schema: true, spec: false },
    });
    return added;
  } catch (error) {
    const complaints = complaintsOf(error);
    if (complaints.length === 0) return [...added, finding(document, moved, '', error instanceof Error ? error.message : String(error))];
    const told = decisive(complaints).map(({ instancePath, message, params }) => {
      const place = instancePath === '' ? 'the document' : meant(moved, instancePath);
      const extra = params['additionalProperty'] ?? params['unevaluatedProperty'];
      if (typeof extra !== 'string') return finding(document, moved, instancePath, `structure: ${place} ${message ?? 'is wrong'}`);
      const inside = childPointer(instancePath, extra);
      return finding(document, moved, inside, `structure: ${place} must not have "${extra}"`);
    });
    return [...added, ...told];
  }
}

/** Where something of the value that is judged really stands. */
interface Place {
  /** JSON pointer in the value that is judged. */
  readonly to: string;
  readonly source: Source;
  readonly pointer: string;
  /** It is not called by its place in the file, but by that in the whole. */
  readonly whole?: string;
}

/** The value that is judged: that of the document, with path items of other files in it, in the words of a version that has an official schema. */
function wholeOf(document: Document): { value: object; moved: readonly Place[]; misshapen: readonly Misshapen[] } {
  const { value, moved: routes } = withPathItems(document);
  const paths = routes.map(({ path, pathItem: { source, pointer } }): Place => ({ to: childPointer('/paths', path), source, pointer }));
  if (versionOf(document) !== '3.2') return { value, moved: paths, misshapen: [] };
  const { value: older, moved, misshapen } = structureAs31(record(value));
  // What is moved out of a path item of another file has its place there.
  const inner = moved.map(({ to, from }): Place => ({ to, ...placeIn(document, paths, from), whole: from }));
  return { value: older, moved: [...inner, ...paths], misshapen };
}

/** The pointer in the document that is meant by one of the value that is judged. */
function meant(moved: readonly Place[], pointer: string): string {
  const place = moved.find(({ to, whole }) => whole !== undefined && (pointer === to || pointer.startsWith(`${to}/`)));
  return place?.whole === undefined ? pointer : place.whole + pointer.slice(place.to.length);
}

function placeIn(document: Document, moved: readonly Place[], pointer: string): { readonly source: Source; readonly pointer: string } {
  const place = moved.find(({ to }) => pointer === to || pointer.startsWith(`${to}/`));
  return place === undefined
    ? { source: document.root, pointer }
    : { source: place.source, pointer: place.pointer + pointer.slice(place.to.length) };
}

/**
 * A copy of the root file with the path items of other files in it (a parser may change what it is given), and where those come from.
 * @throws TypeError when YAML anchors make a circle.
 */
function withPathItems(document: Document): { value: object; moved: readonly Route[] } {
  const value = record(JSON.parse(writeJson(document.root.value)));
  for (const scheme of Object.values(record(record(value['components'])['securitySchemes']))) lowerScheme(scheme);
  const paths = { ...record(value['paths']) };
  const moved = createOperationTable([document]).routes.filter((route) => '$ref' in record(paths[route.path]));
  for (const route of moved) paths[route.path] = route.pathItem.value;
  return { value: 'paths' in value ? { ...value, paths } : value, moved };
}

/** `Bearer` is `bearer` (RFC 9110 section 11.1), which the schema of 3.1 that swagger-parser has does not know. */
function lowerScheme(given: unknown): void {
  const scheme = record(given) as Record<string, unknown>;
  if (typeof scheme['scheme'] === 'string') scheme['scheme'] = scheme['scheme'].toLowerCase();
}

function complaintsOf(error: unknown): readonly Complaint[] {
  const details = error instanceof Error && 'details' in error ? error.details : undefined;
  return Array.isArray(details) ? (details as Complaint[]) : [];
}

/** Keywords that only repeat what failed below them. */
const SECONDARY = new Set(['oneOf', 'anyOf', 'if', 'not', 'unevaluatedProperties', '$ref']);

/**
 * AJV tells of every branch it tried. What decides is deepest in the document; that a thing is no reference either, and that the things around
 * it are therefore wrong, says nothing.
 */
function decisive(complaints: readonly Complaint[]): readonly Complaint[] {
  const real = complaints.filter(({ keyword, params }) => !(keyword === 'required' && params['missingProperty'] === '$ref'));
  const isRepeated = ({ instancePath, keyword }: Complaint): boolean =>
    real.some((other) => other.instancePath.startsWith(`${instancePath}/`)) ||
    (SECONDARY.has(keyword) && real.some((other) => other.instancePath === instancePath && !SECONDARY.has(other.keyword)));
  const byText = new Map<string, Complaint>();
  for (const complaint of real) if (!isRepeated(complaint)) byText.set(`${complaint.instancePath} ${complaint.message ?? ''}`, complaint);
  return byText.size > 0 ? [...byText.values()] : complaints.slice(0, 1);
}

/** @param pointer as seen in the root file with its path items in place; the position is that in the file it really stands in. */
function finding(document: Document, moved: readonly Place[], pointer: string, message: string): Lint {
  const place = placeIn(document, moved, pointer);
  return { severity: 'error', address: addressOf(place), message, ...positionOf(place.source, place.pointer) };
}

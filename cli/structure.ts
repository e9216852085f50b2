import SwaggerParser from '@apidevtools/swagger-parser';
import { addressOf, childPointer, createOperationTable, positionOf, record, writeJson } from '../operations/index.ts';
import type { Document, Lint, Route } from '../operations/index.ts';

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
 * `lintDocument`. OpenAPI 3.2, which swagger-parser does not know, is told as a warning.
 */
export async function lintStructure(document: Document): Promise<Lint[]> {
  const version = record(document.root.value)['openapi'];
  if (typeof version === 'string' && version.startsWith('3.2'))
    return [finding(document, [], '/openapi', 'the structure of OpenAPI 3.2 is not checked', 'warning')];
  let moved: readonly Route[] = [];
  try {
    const whole = withPathItems(document);
    moved = whole.moved;
    await SwaggerParser.validate(document.path, whole.value as Parameters<typeof SwaggerParser.validate>[1], {
      resolve: { external: false },
      // Every path is left alone.
      dereference: { circular: 'ignore', excludedPathMatcher: () => true },
      validate: { schema: true, spec: false },
    });
    return [];
  } catch (error) {
    const complaints = complaintsOf(error);
    if (complaints.length === 0) return [finding(document, moved, '', error instanceof Error ? error.message : String(error))];
    return decisive(complaints).map(({ instancePath, message, params }) => {
      const place = instancePath === '' ? 'the document' : instancePath;
      const extra = params['additionalProperty'] ?? params['unevaluatedProperty'];
      if (typeof extra !== 'string') return finding(document, moved, instancePath, `structure: ${place} ${message ?? 'is wrong'}`);
      const inside = childPointer(instancePath, extra);
      return finding(document, moved, inside, `structure: ${place} must not have "${extra}"`);
    });
  }
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
function finding(
  document: Document,
  moved: readonly Route[],
  pointer: string,
  message: string,
  severity: Lint['severity'] = 'error',
): Lint {
  for (const { path, pathItem } of moved) {
    const place = childPointer('/paths', path);
    if (pointer !== place && !pointer.startsWith(`${place}/`)) continue;
    const inside = { source: pathItem.source, pointer: pathItem.pointer + pointer.slice(place.length) };
    return { severity, address: addressOf(inside), message, ...positionOf(inside.source, inside.pointer) };
  }
  return { severity, address: addressOf({ source: document.root, pointer }), message, ...positionOf(document.root, pointer) };
}

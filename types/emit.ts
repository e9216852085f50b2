import { basename } from 'node:path';
import { createOperationTable } from '../operations/index.ts';
import type { Document } from '../operations/index.ts';
import { breakCircles } from './circles.ts';
import { createNames, typeName } from './names.ts';
import { operationProperty } from './operation-type.ts';
import { commentLines, createPrinter, spaced } from './print.ts';
import type { Printer } from './print.ts';
import { createSchemaTypes } from './schema-types.ts';
import type { Declaration, SchemaTypes } from './schema-types.ts';
import type { Property } from './type.ts';
import { mergeViews } from './views.ts';

/**
 * Makes a TypeScript module from a document: the interface `Operations` with path, query, header, cookie, body and replies of every operation by its
 * operationId, and the schemas it needs by their component names. A schema that requests and responses see differently (`readOnly`, `writeOnly`)
 * is declared twice, for requests as `<Name>InRequest`.
 * The same document gives the same text. Never throws: what of the document can't be used is `unknown`.
 * @param from the document's path as the first line is to name it. Default: its file name.
 */
export function emitTypes(document: Document, from: string = basename(document.path)): string {
  const operations: Property[] = [];
  const declarations = breakCircles(collect(document, operations));
  const merged = mergeViews(declarations);
  const kept = declarations.filter(({ key }) => !merged.has(key));
  const names = nameDeclarations(kept);
  const printer = createPrinter((key) => names.get(merged.get(key) ?? key) ?? 'unknown');

  const named = kept.map((declaration) => ({ ...declaration, name: names.get(declaration.key) ?? '' }));
  named.sort((one, other) => (one.name < other.name ? -1 : 1));
  const header = `// Generated from ${printableLine(from)} by \`hufu types\`. Do not edit.\n`;
  const body = printer.print({ kind: 'object', properties: operations, index: undefined }, '', 0);
  return [header, `export interface Operations ${body}\n`, ...named.map((declaration) => declarationText(declaration, printer))].join('\n');
}

/** Fills `operations` in document order; the schemas that they need come back. */
function collect(document: Document, operations: Property[]): Declaration[] {
  const table = createOperationTable([document]);
  const seen = new Set<string>();
  let schemas: SchemaTypes | undefined;
  for (const route of table.routes) {
    // An operationId given twice means the first one everywhere else too.
    if (seen.has(route.id)) continue;
    seen.add(route.id);
    const operation = table.operation(route);
    schemas ??= createSchemaTypes(operation.validators);
    operations.push(operationProperty(operation, schemas));
  }
  return schemas?.declarations() ?? [];
}

/** Names by key. A schema with a view of its own for responses leaves them the plain name. */
function nameDeclarations(declarations: readonly Declaration[]): Map<string, string> {
  const answered = new Set(declarations.filter(({ view }) => view === 'response').map(({ address }) => address));
  const name = createNames();
  const names = new Map<string, string>();
  const isSplit = ({ view, address }: Declaration): boolean => view === 'request' && answered.has(address);
  for (const declaration of declarations) if (!isSplit(declaration)) names.set(declaration.key, name(typeName(declaration.address)));
  for (const declaration of declarations)
    if (isSplit(declaration)) names.set(declaration.key, name(`${typeName(declaration.address)}InRequest`));
  return names;
}

/**
 * An open object is an interface. A closed one is an alias: only aliases may be given where a `Record<string, unknown>` is wanted, as a row of a
 * collection is.
 */
function declarationText({ name, type, comment }: Declaration & { readonly name: string }, { print }: Printer): string {
  const lines = commentLines(comment, '');
  const head = `export type ${name} =`;
  if (type.kind === 'object' && type.index !== undefined) lines.push(`export interface ${name} ${print(type, '', 0)}`);
  else lines.push(`${head}${spaced(print(type, '', head.length + 1))};`);
  return `${lines.join('\n')}\n`;
}

function printableLine(text: string): string {
  return text.replace(/[\r\n\u2028\u2029]/g, ' ');
}

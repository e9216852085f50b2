import { decodeBody, isBeyondSchema } from './body.ts';
import { judgeCandidates } from './judge-candidates.ts';
import { parseMediaType } from './media-type.ts';
import { addressOf } from './document.ts';
import type { Document } from './document.ts';
import { filesNotInUtf8 } from './not-utf8.ts';
import { createOperationTable } from './operation-table.ts';
import type { Content, NamedExample, Operation } from './operation.ts';
import { unservedPaths } from './route.ts';
import type { Problem } from './schema/schemas.ts';
import { positionOf } from './source.ts';

/** Something wrong with a document. */
export interface Lint {
  readonly severity: 'error' | 'warning';
  /** `file#/pointer`; `''` for the whole file. */
  readonly address: string;
  /** 1-based; 0 where no place is known. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * Compiles everything that serving and checking would compile one by one, and tells what can't be used: dangling references, keywords that can't be
 * checked, examples that break their own schema, unreadable media types, operations without a response, ids used twice.
 */
export function lintDocument(document: Document): Lint[] {
  const found: Lint[] = [];
  const seen = new Set<string>();
  const table = createOperationTable([document]);
  const add: Add = (severity, address, message) => {
    if (seen.has(address + message)) return;
    seen.add(address + message);
    found.push({ severity, address, message, ...placeOf(document, address) });
  };

  for (const [file, reason] of document.refused) add('warning', '', `a reference to ${file} is not followed: ${reason}`);
  for (const { file, line, message } of filesNotInUtf8(document))
    found.push({ severity: 'error', address: `${file}#`, line, column: 1, message });
  for (const { address, message } of unservedPaths(document)) add('error', address, message);
  const ids = new Map<string, string>();
  for (const route of table.routes) {
    const operation = table.operation(route);
    const first = ids.get(route.id);
    if (first === undefined) ids.set(route.id, operation.address);
    else add('error', operation.address, `operationId "${route.id}" is used twice, first at ${first}`);
    if (operation.responses.length === 0) add('warning', operation.address, 'no response is described');
    for (const parameter of operation.parameters) parameter.validator?.isValid(undefined);
    for (const content of operation.requestBody?.contents ?? []) checkContent(content, operation, add);
    for (const rule of operation.responses) {
      for (const header of rule.headers) header.validator?.isValid(undefined);
      for (const content of rule.contents) checkContent(content, operation, add);
    }
    for (const problem of operation.problems) add('error', problem.address, problem.message);
  }
  // All operations of a document share their validators, and so what is wrong with schemas.
  const { validators } = table.routes[0] === undefined ? { validators: undefined } : table.operation(table.routes[0]);
  for (const problem of validators?.problems ?? []) add(isDangling(problem) ? 'error' : 'warning', problem.address, problem.message);
  for (const { method, path, first, second } of table.collisions)
    add('error', addressOf(second.node), `${method} ${path} is described twice: ${first.id} and ${second.id}`);
  return found.sort((a, b) => a.line - b.line);
}

/** A reference to nothing leaves a hole; a keyword that is not checked only leaves something out. */
function isDangling({ message }: Problem): boolean {
  return /" leads nowhere: |" can not be followed: | goes in a circle$/.test(message);
}

type Add = (severity: Lint['severity'], address: string, message: string) => void;

function checkContent(content: Content, { validators }: Operation, add: Add): void {
  const { validator } = content;
  if (validator === undefined) return;
  const unusable = validator.validate(undefined).find((issue) => issue.code === 'schema-invalid');
  if (unusable !== undefined) add('error', unusable.document, unusable.message);
  for (const example of content.examples) {
    // A text of XML or CSV is not what the schema describes.
    const isText = typeof example.value === 'string';
    const values = isText && content.sequence !== undefined ? itemsIn(example, content, validators, add) : [example.value];
    if (isText && (parseMediaType(content.mediaType)?.subtype.endsWith('xml') || isBeyondSchema(content, validators.lookup))) continue;
    if (values.length === 0) continue;
    for (const issue of judgeCandidates(validator, values).issues) {
      if (issue.severity === 'error')
        add('warning', example.address, `example "${example.name}"${issue.pointer === '' ? '' : ` at ${issue.pointer}`} ${issue.message}`);
    }
  }
}

/** The items of an example that is the text of a sequence; none, and a warning, where it can't be read. */
function itemsIn(
  { name, address, value }: NamedExample,
  content: Content,
  { lookup }: Operation['validators'],
  add: Add,
): readonly unknown[] {
  const decoded = decodeBody(Buffer.from(String(value)), content, undefined, lookup);
  if (decoded instanceof Promise || decoded.kind === 'opaque') return [];
  if (decoded.kind === 'value') return decoded.candidates;
  // The boundary between parts stands in a header, which an example has not.
  if (content.sequence?.form !== 'parts') add('warning', address, `example "${name}" ${decoded.message}`);
  return [];
}

/** The line of an address: of the root file where several files have its name. Positions need a second parse of the text, so only what was found has one. */
function placeOf(document: Document, address: string): { line: number; column: number } {
  const hash = address.indexOf('#');
  if (hash < 0) return { line: 0, column: 0 };
  const name = address.slice(0, hash);
  const source = [document.root, ...document.sources.values()].find((item) => item.path.endsWith(`/${name}`)) ?? document.root;
  return positionOf(source, address.slice(hash + 1));
}

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSource } from '../operations/source.ts';
import inventory from './inventory.json' with { type: 'json' };

/** A plain object of a document. */
export type Node = Readonly<Record<string, unknown>>;

/** One OpenAPI document of this folder: its module name, its text and its value (integers beyond 2^53 are `bigint`). */
export interface Document {
  readonly module: string;
  readonly text: string;
  readonly value: Node;
}

export interface Operation {
  readonly module: string;
  readonly method: string;
  readonly path: string;
  readonly node: Node;
}

/** The facts of the source documents: operations, discrepancies and rules, by id. */
export { inventory };

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Reads every document of this folder, in alphabetical order; state files beside them are not documents. */
export async function readDocuments(): Promise<readonly Document[]> {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml') && !name.endsWith('.state.yaml'));
  return Promise.all(
    names.sort().map(async (name) => {
      const { text, value } = await readSource(`${FOLDER}${name}`);
      return { module: name.replace(/\.yaml$/, ''), text, value: asNode(value) };
    }),
  );
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one for anything else. */
export function asNode(value: unknown): Node {
  return isNode(value) ? value : {};
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value at a JSON pointer (RFC 6901) of a document. @throws Error when there is none. */
export function at(root: unknown, pointer: string): unknown {
  let value = root;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    value = Array.isArray(value) ? value[Number(key)] : asNode(value)[key];
    if (value === undefined) throw new Error(`nothing at ${pointer}`);
  }
  return value;
}

/** The object itself, or the one that its local `$ref` names. */
export function resolve(document: Document, value: unknown): Node {
  const reference = asNode(value)['$ref'];
  return typeof reference === 'string' ? asNode(at(document.value, reference.slice(1))) : asNode(value);
}

/** All operations of a document, in its order. */
export function operationsOf(document: Document): readonly Operation[] {
  return Object.entries(asNode(document.value['paths'])).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const node = asNode(item)[method];
      return isNode(node) ? [{ module: document.module, method: method.toUpperCase(), path, node }] : [];
    }),
  );
}

/** The media types of an operation with the place they stand at: `request` or the status. */
export function mediaTypesOf(document: Document, operation: Operation): readonly { place: string; mediaType: string; node: Node }[] {
  const bodies = [
    { place: 'request', body: resolve(document, operation.node['requestBody']) },
    ...Object.entries(asNode(operation.node['responses'])).map(([place, body]) => ({ place, body: resolve(document, body) })),
  ];
  return bodies.flatMap(({ place, body }) =>
    Object.entries(asNode(body['content'])).map(([mediaType, node]) => ({ place, mediaType, node: asNode(node) })),
  );
}

/**
 * Every value below `root` with its JSON pointer, parents first.
 * @param enter says whether to go below a value; everything by default.
 */
export function* walk(
  root: unknown,
  enter: (pointer: string) => boolean = () => true,
  pointer = '',
): Generator<{ pointer: string; value: unknown }> {
  yield { pointer, value: root };
  if (typeof root !== 'object' || root === null || !enter(pointer)) return;
  for (const [key, value] of Object.entries(root)) {
    yield* walk(value, enter, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}

/** The values of one extension anywhere in a document, lists flattened. */
export function extensionValues(document: Document, name: string): readonly unknown[] {
  return [...walk(document.value)].flatMap(({ value }) => asList(asNode(value)[name]));
}

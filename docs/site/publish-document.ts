/**
 * A document as partners may have it: one value without references to other files, without the kit's extensions, without what is marked internal and
 * the components that only such parts used, and with sensitive example values masked.
 */
import { dirname, relative } from 'node:path';
import { childPointer, dereference, parseJson, record, resolveReference } from '../../operations/index.ts';
import type { Document, Node, Source } from '../../operations/index.ts';
import { isInternal, isKitExtension, isSensitive } from './extensions.ts';
import { maskValue, maskWhole } from './mask.ts';

/** Members of these are named freely: `x-total` or `example` is a name there, no keyword. */
const MAPS = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
  'dependentRequired',
  'dependencies',
  'schemas',
  'headers',
  'parameters',
  'responses',
  'requestBodies',
  'securitySchemes',
  'securityDefinitions',
  'links',
  'callbacks',
  'pathItems',
  'webhooks',
  'mediaTypes',
  'additionalOperations',
  'paths',
  'content',
  'encoding',
  'variables',
  'mapping',
  'scopes',
]);
/** Members of these are data. */
const DATA = new Set(['enum', 'const', 'value', 'dataValue', 'serializedValue', 'required']);
const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);
const MAX_DEPTH = 400;
/** Where the values of the other files stand in the one document. */
const FILES = 'x-files';

type Members = Record<string, unknown>;

export function publishDocument(document: Document): Members {
  const others = [...document.sources.values()].filter((source) => source !== document.root);
  const names = new Map(others.map((source) => [source, fileName(document, source)] as const));
  const clean = cleanSource(document, document.root, names);
  if (others.length > 0)
    clean[FILES] = Object.fromEntries(others.map((source) => [names.get(source) ?? source.path, cleanSource(document, source, names)]));
  pruneComponents(clean, reachable({ ...record(document.root.value) }));
  return clean;
}

function fileName(document: Document, source: Source): string {
  return /^https?:/.test(source.path) ? source.path : relative(dirname(document.path), source.path);
}

function cleanSource(document: Document, source: Source, names: ReadonlyMap<Source, string>): Members {
  return { ...record(cleanValue({ document, names }, { value: source.value, source, pointer: '' }, 'object', 0)) };
}

interface Cleaning {
  readonly document: Document;
  readonly names: ReadonlyMap<Source, string>;
}

function cleanValue(cleaning: Cleaning, node: Node, kind: 'object' | 'map', depth: number): unknown {
  const { value, source } = node;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  const inner = (key: string | number, item: unknown): Node => ({
    value: item,
    source,
    pointer: childPointer(node.pointer, key),
  });
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) =>
      leavesOut(cleaning, inner(index, item)) ? [] : [cleanValue(cleaning, inner(index, item), 'object', depth + 1)],
    );
  }
  const given = value as Members;
  const clean: Members = {};
  for (const [key, item] of Object.entries(given)) {
    if (kind === 'object' && isKitExtension(key)) continue;
    if (leavesOut(cleaning, inner(key, item))) continue;
    const next = inner(key, item);
    if (kind === 'map') set(clean, key, cleanValue(cleaning, next, 'object', depth + 1));
    else if (key === 'example' || key === 'examples' || key === 'default') set(clean, key, cleanExamples(cleaning, node, key));
    else if (key === '$ref' && typeof item === 'string') set(clean, key, localReference(cleaning, item, node));
    else if (DATA.has(key)) set(clean, key, item);
    else if (key === 'security') set(clean, key, item);
    else set(clean, key, cleanValue(cleaning, next, MAPS.has(key) ? 'map' : 'object', depth + 1));
  }
  if (kind === 'object') dropRequired(node, clean);
  return clean;
}

/** A member is left out when it, or what it refers to, is internal; a path item when none of its methods is left. */
function leavesOut({ document }: Cleaning, node: Node): boolean {
  if (isInternal(node.value)) return true;
  if (typeof node.value !== 'object' || node.value === null || Array.isArray(node.value)) return false;
  if (typeof record(node.value)['$ref'] === 'string') {
    const target = dereference(document, node);
    return target.ok && isInternal(target.node.value);
  }
  if (!/\/(?:paths|webhooks)\/[^/]+$/.test(node.pointer)) return false;
  const pathItem = record(node.value);
  const methods = [
    ...Object.entries(pathItem).filter(([key]) => METHODS.has(key)),
    ...Object.entries(record(pathItem['additionalOperations'])),
  ];
  return methods.length > 0 && methods.every(([, operation]) => isInternal(operation));
}

/** A property that is left out can't be required. */
function dropRequired(node: Node, clean: Members): void {
  const { required } = clean;
  if (!Array.isArray(required)) return;
  const gone = Object.keys(record(record(node.value)['properties'])).filter((name) => !Object.hasOwn(record(clean['properties']), name));
  if (gone.length > 0) clean['required'] = required.filter((name) => !gone.includes(String(name)));
}

/** `example`, `examples` and `default` of a schema, or those of a parameter or media type, whose `schema` then tells what is sensitive. */
function cleanExamples({ document }: Cleaning, holder: Node, key: string): unknown {
  const members = record(holder.value);
  const given = members[key];
  const schemas = schemasOf(holder);
  const hide = (value: unknown): unknown => (isSensitive(members) ? maskWhole(value) : maskValue(document, value, schemas));
  if (key !== 'examples') return hide(given);
  if (Array.isArray(given)) return given.map(hide);
  return Object.fromEntries(
    Object.entries(record(given)).map(([name, example]) => {
      const target = dereference(document, { ...holder, value: example });
      const found = target.ok ? record(target.node.value) : {};
      if ('dataValue' in found || 'serializedValue' in found) return [name, cleanExample32(found, hide)];
      if (!('value' in found)) return [name, members['schema'] === undefined || typeof example !== 'object' ? hide(example) : example];
      const { value, ...rest } = Object.fromEntries(Object.entries(found).filter(([member]) => !isKitExtension(member)));
      return [name, { ...rest, value: hide(value) }];
    }),
  );
}

/** What the examples of a holder satisfy: the schema beside them, that of the items (OpenAPI 3.2), or the holder, which is a schema itself. */
function schemasOf(holder: Node): Node[] {
  const { schema, itemSchema } = record(holder.value);
  const at = (key: string, value: unknown): Node => ({ ...holder, value, pointer: `${holder.pointer}/${key}` });
  if (schema === undefined && itemSchema === undefined) return [holder];
  return [
    ...(schema === undefined ? [] : [at('schema', schema)]),
    ...(itemSchema === undefined ? [] : [{ ...holder, value: { items: itemSchema } }]),
  ];
}

/** `dataValue` and `serializedValue` (OpenAPI 3.2, Example Object): a text that holds what had to be masked goes, since it can't be told where in it. */
function cleanExample32(example: Members, hide: (value: unknown) => unknown): Members {
  const { value, dataValue, serializedValue, ...rest } = Object.fromEntries(
    Object.entries(example).filter(([member]) => !isKitExtension(member)),
  );
  const text = (held: unknown): string => JSON.stringify(held, plainNumbers);
  const hasSecret = [dataValue, value, ...readingsOf(serializedValue)].some((held) => text(hide(held)) !== text(held));
  return {
    ...rest,
    ...(value === undefined ? {} : { value: hide(value) }),
    ...(dataValue === undefined ? {} : { dataValue: hide(dataValue) }),
    ...(serializedValue === undefined || hasSecret ? {} : { serializedValue }),
  };
}

/** What a text may hold: JSON, or JSON values line by line, each after a record separator or not; nothing for any other. */
function readingsOf(text: unknown): unknown[] {
  if (typeof text !== 'string') return [];
  const lines = text.replaceAll('\u001e', '').split('\n');
  const written = lines.filter((line) => line.trim() !== '');
  return [...parsed(() => parseJson(text)), ...parsed(() => written.map((line) => parseJson(line)))];
}

/** A list of one; empty for what can't be parsed. */
function parsed(parse: () => unknown): unknown[] {
  try {
    return [parse()];
  } catch {
    return [];
  }
}

function plainNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** A reference into another file becomes one into this document. */
function localReference({ document, names }: Cleaning, reference: string, from: Node): string {
  const target = resolveReference(document, reference, from);
  if (!target.ok) return reference;
  const { source, pointer } = target.node;
  const name = names.get(source);
  if (name === undefined) return reference.startsWith('#') ? reference : `#${pointer}`;
  return `#${childPointer(`/${FILES}`, name)}${pointer}`;
}

/** Drops components that were in use before the internal parts went and no longer are. */
function pruneComponents(clean: Members, before: ReadonlySet<string>): void {
  for (;;) {
    const after = reachable(clean);
    const gone = [...before].filter((pointer) => !after.has(pointer) && drop(clean, pointer));
    if (gone.length === 0) return;
  }
}

function drop(clean: Members, pointer: string): boolean {
  const tokens = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const isComponent = (tokens[0] === 'components' && tokens.length === 3) || (tokens[0] === 'definitions' && tokens.length === 2);
  if (!isComponent) return false;
  let holder: unknown = clean;
  for (const token of tokens.slice(0, -1)) holder = record(holder)[token];
  const name = tokens.at(-1) ?? '';
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name) && Reflect.deleteProperty(holder, name);
}

/** The pointers of all references that stand outside of the components, or in components that are reached. */
function reachable(root: Members): Set<string> {
  const { components, definitions, ...outside } = root;
  const found = new Set<string>();
  const pending: unknown[] = [outside];
  const seen = new Set<unknown>();
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const reference = record(value)['$ref'];
    const { mapping, defaultMapping } = record(record(value)['discriminator']);
    for (const target of [reference, ...Object.values(record(mapping)), defaultMapping]) {
      if (typeof target !== 'string' || !target.startsWith('#/') || found.has(target.slice(1))) continue;
      found.add(target.slice(1));
      pending.push(at({ components, definitions }, target.slice(2)));
    }
    for (const item of Object.values(value)) pending.push(item);
  }
  return found;
}

function at(root: unknown, path: string): unknown {
  let value = root;
  for (const token of path.split('/')) value = record(value)[token.replaceAll('~1', '/').replaceAll('~0', '~')];
  return value;
}

/** A property named `__proto__` is a name like any other. */
function set(target: Members, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

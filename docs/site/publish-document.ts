/**
 * A document as partners may have it: one value without references to other files, without the kit's extensions, without what is marked internal and
 * the components that only such parts used, and with sensitive example values masked.
 */
import { dirname, relative } from 'node:path';
import { childPointer, dereference, record, resolveReference } from '../../operations/index.ts';
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
  'paths',
  'content',
  'encoding',
  'variables',
  'mapping',
  'scopes',
]);
/** Members of these are data. */
const DATA = new Set(['enum', 'const', 'value', 'required']);
const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);
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
  const methods = Object.entries(record(node.value)).filter(([key]) => METHODS.has(key));
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
  const schema = members['schema'] === undefined ? holder : { ...holder, value: members['schema'], pointer: `${holder.pointer}/schema` };
  const hide = (value: unknown): unknown => (isSensitive(members) ? maskWhole(value) : maskValue(document, value, [schema]));
  if (key !== 'examples') return hide(given);
  if (Array.isArray(given)) return given.map(hide);
  return Object.fromEntries(
    Object.entries(record(given)).map(([name, example]) => {
      const target = dereference(document, { ...holder, value: example });
      const found = target.ok ? record(target.node.value) : {};
      if (!('value' in found)) return [name, members['schema'] === undefined || typeof example !== 'object' ? hide(example) : example];
      const { value, ...rest } = Object.fromEntries(Object.entries(found).filter(([member]) => !isKitExtension(member)));
      return [name, { ...rest, value: hide(value) }];
    }),
  );
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
    const mapped = Object.values(record(record(record(value)['discriminator'])['mapping']));
    for (const target of [reference, ...mapped]) {
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

import { isSchemaObject, parseQueryString } from '../../operations/index.ts';
import type { Operation, OperationParameter, Schema } from '../../operations/index.ts';
import { NOTHING } from './rule.ts';
import type { Rule } from './rule.ts';

/** A query parameter that the document does not name: a slip of the pen, or one that it forgot. */
export const undocumentedQueryParameter: Rule = {
  id: 'undocumented-query-parameter',
  judge({ exchange, operation, outcome }) {
    const { query } = exchange.request;
    if (query === '') return NOTHING;
    const known = namesOf(operation);
    if (known.takesAll(query)) return NOTHING;
    const unknown = new Set<string>();
    const { names, values } = parseQueryString(query);
    for (const [index, name] of names.entries()) {
      if (name !== '' && !known.takes(name) && !isCacheBuster(name, values[index] ?? '')) unknown.add(name);
    }
    if (unknown.size === 0) return NOTHING;
    return [...unknown].map((name) => ({
      side: 'client',
      severity: outcome === 'refused' ? 'notice' : 'warning',
      message: `the query parameter "${name}" is not documented${known.listed}`,
      in: 'request',
      part: 'query',
      name,
      pointer: '',
      code: 'undocumented',
      document: operation.address,
    }));
  },
};

/** Keywords that let names in which `properties` does not list. */
const OPENING = ['additionalProperties', 'unevaluatedProperties', 'patternProperties'];

interface QueryNames {
  readonly takes: (name: string) => boolean;
  /** True: every name of a query, as it is written, is one that is known. False says nothing: names may be encoded, or be of an object. */
  readonly takesAll: (query: string) => boolean;
  readonly listed: string;
}

const NAMES = new WeakMap<Operation, QueryNames>();

function namesOf(operation: Operation): QueryNames {
  const known = NAMES.get(operation);
  if (known !== undefined) return known;
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'query');
  // The name of a parameter that stands for the whole query is not on the wire.
  const named = parameters.filter(({ isWholeQuery }) => isWholeQuery !== true);
  const names = new Set([...named.map(({ name }) => name), ...namesInPath(operation.path)]);
  for (const scheme of operation.security.flat()) if (scheme.in === 'query') names.add(scheme.parameter);
  const prefixes: string[] = [];
  let anything = false;
  for (const parameter of parameters) {
    if (parameter.style === 'deepObject') prefixes.push(`${parameter.name}[`);
    const spread = spreadNames(parameter, operation);
    if (spread === 'any') anything = true;
    else for (const name of spread) names.add(name);
  }
  const plain = new Set([...names].filter((name) => PLAIN_NAME.test(name)));
  const made: QueryNames = {
    takesAll: (query) => anything || areAll(query, plain),
    takes: (name) => anything || names.has(name) || prefixes.some((prefix) => name.startsWith(prefix)),
    listed: names.size === 0 ? '' : `; documented: ${[...names].slice(0, 20).join(', ')}`,
  };
  NAMES.set(operation, made);
  return made;
}

/** Names of the query that a path is written with, against the specification: `/things?action=list`, `/things{?q,page*}`. */
function namesInPath(path: string): readonly string[] {
  const template = /\{[?&]([^{}]*)\}$/.exec(path)?.[1];
  if (template !== undefined) return template.split(',').map((name) => name.replace(/(?:\*|:\d+)$/, ''));
  const mark = path.indexOf('?');
  return mark < 0 ? [] : parseQueryString(path.slice(mark + 1).replace(/#.*$/s, '')).names;
}

/** An exploded object has no name of its own on the wire, but those of its properties (OpenAPI 3.1 section 4.8.12.6). */
function spreadNames(parameter: OperationParameter, { validators }: Operation): readonly string[] | 'any' {
  // The whole query as JSON or text has no names.
  if (parameter.isWholeQuery === true && !parameter.explode) return 'any';
  if (parameter.style !== 'form' || !parameter.explode || parameter.validator === undefined) return [];
  // A value that is a JSON text has one name, unlike a whole query that is a form.
  if (parameter.mediaType !== undefined && parameter.isWholeQuery !== true) return [];
  const names: string[] = [];
  const seen = new Set<unknown>();
  const pending: Schema[] = [parameter.validator.schema];
  let isObject = false;
  let isOpen = false;
  for (let schema = pending.pop(); schema !== undefined; schema = pending.pop()) {
    if (!isSchemaObject(schema) || seen.has(schema)) continue;
    seen.add(schema);
    if (schema.$ref !== undefined) pending.push(validators.lookup(schema.$ref) ?? true);
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) if (Array.isArray(schema[keyword])) pending.push(...(schema[keyword] as Schema[]));
    if ([schema['type']].flat().includes('object') || schema['properties'] !== undefined) isObject = true;
    if (isSchemaObject(schema['properties'])) names.push(...Object.keys(schema['properties']));
    if (OPENING.some((keyword) => schema[keyword] === true || isSchemaObject(schema[keyword]))) isOpen = true;
  }
  if (!isObject) return [];
  return isOpen || names.length === 0 ? 'any' : names;
}

/** Reads the same decoded or not. */
const PLAIN_NAME = /^[\w.~:@/[\]-]+$/;

function areAll(query: string, names: ReadonlySet<string>): boolean {
  for (let start = 0; start < query.length;) {
    const next = query.indexOf('&', start);
    const end = next < 0 ? query.length : next;
    const equals = query.indexOf('=', start);
    if (!names.has(query.slice(start, equals < 0 || equals > end ? end : equals))) return false;
    start = end + 1;
  }
  return true;
}

/** `_=1700000000000`, which jQuery and others add so that no cache answers. */
function isCacheBuster(name: string, value: string): boolean {
  return name === '_' && /^\d+$/.test(value);
}

import { record } from '../operations/index.ts';

/** Something that stands elsewhere in the translation than in the document. */
export interface Moved {
  /** JSON pointers of the translation and of the document, without what lies below. */
  readonly to: string;
  readonly from: string;
}

/** A field that OpenAPI 3.2 added, of the wrong type. */
export interface Misshapen {
  readonly pointer: string;
  readonly message: string;
}

export interface As31 {
  readonly value: Readonly<Record<string, unknown>>;
  readonly moved: readonly Moved[];
  readonly misshapen: readonly Misshapen[];
}

type Kind = keyof typeof CHILDREN;
type Type = 'string' | 'boolean' | 'object' | 'array' | 'schema' | 'any';

/** What lies in the objects of a document: `{}` a map, `[]` a list of the kind. */
const CHILDREN = {
  root: { servers: '[]server', paths: '{}pathItem', webhooks: '{}pathItem', components: 'components', tags: '[]tag' },
  components: {
    responses: '{}response',
    parameters: '{}parameter',
    examples: '{}example',
    requestBodies: '{}requestBody',
    headers: '{}parameter',
    securitySchemes: '{}scheme',
    links: '{}link',
    callbacks: '{}callback',
    pathItems: '{}pathItem',
    mediaTypes: '{}mediaType',
  },
  pathItem: { servers: '[]server', parameters: '[]parameter', query: 'operation', additionalOperations: '{}operation' },
  operation: {
    parameters: '[]parameter',
    requestBody: 'requestBody',
    responses: '{}response',
    callbacks: '{}callback',
    servers: '[]server',
  },
  callback: {},
  parameter: { content: '{}mediaType', examples: '{}example' },
  requestBody: { content: '{}mediaType' },
  response: { headers: '{}parameter', content: '{}mediaType', links: '{}link' },
  mediaType: { examples: '{}example', encoding: '{}encoding', prefixEncoding: '[]encoding', itemEncoding: 'encoding' },
  encoding: { headers: '{}parameter', encoding: '{}encoding', prefixEncoding: '[]encoding', itemEncoding: 'encoding' },
  link: { server: 'server' },
  scheme: { flows: 'flows' },
  flows: {},
  server: {},
  tag: {},
  example: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What OpenAPI 3.2 added, by the section of its specification. */
const ADDED: Readonly<Partial<Record<Kind, Readonly<Record<string, Type>>>>> = {
  root: { $self: 'string' },
  server: { name: 'string' },
  components: { mediaTypes: 'object' },
  pathItem: { query: 'object', additionalOperations: 'object' },
  mediaType: {
    itemSchema: 'schema',
    prefixEncoding: 'array',
    itemEncoding: 'object',
    $ref: 'string',
    summary: 'string',
    description: 'string',
  },
  encoding: { encoding: 'object', prefixEncoding: 'array', itemEncoding: 'object' },
  example: { dataValue: 'any', serializedValue: 'string' },
  response: { summary: 'string' },
  tag: { summary: 'string', parent: 'string', kind: 'string' },
  scheme: { oauth2MetadataUrl: 'string', deprecated: 'boolean' },
  flows: { deviceAuthorization: 'object' },
};

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * A document of OpenAPI 3.2 in the words of 3.1, for the official JSON Schema of that version: what 3.2 added is looked at here and left out, and operations and media types that stand where 3.1 knows no place are
 * moved to where it knows one.
 */
export function structureAs31(root: Readonly<Record<string, unknown>>): As31 {
  const moved: Moved[] = [];
  const misshapen: Misshapen[] = [];
  const value = translate(root, 'root', '') as Record<string, unknown>;
  value['openapi'] = '3.1.0';
  return { value, moved, misshapen };

  function translate(given: unknown, kind: Kind, pointer: string): unknown {
    if (!isObject(given)) return given;
    const { [kind]: added = {} } = ADDED;
    const children: Readonly<Record<string, string>> = CHILDREN[kind];
    const made: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(given)) {
      const at = `${pointer}/${escaped(key)}`;
      const type = Object.hasOwn(added, key) ? added[key] : undefined;
      if (type !== undefined && !isOf(item, type)) misshapen.push({ pointer: at, message: `must be ${NAMES[type]}` });
      const child = childKind(kind, key, children);
      const clean = child === undefined ? item : below(item, child, at);
      if (type === undefined) setOwn(made, key, clean);
    }
    if (kind === 'response' && made['$ref'] === undefined) made['description'] ??= '';
    if (kind === 'parameter') relax(made);
    if (kind === 'components' && given['mediaTypes'] !== undefined) moveMediaTypes(made, given['mediaTypes'], pointer);
    if (kind === 'root' || kind === 'components') moveOperations(made, given, kind, pointer);
    return made;
  }

  function below(item: unknown, child: string, at: string): unknown {
    const kind = child.replace(/^(?:\{\}|\[\])/, '') as Kind;
    if (child.startsWith('[]'))
      return Array.isArray(item) ? item.map((one: unknown, index) => translate(one, kind, `${at}/${index}`)) : item;
    if (!child.startsWith('{}') || !isObject(item)) return translate(item, kind, at);
    const made: Record<string, unknown> = {};
    for (const [name, one] of Object.entries(item)) setOwn(made, name, translate(one, kind, `${at}/${escaped(name)}`));
    return made;
  }

  /** QUERY and additional operations become operations of paths of their own. */
  function moveOperations(made: Record<string, unknown>, given: Readonly<Record<string, unknown>>, kind: Kind, pointer: string): void {
    const field = kind === 'root' ? 'paths' : 'pathItems';
    const target = record(made[field]) as Record<string, unknown>;
    for (const [path, pathItem] of Object.entries(record(given[field]))) {
      const { query, additionalOperations } = record(pathItem);
      const at = `${pointer}/${field}/${escaped(path)}`;
      const found = new Map<string, unknown>(query === undefined ? [] : [[`${at}/query`, query]]);
      for (const [name, one] of Object.entries(record(additionalOperations))) found.set(`${at}/additionalOperations/${escaped(name)}`, one);
      for (const [index, [from, operation]] of [...found].entries()) {
        // No path has a fragment, and no component such a name.
        const key = kind === 'root' ? `${path}#${index}` : `${path}.hufu.${index}`;
        moved.push({ to: `${pointer}/${field}/${escaped(key)}/post`, from });
        target[key] = { post: translate(operation, 'operation', from) };
      }
    }
  }

  function moveMediaTypes(made: Record<string, unknown>, mediaTypes: unknown, pointer: string): void {
    const responses = { ...record(made['responses']) };
    responses['hufu.mediaTypes'] = { description: '', content: below(mediaTypes, '{}mediaType', `${pointer}/mediaTypes`) };
    made['responses'] = responses;
    moved.push({ to: `${pointer}/responses/hufu.mediaTypes/content`, from: `${pointer}/mediaTypes` });
  }
}

function childKind(kind: Kind, key: string, children: Readonly<Record<string, string>>): string | undefined {
  if (kind === 'callback') return key.startsWith('x-') ? undefined : 'pathItem';
  if (kind === 'pathItem' && METHODS.includes(key)) return 'operation';
  return Object.hasOwn(children, key) ? children[key] : undefined;
}

/** What a parameter may say since 3.2: `in: querystring`, `style: cookie`, and `allowReserved` everywhere. */
function relax(parameter: Record<string, unknown>): void {
  if (parameter['in'] === 'querystring') parameter['in'] = 'query';
  if (parameter['in'] === 'cookie' && parameter['style'] === 'cookie') delete parameter['style'];
  if (typeof parameter['allowReserved'] === 'boolean') delete parameter['allowReserved'];
}

const NAMES: Readonly<Record<Type, string>> = {
  string: 'a string',
  boolean: 'a boolean',
  object: 'an object',
  array: 'a list',
  schema: 'a schema: an object or a boolean',
  any: 'anything',
};

function isOf(value: unknown, type: Type): boolean {
  if (type === 'any') return true;
  if (type === 'array') return Array.isArray(value);
  if (type === 'schema') return typeof value === 'boolean' || isObject(value);
  return type === 'object' ? isObject(value) : typeof value === type;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A name like any other, even `__proto__`. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

function escaped(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

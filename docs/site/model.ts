/** The whole site as plain data: modules, their operations, what they remember, the decisions behind them. Operations are looked at when their page is. */
import { createOperationTable, record } from '../../operations/index.ts';
import type { Document, OperationTable, Route } from '../../operations/index.ts';
import { createNames } from './anchors.ts';
import type { Change } from './change.ts';
import { conformanceKey } from './check-report.ts';
import type { Conformance, Conformances } from './check-report.ts';
import { discrepanciesOfDocument, discrepanciesOfRoute, readDecisions } from './decisions.ts';
import type { Decision } from './decisions.ts';
import { isInternal } from './extensions.ts';
import { titleOf, viewOperation } from './operation-view.ts';
import type { OperationView } from './operation-view.ts';
import { behaviourOf } from './state-rules.ts';
import type { BehaviourView } from './state-rules.ts';
import { loadStates } from './state-view.ts';
import type { ModuleState } from './state-view.ts';
import { splitText, text } from './text.ts';
import type { Text } from './text.ts';

export interface SiteModel {
  readonly table: OperationTable;
  readonly modules: readonly ModuleView[];
  readonly decisions: readonly Decision[];
  /** `undefined` where no earlier version was given. */
  readonly changes: readonly Change[] | undefined;
  readonly hasReport: boolean;
  /** The running mock's address; `''`: the site is served by the mock itself. */
  readonly mock: string;
}

export interface ModuleView {
  readonly document: Document;
  /** Its folder on the site. */
  readonly slug: string;
  readonly title: Text;
  readonly summary: Text;
  readonly description: Text;
  readonly version: string;
  readonly groups: readonly GroupView[];
  readonly operations: readonly OperationEntry[];
  readonly state: ModuleState | undefined;
  readonly servers: readonly { readonly url: string; readonly description: Text }[];
  readonly discrepancies: readonly string[];
}

/** A tag by its names. */
export type TagView = Pick<GroupView, 'name' | 'summary' | 'description'>;

/** The operations of a tag. */
export interface GroupView {
  readonly name: string;
  /** What to call it (OpenAPI 3.2, Tag Object); empty where the document has only the name. */
  readonly summary: Text;
  readonly description: Text;
  /** The tags it stands under (OpenAPI 3.2, `parent`), the outermost first. */
  readonly parents: readonly TagView[];
  readonly operations: readonly OperationEntry[];
}

/** An operation before anything of it is compiled; the rest is made when it is asked for, and kept. */
export interface OperationEntry {
  readonly route: Route;
  readonly slug: string;
  readonly title: Text;
  readonly deprecated: boolean;
  readonly view: () => OperationView;
  readonly behaviour: () => BehaviourView | undefined;
  readonly discrepancies: () => readonly string[];
  readonly conformance: Conformance | undefined;
}

export interface ModelOptions {
  /** Where samples and try-it go. */
  readonly mock: string;
  readonly report?: Conformances;
  readonly changes?: readonly Change[];
}

/** @throws StateFileError, DocumentError when a state file beside a document is wrong. */
export async function buildModel(documents: readonly Document[], options: ModelOptions): Promise<SiteModel> {
  const table = createOperationTable(documents);
  const states = await loadStates(table);
  const names = createNames();
  const modules = documents.map((document) => viewModule(table, document, names.take(document.name), states, options));
  return {
    table,
    modules,
    decisions: readDecisions(documents),
    changes: options.changes,
    hasReport: options.report !== undefined,
    mock: options.mock,
  };
}

function viewModule(
  table: OperationTable,
  document: Document,
  slug: string,
  states: readonly ModuleState[],
  options: ModelOptions,
): ModuleView {
  const root = record(document.root.value);
  const info = record(root['info']);
  const state = states.find((item) => item.document === document);
  const names = createNames();
  const routes = table.routes.filter(
    (route) => route.document === document && !isInternal(route.node.value) && !isInternal(route.pathItem.value),
  );
  const operations = routes.map((route): OperationEntry => {
    return {
      route,
      slug: names.take(route.id),
      title: titleOf(route),
      deprecated: record(route.node.value)['deprecated'] === true,
      view: once(() => viewOperation(table, route, options.mock)),
      behaviour: once(() => (state === undefined ? undefined : behaviourOf(state, route.id))),
      discrepancies: once(() => discrepanciesOfRoute(route)),
      conformance: options.report?.get(conformanceKey(document.name, route.id)),
    };
  });
  const summary = splitText(info['summary']);
  return {
    document,
    slug,
    title: moduleTitle(document.title, summary),
    summary,
    description: splitText(info['description']),
    version: typeof info['version'] === 'string' || typeof info['version'] === 'number' ? String(info['version']) : '',
    groups: groupsOf(root['tags'], operations),
    operations,
    state,
    servers: serversOf(document),
    discrepancies: discrepanciesOfDocument(document),
  };
}

/** A document whose title is English only may say its Chinese name at the head of its summary: `贴钱活动、申请与邀请`. */
function moduleTitle(title: string, summary: Text): Text {
  const split = splitText(title);
  if (split.zh !== split.en || summary.zh === summary.en || summary.zh === '') return split;
  return { zh: summary.zh.replace(/[：:].*$/s, ''), en: split.en };
}

/** In the order in which the document lists its tags; operations without one come last, or stand alone where no tag is used. */
function groupsOf(tags: unknown, operations: readonly OperationEntry[]): GroupView[] {
  const tree = readTags(tags);
  const tagOf = ({ route }: OperationEntry): string => {
    const { tags: own } = record(route.node.value);
    const names = (Array.isArray(own) ? own : []).filter((name) => typeof name === 'string');
    return names.find(tree.isForNavigation) ?? names[0] ?? '';
  };
  const byTag = Map.groupBy(operations, tagOf);
  const order = [...new Set([...tree.order, ...byTag.keys()])].sort((a, b) => Number(a === '') - Number(b === ''));
  return order.flatMap((name) => {
    const own = byTag.get(name);
    return own === undefined ? [] : [{ ...tree.view(name), parents: tree.parentsOf(name).map(tree.view), operations: own }];
  });
}

const MAX_PARENTS = 16;

interface Tags {
  /** The names of declared tags, each followed by those that name it as their parent. */
  readonly order: readonly string[];
  readonly view: (name: string) => TagView;
  /** The outermost first. */
  readonly parentsOf: (name: string) => readonly string[];
  /** Whether operations are listed by it: a `kind` other than `nav` marks them for something else (OpenAPI 3.2, Tag Object). */
  readonly isForNavigation: (name: string) => boolean;
}

function readTags(tags: unknown): Tags {
  const declared = new Map(
    (Array.isArray(tags) ? tags : [])
      .map(record)
      .filter((tag) => !isInternal(tag))
      .map((tag) => [String(tag['name']), tag] as const),
  );
  /** Of tags that stand under each other, which the specification forbids, or under too many, none has a parent. */
  const parentsOf = (name: string): string[] => {
    const parents: string[] = [];
    for (let parent = declared.get(name)?.['parent']; typeof parent === 'string'; parent = declared.get(parent)?.['parent']) {
      if (parent === name || parents.includes(parent) || parents.length >= MAX_PARENTS) return [];
      if (!declared.has(parent)) break;
      parents.unshift(parent);
    }
    return parents;
  };
  const below = Map.groupBy(declared.keys(), (name) => parentsOf(name).at(-1));
  const depthFirst = (parent: string | undefined): string[] => (below.get(parent) ?? []).flatMap((name) => [name, ...depthFirst(name)]);
  return {
    order: depthFirst(undefined),
    view: (name) => ({
      name,
      summary: splitText(declared.get(name)?.['summary']),
      description: splitText(declared.get(name)?.['description']),
    }),
    parentsOf,
    isForNavigation: (name) => ['nav', undefined].includes(declared.get(name)?.['kind'] as string | undefined),
  };
}

function serversOf(document: Document): { url: string; description: Text }[] {
  const root = record(document.root.value);
  if (document.dialect === '2.0') {
    const { host, basePath, schemes } = root;
    const path = typeof basePath === 'string' ? basePath : '/';
    if (typeof host !== 'string') return [{ url: path, description: splitText('') }];
    return (Array.isArray(schemes) && schemes.length > 0 ? schemes : ['https']).map((scheme) => ({
      url: `${String(scheme)}://${host}${path}`,
      description: splitText(''),
    }));
  }
  const servers = Array.isArray(root['servers']) ? root['servers'].map(record) : [];
  return servers.flatMap(({ url, name, description, 'x-internal': internal }) =>
    typeof url === 'string' && internal !== true ? [{ url, description: named(name, splitText(description)) }] : [],
  );
}

/** The `name` of a server (OpenAPI 3.2, Server Object) before what is said of it. */
function named(name: unknown, description: Text): Text {
  if (typeof name !== 'string' || name === '') return description;
  const before = (rest: string, colon: string): string => (rest === '' ? name : `${name}${colon}${rest}`);
  return { zh: before(description.zh, '：'), en: before(description.en, ': ') };
}

/** The security schemes of a document with their descriptions (OpenAPI 3.1 section 4.8.27). */
export interface SchemeView {
  readonly name: string;
  /** How a request carries it, in words. */
  readonly how: Text;
  readonly description: Text;
}

export function schemesOf(document: Document): SchemeView[] {
  const root = record(document.root.value);
  const schemes = record(document.dialect === '2.0' ? root['securityDefinitions'] : record(root['components'])['securitySchemes']);
  return Object.entries(schemes).flatMap(([name, given]) => {
    const scheme = record(given);
    return scheme['x-internal'] === true
      ? []
      : [{ name, how: withNotes32(howToSend(scheme), scheme), description: splitText(scheme['description']) }];
  });
}

/** What OpenAPI 3.2 says besides: where an authorization server describes itself (RFC 8414), where a device asks for its code (RFC 8628), and that a scheme is on its way out. */
function withNotes32(how: Text, { oauth2MetadataUrl, flows, deprecated }: Readonly<Record<string, unknown>>): Text {
  const device = record(record(flows)['deviceAuthorization'])['deviceAuthorizationUrl'];
  const notes: Text[] = [];
  if (typeof oauth2MetadataUrl === 'string') notes.push(text(`元数据：${code(oauth2MetadataUrl)}`, `metadata: ${code(oauth2MetadataUrl)}`));
  if (typeof device === 'string') notes.push(text(`设备授权：${code(device)}`, `device authorization: ${code(device)}`));
  if (deprecated === true) notes.push(text('已弃用', 'deprecated'));
  return { zh: [how.zh, ...notes.map(({ zh }) => zh)].join('；'), en: [how.en, ...notes.map(({ en }) => en)].join('; ') };
}

/** Text of the document as code, whatever it holds. */
function code(given: string): string {
  return `\`${given.replaceAll(/[`\s]+/g, ' ').trim()}\``;
}

function howToSend(scheme: Readonly<Record<string, unknown>>): Text {
  const { type, scheme: http, in: place, name } = scheme;
  const places: Readonly<Record<string, Text>> = {
    header: text('请求头', 'header'),
    query: text('查询参数', 'query parameter'),
    cookie: text('Cookie', 'cookie'),
  };
  if (type === 'basic' || (type === 'http' && String(http).toLowerCase() === 'basic'))
    return text('HTTP Basic：`Authorization: Basic base64(user:password)`', 'HTTP Basic: `Authorization: Basic base64(user:password)`');
  if (type === 'http' && String(http).toLowerCase() === 'bearer')
    return text('请求头 `Authorization: Bearer <令牌>`', 'header `Authorization: Bearer <token>`');
  if (type === 'apiKey') {
    const where = places[String(place)] ?? text(String(place), String(place));
    return text(`${where.zh} \`${String(name)}\``, `${where.en} \`${String(name)}\``);
  }
  if (type === 'oauth2')
    return text('OAuth 2.0，请求头 `Authorization: Bearer <令牌>`', 'OAuth 2.0, header `Authorization: Bearer <token>`');
  if (type === 'openIdConnect')
    return text('OpenID Connect，请求头 `Authorization: Bearer <令牌>`', 'OpenID Connect, header `Authorization: Bearer <token>`');
  if (type === 'mutualTLS') return text('客户端证书（mTLS）', 'a client certificate (mTLS)');
  return text(`请求头 \`Authorization: ${String(http ?? type)} …\``, `header \`Authorization: ${String(http ?? type)} …\``);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

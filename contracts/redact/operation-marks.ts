import { findResponse, fit, parseMediaType, record } from '../../operations/index.ts';
import type { Content, Document, Operation, OperationParameter } from '../../operations/index.ts';
import { ALL_SECRET, NO_MARK } from './marks.ts';
import type { Mark, MarkOf } from './marks.ts';

/** Where the messages of one operation hold secrets. */
export interface OperationMarks {
  /** By the name of the template. */
  readonly path: (name: string) => Mark;
  readonly query: (name: string) => Mark;
  /** Of a query that is one value without names (OpenAPI 3.2, `in: querystring`); `undefined`: it has names. */
  readonly wholeQuery?: Mark;
  /** By the name in lower case. */
  readonly header: (name: string) => Mark;
  readonly cookie: (name: string) => Mark;
  readonly requestBody: (mediaType: string) => Mark;
  readonly responseHeader: (status: number, name: string) => Mark;
  readonly responseBody: (status: number, mediaType: string) => Mark;
}

/** Names of the `apiKey` security schemes, by their place. */
export type KeyNames = Readonly<Record<'header' | 'query' | 'cookie', ReadonlySet<string>>>;

/** The keys of every document: a client may send one along where it is not asked for. Header names in lower case. */
export function keyNames(documents: readonly Document[]): KeyNames {
  const names = { header: new Set<string>(), query: new Set<string>(), cookie: new Set<string>() };
  for (const document of documents) {
    const root = record(document.root.value);
    const schemes = { ...record(root['securityDefinitions']), ...record(record(root['components'])['securitySchemes']) };
    for (const scheme of Object.values(schemes)) {
      const { type, in: place, name } = record(scheme);
      if (type === 'apiKey' && typeof name === 'string') addKey(names, place, name);
    }
  }
  return names;
}

function addKey(names: Record<'header' | 'query' | 'cookie', Set<string>>, place: unknown, name: string): void {
  if (place === 'header') names.header.add(name.toLowerCase());
  else if (place === 'query' || place === 'cookie') names[place].add(name);
}

/** What is asked of a request that means no operation: the keys of all documents. */
export function marksWithoutOperation(keys: KeyNames): OperationMarks {
  return {
    path: () => NO_MARK,
    query: (name) => (keys.query.has(name) ? ALL_SECRET : NO_MARK),
    header: (name) => (keys.header.has(name) ? ALL_SECRET : NO_MARK),
    cookie: (name) => (keys.cookie.has(name) ? ALL_SECRET : NO_MARK),
    requestBody: () => NO_MARK,
    responseHeader: (_status, name) => (keys.header.has(name) ? ALL_SECRET : NO_MARK),
    responseBody: () => NO_MARK,
  };
}

/** @param markOf made once for the document of the operation, see `createMarks`. */
export function marksOfOperation(operation: Operation, keys: KeyNames, markOf: MarkOf): OperationMarks {
  const parameters = {
    path: new Map<string, Mark>(),
    query: new Map<string, Mark>(),
    header: new Map<string, Mark>(),
    cookie: new Map<string, Mark>(),
  };
  let wholeQuery: Mark | undefined;
  for (const parameter of operation.parameters) {
    const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
    const mark = markOfParameter(parameter);
    if (parameter.isWholeQuery === true && !parameter.explode) wholeQuery = mark;
    parameters[parameter.in].set(name, mark);
    // The properties of an exploded object stand among the parameters under their own names (OpenAPI 3.1 section 4.8.12.2).
    if (parameter.explode && (parameter.style === 'form' || parameter.style === 'simple')) {
      for (const property of mark.names)
        if (!parameters[parameter.in].has(property)) parameters[parameter.in].set(property, mark.property(property));
    }
  }
  const schemes = { header: new Set(keys.header), query: new Set(keys.query), cookie: new Set(keys.cookie) };
  for (const scheme of operation.security.flat()) if (scheme.kind === 'apiKey') addKey(schemes, scheme.in, scheme.parameter);
  const bodies = new Map<string, Mark>();

  function markOfParameter(parameter: OperationParameter): Mark {
    if (parameter.sensitive) return ALL_SECRET;
    return markOf([parameter.validator?.schema]);
  }

  function bodyMark(key: string, contents: readonly Content[], mediaType: string): Mark {
    const known = bodies.get(key);
    if (known !== undefined) return known;
    const fitting = contentsFor(contents, mediaType);
    const mark = ofItems(markOf(fitting.map((content) => content.validator?.schema)), fitting);
    // Media types come from strangers.
    if (bodies.size < 100) bodies.set(key, mark);
    return mark;
  }

  return {
    path: (name) => parameters.path.get(name) ?? NO_MARK,
    query: (name) => (schemes.query.has(name) ? ALL_SECRET : (parameters.query.get(name) ?? NO_MARK)),
    ...(wholeQuery === undefined ? {} : { wholeQuery }),
    header: (name) => (schemes.header.has(name) ? ALL_SECRET : (parameters.header.get(name) ?? NO_MARK)),
    cookie: (name) => (schemes.cookie.has(name) ? ALL_SECRET : (parameters.cookie.get(name) ?? NO_MARK)),
    requestBody: (mediaType) => bodyMark(`request ${mediaType}`, operation.requestBody?.contents ?? [], mediaType),
    responseHeader(status, name) {
      if (schemes.header.has(name)) return ALL_SECRET;
      const header = findResponse(operation, status)?.headers.find((one) => one.name.toLowerCase() === name);
      return header === undefined ? NO_MARK : markOfParameter(header);
    },
    responseBody(status, mediaType) {
      const rule = findResponse(operation, status);
      const contents =
        rule === undefined || rule.contents.length === 0 ? operation.responses.flatMap((one) => one.contents) : rule.contents;
      return bodyMark(`${rule?.status ?? ''} ${mediaType}`, contents, mediaType);
    },
  };
}

/** What is known of the text of a sequence (OpenAPI 3.2, sequential media types): it has no brackets around its items, and its parts have no names. */
function ofItems(mark: Mark, contents: readonly Content[]): Mark {
  const [content, second] = contents;
  if (content?.sequence === undefined || second !== undefined) return mark;
  return content.sequence.form === 'parts' ? { ...mark, property: () => mark.item() } : mark.item();
}

/** The content that fits best; all where none does: an undocumented answer may hold the secrets of the documented ones. */
function contentsFor(contents: readonly Content[], mediaType: string): readonly Content[] {
  const given = parseMediaType(mediaType);
  let best: Content | undefined;
  let bestScore = 0;
  for (const content of contents) {
    const score = given === undefined ? 0 : fit(content.range, given);
    if (score > bestScore) [best, bestScore] = [content, score];
  }
  return best === undefined ? contents : [best];
}

import { decodePercent, isJson, parseMediaType } from '../../operations/index.ts';
import type { Operation, OperationTable, ResponseMessage } from '../../operations/index.ts';
import { jsonScalars } from './json-scalars.ts';
import type { ResponsePlace } from './site.ts';

/** A value that a response gives. */
export interface Given {
  readonly place: ResponsePlace;
  readonly text: string;
}

/** Scalars of one body that are looked at. */
const MAX_SCALARS = 100_000;
const HEADERS = /^(?:etag|authorization|x-.*|.*-(?:token|key|id))$/;

/** Which operation a path of the API means, and its raw variables. */
export type FindPath = (path: string) => { readonly operation: Operation; readonly values: ReadonlyMap<string, string> } | undefined;

/** Looks a path up among the operations of all methods. */
export function pathFinder(table: OperationTable): FindPath {
  return (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const found = table.find(method, path);
      if (found.kind === 'operation') return found;
      if (found.kind === 'path') return undefined;
    }
    return undefined;
  };
}

/**
 * The values that a response gives: scalars of its JSON body, cookies it sets, headers that carry keys, segments of Location.
 * @param find names the variables in the path of Location.
 * @param isWanted whether a text of the body is worth giving. Default: all are.
 */
export function responseValues(response: ResponseMessage, find: FindPath, isWanted?: (text: string) => boolean): Given[] {
  const given: Given[] = [];
  for (const [name, value] of Object.entries(response.headers)) {
    if (name === 'location') given.push(...locationValues(Array.isArray(value) ? value[0] : value, find));
    else if (name === 'set-cookie') given.push(...[value ?? []].flat().flatMap(cookieOf));
    else if (value !== undefined && HEADERS.test(name)) given.push({ place: { in: 'header', name }, text: String(value) });
  }
  for (const { pointer, name, text, kind } of bodyScalars(response, isWanted))
    if (kind !== 'literal' && text !== '') given.push({ place: { in: 'body', name, pointer }, text });
  return given;
}

function bodyScalars({ headers, body }: ResponseMessage, isWanted?: (text: string) => boolean): ReturnType<typeof jsonScalars> {
  if (body === undefined || body.length === 0) return [];
  const header = headers['content-type'];
  const mediaType = parseMediaType((Array.isArray(header) ? header[0] : header) ?? '');
  return mediaType !== undefined && !isJson(mediaType) ? [] : jsonScalars(body.toString('latin1'), MAX_SCALARS, isWanted);
}

/** The path of Location (RFC 9110 section 10.2.2): its variables by name where it means an operation, all segments by their number from the end elsewhere. */
function locationValues(location: string | undefined, find: FindPath): Given[] {
  if (location === undefined) return [];
  const path = location.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  const found = find(path);
  if (found !== undefined && found.values.size > 0)
    return [...found.values].map(([name, raw]) => ({ place: { in: 'location', name }, text: decodePercent(raw) ?? raw }));
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .toReversed();
  return segments.map((raw, index) => ({ place: { in: 'location', name: String(index) }, text: decodePercent(raw) ?? raw }));
}

function cookieOf(line: string): Given[] {
  const match = /^\s*([^=;\s]+)\s*=\s*"?([^;"]*)"?/.exec(line);
  const [text, name] = [match?.[2]?.trim() ?? '', match?.[1]];
  return name === undefined || text === '' ? [] : [{ place: { in: 'set-cookie', name }, text }];
}

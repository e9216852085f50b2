import { realpathSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, relative, resolve, sep } from 'node:path';
import { DocumentError } from './document-error.ts';
import { record } from './document.ts';
import type { Dialect, Document } from './document.ts';
import { placesOf, withBase } from './self.ts';
import { MAX_SOURCE_BYTES, parseSource, positionOf, readSource } from './source.ts';
import type { Source } from './source.ts';
import { is32 } from './version.ts';

export interface LoadOptions {
  /** The folder that references may not leave. Default: the working directory when the document is inside it, else the document's folder. */
  readonly root?: string;
  /** Whether a `$ref` to an http(s) address may be fetched. Default false. */
  readonly allowRemote?: boolean;
}

/** A document refers to no more files than this; a larger number is a mistake or an attack. */
const MAX_SOURCES = 10_000;
const REMOTE_TIMEOUT_MS = 10_000;

/**
 * Loads an OpenAPI document: the root file, or what an http(s) address has, and every file it refers to, directly or through another.
 * Nothing is expanded and nothing is compiled, so the cost is that of parsing text. A reference that can't be followed does not
 * refuse the document: it is remembered in `refused` and becomes a problem of the one operation that needs it.
 * @throws DocumentError when the root file can't be read or parsed, or is not an OpenAPI 2.0, 3.0, 3.1 or 3.2 document.
 */
export async function loadDocument(file: string, options: LoadOptions = {}): Promise<Document> {
  const isRemote = /^https?:\/\//i.test(file);
  if (isRemote && !URL.canParse(file)) throw new DocumentError(file, 'is no address; check it');
  const path = isRemote ? new URL(file).href : resolve(file);
  const read = isRemote ? await fetchSource(path) : await readSource(path);
  const dialect = dialectOf(read);
  const speaks = is32(read.value);
  const root = speaks ? withBase(read) : read;
  const reach: Reach = {
    folder: isRemote ? undefined : boundaryOf(options.root ?? defaultRoot(path)),
    isAllowed: (address) => options.allowRemote === true || (isRemote && URL.parse(address)?.origin === new URL(path).origin),
  };
  const sources = new Map<string, Source>([[path, root]]);
  const aliases = new Map<string, Source>();
  const refused = new Map<string, string>();
  const pending: Source[] = [root];
  for (let source = pending.pop(); source !== undefined; source = pending.pop()) {
    if (source.base !== undefined) aliases.set(source.base, source);
    for (const target of !speaks && staysInside(source.text) ? [] : referencedFiles(source.value, speaks)) {
      const { address, places } = placesOf(target, source);
      if (sources.has(address) || aliases.has(address) || refused.has(address)) continue;
      let reason: string | undefined;
      for (const place of places) {
        const known = sources.get(place);
        const next =
          known ?? (sources.size >= MAX_SOURCES ? `more than ${MAX_SOURCES} files are referred to` : await readTarget(place, reach));
        if (typeof next === 'string') {
          // Why not where it should be says more than why not elsewhere.
          if (reason === undefined || place === address) reason = next;
          continue;
        }
        const found = known ?? labelled(next, place, speaks);
        if (known === undefined) pending.push(found);
        sources.set(place, found);
        if (place !== address) aliases.set(address, found);
        reason = undefined;
        break;
      }
      if (reason !== undefined) refused.set(address, reason);
    }
  }
  for (const address of aliases.keys()) refused.delete(address);
  const title = record(record(root.value)['info'])['title'];
  return {
    name: isRemote ? remoteName(path) : basename(path, extname(path)),
    path,
    dialect,
    title: typeof title === 'string' ? title : basename(path),
    root,
    sources,
    ...(aliases.size === 0 ? {} : { aliases }),
    refused,
  };

  function labelled(source: Source, address: string, speaks: boolean): Source {
    const named = isAbsolute(address) ? { ...source, label: labelFrom(dirname(path), address) } : source;
    return speaks ? withBase(named) : named;
  }
}

/** The last part of an address, without its extension; the host where it has none. */
function remoteName(address: string): string {
  const { pathname, hostname } = new URL(address);
  return basename(pathname, extname(pathname)) || hostname;
}

/** Two files of a document may have one name in different folders. */
function labelFrom(folder: string, address: string): string {
  return relative(folder, address).replaceAll('\\', '/');
}

/** The dialect by the document's own version field. @throws DocumentError for anything but OpenAPI 2.0, 3.0, 3.1 and 3.2. */
function dialectOf(source: Source): Dialect {
  const root = record(source.value);
  const version = root['openapi'] ?? root['swagger'];
  if (version === undefined) {
    throw new DocumentError(source.path, 'is not an OpenAPI document: it has neither "openapi" nor "swagger" at the top');
  }
  const text = typeof version === 'string' || typeof version === 'number' ? String(version) : JSON.stringify(version);
  if (text === '2' || text.startsWith('2.0')) return '2.0';
  if (text === '3' || text.startsWith('3.0')) return '3.0';
  // 3.2 has the schemas of 3.1; what else it adds is read where it stands (version.ts).
  if (text.startsWith('3.1') || text.startsWith('3.2')) return '3.1';
  const pointer = 'openapi' in root ? '/openapi' : '/swagger';
  throw new DocumentError(source.path, `OpenAPI version "${text}" is not known; 2.0, 3.0, 3.1 and 3.2 are`, positionOf(source, pointer));
}

/**
 * Whether a text certainly names no other file: each reference is one into the file itself, in quotes and without escapes, no discriminator maps to anything and no example
 * stands elsewhere. A look at the text, since walking through all of its values is what makes the engine optimise first: 12 ms and 6 MB of a start.
 */
function staysInside(text: string): boolean {
  return !/\$(?:ref|dynamicRef)(?!["']?[ \t]*:[ \t]*["']#)|\b(?:mapping|externalValue)\b|\\[uUx\r\n]/.test(text);
}

/**
 * The file parts of all references in a file. What only looks like one, such as a `$ref` inside example data, costs no more than a look at a
 * file that then nobody asks for.
 */
function referencedFiles(root: unknown, speaks32: boolean): Set<string> {
  const targets = new Set<string>();
  const seen = new Set<unknown>();
  const pending: unknown[] = [root];
  const add = (reference: unknown): void => {
    const target = typeof reference === 'string' ? reference.replace(/#.*$/s, '') : '';
    if (target.trim() !== '') targets.add(target);
  };
  /** Without a slash, a dot or a hash it is a component's name. */
  const addNamed = (target: unknown): void => {
    if (typeof target === 'string' && /[/#]|\.(?:json|ya?ml)$/.test(target)) add(target);
  };
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const members = value as Readonly<Record<string, unknown>>;
    add(members['$ref']);
    add(members['$dynamicRef']);
    // Values in other media types are no files that can be read as a part of the document, and those elsewhere are not asked for.
    const { externalValue } = members;
    if (typeof externalValue === 'string' && /^(?![a-z][a-z\d+.-]*:).*\.(?:json|ya?ml)$/is.test(externalValue)) add(externalValue);
    const { mapping, defaultMapping } = record(members['discriminator']);
    for (const target of [...Object.values(record(mapping)), defaultMapping]) addNamed(target);
    // A security requirement may name its scheme by a URI (OpenAPI 3.2, Security Requirement Object).
    if (speaks32 && Array.isArray(members['security'])) for (const item of members['security']) Object.keys(record(item)).forEach(addNamed);
    for (const item of Object.values(members)) if (typeof item === 'object' && item !== null) pending.push(item);
  }
  return targets;
}

/** How far references lead. */
interface Reach {
  /** The folder that they may not leave; `undefined` for a document from the network, which has no business with files. */
  readonly folder: string | undefined;
  /** Whether an http(s) address may be asked. */
  readonly isAllowed: (address: string) => boolean;
}

/** Reads the file or address a reference names, or says why not. */
async function readTarget(address: string, { folder, isAllowed }: Reach): Promise<Source | string> {
  if (/^https?:/.test(address)) {
    if (!isAllowed(address)) return 'it is a remote address; allow it with --allow-remote-refs';
    return fetchSource(address).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  }
  if (!isAbsolute(address)) return 'only files and http(s) addresses can be read';
  if (folder === undefined) return 'a document from the network can not refer to files';
  let real: string;
  try {
    real = realpathSync.native(address);
  } catch {
    return `${address} does not exist`;
  }
  if (!isInside(folder, real)) return `${address} is outside of ${folder}; allow it with --ref-root`;
  try {
    return await readSource(address);
  } catch (error) {
    return error instanceof DocumentError ? error.message : `${address} can not be read`;
  }
}

/** @throws DocumentError when nothing that can be read comes from there. */
async function fetchSource(address: string): Promise<Source> {
  let text: string | undefined;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(REMOTE_TIMEOUT_MS) });
    if (!response.ok) throw new DocumentError(address, `answered ${response.status}`);
    text = await boundedText(response);
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw new DocumentError(address, `can not be fetched: ${reasonOf(error)}`, undefined, { cause: error });
  }
  if (text === undefined) throw new DocumentError(address, `is larger than ${MAX_SOURCE_BYTES / 1024 / 1024} MB`);
  return parseSource(address, text);
}

/** `fetch failed` says nothing; what it failed of stands behind it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}

/** The text of a response; `undefined` as soon as it is longer than a file may be. */
async function boundedText(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_SOURCE_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function boundaryOf(root: string): string {
  try {
    return realpathSync.native(root);
  } catch (error) {
    throw new DocumentError(resolve(root), 'is no folder that references could be kept in; check --ref-root', undefined, { cause: error });
  }
}

function defaultRoot(path: string): string {
  return isInside(process.cwd(), path) ? process.cwd() : dirname(path);
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}

import { child, items, record, rootNode } from './document.ts';
import type { Document, Node } from './document.ts';
import { pointerTokens } from './pointer.ts';
import { dereference } from './reference.ts';
import { speaks32 } from './version.ts';

/** One scheme that a request can satisfy (OpenAPI 3.1 section 4.8.27, Swagger 2.0 `securityDefinitions`). */
export interface SecurityScheme {
  readonly name: string;
  readonly kind: 'basic' | 'bearer' | 'digest' | 'http' | 'apiKey' | 'oauth2' | 'openIdConnect' | 'mutualTLS' | 'unknown';
  /** For `http`: the scheme's own name in lower case. */
  readonly scheme: string;
  /** For `apiKey`. */
  readonly in: 'header' | 'query' | 'cookie' | '';
  readonly parameter: string;
  readonly scopes: readonly string[];
}

/** What a request must carry: one of the alternatives, each of which needs all of its schemes. No alternatives: nothing is needed. */
export type Security = readonly (readonly SecurityScheme[])[];

/** Where credentials are looked for. */
export interface Credentials {
  readonly header: (name: string) => string | undefined;
  readonly query: (name: string) => string | undefined;
  readonly cookie: (name: string) => string | undefined;
}

/** A failed check: what would have been accepted, for WWW-Authenticate (RFC 9110 section 11.6.1) and for people. */
export interface SecurityFailure {
  readonly alternatives: Security;
  readonly message: string;
}

/** The security of an operation: its own list, else the document's. */
export function securityOf(document: Document, operation: Node): Security {
  const own = child(operation, 'security');
  if (own !== undefined) return requirementsOf(document, own);
  let common = commonSecurity.get(document);
  if (common === undefined) commonSecurity.set(document, (common = requirementsOf(document, child(rootNode(document), 'security'))));
  return common;
}

/** One list for all operations that have none of their own. */
const commonSecurity = new WeakMap<Document, Security>();

function requirementsOf(document: Document, list: Node | undefined): Security {
  return items(list).map((requirement) =>
    Object.entries(record(requirement.value)).map(([name, scopes]) => schemeOf(document, name, scopes, requirement)),
  );
}

/** @param from the requirement: a name that is no component's is a URI seen from there (OpenAPI 3.2, Security Requirement Object). */
function schemeOf(document: Document, name: string, scopes: unknown, from: Node): SecurityScheme {
  const root = rootNode(document);
  const holder =
    document.dialect === '2.0' ? child(root, 'securityDefinitions') : child(child(root, 'components') ?? root, 'securitySchemes');
  const node = holder === undefined ? undefined : child(holder, name);
  const resolved =
    node !== undefined
      ? dereference(document, node)
      : speaks32(document)
        ? dereference(document, { ...from, value: { $ref: name } })
        : undefined;
  const given = resolved?.ok === true ? record(resolved.node.value) : {};
  // A URI is an address; what it leads to has a name of its own.
  const called = node === undefined && resolved?.ok === true ? (pointerTokens(resolved.node.pointer)?.at(-1) ?? name) : name;
  const base = { name: called, scheme: '', in: '', parameter: '', scopes: Array.isArray(scopes) ? scopes.map(String) : [] } as const;
  switch (given['type']) {
    case 'basic':
      return { ...base, kind: 'basic', scheme: 'basic' };
    case 'http': {
      const scheme = textOf(given['scheme']).toLowerCase();
      const kind = scheme === 'basic' || scheme === 'bearer' || scheme === 'digest' ? scheme : 'http';
      return { ...base, kind, scheme };
    }
    case 'apiKey': {
      const place = given['in'];
      return {
        ...base,
        kind: 'apiKey',
        in: place === 'header' || place === 'query' || place === 'cookie' ? place : '',
        parameter: textOf(given['name']),
      };
    }
    case 'oauth2':
    case 'openIdConnect':
    case 'mutualTLS':
      return { ...base, kind: given['type'] };
    default:
      return { ...base, kind: 'unknown' };
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/**
 * Checks that a request carries credentials of the right form for one alternative. Whether they are genuine only a state model can tell.
 * A scheme the document names but does not define can't be checked and is taken as satisfied.
 */
export function checkSecurity(security: Security, credentials: Credentials): SecurityFailure | undefined {
  if (security.length === 0) return undefined;
  for (const alternative of security) if (satisfiesAll(alternative, credentials)) return undefined;
  return { alternatives: security, message: `needs ${security.map(describeAlternative).join(', or ')}` };
}

function satisfiesAll(schemes: readonly SecurityScheme[], credentials: Credentials): boolean {
  for (const scheme of schemes) if (!satisfies(scheme, credentials)) return false;
  return true;
}

function satisfies(scheme: SecurityScheme, credentials: Credentials): boolean {
  const authorization = credentials.header('authorization');
  switch (scheme.kind) {
    case 'basic':
      return authorization !== undefined && isBasic(authorization);
    case 'bearer':
    case 'oauth2':
    case 'openIdConnect':
      return authorization !== undefined && isBearer(authorization);
    case 'digest':
      return authorization !== undefined && /^digest +\S/i.test(authorization);
    case 'http':
      return (
        authorization !== undefined && /^[^\s]+ +\S/.test(authorization) && authorization.toLowerCase().startsWith(`${scheme.scheme} `)
      );
    case 'apiKey':
      return (
        scheme.in === '' || isThere(credentials[scheme.in](scheme.in === 'header' ? scheme.parameter.toLowerCase() : scheme.parameter))
      );
    case 'mutualTLS':
    case 'unknown':
      return true;
  }
}

/** As nearly everybody writes it, or in another spelling (RFC 9110 section 11.1: the scheme's case does not matter). */
function isBearer(authorization: string): boolean {
  const first = authorization.startsWith('Bearer ') ? authorization.charCodeAt(7) : 0;
  return (first > 0x20 && first < 0x7f) || /^bearer +\S/i.test(authorization);
}

function isThere(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/** `Basic` and base64 of `user:password` (RFC 7617); the password may hold colons. */
function isBasic(authorization: string): boolean {
  const match = /^basic +([A-Za-z\d+/_-]+={0,2})\s*$/i.exec(authorization);
  return match?.[1] !== undefined && Buffer.from(match[1], 'base64').toString('latin1').includes(':');
}

function describeAlternative(alternative: readonly SecurityScheme[]): string {
  if (alternative.length === 0) return 'nothing';
  return alternative.map(describeScheme).join(' and ');
}

function describeScheme(scheme: SecurityScheme): string {
  switch (scheme.kind) {
    case 'apiKey':
      return `the ${scheme.in} "${scheme.parameter}"`;
    case 'basic':
      return 'an Authorization header with Basic credentials';
    case 'digest':
      return 'an Authorization header with Digest credentials';
    case 'http':
      return `an Authorization header with the scheme ${scheme.scheme}`;
    case 'mutualTLS':
      return 'a client certificate';
    case 'bearer':
    case 'oauth2':
    case 'openIdConnect':
    case 'unknown':
      return 'an Authorization header with a Bearer token';
  }
}

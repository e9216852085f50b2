import type { Members, PlainOperation } from '../judge/index.ts';

export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: readonly string[];
  readonly cookies: readonly string[];
}

/** Well-formed credentials for the first alternative that one request can carry; `undefined` when none can be. */
export function credentialsFor(operation: PlainOperation): Credentials | undefined {
  if (operation.security.length === 0) return { headers: {}, query: [], cookies: [] };
  for (const schemes of operation.security) {
    const headers: Record<string, string> = {};
    const query: string[] = [];
    const cookies: string[] = [];
    const claims = schemes.map((scheme) => place(scheme, headers, query, cookies));
    if (!claims.includes(false)) return { headers, query, cookies };
  }
  return undefined;
}

/** Puts one scheme's credentials in; false when the place is taken, as by `basic` and `bearer` together. */
function place(scheme: Members, headers: Record<string, string>, query: string[], cookies: string[]): boolean {
  if (scheme['type'] === 'apiKey') {
    const name = String(scheme['name']);
    if (scheme['in'] === 'query') query.push(`${encodeURIComponent(name)}=key`);
    else if (scheme['in'] === 'cookie') cookies.push(`${name}=key`);
    else return claim(headers, name.toLowerCase(), 'key');
    return true;
  }
  const value = authorization(scheme);
  return value === undefined || claim(headers, 'authorization', value);
}

function authorization(scheme: Members): string | undefined {
  switch (scheme['type'] === 'http' ? String(scheme['scheme']).toLowerCase() : scheme['type']) {
    case 'basic':
      return `Basic ${Buffer.from('user:password').toString('base64')}`;
    case 'digest':
      return 'Digest username="user", realm="r", nonce="n", uri="/", response="00"';
    case 'bearer':
    case 'oauth2':
    case 'openIdConnect':
      return 'Bearer token';
    default:
      return scheme['type'] === 'http' ? `${String(scheme['scheme'])} token` : undefined;
  }
}

function claim(headers: Record<string, string>, name: string, value: string): boolean {
  if (headers[name] !== undefined && headers[name] !== value) return false;
  headers[name] = value;
  return true;
}

import type { Security, SecurityScheme } from '../operations/index.ts';

/**
 * What WWW-Authenticate says in a 401 (RFC 9110 section 15.5.2 asks for it): a challenge for each scheme that has one. `undefined` where none has, as with keys of
 * one's own.
 */
export function challengeOf(security: Security): string | undefined {
  const challenges = [...new Set(security.flat().flatMap(challengesOf))];
  return challenges.length === 0 ? undefined : challenges.join(', ');
}

function challengesOf(scheme: SecurityScheme): string[] {
  switch (scheme.kind) {
    case 'basic':
      return ['Basic realm="*"'];
    case 'digest':
      return ['Digest realm="*", nonce="abc123"'];
    case 'bearer':
      return ['Bearer'];
    case 'oauth2':
      return ['OAuth2'];
    case 'openIdConnect':
      return ['OpenID'];
    case 'http':
    case 'apiKey':
    case 'mutualTLS':
    case 'unknown':
      return [];
  }
}

import { isIPv4, isIPv6 } from 'node:net';

/** Atoms with dots between them (RFC 5321 section 4.1.2, `Dot-string`). */
const DOT_STRING = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
/** `Quoted-string`: a backslash stands before any visible character or space, and before every quote and backslash. */
const QUOTED_STRING = /^"(?:[ !#-[\]-~]|\\[ -~])*"$/;
const DOMAIN = /^[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/i;

/**
 * Whether a text is an address of mail: `Mailbox` of RFC 5321 section 4.1.2, as JSON Schema asks (2020-12 Validation, section 7.3.2). A host of one label (`root@localhost`), quoted names and addresses of
 * machines in brackets are addresses like any other.
 */
export function isEmail(text: string): boolean {
  // What stands before may hold one as well, in quotes.
  const at = text.lastIndexOf('@');
  if (at < 1) return false;
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  return (DOT_STRING.test(local) || QUOTED_STRING.test(local)) && (DOMAIN.test(domain) || isLiteral(domain));
}

/** `[127.0.0.1]`, `[IPv6:::1]`. */
function isLiteral(domain: string): boolean {
  if (!domain.startsWith('[') || !domain.endsWith(']')) return false;
  const address = domain.slice(1, -1);
  return /^ipv6:/i.test(address) ? isIPv6(address.slice(5)) && !address.includes('%') : isIPv4(address);
}

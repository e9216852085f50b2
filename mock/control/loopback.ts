import { isIP } from 'node:net';

/** Whether an address is of this machine: 127.0.0.0/8 (RFC 1122 section 3.2.1.3) or ::1, also as an IPv4-mapped IPv6 address. */
export function isLoopbackAddress(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:/, '');
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

/**
 * Whether the host of a URL or of a Host header, with or without a port, names this machine. `localhost` and names under it resolve to nothing else
 * (RFC 6761 section 6.3); any other name may be made to point here by whoever owns it (DNS rebinding).
 */
export function isLoopbackHost(host: string): boolean {
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::\d{1,5})?$/.exec(host.trim().toLowerCase());
  if (match === null) return false;
  const name = match[1] ?? (match[2] ?? '').replace(/\.$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || isLoopbackAddress(name);
}

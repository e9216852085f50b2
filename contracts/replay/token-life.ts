import type { ResponseMessage } from '../../operations/index.ts';
import { jsonOf } from './compare.ts';

/** Milliseconds that the token of an answer lives, as `expires_in` says (RFC 6749 section 5.1); `undefined`: it does not. */
export function lifetimeOf(response: ResponseMessage | undefined): number | undefined {
  const value = response === undefined ? undefined : jsonOf(response)?.json;
  const pending: unknown[] = [value];
  for (let steps = 0; pending.length > 0 && steps < 200; steps += 1) {
    const next = pending.shift();
    if (typeof next !== 'object' || next === null) continue;
    for (const [name, member] of Object.entries(next)) {
      if (/^expires_?in$/i.test(name) && Number.isFinite(Number(member)) && member !== null) return Number(member) * 1_000;
      if (typeof member === 'object') pending.push(member);
    }
  }
  return undefined;
}

/** Whether a refusal or the token itself says that it has expired: RFC 6750 section 3.1, `exp` of RFC 7519 section 4.1.4. */
export function saysExpired(response: ResponseMessage, token: string, now: number): boolean {
  const told = `${String(response.headers['www-authenticate'] ?? '')} ${response.body?.subarray(0, 2_000).toString() ?? ''}`;
  if (/\bexpired\b/i.test(told) && !/invalid[^.]{0,40}or[^.]{0,20}expired/i.test(told)) return true;
  const payload = /^eyJ[\w-]+\.(eyJ[\w-]+)\./.exec(token)?.[1];
  if (payload === undefined) return false;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return typeof claims === 'object' && claims !== null && 'exp' in claims && typeof claims.exp === 'number' && claims.exp * 1_000 <= now;
  } catch {
    return false;
  }
}

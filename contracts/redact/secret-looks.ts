import { decodePercent } from '../../operations/index.ts';
import { isSecretName } from './secret-names.ts';

/**
 * Secrets that are known by their look, wherever they stand: JSON Web Tokens (RFC 7519), PEM keys, keys whose issuers give them a prefix. No part is
 * unbounded and each begins where a word begins, so that the time grows with the text alone.
 */
const LOOKS = new RegExp(
  [
    String.raw`(?<![\w-])eyJ[\w-]{8,4096}\.[\w-]{4,16384}(?:\.[\w-]{0,8192}){1,3}`,
    String.raw`-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{20,8192}-----END [A-Z ]{0,30}PRIVATE KEY-----`,
    String.raw`\b(?:AKIA|ASIA)[A-Z\d]{16}\b`,
    String.raw`\b(?:LTAI[A-Za-z\d]{12,30}|AKID[A-Za-z\d]{13,40})\b`,
    String.raw`\bAIza[\w-]{35}`,
    String.raw`\bya29\.[\w-]{20,512}`,
    String.raw`\bgh[pousr]_[A-Za-z\d]{36,512}`,
    String.raw`\bgithub_pat_\w{22,512}`,
    String.raw`\bglpat-[\w-]{20,512}`,
    String.raw`\bnpm_[A-Za-z\d]{36}`,
    String.raw`\bxox[abeoprs]-[\w-]{10,512}`,
    String.raw`\b[sr]k_(?:live|test)_\w{16,512}`,
    String.raw`\bsk-[\w-]{20,512}`,
    String.raw`\bSG\.[\w-]{20,24}\.[\w-]{40,46}`,
    String.raw`\bhvs\.[\w-]{20,512}`,
  ].join('|'),
  'g',
);

/** Without one of these there is none of {@link LOOKS}; asked first, since it costs next to nothing. */
const BEGINNING = /eyJ|PRIVATE KEY|AKIA|ASIA|LTAI|AKID|AIza|ya29|gh[pousr]_|github_pat|glpat|npm_|xox|[sr]k[_-]|SG\.|hvs\./;

/** `name=value`, as in queries, forms and connection strings. */
const PAIR = /(?<![\p{L}\p{N}_.\-%[\]])([\p{L}\p{N}_.\-%[\]]{1,100})=([^\s&#;"'<>,\\]{1,8192})/gu;
/** `scheme://user:password@host` (RFC 3986 section 3.2.1). */
const USER_INFO = /(:\/\/)([^\s/:@"'<>\\]{1,200}):([^\s/@"'<>\\]{1,200})@/g;
const BEARER = /\b(bearer {1,8})([\w.~+/-]{6,16384}={0,2})/gi;

/**
 * Masks what looks like a secret in free text: keys, tokens, `password=...` pairs, passwords in URLs.
 * @param mask gives the pseudonym of a value.
 */
export function maskLooks(text: string, mask: (value: string) => string): string {
  let masked = text;
  if (masked.includes('=')) {
    masked = masked.replace(PAIR, (pair, name: string, value: string) =>
      isSecretName(percentDecoded(name)) ? `${name}=${mask(percentDecoded(value))}` : pair,
    );
  }
  if (masked.includes('://'))
    masked = masked.replace(
      USER_INFO,
      (_all, start: string, user: string, word: string) => `${start}${user}:${mask(percentDecoded(word))}@`,
    );
  if (/bearer /i.test(masked)) masked = masked.replace(BEARER, (_all, scheme: string, token: string) => `${scheme}${mask(token)}`);
  return BEGINNING.test(masked) ? masked.replace(LOOKS, (found) => mask(found)) : masked;
}

/** A value of a query or form as it is meant; as it is where its percent-encoding is broken. */
export function percentDecoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  return decodePercent(spaced) ?? spaced;
}

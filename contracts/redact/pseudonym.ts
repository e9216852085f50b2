import { createHmac } from 'node:crypto';

const PREFIX = 'hufu-masked-';
const PSEUDONYM = /hufu-masked-[0-9a-f]{10}/;
/** {@link PREFIX} in base64: its 12 bytes are 16 whole characters, so that credentials which begin with a pseudonym begin with these. */
const PREFIX_BASE64 = Buffer.from(PREFIX).toString('base64');

/** Length of every pseudonym, in characters and in bytes. */
export const PSEUDONYM_LENGTH = PREFIX.length + 10;

/**
 * The text that stands for a secret: equal values have equal pseudonyms under one key, and nobody without the key can try values out.
 * A pseudonym stands for itself. Only letters, digits and hyphens: it needs no escape in a URL, a header, JSON, XML or a form.
 * @param key random bytes, one key a recording, never stored.
 */
export function pseudonymOf(key: Uint8Array, value: string): string {
  if (isPseudonym(value)) return value;
  return `${PREFIX}${createHmac('sha256', key).update(value).digest('hex').slice(0, 10)}`;
}

/** True for a text that is a pseudonym and nothing else. */
export function isPseudonym(text: string): boolean {
  return text.length === PSEUDONYM_LENGTH && PSEUDONYM.test(text);
}

/** True for a text with a pseudonym in it, also for Basic credentials made of two. */
export function holdsPseudonym(text: string): boolean {
  return PSEUDONYM.test(text) || text.includes(PREFIX_BASE64);
}

/** True for bytes with a pseudonym in them, whatever else they hold. */
export function bytesHoldPseudonym(bytes: Buffer): boolean {
  return bytes.includes(PREFIX) || bytes.includes(PREFIX_BASE64);
}

/** True for a text that would be found inside of every pseudonym. */
export function isPartOfEveryPseudonym(text: string): boolean {
  return PREFIX.includes(text);
}

import { readings } from './escapes.ts';

/** Bytes that betray a secret. Escapes are not among them: they are undone before bytes are compared. */
export interface Spelling {
  readonly bytes: Buffer;
  /** Characters before and after that hold bits of the secret too (base64 does not fall on byte limits). */
  readonly before: number;
  readonly after: number;
  /** Only digits: found where no other digit stands next to them, so that a code of six digits does not tear up every longer number. */
  readonly digits: boolean;
}

/** The plain value, its base64 in each of the three positions and both alphabets (RFC 4648 sections 4 and 5), its hexadecimal digits. */
export function spellingsOf(value: string): Spelling[] {
  const found = new Map<string, Spelling>();
  const isNumber = /^[0-9]+$/.test(value);
  const add = (bytes: Buffer, before = 0, after = 0): void => {
    const text = bytes.toString('latin1');
    if (bytes.length >= GRAM && !found.has(text)) found.set(text, { bytes, before, after, digits: isNumber && text === value });
  };
  const plain = Buffer.from(value);
  // A secret may itself look escaped ("100%41"); what undoing the escapes makes of it is looked for as well.
  for (const { bytes } of readings(plain)) add(bytes);
  if (/[\u0080-\u00ff]/.test(value) && !/[\u0100-\uffff]/.test(value)) add(Buffer.from(value, 'latin1'));
  for (const written of new Set([value, JSON.stringify(value).slice(1, -1), encodedForUrl(value)])) {
    const bytes = Buffer.from(written);
    for (const position of [0, 1, 2]) addBase64(bytes, position, add);
  }
  const digits = plain.toString('hex');
  add(Buffer.from(digits));
  add(Buffer.from(digits.toUpperCase()));
  return [...found.values()];
}

/** Every spelling is at least as long as this: it is what is looked up first. */
export const GRAM = 6;

/** The characters that depend on the secret alone when it stands `position` bytes (modulo three) into what is encoded. */
function addBase64(bytes: Buffer, position: number, add: (bytes: Buffer, before: number, after: number) => void): void {
  const first = Math.ceil((position * 8) / 6);
  const last = Math.floor(((position + bytes.length) * 8) / 6);
  const text = Buffer.concat([Buffer.alloc(position), bytes])
    .toString('base64')
    .slice(first, last);
  const before = position === 0 ? 0 : 1;
  const after = (position + bytes.length) % 3 === 0 ? 0 : 1;
  add(Buffer.from(text), before, after);
  add(Buffer.from(text.replaceAll('+', '-').replaceAll('/', '_')), before, after);
}

function encodedForUrl(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    // A lone surrogate has no percent-encoding.
    return value;
  }
}

import { GRAM, spellingsOf } from './spellings.ts';
import type { Spelling } from './spellings.ts';

/** Values that were secret somewhere, found again anywhere. Bounded: the ones not met for the longest time are forgotten. */
export interface KnownSecrets {
  /** Values of less than {@link MIN_LENGTH} characters would be found everywhere and are not taken. */
  readonly add: (value: string, pseudonym: string) => void;
  /** Where they stand in the bytes, in no order, overlaps included. */
  readonly find: (bytes: Buffer) => Match[];
  readonly size: () => number;
}

export interface Match {
  readonly start: number;
  readonly end: number;
  readonly pseudonym: string;
}

export interface KnownSecretsLimits {
  /** Default 10,000. */
  readonly values: number;
  /** Bytes of all their spellings together. Default 64 MiB. */
  readonly bytes: number;
}

const MIN_LENGTH = 6;

interface Secret {
  readonly value: string;
  readonly pseudonym: string;
  readonly spellings: number;
  readonly bytes: number;
  /** Its entries in the index mean nothing any more. */
  forgotten: boolean;
}

/** A spelling, found under the hash of six bytes of it, which begin at `offset`. */
interface Indexed {
  readonly secret: Secret;
  readonly spelling: Spelling;
  readonly offset: number;
}

const FACTOR = 31;
/** What the byte that leaves the window still counts. */
const LEAVING = Math.imul(Math.imul(Math.imul(FACTOR, FACTOR), Math.imul(FACTOR, FACTOR)), Math.imul(FACTOR, FACTOR));
/** 2^22 bits: with all spellings of 10,000 values one byte in fifty or fewer asks the map in vain. */
const BITS = 1 << 22;
/** Steps between the first and the last place in a spelling that are looked at. */
const PLACES = 7;
const MAX_STALE = 50_000;

export function createKnownSecrets({
  values = 10_000,
  bytes: maxBytes = 64 * 1024 * 1024,
}: Partial<KnownSecretsLimits> = {}): KnownSecrets {
  const secrets = new Map<string, Secret>();
  const index = new Map<number, Indexed[]>();
  const bits = new Uint8Array(BITS / 8);
  let total = 0;
  let stale = 0;

  function touch(secret: Secret): void {
    secrets.delete(secret.value);
    secrets.set(secret.value, secret);
  }

  function add(value: string, pseudonym: string): void {
    const known = secrets.get(value);
    if (known !== undefined) {
      touch(known);
      return;
    }
    if (Array.from(value.slice(0, 2 * MIN_LENGTH)).length < MIN_LENGTH) return;
    const spellings = spellingsOf(value);
    const size = spellings.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (size > maxBytes / 4) return;
    const secret: Secret = { value, pseudonym, bytes: size, spellings: spellings.length, forgotten: false };
    for (const spelling of spellings) place(spelling, secret);
    secrets.set(value, secret);
    total += size;
    for (const oldest of secrets.values()) {
      if (secrets.size <= values && total <= maxBytes) break;
      forget(oldest);
    }
  }

  /** Of a few places in the spelling the one that the fewest others share: tokens of one issuer all begin alike. */
  function place(spelling: Spelling, secret: Secret): void {
    const last = spelling.bytes.length - GRAM;
    let best: { offset: number; hash: number; bucket: Indexed[] | undefined } | undefined;
    for (let step = PLACES; step >= 0 && best?.bucket?.length !== 0; step -= 1) {
      const offset = Math.floor((last * step) / PLACES);
      const hash = hashOf(spelling.bytes, offset);
      const bucket = index.get(hash) ?? [];
      if (best === undefined || bucket.length < (best.bucket?.length ?? 0)) best = { offset, hash, bucket };
    }
    const { offset = 0, hash = 0, bucket = [] } = best ?? {};
    bucket.push({ secret, spelling, offset });
    index.set(hash, bucket);
    mark(hash);
  }

  function mark(hash: number): void {
    const bit = bitOf(hash);
    bits[bit >>> 3] = (bits[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }

  /** Entries and bits stay until too many of them mean nothing: one pass over all of them is then cheap for each. */
  function forget(secret: Secret): void {
    secrets.delete(secret.value);
    secret.forgotten = true;
    total -= secret.bytes;
    stale += secret.spellings;
    if (stale < MAX_STALE) return;
    stale = 0;
    bits.fill(0);
    for (const [hash, bucket] of index) {
      const rest = bucket.filter((entry) => !entry.secret.forgotten);
      if (rest.length === 0) index.delete(hash);
      else index.set(hash, rest);
      if (rest.length > 0) mark(hash);
    }
  }

  function find(bytes: Buffer): Match[] {
    if (secrets.size === 0 || bytes.length < GRAM) return [];
    const matches: Match[] = [];
    let hash = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      hash = (Math.imul(hash, FACTOR) + (bytes[at] ?? 0)) | 0;
      if (at < GRAM - 1) continue;
      if (at >= GRAM) hash = (hash - Math.imul(bytes[at - GRAM] ?? 0, LEAVING)) | 0;
      const bit = bitOf(hash);
      if (((bits[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) continue;
      for (const entry of index.get(hash) ?? []) {
        const match = matchAt(bytes, at - GRAM + 1 - entry.offset, entry);
        if (match !== undefined) matches.push(match);
      }
    }
    return matches;
  }

  function matchAt(bytes: Buffer, start: number, { spelling, secret }: Indexed): Match | undefined {
    if (secret.forgotten) return undefined;
    const wanted = spelling.bytes;
    const end = start + wanted.length;
    if (start < 0 || end > bytes.length || wanted.compare(bytes, start, end) !== 0) return undefined;
    if (spelling.digits && (isDigit(bytes[start - 1]) || isDigit(bytes[end]))) return undefined;
    touch(secret);
    return { ...widened(bytes, start, end, spelling), pseudonym: secret.pseudonym };
  }

  return { add, find, size: () => secrets.size };
}

/** Takes in the characters at the edges that hold bits of the secret, and the padding. */
function widened(bytes: Buffer, start: number, end: number, { before, after }: Spelling): { start: number; end: number } {
  if (before + after === 0) return { start, end };
  const from = before > 0 && isBase64(bytes[start - 1]) ? start - 1 : start;
  let to = after > 0 && isBase64(bytes[end]) ? end + 1 : end;
  while (bytes[to] === 0x3d && to - end < 3) to += 1;
  return { start: from, end: to };
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isBase64(byte: number | undefined): boolean {
  return byte !== undefined && /[\w+/-]/.test(String.fromCharCode(byte));
}

function hashOf(bytes: Buffer, offset: number): number {
  let hash = 0;
  for (let at = offset; at < offset + GRAM; at += 1) hash = (Math.imul(hash, FACTOR) + (bytes[at] ?? 0)) | 0;
  return hash;
}

function bitOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & (BITS - 1);
}

import { readings } from './escapes.ts';
import { visitJson } from './json-leaves.ts';
import type { KnownSecrets, Match } from './known-secrets.ts';
import { PSEUDONYM_LENGTH } from './pseudonym.ts';

/**
 * Replaces every known secret in the bytes, however it is spelled. The very same buffer comes back where there is none.
 * @param isJson a number with a secret in it becomes a string, so that JSON stays JSON.
 */
export function sweepBytes(bytes: Buffer, known: KnownSecrets, isJson: boolean): Buffer {
  if (known.size() === 0 || bytes.length === 0) return bytes;
  const found = placesOf(bytes, known).filter((match) => !isInsidePseudonym(bytes, match));
  if (found.length === 0) return bytes;
  const places = isJson ? withWholeNumbers(bytes, found) : found;
  places.sort((a, b) => a.start - b.start || b.end - a.end);
  const pieces: Buffer[] = [];
  let copied = 0;
  for (const { start, end, pseudonym } of places) {
    if (start < copied) continue;
    pieces.push(bytes.subarray(copied, start), Buffer.from(pseudonym));
    copied = end;
  }
  return Buffer.concat([...pieces, bytes.subarray(copied)]);
}

/** The same for a path, a query or a field value; characters above U+007F may stand for bytes (Node reads header fields as Latin-1) or for themselves. */
export function sweepText(text: string, known: KnownSecrets): string {
  const bytes = Buffer.from(text);
  const swept = sweepBytes(bytes, known, false);
  const result = swept === bytes ? text : swept.toString();
  if (bytes.length === text.length || /[\u0100-\uffff]/.test(result)) return result;
  const narrow = Buffer.from(result, 'latin1');
  const sweptNarrow = sweepBytes(narrow, known, false);
  return sweptNarrow === narrow ? result : sweptNarrow.toString('latin1');
}

function placesOf(bytes: Buffer, known: KnownSecrets): Match[] {
  const places: Match[] = [];
  for (const view of readings(bytes)) {
    for (const { start, end, pseudonym } of known.find(view.bytes))
      places.push({ start: view.start(start), end: view.end(end), pseudonym });
  }
  return places;
}

function isInsidePseudonym(bytes: Buffer, { start, end }: Match): boolean {
  if (end - start >= PSEUDONYM_LENGTH) return false;
  const from = Math.max(0, start - PSEUDONYM_LENGTH);
  for (const { index } of bytes.toString('latin1', from, end + PSEUDONYM_LENGTH).matchAll(/hufu-masked-[0-9a-f]{10}/g)) {
    if (from + index <= start && end <= from + index + PSEUDONYM_LENGTH) return true;
  }
  return false;
}

/** Bytes are read as Latin-1, so that positions are offsets; what makes the structure of JSON is ASCII. */
function withWholeNumbers(bytes: Buffer, places: readonly Match[]): Match[] {
  const sorted = places.toSorted((a, b) => a.start - b.start);
  const numbers: Match[] = [];
  let next = 0;
  visitJson<undefined>(bytes.toString('latin1'), undefined, { property: () => undefined, item: () => undefined }, true, (leaf) => {
    while (next < sorted.length && (sorted[next]?.end ?? 0) <= leaf.start) next += 1;
    if (leaf.kind !== 'bare') return;
    const hit = sorted[next];
    if (hit !== undefined && hit.start < leaf.end && hit.end > leaf.start)
      numbers.push({ start: Math.min(leaf.start, hit.start), end: Math.max(leaf.end, hit.end), pseudonym: `"${hit.pseudonym}"` });
  });
  // Before the matches inside of them: of two that begin and end alike the first is taken.
  return [...numbers, ...sorted];
}

/** Up to so many texts are compared each with each. */
const FEW = 8;
/** Up to so many find their place in a table; more go into a Set. */
const MANY = 512;
/** A power of two, at least twice as large. */
const TABLE_SIZE = 1_024;
/** Texts that are looked at in search of a place; who sends more that share one is served by a Set. */
const STEPS_EACH = 4;

/**
 * Places of a list's texts: the number of a text in the list, plus `used`. What is `used` or less is left from an earlier list, so that nothing needs to be cleared between lists.
 */
const table = new Int32Array(TABLE_SIZE);
let used = 0;
const MAX_USED = 2 ** 31 - 1 - MANY;

/** Whether no text of a list occurs twice. A Set costs three times as much: it takes memory and a hash of the whole of each text. */
export function areUniqueTexts(texts: readonly string[]): boolean {
  if (texts.length <= FEW) return isNoneTwice(texts);
  return texts.length <= MANY ? areUniqueByTable(texts) : new Set(texts).size === texts.length;
}

function isNoneTwice(texts: readonly string[]): boolean {
  for (let index = 1; index < texts.length; index += 1) {
    const text = texts[index];
    for (let other = 0; other < index; other += 1) if (texts[other] === text) return false;
  }
  return true;
}

function areUniqueByTable(texts: readonly string[]): boolean {
  if (used > MAX_USED) {
    table.fill(0);
    used = 0;
  }
  const before = used;
  used += texts.length;
  let steps = texts.length * STEPS_EACH;
  for (let index = 0; index < texts.length; index += 1) {
    const text = texts[index] ?? '';
    let place = placeOf(text);
    for (let held = table[place] ?? 0; held > before; held = table[place] ?? 0) {
      if (texts[held - before - 1] === text) return false;
      steps -= 1;
      if (steps < 0) return new Set(texts).size === texts.length;
      place = (place + 1) % TABLE_SIZE;
    }
    table[place] = before + index + 1;
  }
  return true;
}

/** By length and four characters: names that are numbered differ at their ends, identifiers anywhere. */
function placeOf(text: string): number {
  const { length } = text;
  let hash = length;
  if (length > 0) hash = Math.imul(hash, 31) + text.charCodeAt(length - 1);
  if (length > 1) hash = Math.imul(hash, 31) + text.charCodeAt(length - 2);
  if (length > 2) hash = Math.imul(Math.imul(hash, 31) + text.charCodeAt(length - 3), 31) + text.charCodeAt(length >> 1);
  return (hash ^ (hash >>> 10)) & (TABLE_SIZE - 1);
}

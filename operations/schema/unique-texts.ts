/** So few texts are compared each with each: nothing has to be kept of them. */
const FEW = 16;
/** A power of two, and twice as many slots as there may be texts: a probe mostly finds an empty one at once. */
const SLOTS = 1_024;
const MANY = SLOTS / 2;
/** A list is worth so many comparisons a text. Texts chosen so that they fall on each other go to a Set, which hashes the whole of each. */
const WORTH = 4;

/** Of the table: which text lies in a slot, as its index beyond `base`. What is below `base` is left from a list before: nothing has to be emptied. */
const slots = new Int32Array(SLOTS);
let base = 1;

/** Whether no text of a list occurs twice. */
export function areUniqueTexts(texts: readonly string[]): boolean {
  if (texts.length <= FEW) return areUniqueFew(texts);
  return (texts.length <= MANY ? areUniqueSome(texts) : undefined) ?? new Set(texts).size === texts.length;
}

function areUniqueFew(texts: readonly string[]): boolean {
  for (let index = 1; index < texts.length; index += 1) {
    const text = texts[index];
    for (let other = 0; other < index; other += 1) if (texts[other] === text) return false;
  }
  return true;
}

/** By a table that is kept: a Set is made, and grows, for each list anew, which takes longer than what it tells. `undefined`: too many texts look alike. */
function areUniqueSome(texts: readonly string[]): boolean | undefined {
  if (base > 0x7fffffff - 2 * MANY) {
    slots.fill(0);
    base = 1;
  }
  const first = base;
  base += texts.length;
  let worth = WORTH * texts.length;
  for (let index = 0; index < texts.length; index += 1) {
    const text = texts[index] ?? '';
    let slot = placeOf(text);
    for (let taken = slots[slot] ?? 0; taken >= first; taken = slots[slot] ?? 0) {
      if (texts[taken - first] === text) return false;
      worth -= 1;
      if (worth < 0) return undefined;
      slot = (slot + 1) & (SLOTS - 1);
    }
    slots[slot] = first + index;
  }
  return true;
}

/** By a few characters, in which the texts of a list mostly differ: the last ones, the middle one, and the length. */
function placeOf(text: string): number {
  const { length } = text;
  if (length === 0) return 0;
  let hash = length + 31 * text.charCodeAt(length - 1) + 997 * text.charCodeAt(length >> 1);
  if (length > 1) hash += 313 * text.charCodeAt(length - 2);
  return hash & (SLOTS - 1);
}

/** Where in a JSON text a leaf stands. Of a string the quotes are left out. */
export interface JsonLeaf {
  readonly kind: 'string' | 'key' | 'bare';
  readonly start: number;
  readonly end: number;
}

/** What is known of the place of a leaf, handed down from the root. */
export interface Descent<Place> {
  readonly property: (place: Place, name: string) => Place;
  readonly item: (place: Place) => Place;
}

/** Deeper levels are read as if they were this deep. */
const MAX_DEPTH = 1_000;
const STRUCTURE = /[\s{}[\],:"]/;

interface Level<Place> {
  readonly isObject: boolean;
  readonly place: Place;
  key: string | undefined;
}

/**
 * Tells every leaf of a text that is JSON, was JSON before it was cut, or has JSON in it (server-sent events, NDJSON): nothing is refused, the
 * cost grows with the text alone. Positions count UTF-16 units.
 * @param isWhole true: what stands outside of objects and arrays are values too; false: it is skipped.
 */
export function visitJson<Place>(
  text: string,
  root: Place,
  descent: Descent<Place>,
  isWhole: boolean,
  visit: (leaf: JsonLeaf, place: Place) => void,
): void {
  const levels: Level<Place>[] = [];
  let tooDeep = 0;
  const placeHere = (): Place => {
    const level = levels.at(-1);
    if (level === undefined) return root;
    if (!level.isObject) return descent.item(level.place);
    return level.key === undefined ? level.place : descent.property(level.place, level.key);
  };
  const valueEnds = (): void => {
    const level = levels.at(-1);
    if (level !== undefined) level.key = undefined;
  };

  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    if (character === '{' || character === '[') {
      if (levels.length >= MAX_DEPTH) tooDeep += 1;
      else levels.push({ isObject: character === '{', place: placeHere(), key: undefined });
      at += 1;
    } else if (character === '}' || character === ']') {
      if (tooDeep > 0) tooDeep -= 1;
      else levels.pop();
      valueEnds();
      at += 1;
    } else if (levels.length === 0 && !isWhole) {
      at = nextOpening(text, at);
    } else if (character === '"') {
      const end = closingQuote(text, at + 1);
      const level = levels.at(-1);
      const leaf = { start: at + 1, end };
      if (level?.isObject === true && level.key === undefined) {
        level.key = stringOf(text.slice(at + 1, end));
        visit({ kind: 'key', ...leaf }, level.place);
      } else {
        visit({ kind: 'string', ...leaf }, placeHere());
        valueEnds();
      }
      at = end + 1;
    } else if (STRUCTURE.test(character)) {
      if (character === ',') valueEnds();
      at += 1;
    } else {
      let end = at + 1;
      while (end < text.length && !STRUCTURE.test(text.charAt(end))) end += 1;
      visit({ kind: 'bare', start: at, end }, placeHere());
      valueEnds();
      at = end;
    }
  }
}

/** The text of a string without its quotes; as it is written where its escapes are broken. */
export function stringOf(raw: string): string {
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}

const OPENING = /[{[]/g;

function nextOpening(text: string, from: number): number {
  OPENING.lastIndex = from;
  return OPENING.exec(text)?.index ?? text.length;
}

/** The end of the text where a string is not closed. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (at - 1 - slashes >= from && text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}

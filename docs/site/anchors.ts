/** Names for files and places of a page that are safe in every file system and address, and met only once. */
export interface Names {
  /** A name made of the wanted one; the same wish twice gives two names. */
  readonly take: (wanted: string) => string;
}

const MAX_LENGTH = 100;

/** Names differ in more than case, since some file systems do not tell. */
export function createNames(): Names {
  const taken = new Set<string>();
  return {
    take(wanted) {
      const base = slug(wanted);
      let name = base;
      for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base}-${number}`;
      taken.add(name.toLowerCase());
      return name;
    },
  };
}

/** Letters and digits of any script, `.`, `_` and `-`; everything else becomes `-`. */
export function slug(wanted: string): string {
  const clean = wanted
    .normalize('NFC')
    .replace(/\[\]/g, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, MAX_LENGTH);
  // Windows keeps these names for devices.
  return clean === '' || /^(?:con|prn|aux|nul|com\d|lpt\d|index)$/i.test(clean) ? `${clean}_` : clean;
}

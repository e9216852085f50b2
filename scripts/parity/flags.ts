/**
 * Prism's flags in this project's spelling. `undefined`: there is nothing to say. `fillProperties` has no counterpart, because our generator
 * fills in every property a schema names and invents none.
 */
const SPELLINGS: Readonly<Record<string, string | undefined>> = {
  '-d': '--dynamic',
  '--cors=false': '--no-cors',
  '--ignoreExamples': '--ignore-examples',
  '--json-schema-faker-fillProperties=false': undefined,
  '-m': undefined,
};

/** The flags of a case, ready for the mock's command line. */
export function flagsOfMock(flags: readonly string[]): string {
  return flags
    .map((flag) => (flag in SPELLINGS ? SPELLINGS[flag] : flag))
    .filter((flag) => flag !== undefined)
    .join(' ');
}

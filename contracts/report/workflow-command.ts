/** GitHub shows no more annotations of one step than this, of each kind. */
export const MAX_ANNOTATIONS = 10;

/** The message of a workflow command of GitHub Actions: `%`, CR and LF are its escapes. */
export function message(text: string): string {
  return text.toWellFormed().replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property of a command also ends at `,` and at `:`. */
export function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

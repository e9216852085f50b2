import { StateError } from './state-error.ts';

/** Safe in a header, a path segment, a cookie and a file name. */
const NAME = /^[\w.-]{1,64}$/;

/**
 * The name of a session or snapshot, when it is one.
 * @throws StateError `session-name` or `snapshot-name`
 */
export function checkName(kind: 'session' | 'snapshot', name: string): string {
  if (NAME.test(name)) return name;
  const shown = name.length > 64 ? `${name.slice(0, 64)}…` : name;
  throw new StateError(`${kind}-name`, `${JSON.stringify(shown)} can't name a ${kind}: use 1 to 64 of the characters A-Z a-z 0-9 . _ -`);
}

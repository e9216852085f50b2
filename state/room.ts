import { StateError } from './state-error.ts';

/** The memory that the rows of all sessions may take together. */
export interface Room {
  /**
   * Takes room for rows that are written.
   * @param bytes as {@link rowBytes} counts them.
   * @param isNew rows come that were not there. What only changes rows may go on when there is no room: a client that marks rows as deleted, or a status that moves by itself.
   * @throws StateError `state-full` when there is none.
   */
  readonly take: (bytes: number, isNew: boolean) => void;
}

/** After a refusal so many milliseconds go by before rows are counted anew: with all of them that takes a second. */
const PAUSE_MS = 2_000;
/** Bytes. */
const SMALL_CHANGE = 16_384;
/** Less than this share of what is allowed is room again. */
const ROOMY = 0.95;

/**
 * Only what comes is counted as it comes. What goes (rows, sessions, scenarios that are reset) is found when the limit seems to be reached, by counting all anew.
 * @param most bytes. @param count counts what is there. @param now milliseconds.
 */
export function createRoom(most: number, count: () => number, now: () => number = Date.now): Room {
  let used = 0;
  let closedUntil = Number.NEGATIVE_INFINITY;
  return {
    take(bytes, isNew) {
      if (used + bytes > most) {
        if (now() >= closedUntil) {
          used = count();
          if (used + bytes > most * ROOMY) closedUntil = now() + PAUSE_MS;
        }
        if (used + bytes > most * ROOMY && (isNew || bytes > SMALL_CHANGE)) {
          const megabytes = Math.round(most / 1024 / 1024);
          throw new StateError(
            'state-full',
            `The rows of all sessions take ${megabytes} MB, which is the most; delete rows, reset or remove sessions.`,
          );
        }
      }
      used += bytes;
    },
  };
}

/** Bytes: what an object takes beside its members, and a member beside its value, roughly. */
export const OBJECT_BYTES = 80;
export const MEMBER_BYTES = 16;

/** A row may hold one object many times, or itself: no more of them are looked at. */
const MOST_OBJECTS = 50_000;

/** What a row takes in memory, roughly: bytes. */
export function rowBytes(row: object): number {
  let bytes = 0;
  const rest: object[] = [row];
  let objects = 0;
  for (let value = rest.pop(); value !== undefined && objects < MOST_OBJECTS; value = rest.pop()) {
    objects += 1;
    bytes += OBJECT_BYTES;
    for (const inner of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) {
      bytes += MEMBER_BYTES;
      if (typeof inner === 'string') bytes += inner.length * 2;
      else if (typeof inner === 'object' && inner !== null) rest.push(inner);
    }
  }
  return bytes;
}

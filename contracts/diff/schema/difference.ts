import type { SchemaObject } from '../../../operations/index.ts';
import type { Level, Sentence } from '../change.ts';

/** What a difference of schemas means in a message of the client (`request`) and of the server (`response`); absent: nothing. */
export interface Effect {
  readonly request?: Level;
  readonly response?: Level;
}

/** Fewer values are valid: what a client sent may now be refused; what it gets it knows already. */
export const NARROWED: Effect = { request: 'breaking', response: 'compatible' };
/** More values are valid: a client may now get what it does not know. */
export const WIDENED: Effect = { request: 'compatible', response: 'breaking' };
/** Some went, some came, or it can't be told. */
export const CHANGED: Effect = { request: 'breaking', response: 'breaking' };
/** Told, and nothing to worry about. */
export const NOTED: Effect = { request: 'compatible', response: 'compatible' };

/** A place inside a schema of the document. */
export interface Spot {
  readonly part: SchemaObject;
  /** From the part on, such as `/properties/price`. */
  readonly pointer: string;
}

/** One difference between two schemas of the same place. */
export interface Difference {
  readonly rule: string;
  readonly effect: Effect;
  readonly text: Sentence;
  /** The step from the schemas to the place: `/price`. Default: none. */
  readonly step?: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Where it stands, if not in the schemas compared. */
  readonly old?: Spot | undefined;
  readonly new?: Spot | undefined;
}

export type TellDifference = (difference: Difference) => void;

/** The effect of a change whose direction is known: negative narrows, positive widens. */
export function effectOf(direction: number): Effect {
  return direction < 0 ? NARROWED : WIDENED;
}

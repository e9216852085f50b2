import type { Row } from './world.ts';

/** Rows, or what finds them: few expressions name all of them. */
export type Matches = readonly Row[] | (() => readonly Row[]);

/** What a verb did: what `$row`, `$before`, `$rows` ... name afterwards. */
export interface Done {
  readonly ok: true;
  readonly row?: Row | undefined;
  readonly before?: Row | undefined;
  readonly rows?: readonly unknown[] | undefined;
  readonly matches?: Matches | undefined;
  readonly total?: number | undefined;
  readonly page?: Readonly<Record<string, unknown>> | undefined;
  /** The pager's part of the answer, where there is a pager. */
  readonly listed?: unknown;
}

/** A refusal by its name in the state file's `errors`. */
export interface Refused {
  readonly ok: false;
  readonly error: string;
  /** Told instead of the error's own message. */
  readonly message?: string;
}

export type Outcome = Done | Refused;

export function refused(error: string, message?: string): Refused {
  return message === undefined ? { ok: false, error } : { ok: false, error, message };
}

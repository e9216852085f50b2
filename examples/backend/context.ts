import type { Database } from './database.ts';
import type { DefectId } from './defects.ts';

/** What every module is given. */
export interface Context {
  readonly database: Database;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  /** How long an access token lives. */
  readonly tokenSeconds: number;
  /** Whether this backend has the given defect. */
  readonly defect: (id: DefectId) => boolean;
}

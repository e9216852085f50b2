import type { Source } from '../operations/index.ts';
import type { Clock } from './clock-text.ts';
import type { Collection, SeedEntry } from './collection.ts';
import type { Envelope } from './envelope.ts';
import type { NamedError } from './named-error.ts';
import type { OperationModel } from './operation-model.ts';
import type { Row } from './world.ts';

/** A state file as it was read. */
export interface StateFile {
  /** The name of its document. */
  readonly module: string;
  readonly source: Source;
  readonly given: Row;
  /** Whether a module that is not served has a state file too: references to its collections are no slips of the pen then, they lead nowhere. Default: none has. */
  readonly isElsewhere?: (module: string) => boolean;
}

/** Which tokens of requests are known to be dead: a live or an unknown one passes. */
export interface TokenCheck {
  readonly collection: string;
  /** The field of the token's row that says when it ends. */
  readonly expires: string;
}

/** A module's state file, compiled. */
export interface StateModel {
  readonly module: string;
  readonly clock: Clock;
  /** The time zone of the clock, in minutes east of UTC. */
  readonly offset: number;
  readonly collections: ReadonlyMap<string, Collection>;
  readonly operations: ReadonlyMap<string, OperationModel>;
  readonly errors: ReadonlyMap<string, NamedError>;
  readonly envelope: Envelope;
  readonly bearer: TokenCheck | undefined;
  /** An answer that would break the document is mended from the document's own sample instead of being a 500. */
  readonly mend: boolean;
  /** Rows to begin with by scenario and full collection name; collections a scenario does not name begin as in `default`. */
  readonly scenarios: ReadonlyMap<string, ReadonlyMap<string, readonly SeedEntry[]>>;
}

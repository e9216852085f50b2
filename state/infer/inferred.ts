import type { Row } from '../world.ts';
import type { ResourceVerb } from './find-resources.ts';

/** A state file made from a document alone, and what was understood. */
export interface Inferred {
  /** In the form of a state file. */
  readonly given: Row;
  /** One line for each resource: its path, key and operations. */
  readonly told: readonly string[];
  readonly resources: readonly InferredResource[];
}

/** What was understood of one resource. */
export interface InferredResource {
  /** The collection's name in the state file. */
  readonly collection: string;
  readonly path: string;
  readonly key: { readonly field: string; readonly hidden: boolean; readonly strategy: string; readonly first: unknown };
  /** The path's parameters that say whose rows are meant. */
  readonly parents: readonly string[];
  readonly operations: readonly InferredOperation[];
  /** Fields that the mock sets: when a row was created, when it was changed. */
  readonly stamped: readonly string[];
}

export interface InferredOperation {
  readonly id: string;
  readonly verb: ResourceVerb;
  readonly method: string;
  readonly path: string;
  /** The answer shows the row, or the rows. */
  readonly showsRows: boolean;
  /** Names of the query that filter a list. */
  readonly filters: readonly string[];
  /** Names of the query that cut a list into pages. */
  readonly pages: readonly string[];
}

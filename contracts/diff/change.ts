import type { OperationName } from '../finding.ts';

/**
 * What a change means for clients of the old version. `breaking`: a correct one may fail. `warning`: it goes on, but should be looked at.
 * `compatible`: nothing to do.
 */
export type Level = 'breaking' | 'warning' | 'compatible';

/** What of the contract changed. `behaviour`: what a state file says; `document`: the document as a whole, or what of it can't be compared. */
export type ChangeSide = 'request' | 'response' | 'operation' | 'security' | 'server' | 'behaviour' | 'document';

/** One difference between two versions of the documents, with one root cause. Plain data; the same input gives the same change. */
export interface Change {
  /** Twelve hexadecimal digits; the same for the same change in every run. */
  readonly id: string;
  /** Such as `property-removed`; `rule-texts.ts` has them all. */
  readonly rule: string;
  readonly level: Level;
  readonly side: ChangeSide;
  /** The document's name in the new version, in the old one where it is gone. */
  readonly document: string;
  /** One English sentence without the place. */
  readonly message: string;
  /** The same in Chinese. */
  readonly messageZh: string;
  /** The first operation that has the change; absent for a change of the document as a whole. */
  readonly operation?: OperationName;
  /** Every operation that has it, at most 20: a shared schema that changed is one change. */
  readonly operations: readonly OperationName[];
  /** How many operations have it. */
  readonly count: number;
  /** Where in the old version: `file#/pointer`. */
  readonly old?: string;
  /** Where in the new version. */
  readonly new?: string;
  /** Where in the messages: `response 200 application/json /items/*`; `''` for the operation itself. */
  readonly pointer: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** A sentence in both languages. */
export interface Sentence {
  readonly en: string;
  readonly zh: string;
}

export const LEVELS: readonly Level[] = ['breaking', 'warning', 'compatible'];

import type { Operation } from '../../operations/index.ts';
import type { OperationName } from '../finding.ts';
import type { Told } from './ledger.ts';

/** One operation in both versions. */
export interface OperationPair {
  readonly old: Operation;
  readonly next: Operation;
  /** The templates are spelled differently, but the whole URL with its base path is the same, or they met by `operationId`. */
  readonly metBy: 'path' | 'url' | 'id';
}

/** What a rule says of an operation; document and operation are added by whom it is told. */
export type OperationChange = Omit<Told, 'document' | 'operation'>;

/** What the rules of operations tell. */
export interface Teller {
  readonly tell: (change: OperationChange) => void;
  /** Compares two schemas; absent ones allow everything. `old` and `new`: where they are used, for schemas that say nothing. */
  readonly schemas: (
    view: 'request' | 'response',
    pointer: string,
    old: { readonly schema: unknown; readonly address: string },
    next: { readonly schema: unknown; readonly address: string },
  ) => void;
}

export type OperationRule = (pair: OperationPair, teller: Teller) => void;

export function nameOf({ document, id, method, path }: Operation): OperationName {
  return { document: document.name, id, method, path };
}

import type { Text } from './text.ts';

/** One difference between two versions of the documents, as a comparison of them found it. */
export interface Change {
  /** The document's name. */
  readonly document: string;
  /** Absent for a change of the document as a whole. An operation that is gone is named too. */
  readonly operationId?: string;
  readonly kind: 'breaking' | 'compatible';
  readonly message: string | Text;
  /** JSON pointer of the place in the document that has it. */
  readonly pointer?: string;
}

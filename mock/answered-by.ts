/** What an answer was made of. Noted where the answer is made, and kept with one that is sent again. */
export type AnsweredBy =
  /** Code for this operation; `file` is its absolute path. */
  | { readonly kind: 'override'; readonly file: string }
  | { readonly kind: 'state'; readonly module: string }
  /** An example of the document; `address` is `file#/pointer`. */
  | { readonly kind: 'example'; readonly name: string; readonly address: string }
  /** A value made from the schema at `address`: the same seed gives the same value. `dynamic`: an invented one rather than the plainest. */
  | { readonly kind: 'generated'; readonly seed: string; readonly dynamic: boolean; readonly address: string }
  /** Another server, at `url`. */
  | { readonly kind: 'forward'; readonly url: string }
  /** A response that has no body. */
  | { readonly kind: 'empty' };

/** The step of `handle-request.ts` that a request ended at; `receive` is before it, `state` is a session that can't be used,
 * `forward` is a server elsewhere that did not answer. */
export type Step =
  | 'receive'
  | 'preflight'
  | 'match'
  | 'preferences'
  | 'server'
  | 'security'
  | 'media-type'
  | 'validation'
  | 'state'
  | 'forward'
  | 'answer';

/** Who answered, as a subject for a sentence. */
export function nameOf(by: Extract<AnsweredBy, { kind: 'override' | 'state' }>): string {
  return by.kind === 'override' ? by.file : `the state file of ${by.module}`;
}

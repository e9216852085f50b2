/** What can go wrong with the state, by code; the message says what happened and what to do. */
export type StateErrorCode =
  | 'session-name'
  | 'sessions-busy'
  | 'scenario-unknown'
  | 'snapshot-name'
  | 'snapshot-unknown'
  | 'snapshots-full'
  | 'transaction-over'
  | 'time-limit'
  | 'counter-range'
  | 'clock-range'
  | 'rows-invalid'
  | 'state-full'
  | 'store-unreadable'
  | 'store-foreign'
  | 'store-version'
  | 'store-locked'
  | 'store-failed';

/** A mistake in using the state, or a store that can't do its work. Never an expected outcome of an operation. */
export class StateError extends Error {
  readonly code: StateErrorCode;

  constructor(code: StateErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StateError';
    this.code = code;
  }
}

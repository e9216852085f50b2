/** A replay that can't be done: why, and what to do. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}

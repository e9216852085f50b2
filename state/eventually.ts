/** A value now, or a promise of one: what needs no waiting costs no promise. */
export type Eventually<T> = T | Promise<T>;

export const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise;

/** Goes on with a value: at once when it is there, else when it comes. */
export function after<T, R>(value: Eventually<T>, then: (value: T) => Eventually<R>): Eventually<R> {
  return value instanceof Promise ? value.then(then) : then(value);
}

/** What `await` would wait for: code that is not ours may bring its own kind of promise. */
export function isThenable<T>(value: Eventually<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

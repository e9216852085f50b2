/** A value now, or a promise of one: what needs no waiting costs no promise. */
export type Eventually<T> = T | Promise<T>;

export const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise;

/** Goes on with a value: at once when it is there, else when it comes. */
export function after<T, R>(value: Eventually<T>, next: (value: T) => Eventually<R>): Eventually<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/**
 * What generated types are for: the shape of an operation, and which answers its document allows.
 * Types only: nothing here is left when the code runs.
 */

/** One operation as {@link emitTypes} writes it. */
export interface OperationTypes {
  readonly path: object;
  readonly query: object;
  readonly header: object;
  readonly cookie: object;
  readonly body: unknown;
  /** Bodies by status: number keys, `'4XX'` and the like, `default`. */
  readonly replies: object;
}

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
/** `'4XX'` gives 400 to 499. */
type InRange<Key> = Key extends `${infer First extends number}XX`
  ? `${First}${Digit}${Digit}` extends `${infer Status extends number}`
    ? Status
    : never
  : never;

/** The statuses that the replies of an operation allow; any number where there is a `default`. */
export type StatusOf<Replies> = 'default' extends keyof Replies ? number : Extract<keyof Replies, number> | InRange<keyof Replies>;

/** The rule for a status: the status itself before its range before `default` (OpenAPI 3.1 section 4.8.16). */
export type RuleOf<Replies, Status extends number> = Status extends keyof Replies
  ? Status
  : `${Status}` extends `${infer First}${Digit}${Digit}`
    ? `${First}XX` extends keyof Replies
      ? `${First}XX`
      : Extract<keyof Replies, 'default'>
    : Extract<keyof Replies, 'default'>;

/** The body that an operation answers a status with. */
export type BodyOf<Replies, Status extends number> = Replies[RuleOf<Replies, Status>];

/** The arguments after the status: the body may be left out only where the document knows of none. */
export type BodyArgument<Body> = undefined extends Body ? [body?: Body] : [body: Body];

/** The request that an override is given. */
export type RequestOf<Operation extends OperationTypes> = Pick<Operation, 'path' | 'query' | 'header' | 'cookie' | 'body'>;

/** Overrides by operationId; `Made` is what `reply` makes and an override gives back, `undefined` leaves the answer to others. */
export type Overrides<Operations extends { readonly [Id in keyof Operations]: OperationTypes }, Made> = {
  readonly [Id in keyof Operations]?: (context: {
    readonly request: RequestOf<Operations[Id]>;
    readonly reply: <Status extends StatusOf<Operations[Id]['replies']>>(
      status: Status,
      ...body: BodyArgument<BodyOf<Operations[Id]['replies'], Status>>
    ) => Made;
  }) => Promise<Made | undefined>;
};

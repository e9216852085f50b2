import type { Clock, Row } from '../state/index.ts';
import type { BodyOf, OperationTypes, StatusOf } from '../types/index.ts';

/**
 * What the author of an override works with. An override answers one operation in code where a state file can't say it: `mock/overrides/<module>.ts` exports
 * `defineOverrides<Operations>({ operationId: async (context) => ... })`, typed by the module's generated types, so that a status or a property that the document
 * does not have fails `tsc`.
 */

export interface UploadedFile {
  readonly fileName: string | undefined;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** The request with decoded values: numbers are numbers, dates are what the document says. */
export interface OverrideRequest<Types extends OperationTypes = OperationTypes> {
  readonly method: string;
  /** Path and query as the client wrote them. */
  readonly url: string;
  readonly path: Types['path'];
  readonly query: Types['query'];
  readonly header: Types['header'];
  readonly cookie: Types['cookie'];
  readonly body: Types['body'];
  /** Uploaded files of a multipart body by part name. */
  readonly files: ReadonlyMap<string, readonly UploadedFile[]>;
}

/** A collection of the state file, in this request's session. Everything an override does is one transaction: kept when it replies, undone when it fails. */
export interface CollectionAccess {
  readonly get: (key: string | number | bigint) => Promise<Row | undefined>;
  readonly find: (fits: (row: Row) => boolean) => Promise<Row | undefined>;
  readonly list: (fits?: (row: Row) => boolean) => Promise<Row[]>;
  /** Adds a row with key, defaults and stamps as the state file says; the row as it was stored. */
  readonly insert: (row: Row) => Promise<Row>;
  readonly update: (key: string | number | bigint, fields: Row) => Promise<Row | undefined>;
  readonly remove: (key: string | number | bigint) => Promise<boolean>;
}

declare const replied: unique symbol;

/** Made by `reply` and `refuse` only. */
export interface OverrideReply {
  readonly [replied]?: true;
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** Set by `refuse`: the error of the state file to answer with. */
  readonly error?: { readonly name: string; readonly message: string | undefined };
}

/** Body and headers of a reply; the body may be left out only where the document knows of none. */
type ReplyRest<Body> = undefined extends Body
  ? [body?: Body | Uint8Array, headers?: Readonly<Record<string, string>>]
  : [body: Body | Uint8Array, headers?: Readonly<Record<string, string>>];

export interface OverrideContext<Types extends OperationTypes = OperationTypes> {
  readonly request: OverrideRequest<Types>;
  /** A collection by its name; one of another module as `module/collection`. */
  readonly state: (collection: string) => CollectionAccess;
  /** Answers. A `Uint8Array` is sent as it is; anything else in the media type that was negotiated. */
  readonly reply: <Status extends StatusOf<Types['replies']>>(
    status: Status,
    ...rest: ReplyRest<BodyOf<Types['replies'], Status>>
  ) => OverrideReply;
  /** Answers with an error of the state file, in the module's envelope. */
  readonly refuse: (error: string, message?: string) => OverrideReply;
  /** Milliseconds since the epoch, by the session's clock. */
  readonly now: number;
  readonly clock: Clock;
}

/** An override; `undefined` leaves the answer to the state file. */
export type Override<Types extends OperationTypes = OperationTypes> = (
  context: OverrideContext<Types>,
) => Promise<OverrideReply | undefined> | OverrideReply | undefined;

export type Overrides<Operations> = {
  readonly [Id in keyof Operations]?: Operations[Id] extends OperationTypes ? Override<Operations[Id]> : never;
};

/** Overrides without generated types: any operation, any reply. */
export type UntypedOverrides = Readonly<Record<string, Override<OperationTypes & { readonly replies: { readonly default: unknown } }>>>;

/** Names the overrides of a module; with the module's generated types (`defineOverrides<Operations>`) each has to fit its operation. */
export function defineOverrides(overrides: UntypedOverrides): UntypedOverrides;
export function defineOverrides<Operations extends { readonly [Id in keyof Operations]: OperationTypes }>(
  overrides: Overrides<Operations>,
): Overrides<Operations>;
export function defineOverrides(overrides: object): object {
  return overrides;
}

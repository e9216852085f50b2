import type { OverrideReply } from './override.ts';

/** What passes between the server and the thread that runs overrides. Everything is structured-cloned, so plain data only. */
export interface RunMessage {
  readonly kind: 'run';
  readonly id: number;
  readonly file: string;
  readonly operationId: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly path: object;
    readonly query: object;
    readonly header: object;
    readonly cookie: object;
    readonly body: unknown;
    readonly files: ReadonlyMap<
      string,
      readonly { readonly fileName: string | undefined; readonly contentType: string; readonly content: Uint8Array }[]
    >;
  };
  readonly now: number;
  /** Minutes east of UTC of the module's clock. */
  readonly offset: number;
}

export type StateCall = {
  readonly method: 'get' | 'list' | 'insert' | 'update' | 'remove';
  readonly collection: string;
  readonly key?: string;
  readonly row?: object;
};

export interface CallMessage {
  readonly kind: 'call';
  readonly id: number;
  readonly call: number;
  readonly what: StateCall;
}

export interface ReturnMessage {
  readonly kind: 'return';
  readonly call: number;
  readonly value?: unknown;
  readonly error?: string;
}

export type DoneMessage =
  | { readonly kind: 'done'; readonly id: number; readonly reply: Pick<OverrideReply, 'status' | 'body' | 'headers' | 'error'> | undefined }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string; readonly stack: string };

/** Which operations a file overrides; sent when it was loaded. */
export type LoadedMessage =
  | { readonly kind: 'loaded'; readonly file: string; readonly operationIds: readonly string[] }
  | { readonly kind: 'broken'; readonly file: string; readonly message: string };

export type ToThread = RunMessage | ReturnMessage | { readonly kind: 'load'; readonly file: string };
export type FromThread = CallMessage | DoneMessage | LoadedMessage;

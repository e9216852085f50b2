import type { Send } from './client.ts';

/** What a flow is given to walk through its module. */
export interface Walk {
  readonly send: Send;
  readonly clock: {
    /** Milliseconds since 1970-01-01 UTC; it stands still but for `advance`. */
    readonly now: () => number;
    readonly advance: (milliseconds: number) => Promise<void>;
  };
  /** Texts that may not come to the recording: what is sent, and what was received, as a secret. */
  readonly secret: (text: string) => string;
}

/** How the operations of one module are used, as its scenarios say. One recording is made of each. */
export interface Flow {
  /** The document's name. */
  readonly module: string;
  /** When it happens. */
  readonly start: string;
  readonly run: (walk: Walk) => Promise<void>;
}

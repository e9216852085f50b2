import type { RequestMessage, ResponseMessage } from '../operations/index.ts';

/** One request and its response, wherever they come from: a HAR entry, a line of NDJSON, the proxy, the journal, a test. */
export interface Exchange {
  /** Where it stands in a recording; live exchanges count from 0 under a name such as `live`. */
  readonly place: Place;
  /** `http://host:port` that the request went to, in lower case; `undefined` where nobody said. */
  readonly origin: string | undefined;
  readonly request: RequestMessage;
  /** `undefined`: none came (aborted, connection refused). */
  readonly response: ResponseMessage | undefined;
  /** When the request was sent, milliseconds since the epoch; `undefined` where the recording does not say. */
  readonly startedAt: number | undefined;
  /** From the request's start to the response's end. */
  readonly milliseconds: number | undefined;
  /** What the recording lost or garbled. What a gap names is not held against client or server. */
  readonly gaps: readonly Gap[];
}

/** The position of an exchange in a recording. */
export interface Place {
  /** As the user wrote it. */
  readonly file: string;
  /** The entry's number, from 0. */
  readonly index: number;
}

/** Something that a recording does not hold as it was on the wire. */
export interface Gap {
  /** `part-headers`: of the parts of a multipart request. */
  readonly of: 'request-body' | 'response-body' | 'request-headers' | 'response-headers' | 'part-headers' | 'credentials' | 'entry';
  /**
   * `missing`: there was one, it was not recorded. `truncated`: only its beginning is there. `undecodable`: base64, compression or charset is
   * broken. `stripped`: left out on purpose, as browsers do with credentials when they export. `invalid`: the entry is not what HAR says.
   */
  readonly code: 'missing' | 'truncated' | 'undecodable' | 'stripped' | 'invalid';
  /** One English sentence. */
  readonly message: string;
  /** Nobody knows whether there was anything: worth a word only where the document describes something there. */
  readonly perhaps?: true;
}

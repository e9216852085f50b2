import type { AnsweredBy } from './answered-by.ts';
import type { Reply } from './reply.ts';
import { shareHeaders } from './shared-headers.ts';

/**
 * A reply that is sent again and again, with what was last made of it. All in one object and not in maps by reply: where a thousand replies are sent in turn, each object and
 * each look-up that a reply takes comes from far away in memory. A copy with other words has nothing of what was made of the original.
 */
export class KeptReply implements Reply {
  readonly status: number;
  readonly headers: Reply['headers'];
  readonly body: Buffer | undefined;
  readonly by: AnsweredBy | undefined;
  readonly told: string | undefined;
  readonly flaws: Reply['flaws'];
  readonly reused = true;
  readonly #bytes: number;
  #second = 0;
  #whole: string | undefined;
  #origin: string | undefined;
  #forOrigin: KeptReply | undefined;

  constructor({ status, headers, body, by, told, flaws }: Reply) {
    this.status = status;
    this.headers = shareHeaders(headers);
    this.body = body;
    this.by = by;
    this.told = told;
    this.flaws = flaws;
    this.#bytes = body?.length ?? 0;
  }

  /** Of the body, which need not be looked at to know. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Head and body as one text, which holds for a second. Put together when it is asked for the second time in that second: what is sent again and again is put together once in each.
   * @returns `undefined` for the first time, and where there is none.
   */
  whole(second: number, make: (reply: Reply) => string | undefined): string | undefined {
    if (this.#second === second) return (this.#whole ??= make(this));
    this.#second = second;
    this.#whole = undefined;
    return undefined;
  }

  /** What goes to an origin, kept for the last one that asked: what is sent again and again goes to the same origin again and again. */
  forOrigin(origin: string | undefined, make: (reply: Reply, origin: string | undefined) => Reply): KeptReply {
    if (this.#forOrigin !== undefined && this.#origin === origin) return this.#forOrigin;
    this.#origin = origin;
    this.#forOrigin = new KeptReply(make(this, origin));
    return this.#forOrigin;
  }
}

import type { Row } from '../state/index.ts';
import { KeptReply } from './kept-reply.ts';
import type { Reply } from './reply.ts';

/**
 * Answers that are a stored row and nothing else, kept with the row. A row is never changed in place, so that the answer stays as true, and as valid, as it was when
 * it was made; when the row is changed or goes, nobody asks for the old one any more.
 */
export interface RowReplies {
  /** @returns `undefined`: it has to be made. @param form stands for all that such an answer depends on beside the row. */
  readonly find: (form: object, row: Row) => Reply | undefined;
  /** Takes note of an answer that was made. One that is made for the second time is kept. @returns what is to be sent. */
  readonly keep: (form: object, row: Row, made: Reply) => Reply;
}

/** Asked for once: most rows that are created are read once and not again. */
const ONCE = 'once';
/** What an answer and what is derived from it take beside the bytes of the body, which are kept as text as well. */
const BYTES_BESIDE_BODY = 1_024;
const MARK_BYTES = 64;

/** @param limit bytes: beyond that, all begins anew. */
export function createRowReplies(limit = 32 * 1024 * 1024): RowReplies {
  let byForm = new WeakMap<object, WeakMap<Row, Reply | typeof ONCE>>();
  let bytes = 0;

  function set(form: object, row: Row, kept: Reply | typeof ONCE, size: number): void {
    bytes += size;
    if (bytes > limit) {
      byForm = new WeakMap();
      bytes = size;
    }
    let rows = byForm.get(form);
    if (rows === undefined) byForm.set(form, (rows = new WeakMap()));
    rows.set(row, kept);
  }

  return {
    find(form, row) {
      const known = byForm.get(form)?.get(row);
      return known === ONCE ? undefined : known;
    },
    keep(form, row, made) {
      const { status, headers, body, by } = made;
      if (body === undefined || by === undefined) return made;
      const size = BYTES_BESIDE_BODY + body.length * 2;
      if (size > limit / 100) return made;
      if (byForm.get(form)?.get(row) === undefined) {
        set(form, row, ONCE, MARK_BYTES);
        return made;
      }
      const reply = new KeptReply({ status, headers, body: ownBytes(body), by });
      set(form, row, reply, size);
      return reply;
    },
  };
}

/** A small buffer is a piece of a larger block, which must not be kept with it. */
function ownBytes(body: Buffer): Buffer {
  const own = Buffer.allocUnsafeSlow(body.length);
  own.set(body);
  return own;
}

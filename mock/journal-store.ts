import type { RequestMessage, Violation } from '../operations/index.ts';
import type { AnsweredBy } from './answered-by.ts';
import { KeptReply } from './kept-reply.ts';
import { headersOf } from './reply.ts';
import type { Reply } from './reply.ts';

/**
 * Requests and answers of the journal as bytes in a few blocks, and what else is known of them in columns. Kept as they come they would be some twenty objects an
 * exchange that outlive every quick collection: moving those costs more than answering does.
 */
export interface ExchangeStore {
  /**
   * Keeps an exchange at a free place: a number from 0 on, the next one or one that was dropped.
   * @param values raw ones of the path, {@link canBeKept}; default none.
   */
  readonly keep: (place: number, request: RequestMessage, reply: Reply, values?: ReadonlyMap<string, string>) => void;
  /** The exchange with bytes of its own: it stays as it is when the store goes on. */
  readonly read: (place: number) => {
    readonly request: RequestMessage;
    readonly reply: Reply;
    readonly values: ReadonlyMap<string, string>;
  };
  /** Of the answer that is kept at a place. */
  readonly status: (place: number) => number;
  readonly drop: (place: number) => void;
  /** Whether what is kept, or the blocks that it lies in, takes more than so many bytes. */
  readonly isOver: (bytes: number) => boolean;
}

/** What stands one after the other in a block: the head of the request, its body, what the answer tells of violations, its body. */
const PARTS = 4;

interface Block {
  readonly bytes: Buffer;
  /** How many exchanges are still kept in it. */
  count: number;
}

const BLOCK_BYTES = 256 * 1024;
/** A larger body stands for itself. */
const MAX_COPIED_BYTES = 32 * 1024;
/** What the columns take of an exchange, and what is kept of its answer as objects, roughly. */
const BYTES_BESIDE = 500;
/** UTF-8 needs at most three bytes for a UTF-16 unit. */
const MAX_BYTES_PER_UNIT = 3;

/** @param places the number of exchanges that are kept at most. */
export function createExchangeStore(places: number): ExchangeStore {
  /** Absent: nothing is kept at the place. */
  const blocks: (Block | undefined)[] = [];
  const starts = new Int32Array(places);
  const lengths = new Int32Array(places * PARTS);
  const sizes = new Float64Array(places);
  const statuses = new Int32Array(places);
  /** Replies that are kept anyway, whole; of the others there is a column for each thing. */
  const keptReplies: (KeptReply | undefined)[] = [];
  const headerSets: Reply['headers'][] = [];
  const makers: (AnsweredBy | undefined)[] = [];
  const flaws: (readonly Violation[] | undefined)[] = [];
  /** Bodies that are in no block. */
  const requestBodies: (Buffer | undefined)[] = [];
  const replyBodies: (Buffer | undefined)[] = [];

  let current: Block | undefined;
  let used = 0;
  let spare: Block | undefined;
  let bytes = 0;
  /** One exchange that is left keeps a whole block, so these count as well. */
  let blockBytes = 0;

  /** A block with room for so many bytes, at `used`. */
  function roomFor(length: number): Block {
    if (current !== undefined && used + length <= current.bytes.length) return current;
    if (current?.count === 0) release(current);
    used = 0;
    if (spare !== undefined && length <= spare.bytes.length) {
      current = spare;
      spare = undefined;
      return current;
    }
    current = { bytes: Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, length)), count: 0 };
    blockBytes += current.bytes.length;
    return current;
  }

  /** One block is put aside to be used again: memory outside of the heap is given back late. */
  function release(block: Block): void {
    if (spare === undefined && block.bytes.length === BLOCK_BYTES) spare = block;
    else blockBytes -= block.bytes.length;
  }

  /** Copies a body into the block. @returns its length, -1 for none, or one that stands for itself. */
  function copy(body: Buffer | undefined, block: Block): number {
    if (body === undefined) return -1;
    block.bytes.set(body, used);
    used += body.length;
    return body.length;
  }

  function bodyOf(block: Block, start: number, length: number, own: Buffer | undefined): Buffer | undefined {
    return length < 0 ? own : Buffer.from(block.bytes.subarray(start, start + length));
  }

  return {
    isOver: (limit) => bytes > limit || blockBytes > limit + 2 * BLOCK_BYTES,
    keep(place, request, reply, values = NO_VALUES) {
      const head = headText(request, values);
      const told = reply.told ?? '';
      const requestBody = isCopied(request.body) ? request.body : undefined;
      const replyBody = reply.reused !== true && isCopied(reply.body) ? reply.body : undefined;
      const block = roomFor(head.length * MAX_BYTES_PER_UNIT + told.length + (requestBody?.length ?? 0) + (replyBody?.length ?? 0));
      const part = place * PARTS;
      blocks[place] = block;
      starts[place] = used;
      const headLength = block.bytes.write(head, used);
      used += headLength;
      lengths[part] = headLength;
      lengths[part + 1] = copy(requestBody, block);
      const toldLength = told === '' ? 0 : block.bytes.write(told, used, 'latin1');
      used += toldLength;
      lengths[part + 2] = toldLength;
      lengths[part + 3] = copy(replyBody, block);
      block.count += 1;
      statuses[place] = reply.status;
      requestBodies[place] = requestBody === undefined && request.body !== undefined ? ownBytes(request.body) : undefined;
      const kept = reply instanceof KeptReply ? reply : undefined;
      keptReplies[place] = kept;
      if (kept === undefined) {
        headerSets[place] = reply.headers;
        makers[place] = reply.by;
        flaws[place] = reply.flaws;
        replyBodies[place] = replyBody === undefined ? reply.body : undefined;
      }
      const replyLength = kept === undefined ? (reply.body?.length ?? 0) : kept.bytes;
      const size = BYTES_BESIDE + headLength + toldLength + (request.body?.length ?? 0) + replyLength;
      sizes[place] = size;
      bytes += size;
    },
    read(place) {
      const block = blocks[place];
      if (block === undefined) throw new Error('an exchange was read after it was dropped');
      const start = starts[place] ?? 0;
      const [headLength = 0, requestLength = 0, toldLength = 0, replyLength = 0] = lengths.subarray(place * PARTS, (place + 1) * PARTS);
      const requestStart = start + headLength;
      const toldStart = requestStart + Math.max(0, requestLength);
      const replyStart = toldStart + toldLength;
      const kept = keptReplies[place];
      const [by, flaw] = kept === undefined ? [makers[place], flaws[place]] : [kept.by, kept.flaws];
      const headers = kept?.headers ?? headerSets[place] ?? {};
      const told = toldLength === 0 ? {} : { told: block.bytes.toString('latin1', toldStart, replyStart) };
      const { values, ...head } = readHead(block.bytes.toString('utf8', start, requestStart));
      return {
        values,
        request: {
          ...head,
          body: bodyOf(block, requestStart, requestLength, requestBodies[place]),
        },
        reply: {
          status: statuses[place] ?? 0,
          headers: headersOf({ headers, ...told }),
          body: kept === undefined ? bodyOf(block, replyStart, replyLength, replyBodies[place]) : kept.body,
          ...(by === undefined ? {} : { by }),
          ...(flaw === undefined ? {} : { flaws: flaw }),
        },
      };
    },
    status: (place) => statuses[place] ?? 0,
    drop(place) {
      const block = blocks[place];
      if (block === undefined) return;
      bytes -= sizes[place] ?? 0;
      blocks[place] = undefined;
      // What is small or shared by many stays until the place is used again.
      requestBodies[place] = undefined;
      replyBodies[place] = undefined;
      keptReplies[place] = undefined;
      flaws[place] = undefined;
      block.count -= 1;
      if (block.count > 0) return;
      if (block === current) used = 0;
      else release(block);
    },
  };
}

function isCopied(body: Buffer | undefined): boolean {
  return body !== undefined && body.length <= MAX_COPIED_BYTES;
}

/** Lines: method, path, query, then names and values in turn. No line of a request's head can hold a line break (RFC 9112 sections 2.2 and 5). */
function headText({ method, path, query, headers }: RequestMessage, values: ReadonlyMap<string, string>): string {
  let text = `${method}\n${path}\n${query}`;
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === 'string') text += `\n${name}\n${value}`;
    else if (value !== undefined) for (const item of value) text += `\n${name}${LIST_MARK}\n${item}`;
  }
  for (const [name, value] of values) text += `\n${VALUE_MARK}${name}\n${value}`;
  return text;
}

const NO_VALUES: ReadonlyMap<string, string> = new Map();

/** Values are parts of a request's path; their names are the document's. */
export function canBeKept(values: ReadonlyMap<string, string>): boolean {
  for (const name of values.keys()) if (name.includes('\n')) return false;
  return true;
}

/** Before the name of a value of the path; no character of a header's name. */
const VALUE_MARK = '{';

/** Behind the name of a header whose values came as a list; no character of a name. */
const LIST_MARK = ',';

function readHead(text: string): Omit<RequestMessage, 'body'> & { readonly values: ReadonlyMap<string, string> } {
  const [method = '', path = '', query = '', ...fields] = text.split('\n');
  const headers = new Map<string, string | string[]>();
  const values = new Map<string, string>();
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index] ?? '';
    const value = fields[index + 1] ?? '';
    if (name.startsWith(VALUE_MARK)) {
      values.set(name.slice(1), value);
      continue;
    }
    if (!name.endsWith(LIST_MARK)) {
      headers.set(name, value);
      continue;
    }
    const list = headers.get(name.slice(0, -1));
    headers.set(name.slice(0, -1), Array.isArray(list) ? [...list, value] : [value]);
  }
  return { method, path, query, headers: Object.fromEntries(headers), values };
}

/** A body as it was read is a piece of a much larger block of the socket's, which must not be kept with it. */
function ownBytes(body: Buffer): Buffer {
  return body.length * 2 > body.buffer.byteLength ? body : Buffer.from(body);
}

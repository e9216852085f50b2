import type { RequestMessage } from '../operations/index.ts';
import type { Reply } from './reply.ts';

/**
 * Requests and answers of the journal as bytes in a few blocks. Kept as they come they would be some twenty objects an exchange that outlive every quick
 * collection: moving those costs more than answering does.
 */
export interface ExchangeStore {
  /** @param place what an exchange that was dropped leaves behind: written anew instead of making another. */
  readonly keep: (request: RequestMessage, reply: Reply, place: KeptExchange | undefined) => KeptExchange;
  /** The exchange with bytes of its own: it stays as it is when the store goes on. */
  readonly read: (kept: KeptExchange) => { readonly request: RequestMessage; readonly reply: Reply };
  readonly drop: (kept: KeptExchange) => void;
  /** Whether what is kept, or the blocks that it lies in, takes more than so many bytes. */
  readonly isOver: (bytes: number) => boolean;
}

/** Where an exchange is: request head, request body and answer body one after the other in a block; what is too large for one stands beside it. */
export interface KeptExchange {
  block: Block | undefined;
  start: number;
  headLength: number;
  requestLength: number;
  replyLength: number;
  largeRequest: Buffer | undefined;
  /** Without its body where that is in the block. */
  reply: Reply;
  size: number;
}

interface Block {
  readonly bytes: Buffer;
  /** How many exchanges are still kept in it. */
  count: number;
}

const BLOCK_BYTES = 256 * 1024;
/** A larger body stands for itself. */
const MAX_COPIED_BYTES = 32 * 1024;
/** What the objects around an exchange take, roughly. */
const OBJECT_BYTES = 500;
/** UTF-8 needs at most three bytes for a UTF-16 unit. */
const MAX_BYTES_PER_UNIT = 3;

const NO_REPLY: Reply = { status: 0, headers: {}, body: undefined };

export function createExchangeStore(): ExchangeStore {
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

  return {
    isOver: (limit) => bytes > limit || blockBytes > limit + 2 * BLOCK_BYTES,
    keep(request, reply, place) {
      const head = headText(request);
      const requestBody = request.body;
      const copiesRequest = requestBody !== undefined && requestBody.length <= MAX_COPIED_BYTES;
      const requestLength = copiesRequest ? requestBody.length : 0;
      const replyBody = reply.body;
      const copiesReply = reply.reused !== true && replyBody !== undefined && replyBody.length <= MAX_COPIED_BYTES;
      const replyLength = copiesReply ? replyBody.length : 0;
      const block = roomFor(head.length * MAX_BYTES_PER_UNIT + requestLength + replyLength);
      const kept = place ?? emptyPlace();
      kept.block = block;
      kept.start = used;
      kept.headLength = block.bytes.write(head, used);
      used += kept.headLength;
      if (copiesRequest) block.bytes.set(requestBody, used);
      used += requestLength;
      if (copiesReply) block.bytes.set(replyBody, used);
      used += replyLength;
      block.count += 1;
      kept.requestLength = copiesRequest ? requestLength : -1;
      kept.largeRequest = copiesRequest || requestBody === undefined ? undefined : ownBytes(requestBody);
      kept.replyLength = copiesReply ? replyLength : -1;
      kept.reply = copiesReply ? withoutBody(reply) : reply;
      kept.size = OBJECT_BYTES + kept.headLength + (requestBody?.length ?? 0) + (replyBody?.length ?? 0);
      bytes += kept.size;
      return kept;
    },
    read({ block, start, headLength, requestLength, replyLength, largeRequest, reply }) {
      if (block === undefined) throw new Error('an exchange was read after it was dropped');
      const body = start + headLength;
      const answer = body + Math.max(0, requestLength);
      const head = readHead(block.bytes.toString('utf8', start, body));
      return {
        request: { ...head, body: requestLength < 0 ? largeRequest : Buffer.from(block.bytes.subarray(body, answer)) },
        reply: replyLength < 0 ? reply : { ...reply, body: Buffer.from(block.bytes.subarray(answer, answer + replyLength)) },
      };
    },
    drop(kept) {
      const { block } = kept;
      if (block === undefined) return;
      bytes -= kept.size;
      kept.block = undefined;
      kept.largeRequest = undefined;
      kept.reply = NO_REPLY;
      block.count -= 1;
      if (block.count > 0) return;
      if (block === current) used = 0;
      else release(block);
    },
  };
}

function emptyPlace(): KeptExchange {
  return { block: undefined, start: 0, headLength: 0, requestLength: 0, replyLength: 0, largeRequest: undefined, reply: NO_REPLY, size: 0 };
}

/** Lines: method, path, query, then names and values in turn. No line of a request's head can hold a line break (RFC 9112 sections 2.2 and 5). */
function headText({ method, path, query, headers }: RequestMessage): string {
  let text = `${method}\n${path}\n${query}`;
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === 'string') text += `\n${name}\n${value}`;
    else if (value !== undefined) for (const item of value) text += `\n${name}${LIST_MARK}\n${item}`;
  }
  return text;
}

/** Behind the name of a header whose values came as a list; no character of a name. */
const LIST_MARK = ',';

function readHead(text: string): Omit<RequestMessage, 'body'> {
  const [method = '', path = '', query = '', ...fields] = text.split('\n');
  const headers = new Map<string, string | string[]>();
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index] ?? '';
    const value = fields[index + 1] ?? '';
    if (!name.endsWith(LIST_MARK)) {
      headers.set(name, value);
      continue;
    }
    const list = headers.get(name.slice(0, -1));
    headers.set(name.slice(0, -1), Array.isArray(list) ? [...list, value] : [value]);
  }
  return { method, path, query, headers: Object.fromEntries(headers) };
}

function withoutBody({ status, headers, by, flaws }: Reply): Reply {
  return { status, headers, body: undefined, ...(by === undefined ? {} : { by }), ...(flaws === undefined ? {} : { flaws }) };
}

/** A body as it was read is a piece of a much larger block of the socket's, which must not be kept with it. */
function ownBytes(body: Buffer): Buffer {
  return body.length * 2 > body.buffer.byteLength ? body : Buffer.from(body);
}

/**
 * The head of an answer as one text. node:http looks each field of each answer over and puts the lines together anew, a microsecond of thirteen; what many answers
 * have in common is looked over once here. Whatever is unusual is left to node:http.
 */
import type { ServerResponse } from 'node:http';
import type { KeptReply } from './kept-reply.ts';
import { VIOLATIONS_HEADER } from './reply.ts';
import type { Reply } from './reply.ts';
import { headerLines } from './shared-headers.ts';

declare module 'node:http' {
  interface ServerResponse {
    /** Where node:http keeps the head of an answer from when it is known until it is sent; `null` before that. A test compares what goes out both ways. */
    _header?: string | null;
  }
}

const { STATUS_CODES } = process.getBuiltinModule('node:http');

/**
 * Gives a response its head, which goes out together with the body. Only for a response that nobody else has set headers of.
 * @returns false: node:http has to write it: a status without a body, a connection that ends, headers of its own, another Node that keeps heads elsewhere.
 */
export function giveHead(response: ServerResponse, reply: Reply): boolean {
  const head = takesHead(response) ? headText(reply) : undefined;
  if (head === undefined) return false;
  setHead(response, reply.status, head);
  return true;
}

/**
 * Likewise gives a response to any method but HEAD all that there is to send of a kept reply.
 * @returns false also for the first time in a second: what is sent again and again is put together once in each.
 */
export function giveWhole(response: ServerResponse, reply: KeptReply): boolean {
  if (!takesHead(response)) return false;
  // Its Date is right for so long.
  const text = reply.whole(Math.floor(Date.now() / 1_000), wholeText);
  if (text === undefined) return false;
  setHead(response, reply.status, text);
  return true;
}

/** A body that is larger is written apart from the head. */
export const ONE_WRITE_BYTES = 64 * 1024;

/** In one piece: what is put together of pieces is put together again each time it is sent. */
function wholeText(reply: Reply): string | undefined {
  if (reply.told !== undefined || (reply.body?.length ?? 0) > ONE_WRITE_BYTES) return undefined;
  const head = headText(reply);
  if (head === undefined) return undefined;
  return Buffer.concat([Buffer.from(head, 'latin1'), reply.body ?? NO_BODY]).toString('latin1');
}

const NO_BODY = Buffer.alloc(0);

function takesHead(response: ServerResponse): boolean {
  return response._header === null && response.shouldKeepAlive;
}

function setHead(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response._header = text;
}

function headText({ status, headers, told, body }: Reply): string | undefined {
  const line = statusLines.get(status);
  const lines = headerLines(headers);
  if (line === undefined || lines === undefined || (told !== undefined && headers[VIOLATIONS_HEADER] !== undefined)) return undefined;
  const violations = told === undefined ? '' : `${VIOLATIONS_HEADER}: ${told}\r\n`;
  return `${line}${lines}${violations}content-length: ${body?.length ?? 0}\r\n${endOfHead()}`;
}

/** Those of answers that may have a body and do have a length (RFC 9110 sections 6.4.1 and 8.6). */
const statusLines = new Map(
  Object.entries(STATUS_CODES)
    .map(([status, reason]) => [Number(status), `HTTP/1.1 ${status} ${reason}\r\n`] as const)
    .filter(([status]) => status >= 200 && status !== 204 && status !== 304),
);

let second = 0;
let end = '';

/** Date (RFC 9110 section 6.6.1), to the second, and the connection, which goes on. */
function endOfHead(): string {
  const now = Math.floor(Date.now() / 1_000);
  if (now !== second) {
    second = now;
    end = `Date: ${new Date(now * 1_000).toUTCString()}\r\nConnection: keep-alive\r\n\r\n`;
  }
  return end;
}

/**
 * The head of an answer as one text. node:http looks each field of each answer over and puts the lines together anew, a microsecond of thirteen; what many answers
 * have in common is looked over once here. Whatever is unusual is left to node:http.
 */
import type { ServerResponse } from 'node:http';
import { VIOLATIONS_HEADER } from './reply.ts';
import type { Reply } from './reply.ts';
import { headerLines } from './shared-headers.ts';

const { STATUS_CODES } = process.getBuiltinModule('node:http');

/**
 * Gives a response its head, which goes out together with the body. Only for a response that nobody else has set headers of.
 * @returns false: node:http has to write it: a status without a body, a connection that ends, headers of its own, another Node that keeps heads elsewhere.
 */
export function giveHead(response: ServerResponse, reply: Reply): boolean {
  // node:http keeps the head of its answers here until they are sent; a test compares what goes out both ways.
  if (!('_header' in response) || response._header !== null || !response.shouldKeepAlive) return false;
  const head = headText(reply);
  if (head === undefined) return false;
  response.statusCode = reply.status;
  response._header = head;
  return true;
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

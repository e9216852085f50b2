import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { problem } from './problem.ts';
import { KeptReply } from './kept-reply.ts';
import { headersOf } from './reply.ts';
import type { Reply } from './reply.ts';
import { giveHead, giveWhole, ONE_WRITE_BYTES } from './reply-head.ts';

/** How long and how much of a refused upload is still taken, so that the client gets to read the refusal. */
const LINGER_MS = 2_000;
const LINGER_BYTES = 64 * 1024 * 1024;

/** Bodies that are sent many times, as text. */
const bodyTexts = new WeakMap<Buffer, string>();

/** Writes the answer to a request that nobody else has answered in part: {@link sendReply}, sooner where that can be. */
export function sendAnswer(response: ServerResponse, reply: Reply, method: string | undefined): void {
  if (response.destroyed) return;
  if (reply instanceof KeptReply && method !== 'HEAD' && giveWhole(response, reply)) response.end();
  else if (giveHead(response, reply)) sendBody(response, reply, method);
  else sendReply(response, reply, method);
}

/** Writes a reply. A reply that node:http refuses to write becomes a 500 that says why; a client that is gone is left alone. */
export function sendReply(response: ServerResponse, reply: Reply, method: string | undefined): void {
  if (writeHead(response, reply)) sendBody(response, reply, method);
}

function sendBody(response: ServerResponse, reply: Reply, method: string | undefined): void {
  if (method === 'HEAD' || reply.body === undefined || reply.body.length === 0) response.end();
  else if (reply.body.length > ONE_WRITE_BYTES) response.end(reply.body);
  else response.end(bodyText(reply, reply.body), 'latin1');
}

/**
 * The body as a text of one character per byte. node:http puts a text behind the head and writes both at once; a buffer it writes apart, which costs a second
 * system call: two thirds of the time of a small answer.
 */
function bodyText(reply: Reply, body: Buffer): string {
  if (reply.reused !== true) return body.toString('latin1');
  let text = bodyTexts.get(body);
  if (text === undefined) {
    text = body.toString('latin1');
    bodyTexts.set(body, text);
  }
  return text;
}

/**
 * Refuses a request whose body is still on its way, and closes the connection. A client that is busy sending does not look at the answer, and an answer on
 * a connection that is reset is lost; so the rest of the body is taken and thrown away for a while (RFC 9112 section 9.6).
 */
export function sendRefusal(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if (request.complete || request.destroyed) {
    sendReply(response, reply, request.method);
    return;
  }
  if (!writeHead(response, { ...reply, headers: { ...reply.headers, connection: 'close' } })) return;
  if (request.method !== 'HEAD' && reply.body !== undefined) response.write(reply.body);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  let taken = 0;
  request.on('data', (chunk: Buffer) => {
    taken += chunk.length;
    if (taken > LINGER_BYTES) end();
  });
  request.once('end', end);
  request.once('close', end);
  request.resume();
}

/** Answers on the bare socket where there is no request that could be answered, and ends the connection. */
export function refuseConnection(socket: Socket, { status, headers, body }: Reply, reason: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const fields = Object.entries({ ...headers, 'content-length': String(body?.length ?? 0), connection: 'close' });
  const head = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${head}\r\n${body?.toString() ?? ''}`);
  // What else the client sends is thrown away, not for ever.
  socket.resume();
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

/** The 500 of a defect in the mock itself. */
export function failed(error: unknown): Reply {
  const message = error instanceof Error ? error.message : String(error);
  return problem('UNKNOWN', `The mock failed on this request: ${message}. This is a defect of the mock; the request is worth reporting.`);
}

/** @returns false when nothing more may be written. */
function writeHead(response: ServerResponse, reply: Reply): boolean {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return false;
  }
  try {
    response.writeHead(reply.status, headerList(reply));
    return true;
  } catch (error) {
    const { status, body } = failed(error);
    response.writeHead(status, { 'content-type': 'application/problem+json', 'content-length': body?.length ?? 0 });
    response.end(body);
    return false;
  }
}

/** Header names and values in turn. */
function headerList(reply: Reply): string[] {
  const { status, body } = reply;
  const headers = headersOf(reply);
  const list: string[] = [];
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === 'string') list.push(name, value);
    else for (const item of value ?? []) list.push(name, item);
  }
  if (headers['content-length'] === undefined && status !== 204 && status !== 304) list.push('content-length', String(body?.length ?? 0));
  return list;
}

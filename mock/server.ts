import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RequestMessage } from '../operations/index.ts';
import { handleRequest } from './handle-request.ts';
import type { Handled, Mock } from './handle-request.ts';
import { problem } from './problem.ts';
import { announcesBody, readBody } from './read-body.ts';
import type { Reply } from './reply.ts';
import { CONTROL_PATH } from './control-path.ts';

export interface ServerOptions {
  /** The mock that answers now; asked for each request, so that it can be exchanged while the server runs. */
  readonly mock: () => Mock;
  /** 0 takes a free port. */
  readonly port: number;
  /** Default 127.0.0.1: nobody outside of this machine. */
  readonly host?: string;
  /** The largest request body in bytes. Default 10 MiB. */
  readonly bodyLimit?: number;
  /** Told of every answer, after it was sent. */
  readonly onHandled?: (request: RequestMessage, handled: Handled, milliseconds: number) => void;
}

export interface MockServer {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

export const DEFAULT_BODY_LIMIT = 10 * 1024 * 1024;

/**
 * Listens. The documents' operations are answered straight from node:http; the control paths, which nobody counts in microseconds, are hosted by Express.
 * @throws Error with code EADDRINUSE or EACCES when the port can't be had.
 */
export async function startServer(options: ServerOptions): Promise<MockServer> {
  const limit = options.bodyLimit ?? DEFAULT_BODY_LIMIT;
  let control: Promise<RequestListener> | undefined;

  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 60_000, headersTimeout: 20_000 }, (request, response) => {
    const { path, query } = splitTarget(request.url ?? '/');
    if (path === CONTROL_PATH || path.startsWith(`${CONTROL_PATH}/`)) {
      // Loaded when first asked for: the control paths cost a start-up nothing.
      control ??= import('./control.ts').then(({ createControl }) => createControl(options.mock));
      control.then((listener) => listener(request, response)).catch((error: unknown) => send(response, failed(error), request.method));
      return;
    }
    const message = (body: Buffer | undefined): RequestMessage => ({
      method: request.method ?? 'GET',
      path,
      query,
      headers: request.headers,
      body,
    });
    if (!announcesBody(request)) {
      answer(message(undefined), request, response);
      return;
    }
    readBody(request, limit)
      .then((read) => (read.ok ? answer(message(read.body), request, response) : refuse(read.reply, request, response)))
      .catch((error: unknown) => send(response, failed(error), request.method));
  });

  function answer(message: RequestMessage, request: IncomingMessage, response: ServerResponse): void {
    const start = options.onHandled === undefined ? 0 : performance.now();
    const finish = (handled: Handled): void => {
      send(response, handled.reply, request.method);
      options.onHandled?.(message, handled, performance.now() - start);
    };
    const fail = (error: unknown): void => finish({ reply: failed(error), operation: undefined, violations: [] });
    try {
      const handled = handleRequest(options.mock(), message);
      if (handled instanceof Promise) handled.then(finish).catch(fail);
      else finish(handled);
    } catch (error) {
      fail(error);
    }
  }

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const { body } = problem('MALFORMED_REQUEST', `The request is not valid HTTP (${error.code ?? error.message}).`);
    const status =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? '408 Request Timeout'
          : '400 Bad Request';
    socket.end(
      `HTTP/1.1 ${status}\r\ncontent-type: application/problem+json\r\ncontent-length: ${body?.length ?? 0}\r\nconnection: close\r\n\r\n${body?.toString() ?? ''}`,
    );
  });

  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A refusal before the body was read: the rest of it is not waited for. */
function refuse(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  send(response, reply, request.method);
  response.once('finish', () => request.destroy());
}

function send(response: ServerResponse, reply: Reply, method: string | undefined): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const headers: string[] = [];
  for (const name in reply.headers) {
    const value = reply.headers[name];
    if (typeof value === 'string') headers.push(name, value);
    else for (const item of value ?? []) headers.push(name, item);
  }
  const length = reply.body?.length ?? 0;
  if (reply.status !== 204 && reply.status !== 304) headers.push('content-length', String(length));
  try {
    response.writeHead(reply.status, headers);
  } catch (error) {
    const fallback = failed(error);
    response.writeHead(fallback.status, { ...fallback.headers } as Record<string, string>);
    response.end(fallback.body);
    return;
  }
  if (method === 'HEAD' || length === 0) response.end();
  else response.end(reply.body);
}

function failed(error: unknown): Reply {
  const message = error instanceof Error ? error.message : String(error);
  return problem('UNKNOWN', `The mock failed on this request: ${message}. This is a defect of the mock; the request is worth reporting.`);
}

/** Path and query of a request target in origin form, or in absolute form as proxies send it (RFC 9112 section 3.2). */
function splitTarget(target: string): { path: string; query: string } {
  let rest = target;
  if (!rest.startsWith('/')) rest = rest.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '');
  const hash = rest.indexOf('#');
  if (hash >= 0) rest = rest.slice(0, hash);
  const mark = rest.indexOf('?');
  if (mark < 0) return { path: rest === '' ? '/' : rest, query: '' };
  return { path: mark === 0 ? '/' : rest.slice(0, mark), query: rest.slice(mark + 1) };
}

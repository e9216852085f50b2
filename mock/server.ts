import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { RequestMessage } from '../operations/index.ts';
import { CONTROL_PATH } from './control-path.ts';
import { isControlToken } from './control-token.ts';
import { withCors } from './cors.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { createForced } from './forced.ts';
import type { Forced } from './forced.ts';
import { sendSpoilt, spoil } from './faults/spoil.ts';
import type { Spoilt } from './faults/spoil.ts';
import type { Forwarding } from './forwarding.ts';
import { handleRequest } from './handle-request.ts';
import type { Handled, Mock } from './handle-request.ts';
import { sessionName, withoutSessionPrefix } from './session-name.ts';
import type { Journal } from './journal.ts';
import { closeIdleConnections, markRequest } from './idle-connections.ts';
import { keepExchange, keepTick } from './kept-shapes.ts';
import { isPage, sendPage } from './pages.ts';
import type { Pages } from './pages.ts';
import { problem } from './problem.ts';
import { announcesBody, announcesTooMuch, readBody } from './read-body.ts';
import type { Reply } from './reply.ts';
import { splitTarget } from './request-target.ts';
import { failed, refuseConnection, sendAnswer, sendRefusal, sendReply } from './send-reply.ts';

/** Taken by its name: an import statement would read everything that `node:http` has, and with it load a client of WebSockets (25 ms and 13 MB). */
const { createServer } = process.getBuiltinModule('node:http');

export interface ServerOptions {
  /** The mock that answers now; asked for each request, so that it can be exchanged while the server runs. */
  readonly mock: () => Mock;
  /** 0 takes a free port. */
  readonly port: number;
  /** Default 127.0.0.1: nobody outside of this machine. */
  readonly host?: string;
  /** The largest request body in bytes. Default 10 MiB. */
  readonly bodyLimit?: number;
  /** Keeps the exchanges; default: nobody does. */
  readonly journal?: Journal;
  /** What goes wrong on purpose; default: nothing until the control API says so. */
  readonly faults?: Faults;
  /** Answers that somebody wants of operations; default: none until the control API says so. */
  readonly forced?: Forced;
  /** Answers some requests from elsewhere; default: none. */
  readonly forwarding?: Forwarding;
  /** Pages beside the documents' operations, under {@link PAGES_PATH}; default: none. An operation with such a path goes before them. */
  readonly pages?: Pages;
  /** The control API. Without a token it answers this machine only. */
  readonly control?: ControlOptions;
  /** Told of every answer, after it was sent. What it throws is ignored. */
  readonly onHandled?: (request: RequestMessage, handled: Handled, milliseconds: number) => void;
}

export interface ControlOptions {
  /** What every control request must carry, wherever it comes from: visible ASCII characters, as a header can hold them. */
  readonly token?: string;
}

export interface MockServer {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

export const DEFAULT_BODY_LIMIT = 10 * 1024 * 1024;

const HTTP_OPTIONS = {
  // See idle-connections.ts.
  keepAliveTimeout: 0,
  // A client that sends slowly keeps a connection no longer than this.
  requestTimeout: 60_000,
  headersTimeout: 20_000,
  // A request without a body is not made into a stream whose end has to be waited for.
  optimizeEmptyRequests: true,
};

/**
 * Listens. The documents' operations are answered straight from node:http; the control paths, which nobody counts in microseconds, are hosted by Express.
 * @throws Error with code EADDRINUSE, EACCES, EADDRNOTAVAIL or ENOTFOUND when the address can't be had; TypeError for a control token that is none.
 */
export async function startServer(options: ServerOptions): Promise<MockServer> {
  keepTick();
  const limit = options.bodyLimit ?? DEFAULT_BODY_LIMIT;
  const token = options.control?.token;
  if (token !== undefined && !isControlToken(token))
    throw new TypeError('The control token must be visible ASCII characters, at least one.');
  let control: Promise<RequestListener> | undefined;
  const faults = options.faults ?? createFaults();
  const forced = options.forced ?? createForced();
  const timed = options.onHandled !== undefined || options.journal !== undefined;

  function receive(request: IncomingMessage, response: ServerResponse): void {
    markRequest(request.socket, response);
    const { path, query } = splitTarget(request.url ?? '/');
    if (path === CONTROL_PATH || path.startsWith(`${CONTROL_PATH}/`)) {
      // Loaded when first asked for: the control paths cost a start-up nothing.
      control ??= import('./control.ts').then(({ createControl }) =>
        createControl({
          mock: options.mock,
          faults,
          forced,
          journal: options.journal,
          docs: options.pages !== undefined,
          token,
          bodyLimit: limit,
        }),
      );
      control.then((listener) => listener(request, response)).catch((error: unknown) => sendReply(response, failed(error), request.method));
      return;
    }
    if (options.pages !== undefined && isPage(path) && options.mock().table.find(request.method ?? 'GET', path).kind === 'path') {
      sendPage(options.pages, path, request.method, response);
      return;
    }
    const hasBody = announcesBody(request);
    keepExchange(response, hasBody);
    if (!hasBody) {
      answer(messageOf(request, path, query, undefined), response);
      return;
    }
    readBody(request, limit, (read) => {
      if (read.ok) answer(messageOf(request, path, query, read.body), response);
      else refuse(messageOf(request, path, query, undefined), read.reply, request, response);
    });
  }

  function answer(message: RequestMessage, response: ServerResponse): void {
    const start = timed ? performance.now() : 0;
    let spoilt: Spoilt | undefined;
    let handled: ReturnType<typeof handleRequest>;
    try {
      const mock = options.mock();
      if (faults.active) spoilt = spoil(faults, mock, message);
      handled =
        spoilt?.instead ??
        options.forwarding?.take(mock, message) ??
        handleRequest(mock, message, forced.active ? forced.take(mock, message) : undefined);
    } catch (error) {
      handled = handledAs(failed(error));
    }
    if (!(handled instanceof Promise)) {
      finish(message, handled, spoilt, response, start);
      return;
    }
    const fail = (error: unknown): void => finish(message, handledAs(failed(error)), spoilt, response, start);
    handled.then((made) => finish(message, made, spoilt, response, start), fail).catch(fail);
  }

  function finish(message: RequestMessage, handled: Handled, spoilt: Spoilt | undefined, response: ServerResponse, start: number): void {
    if (spoilt !== undefined) {
      sendSpoilt(spoilt, handled, message.method, response, (sent) => tell(message, sent, start));
      return;
    }
    sendAnswer(response, handled.reply, message.method);
    tell(message, handled, start);
  }

  /** A body that can't be had: nothing of the documents is asked. */
  function refuse(message: RequestMessage, reply: Reply, request: IncomingMessage, response: ServerResponse): void {
    const start = timed ? performance.now() : 0;
    const told = options.mock().options.cors ? withCors(reply, message) : reply;
    sendRefusal(request, response, told);
    tell(message, handledAs(told), start);
  }

  function tell(message: RequestMessage, handled: Handled, start: number): void {
    const milliseconds = start === 0 ? 0 : performance.now() - start;
    options.journal?.add(sessionName(message) ?? 'default', message, handled, milliseconds);
    if (options.onHandled === undefined) return;
    try {
      options.onHandled(message, handled, milliseconds);
    } catch {
      // Who listens may fail; the answer is on its way.
    }
  }

  const server = createServer(HTTP_OPTIONS, receive);
  closeIdleConnections(server);
  // A body that is too large by its own word is not asked for.
  server.on('checkContinue', (request, response) => {
    if (announcesTooMuch(request, limit)) response.shouldKeepAlive = false;
    else response.writeContinue();
    receive(request, response);
  });
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    const detail = 'The mock is no proxy: it opens no tunnels.';
    refuseConnection(socket, problem('NO_METHOD_MATCHED_ERROR', detail, {}, { allow: '' }), 'Method Not Allowed');
  });
  server.on('clientError', refuseBrokenRequest);

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

function messageOf({ method = 'GET', headers }: IncomingMessage, path: string, query: string, body: Buffer | undefined): RequestMessage {
  return withoutSessionPrefix({ method, path, query, headers, body });
}

/** What was answered before, or instead of, asking the documents. */
function handledAs(reply: Reply): Handled {
  return { reply, operation: undefined, violations: [], step: 'receive' };
}

/** What is not HTTP, or not in time. */
function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const reason = `(${error.code ?? error.message})`;
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    const detail = `The request line and header fields together are larger than 16 KiB ${reason}.`;
    refuseConnection(socket, problem('HEADERS_TOO_LARGE', detail), 'Request Header Fields Too Large');
  } else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    refuseConnection(socket, problem('REQUEST_TIMEOUT', `The request did not come to its end in time ${reason}.`), 'Request Timeout');
  } else {
    refuseConnection(socket, problem('MALFORMED_REQUEST', `The request is not valid HTTP ${reason}.`), 'Bad Request');
  }
}

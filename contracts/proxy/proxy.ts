import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Exchange } from '../exchange.ts';
import { passOn } from './pass-on.ts';
import type { ProxySettings } from './pass-on.ts';
import { createTarget, MAX_HEADER_BYTES } from './target.ts';
import { tunnel } from './tunnel.ts';

export interface ProxyOptions {
  /** Base URL: `https://stage.example.com/api`. */
  readonly target: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default 127.0.0.1: nobody outside of this machine. */
  readonly host?: string;
  /** Told of every exchange when it has come to its end, in the order of the ends. What it throws is ignored. */
  readonly onExchange: (exchange: Exchange) => void;
  /** The `place.file` of the exchanges; default `live`. */
  readonly name?: string;
  /** The most of a body that is kept for `onExchange`, in bytes, on the wire and unpacked; default 10 MiB. What passes through is not limited. */
  readonly bodyLimit?: number;
  /** How long the target may take to begin its answer, in milliseconds; default 120,000. */
  readonly answerTimeout?: number;
  /** Take any certificate of the target; default false. */
  readonly insecure?: boolean;
  /** Send the client's Host on to the target instead of the target's own; default false. */
  readonly keepHost?: boolean;
  /** Turn a Location at the target into one at the proxy; default false: bytes untouched. */
  readonly rewriteLocation?: boolean;
}

export interface Proxy {
  readonly url: string;
  readonly port: number;
  /** Ends what is under way after a short grace, tells of it, and lets go of the port. */
  readonly close: () => Promise<void>;
}

/** A request may take its time, but not all day. */
const REQUEST_MS = 600_000;
const GRACE_MS = 300;
const LOOPBACK = /^http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]):/;

/**
 * A reverse proxy that passes bytes on as they are and tells of every exchange.
 * @throws TypeError for a target that is none or is the proxy itself; Error with code EADDRINUSE, EACCES, EADDRNOTAVAIL or ENOTFOUND when the address can't be had.
 */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const target = createTarget(options.target, { insecure: options.insecure ?? false });
  if (options.port !== undefined && LOOPBACK.test(target.origin) && target.origin.endsWith(`:${options.port}`))
    throw new TypeError(`the target ${target.url} is the address of the proxy itself; choose another port for one of them`);
  let index = 0;
  let underWay = 0;
  let idle: (() => void) | undefined;
  const settings: ProxySettings = {
    target,
    bodyLimit: options.bodyLimit ?? 10 * 1024 * 1024,
    answerTimeout: options.answerTimeout ?? 120_000,
    keepHost: options.keepHost ?? false,
    rewriteLocation: options.rewriteLocation ?? false,
    done(exchange) {
      try {
        options.onExchange({ ...exchange, place: { file: options.name ?? 'live', index: index++ } });
      } catch {
        // Who listens may fail; the traffic goes on.
      }
      underWay -= 1;
      if (underWay === 0) idle?.();
    },
  };
  const tunnels = new Set<Duplex>();

  const receive = (request: IncomingMessage, response: ServerResponse): void => {
    underWay += 1;
    passOn(request, response, settings);
  };
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: 60_000,
      // Others than WebSocket (`h2c`, as some clients offer at first) are offers that may be left aside (RFC 9110 section 7.8).
      shouldUpgradeCallback: (request) => /^websocket$/i.test(request.headers.upgrade ?? ''),
    },
    receive,
  );
  server.on('checkContinue', receive);
  server.on('checkExpectation', receive);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    tunnels.add(socket);
    socket.once('close', () => tunnels.delete(socket));
    tunnel(request, socket, head, settings);
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => refuse(socket, '405 Method Not Allowed'));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET') socket.destroy();
    else if (error.code === 'HPE_HEADER_OVERFLOW') refuse(socket, '431 Request Header Fields Too Large');
    else refuse(socket, error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request');
  });

  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    if (underWay > 0) {
      const finished = new Promise<void>((resolve) => (idle = resolve));
      const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await finished;
      clearTimeout(cut);
    }
    for (const socket of tunnels) socket.destroy();
    server.closeAllConnections();
    target.close();
    await closed;
  }
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, port, close };
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => undefined);
  if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
}

import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import type { Exchange } from '../exchange.ts';
import { startProxy } from './proxy.ts';
import type { Proxy, ProxyOptions } from './proxy.ts';

const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

export interface Backend {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
}

/** A real server of the test's own. */
export async function startBackend(listener: (...given: Parameters<RequestListener>) => unknown): Promise<Backend> {
  const server = createServer({ maxHeaderSize: 256 * 1024 }, (request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, server };
}

/** A server of bare bytes: what it is sent is gathered, what it answers is written as given. */
export async function startRawBackend(answer: string): Promise<{ url: string; seen: () => string }> {
  const { createServer: createRaw } = await import('node:net');
  let seen = '';
  const server = createRaw((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1');
      if (seen.includes('\r\n\r\n') && answer !== '') socket.end(answer, 'latin1');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen: () => seen };
}

export interface Running extends Proxy {
  /** What was told so far. */
  readonly exchanges: readonly Exchange[];
  /** The next exchange that was not asked for yet. */
  readonly next: () => Promise<Exchange>;
}

export async function startTestProxy(target: string, options: Partial<ProxyOptions> = {}): Promise<Running> {
  const exchanges: Exchange[] = [];
  let asked = 0;
  let wake: (() => void) | undefined;
  const proxy = await startProxy({
    target,
    ...options,
    onExchange: (exchange) => {
      exchanges.push(exchange);
      wake?.();
    },
  });
  closing.push(() => proxy.close());
  return {
    ...proxy,
    exchanges,
    async next() {
      const index = asked++;
      for (;;) {
        const exchange = exchanges[index];
        if (exchange !== undefined) return exchange;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

/** Sends bytes and gives what comes back until the connection ends, or until `enough`. */
export function talk(port: number, text: string | readonly string[], enough?: (seen: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const piece of [text].flat()) socket.write(piece, 'latin1');
    });
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1');
      if (enough?.(seen) === true) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(seen));
  });
}

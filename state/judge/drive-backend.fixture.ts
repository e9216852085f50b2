import { createServer, request as send } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startBackend } from '../../examples/backend/backend.fixture.ts';
import { drive } from '../../examples/backend/drive.ts';
import type { DefectId } from '../../examples/backend/defects.ts';
import type { Watched } from './observe-mock.fixture.ts';

/** What a real client and the example backend say to each other, by the clock that both live by. */
export async function driveBackend(defects: readonly DefectId[], seed = 1): Promise<Watched[]> {
  const backend = await startBackend(defects, { seed });
  const target = new URL(backend.url);
  const seen: Watched[] = [];
  const proxy = createServer((incoming, outgoing) => {
    void (async () => {
      const startedAt = backend.clock.now();
      const body = await bytesOf(incoming);
      const [path = '', query = ''] = (incoming.url ?? '').split('?');
      const reply = await new Promise<IncomingMessage>((resolve, reject) => {
        const { host: _host, ...headers } = incoming.headers;
        send({ host: target.hostname, port: target.port, method: incoming.method, path: incoming.url, headers }, resolve)
          .on('error', reject)
          .end(body);
      });
      const answer = await bytesOf(reply);
      const message = {
        method: incoming.method ?? 'GET',
        path,
        query,
        headers: incoming.headers,
        body: body.length === 0 ? undefined : body,
      };
      const status = reply.statusCode ?? 0;
      seen.push({
        request: message,
        reply: { status, headers: { ...reply.headers }, body: answer },
        startedAt,
        endedAt: backend.clock.now(),
      });
      outgoing.writeHead(status, reply.headers);
      outgoing.end(answer);
    })();
  });
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
  try {
    await drive(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, { seed, clock: backend.clock });
  } finally {
    proxy.close();
    proxy.closeAllConnections();
    await backend.close();
  }
  return seen;
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

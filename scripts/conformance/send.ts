import { Agent, request } from 'node:http';
import type { Answer } from '../judge/index.ts';
import type { Request } from './build-request.ts';

export type Sent = { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'hang' | 'broken'; readonly reason: string };

const agent = new Agent({ keepAlive: true, maxSockets: 2 });

/** Sends a request to a mock and waits for its answer. */
export function send(port: number, given: Request, limitMs: number): Promise<Sent> {
  return new Promise((resolve) => {
    const length = given.body === undefined ? {} : { 'content-length': String(given.body.length) };
    const options = { host: '127.0.0.1', port, agent, method: given.method, path: given.path, headers: { ...given.headers, ...length } };
    const broken = (error: Error): void => resolve({ kind: 'broken', reason: `the connection broke: ${error.message}` });
    const client = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', broken);
      response.once('end', () => {
        clearTimeout(timer);
        resolve({ kind: 'answer', answer: { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) } });
      });
    });
    const timer = setTimeout(() => {
      resolve({ kind: 'hang', reason: `no answer within ${limitMs} ms` });
      client.destroy();
    }, limitMs);
    client.once('error', (error) => {
      clearTimeout(timer);
      broken(error);
    });
    client.end(given.body);
  });
}

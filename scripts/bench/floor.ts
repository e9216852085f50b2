/**
 * The floor: `node:http` and fixed bytes, nothing else. With `parse` it also reads the body and parses it as JSON.
 * Run as `node scripts/bench/floor.ts PORT [parse]`.
 */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { inputExample } from './document.ts';

const [port = '0', mode = 'fixed'] = process.argv.slice(2);
const body = Buffer.from(JSON.stringify({ id: 1_000_005, createTime: '2026-02-26T10:05:00Z', ...inputExample() }));
const headers = { 'content-type': 'application/json', 'content-length': body.length };

const server = createServer((request, response) => {
  if (mode !== 'parse' || request.method === 'GET') {
    answer(response);
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => {
    JSON.parse(Buffer.concat(chunks).toString('utf8'));
    answer(response);
  });
});
server.listen(Number(port), '127.0.0.1');

function answer(response: ServerResponse): void {
  response.writeHead(200, headers);
  response.end(body);
}

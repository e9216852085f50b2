import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { STATUS_CODES } from 'node:http';
import { endToEnd, pairs, withField, withoutField } from './hop-by-hop.ts';
import type { ProxySettings } from './pass-on.ts';
import { failureOf } from './target.ts';

/** Opens a WebSocket at the target (RFC 6455 section 4) and joins both ends; nothing of it is recorded. */
export function tunnel(request: IncomingMessage, socket: Duplex, head: Buffer, { target, keepHost, answerTimeout }: ProxySettings): void {
  const kept = endToEnd(request.rawHeaders);
  const headers = keepHost ? kept : withField(kept, 'host', () => target.host);
  headers.push('Connection', 'Upgrade', 'Upgrade', request.headers.upgrade ?? 'websocket');
  const path = (request.url ?? '/').replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '');
  // A connection of its own: it is not given back.
  const outgoing = target.request({ method: request.method ?? 'GET', path: target.base + path, headers, setHost: false, agent: false });
  outgoing.setTimeout(answerTimeout, () => outgoing.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })));
  socket.on('error', () => outgoing.destroy());
  socket.once('close', () => outgoing.destroy());

  outgoing.once('upgrade', (answer, far, farHead) => {
    far.setTimeout(0);
    far.on('error', () => socket.destroy());
    far.once('close', () => socket.destroy());
    socket.once('close', () => far.destroy());
    socket.write(headOf(answer, answer.rawHeaders));
    if (farHead.length > 0) socket.write(farHead);
    if (head.length > 0) far.write(head);
    far.pipe(socket).pipe(far);
  });
  // The target does not want it: its answer, on a connection that ends with it.
  outgoing.once('response', (answer) => {
    const plain = withoutField(endToEnd(answer.rawHeaders), 'transfer-encoding');
    socket.write(headOf(answer, [...plain, 'Connection', 'close']));
    answer.pipe(socket);
  });
  outgoing.on('error', (error) => {
    if (socket.destroyed) return;
    const body = JSON.stringify({ type: 'about:blank', title: 'Bad Gateway', status: 502, detail: failureOf(error, target) });
    const fields = `content-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`;
    socket.end(`HTTP/1.1 502 Bad Gateway\r\n${fields}\r\n\r\n${body}`);
  });
  outgoing.end();
}

function headOf(answer: IncomingMessage, raw: readonly string[]): Buffer {
  const status = answer.statusCode ?? 502;
  const lines = pairs(raw).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 ${status} ${answer.statusMessage ?? STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`, 'latin1');
}

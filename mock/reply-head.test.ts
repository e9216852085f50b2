import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { exchange, framed } from './mock.fixture.ts';
import type { Reply } from './reply.ts';
import { giveHead } from './reply-head.ts';
import { sendAnswer, sendReply } from './send-reply.ts';
import { shareHeaders } from './shared-headers.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const plain: Reply = { status: 200, headers: shareHeaders({ ...JSON_TYPE }), body: Buffer.from('{"name":"茶"}') };

const REPLIES: readonly { readonly name: string; readonly reply: Reply; readonly isGiven: boolean }[] = [
  { name: 'ordinary', reply: plain, isGiven: true },
  { name: 'kept', reply: { ...plain, reused: true }, isGiven: true },
  { name: 'kept, without a body', reply: { ...plain, body: undefined, reused: true }, isGiven: true },
  { name: 'kept, and large', reply: { ...plain, body: Buffer.alloc(100_000, 'x'), reused: true }, isGiven: true },
  { name: 'kept, with violations', reply: { ...plain, told: '[]', reused: true }, isGiven: true },
  { name: 'created', reply: { ...plain, status: 201 }, isGiven: true },
  { name: 'with violations', reply: { ...plain, status: 422, told: '[{"code":"type"}]' }, isGiven: true },
  { name: 'without a body', reply: { ...plain, body: undefined }, isGiven: true },
  { name: 'several of one name', reply: { ...plain, headers: shareHeaders({ 'set-cookie': ['a=1', 'b=2'], 'x-a': 'é' }) }, isGiven: true },
  { name: 'not shared', reply: { ...plain, headers: { ...JSON_TYPE } }, isGiven: false },
  { name: 'no content', reply: { ...plain, status: 204, body: undefined }, isGiven: false },
  { name: 'not modified', reply: { ...plain, status: 304, body: undefined }, isGiven: false },
  { name: 'a status without a name', reply: { ...plain, status: 299 }, isGiven: false },
  { name: 'a length of its own', reply: { ...plain, headers: shareHeaders({ 'content-length': '15' }) }, isGiven: false },
  { name: 'a connection that ends', reply: { ...plain, headers: shareHeaders({ connection: 'close' }) }, isGiven: false },
  { name: 'what no header can hold', reply: { ...plain, headers: shareHeaders({ 'x-a': 'a\r\nb: c' }) }, isGiven: false },
  { name: 'no name of a header', reply: { ...plain, headers: shareHeaders({ 'x a': 'b' }) }, isGiven: false },
  { name: 'violations twice', reply: { ...plain, headers: shareHeaders({ 'sl-violations': 'x' }), told: '[]' }, isGiven: false },
];
const REQUESTS = [
  { name: 'GET', bytes: framed('GET /'), isKeptAlive: true },
  { name: 'HEAD', bytes: framed('HEAD /'), isKeptAlive: true },
  { name: 'GET three times at once', bytes: Buffer.concat([framed('GET /'), framed('GET /'), framed('GET /')]), isKeptAlive: true },
  { name: 'the last one', bytes: framed('GET /', ['Connection: close']), isKeptAlive: false },
  { name: 'HTTP/1.0', bytes: Buffer.from('GET / HTTP/1.0\r\nHost: x\r\n\r\n'), isKeptAlive: false },
  { name: 'HTTP/1.0 kept alive', bytes: Buffer.from('GET / HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n'), isKeptAlive: true },
];

const CASES = REPLIES.flatMap((one) => REQUESTS.map((asked) => ({ ...one, ...asked, name: `${one.name}, ${asked.name}` })));

test.each(CASES)('goes out as node:http writes it: $name', async ({ reply, bytes, isGiven, isKeptAlive }) => {
  const sent: string[] = [];
  const given: Set<boolean>[] = [];
  for (const send of [sendAnswer, sendReply]) {
    const isGivenHere = new Set<boolean>();
    given.push(isGivenHere);
    const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
      const head = response.writeHead.bind(response);
      let isWritten = false;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Only the shape that send-reply.ts uses.
      response.writeHead = ((...words: Parameters<typeof head>) => {
        isWritten = true;
        return head(...words);
      }) as typeof response.writeHead;
      send(response, reply, request.method);
      isGivenHere.add(!isWritten);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { text, closed } = await exchange((server.address() as AddressInfo).port, bytes, { quietMs: 60 });
    sent.push(`${closed ? 'closed' : 'open'} ${inOrder(text)}`);
    server.closeAllConnections();
    server.close();
  }
  expect(sent[0]).toBe(sent[1]);
  expect(given).toEqual([new Set([isGiven && isKeptAlive]), new Set([false])]);
});

test('a response that has a head already keeps it', () => {
  expect(giveHead({ _header: 'HTTP/1.1 100 Continue', shouldKeepAlive: true } as never, plain)).toBe(false);
});

/** The lines of the head in one order, without the time. */
function inOrder(text: string): string {
  const [head = '', ...body] = text.split('\r\n\r\n');
  const [status = '', ...lines] = head.replace(/^Date: .*$/m, 'Date: now').split('\r\n');
  return [status, ...lines.toSorted(), '', ...body.map((part) => part.replace(/^Date: .*$/m, 'Date: now'))].join('\n');
}

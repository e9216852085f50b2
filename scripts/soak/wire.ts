import { ask, headOf, inSession, noFault, only, withBody, write } from './attempt.ts';
import type { Kind } from './attempt.ts';

/** Nuisances of the connection and of HTTP itself. */
export const WIRE_KINDS: readonly Kind[] = [
  {
    name: 'a slow body',
    weight: 2,
    run: (target) => {
      const request = inSession(target.validJson(), target);
      const body = request.body ?? Buffer.from('{}');
      const third = Math.ceil(body.length / 3);
      return write(
        target,
        {
          pieces: [
            headOf(request, [`Content-Length: ${body.length}`]),
            body.subarray(0, third),
            body.subarray(third, 2 * third),
            body.subarray(2 * third),
          ],
          pauseMs: 15,
        },
        noFault,
      );
    },
  },
  {
    name: 'pipelined',
    weight: 3,
    run: async (target) => {
      const one = (): string => {
        const request = inSession(target.validJson(), target);
        return headOf(request, [`Content-Length: ${request.body?.length ?? 0}`]) + (request.body?.toString('latin1') ?? '');
      };
      const heard = await write(
        target,
        { pieces: [Buffer.from(Array.from({ length: 20 }, one).join(''), 'latin1')], answers: 20 },
        noFault,
      );
      return heard.statuses.length === 20
        ? heard
        : { ...heard, failure: heard.failure ?? `${heard.statuses.length} answers to 20 requests in a row` };
    },
  },
  {
    name: 'broken off',
    weight: 5,
    run: (target) => {
      const request = inSession(target.validJson(), target);
      const body = request.body ?? Buffer.from('{}');
      return write(
        target,
        { pieces: [headOf(request, [`Content-Length: ${body.length}`]), body.subarray(0, target.dice.below(body.length + 1))], answers: 0 },
        noFault,
      );
    },
  },
  {
    name: 'no HTTP',
    weight: 4,
    run: (target) => write(target, { pieces: [target.dice.bytes(1 + target.dice.below(400)), '\r\n\r\n'], ends: true }, only(400, 431)),
  },
  {
    name: 'half of HTTP',
    weight: 4,
    run: (target) =>
      write(
        target,
        {
          pieces: [
            target.dice.pick([
              'GET / HTTP/1.1\r\nHost: a\r\n',
              'GET /%zz HTTP/9.9\r\n\r\n',
              'GET\r\n\r\n',
              'GET / HTTP/1.1\r\nHost : a\r\n\r\n',
              'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
            ]),
            target.dice.bytes(20),
          ],
          ends: true,
        },
        only(400, 404, 405, 408),
      ),
  },
  {
    name: 'wrong lengths',
    weight: 4,
    run: (target) => {
      const length = target.dice.pick([
        'Content-Length: -1',
        'Content-Length: 1e3',
        'Content-Length: 5\r\nContent-Length: 6',
        'Content-Length: 5\r\nTransfer-Encoding: chunked',
        'Content-Length: 99999999999999999999',
        'Content-Length: ',
      ]);
      return write(target, { pieces: [headOf(withBody(target, ''), [length]), '{"a":1}'], ends: true }, only(400, 413));
    },
  },
  {
    name: 'too short for its length',
    weight: 3,
    run: (target) => write(target, { pieces: [headOf(withBody(target, ''), ['Content-Length: 500']), '{"a":1}'], ends: true }, only(400)),
  },
  {
    name: 'a flood of headers',
    weight: 2,
    run: (target) =>
      write(
        target,
        {
          pieces: [
            headOf(
              inSession(target.valid(), target),
              Array.from({ length: 600 }, (_, index) => `x-${index}: ${'y'.repeat(100)}`),
            ),
          ],
        },
        only(431),
      ),
  },
  {
    name: 'many headers',
    weight: 2,
    run: (target) => {
      const { method, path, headers, body } = inSession(target.valid(), target);
      const more = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`x-${index}`, target.dice.noise(5)]));
      return ask(target, { kind: 'request', method, path, headers: { ...more, ...headers }, body });
    },
  },
  {
    name: 'other methods',
    weight: 3,
    run: (target) =>
      write(
        target,
        {
          pieces: [
            `${target.dice.pick(['TRACE / ', 'OPTIONS * ', 'CONNECT a:80 ', 'PROPFIND /tie/list.json ', 'HEAD / ', 'OPTIONS /tie/list.json '])}HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
          ],
        },
        noFault,
      ),
  },
  {
    name: 'upgrades',
    weight: 2,
    run: (target) =>
      write(
        target,
        { pieces: ['GET /docs/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n'] },
        noFault,
      ),
  },
];

import { gzipSync } from 'node:zlib';
import type { Request } from '../conformance/build-request.ts';
import { send } from '../conformance/send.ts';
import type { Dice } from './dice.ts';
import { speak } from './socket.ts';
import type { Spoken } from './socket.ts';

/** What came of one attempt: the statuses of its answers, and why it must not have come to that. */
export interface Outcome {
  readonly statuses: readonly number[];
  readonly failure?: string;
}

export interface Target {
  readonly port: number;
  readonly dice: Dice;
  /** A valid request of some operation of the documents. */
  readonly valid: () => Request;
  /** A valid request that carries JSON. */
  readonly validJson: () => Request;
}

/** One way of being a nuisance. */
export interface Kind {
  readonly name: string;
  /** How often, beside the others. */
  readonly weight: number;
  readonly run: (target: Target) => Promise<Outcome>;
}

const HANG_MS = 15_000;
const SESSIONS = 100;
const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024));
const HUGE = Buffer.from(`{"title":"${'x'.repeat(11 * 1024 * 1024)}"}`);

/** No mock may answer 5xx to what was not asked to be one. */
const noFault = (status: number): boolean => status < 500;
const only =
  (...allowed: readonly number[]) =>
  (status: number): boolean =>
    allowed.includes(status);

/** Sends an HTTP request and holds the status to what may come of it. */
async function ask({ port }: Target, request: Request, may: (status: number) => boolean = noFault): Promise<Outcome> {
  const sent = await send(port, request, HANG_MS);
  const what = `${request.method} ${request.path.slice(0, 120)}`;
  if (sent.kind !== 'answer') return { statuses: [], failure: `${what}: ${sent.reason}` };
  const { status, body } = sent.answer;
  return may(status)
    ? { statuses: [status] }
    : { statuses: [status], failure: `${what}: ${status} ${body.toString().replace(/\s+/g, ' ').slice(0, 300)}` };
}

/** Writes bytes; each answer to them, if there is any, is one that may be. */
async function write({ port }: Target, spoken: Omit<Spoken, 'port' | 'limitMs'>, may: (status: number) => boolean): Promise<Outcome> {
  const { statuses, done } = await speak({ ...spoken, port, limitMs: HANG_MS });
  const told = String(spoken.pieces[0]).slice(0, 80);
  if (!done) return { statuses, failure: `neither answered nor closed: ${told}` };
  const wrong = statuses.find((status) => !may(status));
  return wrong === undefined ? { statuses } : { statuses, failure: `${wrong}: ${told}` };
}

function inSession(request: Request, { dice }: Target): Request {
  return { ...request, headers: { ...request.headers, 'x-hufu-session': `soak-${dice.below(SESSIONS)}` } };
}

function withBody(target: Target, body: Buffer | string, headers: Readonly<Record<string, string>> = {}): Request {
  const request = inSession(target.validJson(), target);
  return { ...request, headers: { ...request.headers, ...headers }, body: Buffer.from(body) };
}

function withQuery(request: Request, pair: string): Request {
  return { ...request, path: `${request.path}${request.path.includes('?') ? '&' : '?'}${pair}` };
}

/** Values where others belong, names that mean something to JavaScript. */
const JUNK = [
  'null',
  'true',
  '-1',
  '1e400',
  '9007199254740993',
  '""',
  '[]',
  '{}',
  '"\\u0000"',
  '"\\ud800"',
  '"😀"',
  '[[[[]]]]',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":1,"hasOwnProperty":null}',
] as const;

/** The members of a JSON body, one or more of them exchanged or added. */
function mutated(target: Target): string {
  const { dice } = target;
  const given: unknown = JSON.parse(target.validJson().body?.toString() ?? '{}');
  const members = Object.entries(typeof given === 'object' && given !== null ? given : {}).map(
    ([name, value]) => `${JSON.stringify(name)}:${dice.below(3) === 0 ? dice.pick(JUNK) : JSON.stringify(value)}`,
  );
  const extra = dice.pick(['"__proto__"', '"constructor"', '"a"', '""', '"id"']);
  return `{${[...members, `${extra}:${dice.pick(JUNK)}`].join(',')}}`;
}

function headOf({ method, path, headers }: Request, more: readonly string[] = []): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, 'Host: a', ...lines, ...more, '', ''].join('\r\n');
}

export const KINDS: readonly Kind[] = [
  { name: 'valid', weight: 60, run: (target) => ask(target, inSession(target.valid(), target)) },
  {
    name: 'a session of its own',
    weight: 12,
    run: (target) => {
      const request = target.valid();
      return ask(target, { ...request, headers: { ...request.headers, 'x-hufu-session': `fleeting-${target.dice.below(20_000)}` } });
    },
  },
  {
    name: 'query noise',
    weight: 6,
    run: (target) => ask(target, withQuery(inSession(target.valid(), target), `${target.dice.noise(12)}=${target.dice.noise(30)}`)),
  },
  {
    name: 'path noise',
    weight: 6,
    run: (target) => {
      const request = inSession(target.valid(), target);
      return ask(target, { ...request, path: request.path.replace(/[^/?]+$/, target.dice.noise(20)) });
    },
  },
  { name: 'NUL', weight: 3, run: (target) => ask(target, withQuery(inSession(target.valid(), target), 'a%00b=%00&%00')) },
  {
    name: 'a body cut short',
    weight: 6,
    run: (target) => {
      const request = inSession(target.valid(), target);
      return ask(target, { ...request, body: request.body?.subarray(0, target.dice.below(request.body.length)) });
    },
  },
  {
    name: 'broken JSON',
    weight: 6,
    run: (target) => ask(target, withBody(target, target.dice.pick(['{', '[1,', '{"a":}', "{'a':1}", '\ufeff', 'nul', '{"a":1}}', '"']))),
  },
  { name: 'JSON of wrong types', weight: 10, run: (target) => ask(target, withBody(target, mutated(target))) },
  { name: 'bytes for JSON', weight: 4, run: (target) => ask(target, withBody(target, target.dice.bytes(1 + target.dice.below(400)))) },
  {
    name: 'deep JSON',
    weight: 2,
    run: (target) =>
      ask(
        target,
        withBody(
          target,
          target.dice.below(2) === 0 ? '['.repeat(100_000) + ']'.repeat(100_000) : `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
        ),
      ),
  },
  {
    name: 'wide JSON',
    weight: 1,
    run: (target) =>
      ask(target, withBody(target, JSON.stringify(Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}`, index]))))),
  },
  {
    name: 'JSON beyond the limit',
    weight: 0.3,
    run: (target) => write(target, { pieces: [headOf(withBody(target, ''), [`Content-Length: ${HUGE.length}`]), HUGE] }, only(413)),
  },
  {
    name: 'a bomb',
    weight: 0.5,
    run: (target) => ask(target, withBody(target, BOMB, { 'content-encoding': 'gzip' }), only(413)),
  },
  {
    name: 'no gzip',
    weight: 2,
    run: (target) =>
      ask(
        target,
        withBody(target, target.dice.bytes(50), { 'content-encoding': target.dice.pick(['gzip', 'zstd', 'deflate']) }),
        only(400),
      ),
  },
  {
    name: 'unknown codings',
    weight: 1,
    run: (target) =>
      ask(
        target,
        withBody(target, '{}', { 'content-encoding': target.dice.pick(['lzma', 'gzip,gzip,gzip,gzip,gzip', '__proto__']) }),
        only(415),
      ),
  },
  {
    name: 'multipart junk',
    weight: 4,
    run: (target) => {
      const { dice } = target;
      const boundary = dice.pick(['x', 'x y', '', '"', 'a'.repeat(200)]);
      const disposition = dice.pick([
        'form-data; name="file"; filename="a\u0000b"',
        'form-data; name=__proto__',
        'attachment',
        'form-data; name="file"; filename="../../etc/passwd"',
      ]);
      const body = `--${boundary}\r\nContent-Disposition: ${disposition}\r\n\r\n${dice.noise(20)}\r\n--${boundary}${dice.pick(['--\r\n', '', '\r\n'])}`;
      return ask(target, {
        kind: 'request',
        method: 'POST',
        path: '/api/v1/file',
        headers: { authorization: 'Bearer a', 'content-type': `multipart/form-data; boundary=${boundary}` },
        body: Buffer.from(body),
      });
    },
  },
  {
    name: 'odd media types',
    weight: 3,
    run: (target) =>
      ask(
        target,
        withBody(target, '{}', {
          'content-type': target.dice.pick([
            'application/json; charset=utf-16',
            'text/plain',
            'a',
            '/',
            'application/xml',
            'application/json;',
            'application/x-www-form-urlencoded',
            '*/*',
          ]),
        }),
      ),
  },
  {
    name: 'preferences',
    weight: 6,
    run: (target) => {
      const code = 200 + target.dice.below(400);
      const request = inSession(target.valid(), target);
      return ask(
        target,
        { ...request, headers: { ...request.headers, prefer: `code=${code}, dynamic=true` } },
        (status) => status < 500 || status === code,
      );
    },
  },
  {
    name: 'preference junk',
    weight: 3,
    run: (target) => {
      const request = inSession(target.valid(), target);
      const prefer = target.dice.pick([
        'code=abc',
        'example=__proto__',
        'code=99999999999',
        'dynamic=maybe',
        ',,,;;',
        'code=200'.repeat(500),
        '"',
        'seed=' + 'x'.repeat(3_000),
      ]);
      return ask(target, { ...request, headers: { ...request.headers, prefer } });
    },
  },
  {
    name: 'session names',
    weight: 3,
    run: (target) => {
      const request = target.valid();
      const name = target.dice.pick(['', ' ', '../x', '__proto__', 'a b', 'x'.repeat(5_000), '%00', 'é', 'constructor']);
      return ask(target, { ...request, headers: { ...request.headers, 'x-hufu-session': name } });
    },
  },
  {
    name: 'control junk',
    weight: 4,
    run: (target) => {
      const { dice } = target;
      const method = dice.pick(['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS']);
      const path = dice.pick(['state', 'clock', 'snapshots/a', 'snapshots/__proto__/restore', 'forced', 'reset', dice.noise(10)]);
      const body =
        method === 'GET'
          ? undefined
          : Buffer.from(
              dice.pick([
                ...JUNK,
                '{',
                '{"put":{"tie/tie":[1]}}',
                '{"scenario":"nowhere"}',
                '{"advance":"x"}',
                '{"__proto__":[]}',
              ] as unknown as [string, ...string[]]),
            );
      return ask(target, {
        kind: 'request',
        method,
        path: `/__hufu/sessions/junk-${dice.below(10)}/${path}`,
        headers: body === undefined ? {} : { 'content-type': 'application/json' },
        body,
      });
    },
  },
  {
    name: 'control reads',
    weight: 2,
    run: (target) =>
      ask(target, {
        kind: 'request',
        method: 'GET',
        path: `/__hufu/${target.dice.pick(['health', 'sessions', 'journal?limit=20', 'operations', 'collections', `journal?${target.dice.noise(8)}`, `journal/${target.dice.noise(4)}`, target.dice.noise(10)])}`,
        headers: {},
        body: undefined,
      }),
  },
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

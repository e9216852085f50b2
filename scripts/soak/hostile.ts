import { gzipSync } from 'node:zlib';
import { ask, headOf, inSession, only, withBody, withQuery, write } from './attempt.ts';
import type { Kind, Target } from './attempt.ts';

const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024));
const HUGE = Buffer.from(`{"title":"${'x'.repeat(11 * 1024 * 1024)}"}`);

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

/** Nuisances of requests that are good HTTP, and the valid ones between them. */
export const REQUEST_KINDS: readonly Kind[] = [
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
];

import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curlOf } from './curl.ts';
import type { Body, Exchange, Headers } from './exchange.ts';

function exchange(method: string, headers: Headers, body?: Body, query = ''): Exchange {
  return {
    id: 1,
    at: '2026-01-31T00:00:00.000Z',
    milliseconds: 1,
    session: 'mine',
    step: 'answer',
    request: { method, path: '/a', query, headers, ...(body === undefined ? {} : { body }) },
    response: { status: 200, headers: {} },
    violations: [],
    why: { step: 'answer' },
  };
}

/** What a shell hands to curl. */
function argumentsOf(command: string): string[] {
  const text = execFileSync('sh', ['-c', `curl() { for one in "$@"; do printf '%s\\0' "$one"; done; }\n${command}`], { encoding: 'utf8' });
  return text.split('\0').slice(0, -1);
}

test('a request becomes a command that sends it', () => {
  const body: Body = { size: 9, encoding: 'utf-8', text: '{"名":"a"}' };
  const given = exchange(
    'PUT',
    { host: 'x', 'content-type': 'application/json', 'content-length': '9', 'x-hufu-session': 'mine' },
    body,
    'q=1&r=2',
  );
  expect(argumentsOf(curlOf(given, 'http://h'))).toEqual([
    'http://h/a?q=1&r=2',
    '-X',
    'PUT',
    '-H',
    'content-type: application/json',
    '-H',
    'x-hufu-session: mine',
    '--data-raw',
    '{"名":"a"}',
  ]);
});

test.each(["'; touch /tmp/hufu #", '$(id)', '`id`', '"\\', 'line\nline', '-X', "it's"])('%j is only text to the shell', (text) => {
  const given = exchange('POST', { 'x-hufu-session': text, 'x-note': text }, { size: 1, encoding: 'utf-8', text }, `q=${text}`);
  const received = argumentsOf(curlOf(given, 'http://h'));
  expect(received).toEqual([`http://h/a?q=${text}`, '-H', `x-hufu-session: ${text}`, '-H', `x-note: ${text}`, '--data-raw', text]);
});

test.each<[name: string, given: Exchange, want: string[]]>([
  ['the session of a path', exchange('GET', {}), ['http://h/a', '-H', 'x-hufu-session: mine']],
  ['HEAD', exchange('HEAD', { 'x-hufu-session': 'mine' }), ['http://h/a', '--head', '-H', 'x-hufu-session: mine']],
  [
    'a header that came twice',
    exchange('GET', { cookie: 'a=1', 'x-a': ['1', '2'] }),
    ['http://h/a', '-H', 'cookie: a=1', '-H', 'x-a: 1', '-H', 'x-a: 2'],
  ],
  [
    'bytes',
    exchange('POST', { cookie: 'a=1' }, { size: 1, encoding: 'base64', text: '/w==' }),
    ['http://h/a', '-H', 'cookie: a=1', '--data-binary', '@body'],
  ],
  [
    'a cut body',
    exchange('POST', { cookie: 'a=1' }, { size: 99, encoding: 'utf-8', text: 'x', truncated: true }),
    ['http://h/a', '-H', 'cookie: a=1', '--data-binary', '@body'],
  ],
])('%s', (_name, given, want) => {
  expect(argumentsOf(curlOf(given, 'http://h'))).toEqual(want);
});

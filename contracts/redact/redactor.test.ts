import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createOperationTable } from '../../operations/index.ts';
import { createKnownSecrets } from './known-secrets.ts';
import { holdsPseudonym, isPseudonym, pseudonymOf } from './pseudonym.ts';
import { exchangeOf, markedTable } from './redact.fixture.ts';
import type { Given } from './redact.fixture.ts';
import { createRedactor } from './redactor.ts';
import { isSecretName } from './secret-names.ts';

const key = Buffer.from('a key of the test');
const P = (value: string): string => pseudonymOf(key, value);
const JSON_TYPE = { 'content-type': 'application/json' };
const table = markedTable();

function redacted(given: Given): ReturnType<ReturnType<typeof createRedactor>['redact']> {
  return createRedactor(table, { secret: key }).redact(exchangeOf(given));
}

test.each<[name: string, given: Given, want: string]>([
  [
    'layout, numbers and order of JSON stay',
    { headers: JSON_TYPE, body: '{ "n": 1.50, "big": 12345678901234567890,\n "password" : "open-5esame" , "note":"" }' },
    `{ "n": 1.50, "big": 12345678901234567890,\n "password" : "${P('open-5esame')}" , "note":"" }`,
  ],
  ['a number becomes a string', { headers: JSON_TYPE, body: '{"codes":[1,22]}' }, `{"codes":["${P('1')}","${P('22')}"]}`],
  [
    'null and empty texts are no secrets',
    { headers: JSON_TYPE, body: '{"password":null,"user":{"mail":""}}' },
    '{"password":null,"user":{"mail":""}}',
  ],
  [
    'JSON in a string',
    { headers: JSON_TYPE, body: '{"note":"{\\"token\\":\\"abc-1\\"}"}' },
    `{"note":"{\\"token\\":\\"${P('abc-1')}\\"}"}`,
  ],
  [
    'names that speak of a secret',
    { headers: JSON_TYPE, body: '{"token_type":"bearer","expires_in":3600,"maxTokens":4096,"footprint":"x1"}' },
    '{"token_type":"bearer","expires_in":3600,"maxTokens":4096,"footprint":"x1"}',
  ],
  [
    'a short secret is masked at its place only',
    { headers: JSON_TYPE, body: '{"password":"ab1","note":"ab1"}' },
    `{"password":"${P('ab1')}","note":"ab1"}`,
  ],
  [
    'a published word is masked at its place only',
    { headers: JSON_TYPE, body: '{"password":"friends","user":{"friends":[]},"note":"friends"}' },
    `{"password":"${P('friends')}","user":{"friends":[]},"note":"friends"}`,
  ],
  [
    'digits inside of a longer number',
    { headers: JSON_TYPE, body: '{"password":"123456","note":"1234567","at":9123456}' },
    `{"password":"${P('123456')}","note":"1234567","at":9123456}`,
  ],
  [
    'a form keeps its pairs',
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=%20&password=x%2By+z1&a=2' },
    `a=%20&password=${P('x+y z1')}&a=2`,
  ],
  [
    'Chinese names',
    { headers: JSON_TYPE, body: '{"登录密码":"天王盖地虎","姓名":"张三"}' },
    `{"登录密码":"${P('天王盖地虎')}","姓名":"张三"}`,
  ],
  [
    'a token by its look',
    { path: '/nowhere', body: `see eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln now` },
    `see ${P('eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln')} now`,
  ],
  ['a password in a URL', { path: '/nowhere', body: 'db://root:pa55word@host/x' }, `db://root:${P('pa55word')}@host/x`],
  [
    'events',
    { path: '/nowhere', headers: { 'content-type': 'text/event-stream' }, body: 'data: {"token":"t-1"}\n\ndata: [1]\n\n' },
    `data: {"token":"${P('t-1')}"}\n\ndata: [1]\n\n`,
  ],
])('body: %s', (_name, given, want) => {
  expect(String(redacted(given).request.body)).toBe(want);
});

test.each<[name: string, headers: NodeJS.Dict<string | string[]>, want: NodeJS.Dict<string | string[]>]>([
  ['the scheme stays', { authorization: 'Bearer tok-1' }, { authorization: `Bearer ${P('tok-1')}` }],
  [
    'Basic is Basic of two pseudonyms',
    { authorization: `Basic ${btoa('me:pa55:word')}` },
    { authorization: `Basic ${btoa(`${P('me')}:${P('pa55:word')}`)}` },
  ],
  ['an unknown scheme', { authorization: 'Odd a=1, b="2"' }, { authorization: `Odd ${P('a=1, b="2"')}` }],
  [
    'names of cookies stay',
    { cookie: 'a=1; sid="s 2"; x-hufu-session=mine' },
    { cookie: `a=${P('1')}; sid=${P('s 2')}; x-hufu-session=mine` },
  ],
  ['the name of a session', { 'x-hufu-session': 'mine-12345' }, { 'x-hufu-session': 'mine-12345' }],
  ['a header that is called like a secret', { 'x-api-key': 'k-1' }, { 'x-api-key': P('k-1') }],
  ['a challenge', { 'www-authenticate': 'Bearer realm="abcdefgh"' }, { 'www-authenticate': 'Bearer realm="abcdefgh"' }],
  ['a query in a field', { referer: 'https://h/p?a=1&access_token=t-1#x' }, { referer: `https://h/p?a=1&access_token=${P('t-1')}#x` }],
])('header: %s', (_name, headers, want) => {
  expect(redacted({ path: '/nowhere', headers }).request.headers).toEqual(want);
});

test('attributes of Set-Cookie stay', () => {
  const { response } = redacted({ answerHeaders: { 'set-cookie': ['sid=abc123def; Path=/; HttpOnly', 'gone=; Max-Age=0'] } });
  expect(response?.headers['set-cookie']).toEqual([`sid=${P('abc123def')}; Path=/; HttpOnly`, 'gone=; Max-Age=0']);
});

test('a chain of refresh tokens can be followed, from answer to request, in any place', () => {
  const redactor = createRedactor(table, { secret: key });
  const first = redactor.redact(
    exchangeOf({ path: '/t', answerHeaders: JSON_TYPE, answer: '{"refresh_token":"r-token-1","access_token":"a-token-1"}' }),
  );
  const second = redactor.redact(
    exchangeOf({
      path: '/t/r-token-1',
      query: 'refresh_token=r-token-1',
      headers: { authorization: 'Bearer a-token-1', 'x-info': 'last r-token-1' },
    }),
  );
  const { refresh_token, access_token } = JSON.parse(String(first.response?.body)) as Record<string, string>;
  expect(second.request).toMatchObject({
    path: `/t/${refresh_token}`,
    query: `refresh_token=${refresh_token}`,
    headers: { authorization: `Bearer ${access_token}`, 'x-info': `last ${refresh_token}` },
  });
});

test('another recording has other pseudonyms', () => {
  const [one, other] = [createRedactor(table), createRedactor(table)].map(
    (redactor) => redactor.redact(exchangeOf({ query: 'q=open-5esame' })).request.query,
  );
  expect(one).not.toBe(other);
});

test('what was redacted stays as it is', () => {
  const once = redacted({
    query: 'q=open-5esame',
    headers: { ...JSON_TYPE, authorization: `Basic ${btoa('me:pa55word')}` },
    body: '{"password":"open-5esame"}',
  });
  expect(createRedactor(table).redact(once)).toEqual(once);
});

describe('bodies that are not plain', () => {
  test('a packed body is unpacked, masked, and its length told anew', () => {
    const body = gzipSync('{"password":"open-5esame"}');
    const { request } = redacted({ headers: { ...JSON_TYPE, 'content-encoding': 'gzip', 'content-length': String(body.length) }, body });
    expect(String(request.body)).toBe(`{"password":"${P('open-5esame')}"}`);
    expect(request.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(request.body?.length) });
  });

  test('a body that can not be unpacked is left out', () => {
    const { request, gaps } = redacted({
      headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
      body: gzipSync('{"password":"open-5esame"}').subarray(0, 30),
    });
    expect(request.body).toBeUndefined();
    expect(gaps).toEqual([{ of: 'request-body', code: 'undecodable', message: expect.stringContaining('gzip') }]);
  });

  test('a body beyond the limit is left out, packed or not', () => {
    const redactor = createRedactor(table, { bodyLimit: 100 });
    const { request, response, gaps } = redactor.redact(
      exchangeOf({ body: 'x'.repeat(101), answerHeaders: { 'content-encoding': 'gzip' }, answer: gzipSync('x'.repeat(5_000)) }),
    );
    expect([request.body, response?.body]).toEqual([undefined, undefined]);
    expect(gaps.map(({ of, code }) => `${of} ${code}`)).toEqual(['request-body missing', 'response-body missing']);
  });

  test('text in another charset is masked and then told to be UTF-8; without a secret it keeps its bytes', () => {
    const gbk = Buffer.concat([
      Buffer.from('{"password":"'),
      Buffer.from([0xc3, 0xdc, 0xc2, 0xeb, 0xc3, 0xdc, 0xc2, 0xeb]),
      Buffer.from('"}'),
    ]);
    const masked = redacted({ headers: { 'content-type': 'application/json; charset=gbk' }, body: gbk });
    expect(String(masked.request.body)).toBe(`{"password":"${P('密码密码')}"}`);
    expect(masked.request.headers['content-type']).toBe('application/json; charset=utf-8');
    const plain = Buffer.from([0xc3, 0xdc]);
    const kept = redacted({ path: '/nowhere', headers: { 'content-type': 'text/plain; charset=gbk' }, body: plain });
    expect([kept.request.body, kept.request.headers['content-type']]).toEqual([plain, 'text/plain; charset=gbk']);
  });

  test('a file in a form keeps its bytes', () => {
    const head = '--b\r\ncontent-disposition: form-data; name="photo"; filename="a.png"\r\n\r\n';
    const body = Buffer.concat([Buffer.from(head), Buffer.from([0x89, 0x50, 0, 0xff]), Buffer.from('\r\n--b--\r\n')]);
    expect(redacted({ headers: { 'content-type': 'multipart/form-data; boundary=b' }, body }).request.body).toEqual(body);
  });
});

test('a text of our own loses what is known', () => {
  const redactor = createRedactor(table, { secret: key });
  redactor.redact(exchangeOf({ query: 'q=open-5esame' }));
  expect(redactor.redactText('must not be "open-5esame"')).toBe(`must not be "${P('open-5esame')}"`);
});

test('without documents names and looks decide', () => {
  const redactor = createRedactor(createOperationTable([]), { secret: key });
  const { request } = redactor.redact(exchangeOf({ query: 'token=abc-12345&id=7', body: 'abc-12345' }));
  expect([request.query, String(request.body)]).toEqual([`token=${P('abc-12345')}&id=7`, P('abc-12345')]);
});

test('known secrets are bounded, the ones not met for the longest time are forgotten', () => {
  const known = createKnownSecrets({ values: 2 });
  for (const value of ['first-1', 'second-2']) known.add(value, P(value));
  known.find(Buffer.from('first-1'));
  known.add('third-3', P('third-3'));
  expect(known.size()).toBe(2);
  const found = known.find(Buffer.from('first-1 second-2 third-3')).map(({ start, pseudonym }) => [start, pseudonym]);
  expect(found).toEqual([
    [0, P('first-1')],
    [17, P('third-3')],
  ]);
});

test('very many secrets that are much alike are all found', () => {
  const known = createKnownSecrets();
  for (let index = 0; index < 9_000; index += 1) known.add(`prefix-${index}-suffix`, String(index));
  for (const index of [0, 4_567, 8_999])
    expect(known.find(Buffer.from(`x prefix-${index}-suffix y`)).map(({ pseudonym }) => pseudonym)).toEqual([String(index)]);
});

test.each([
  ['access_token', true],
  ['X-Api-Key', true],
  ['userPassword', true],
  ['sid', true],
  ['otpCode', true],
  ['验证码', true],
  ['token_type', false],
  ['tokenExpiresIn', false],
  ['side', false],
  ['author', false],
  ['passwordChangedAt', false],
  ['x-hufu-session', false],
])('the name %s: %s', (name, want) => {
  expect(isSecretName(name)).toBe(want);
});

test('pseudonyms are told from other texts', () => {
  expect([
    isPseudonym(P('x')),
    isPseudonym(`${P('x')}1`),
    holdsPseudonym(`a${P('x')}1`),
    holdsPseudonym(btoa(`${P('x')}:${P('y')}`)),
    holdsPseudonym('hufu-masked-'),
  ]).toEqual([true, false, true, true, false]);
  expect(pseudonymOf(key, P('x'))).toBe(P('x'));
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOperationTable, loadDocument } from '../operations/index.ts';
import type { Operation } from '../operations/index.ts';
import type { Exchange } from './exchange.ts';
import { isSecretName } from './redact/secret-names.ts';
import { SHOWN_BODY_BYTES, showExchange, showPath } from './shown.ts';

const ACCOUNT = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    mail: { type: 'string', 'x-sensitive': true },
    hint: { type: 'string', format: 'password' },
    answer: { type: 'string', writeOnly: true },
    address: { type: 'object', 'x-sensitive': true, properties: { street: { type: 'string' } } },
    friends: { type: 'array', items: { $ref: '#/components/schemas/Account' } },
    either: { oneOf: [{ type: 'string' }, { type: 'object', properties: { phone: { 'x-sensitive': true } } }] },
  },
  patternProperties: { '^x-': { 'x-sensitive': true } },
  additionalProperties: { type: 'object', properties: { card: { 'x-sensitive': true } } },
};
const content = (schema: object): object => ({ schema });
const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Accounts', version: '1' },
  paths: {
    '/accounts/{account}/mails/{mail}': {
      put: {
        operationId: 'putMail',
        security: [{ key: [] }],
        parameters: [
          { name: 'account', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'mail', in: 'path', required: true, 'x-sensitive': true, schema: { type: 'string' } },
          { name: 'phone', in: 'query', schema: { type: 'string', 'x-sensitive': true } },
        ],
        requestBody: {
          content: {
            'application/json': content({ $ref: '#/components/schemas/Account' }),
            'application/x-www-form-urlencoded': content({ $ref: '#/components/schemas/Account' }),
            'multipart/form-data': content({ $ref: '#/components/schemas/Account' }),
            'application/xml': content({ $ref: '#/components/schemas/Account' }),
          },
        },
        responses: {
          '200': { description: 'Done', content: { 'application/json': content({ $ref: '#/components/schemas/Account' }) } },
          '201': { description: 'A letter', content: { 'text/plain': content({ type: 'string', 'x-sensitive': true }) } },
        },
      },
    },
  },
  components: { schemas: { Account: ACCOUNT }, securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Club-Card' } } },
};

const folder = mkdtempSync(join(tmpdir(), 'hufu-shown-'));
let operation: Operation;
beforeAll(async () => {
  const file = join(folder, 'accounts.json');
  writeFileSync(file, JSON.stringify(DOCUMENT));
  const found = createOperationTable([await loadDocument(file)]).find('PUT', '/accounts/1/mails/a');
  if (found.kind !== 'operation') throw new Error('no operation');
  operation = found.operation;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function exchange(body: string | Buffer, type: string | undefined, given: Partial<Exchange['request']> = {}): Exchange {
  return {
    place: { file: 'a.har', index: 3 },
    origin: undefined,
    request: {
      method: 'PUT',
      path: '/accounts/1/mails/lin@example.com',
      query: '',
      headers: type === undefined ? {} : { 'content-type': type },
      body: Buffer.from(body),
      ...given,
    },
    response: undefined,
    startedAt: undefined,
    milliseconds: undefined,
    gaps: [],
  };
}
const shownBody = (body: string | Buffer, type: string | undefined): ReturnType<typeof showExchange>['request']['body'] =>
  showExchange(exchange(body, type), operation).request.body;

describe('bodies', () => {
  const json = 'application/json';
  test.each([
    {
      name: 'marked properties',
      given: '{"name":"Lin","mail":"a@b","hint":"x","answer":"y"}',
      want: '{"name":"Lin","mail":"***","hint":"***","answer":"***"}',
    },
    { name: 'a whole object', given: '{"address":{"street":"A","n":[1,{}]},"name":1}', want: '{"address":"***","name":1}' },
    {
      name: 'in a list, recursively',
      given: '{"friends":[{"mail":"a"},{"friends":[{"mail":"b","name":"c"}]}]}',
      want: '{"friends":[{"mail":"***"},{"friends":[{"mail":"***","name":"c"}]}]}',
    },
    { name: 'in a branch', given: '{"either":{"phone":1}}', want: '{"either":{"phone":"***"}}' },
    {
      name: 'by a pattern and by additionalProperties',
      given: '{"x-a":[1],"other":{"card":5,"n":6}}',
      want: '{"x-a":"***","other":{"card":"***","n":6}}',
    },
    {
      name: 'by name',
      given: '{"other":{"password":"a","Token":[{"v":"b"},1,null],"token_type":"bearer","expires_in":5}}',
      want: '{"other":{"password":"***","Token":[{"v":"***"},"***",null],"token_type":"bearer","expires_in":5}}',
    },
    { name: 'a name written with escapes', given: String.raw`{"m\u0061il":"a"}`, want: String.raw`{"m\u0061il":"***"}` },
    { name: 'digits stay', given: '{"name":9007199254740993.10}', want: '{"name":9007199254740993.10}' },
    { name: 'cut in a secret', given: '{"name":"a","mail":"secret@ex', want: '{"name":"a","mail":"***"' },
    { name: 'broken before a secret', given: '{"name":oops oops "mail":"secret", "n": 1}', want: '{"name":oopsoops "mail":***, "n": 1}' },
    { name: 'a token by its looks', given: '{"name":"see eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc"}', want: '{"name":"see ***"}' },
  ])('$name', ({ given, want }) =>
    expect(shownBody(given, json)).toMatchObject({ text: want, cut: false, binary: false, bytes: Buffer.byteLength(given) }),
  );

  test.each([
    {
      name: 'form',
      type: 'application/x-www-form-urlencoded',
      given: 'name=Lin&mail=a%40b&api_key=1&m%61il=2&x',
      want: 'name=Lin&mail=***&api_key=***&m%61il=***&x',
    },
    {
      name: 'multipart',
      type: 'multipart/form-data; boundary=b',
      given:
        '--b\r\nContent-Disposition: form-data; name="mail"\r\n\r\na@b\r\n--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nLin\r\n--b--',
      want: '--b\r\nContent-Disposition: form-data; name="mail"\r\n\r\n***\r\n--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nLin\r\n--b--',
    },
    { name: 'multipart without a boundary', type: 'multipart/form-data', given: 'mail', want: '***' },
    {
      name: 'XML',
      type: 'application/xml',
      given: '<a><mail>a@b</mail><s:token x="1">t</s:token><name secret="s">Lin</name></a>',
      want: '<a><mail>***</mail><s:token x="1">***</s:token><name secret="***">Lin</name></a>',
    },
    { name: 'JSON under another name', type: 'text/plain', given: '{"password":"a"}', want: '{"password":"***"}' },
    { name: 'plain text', type: 'text/plain', given: 'hello', want: 'hello' },
  ])('$name', ({ type, given, want }) => expect(shownBody(given, type)?.text).toBe(want));

  test('a response that is marked as a whole', () => {
    const response = { status: 201, headers: { 'content-type': 'text/plain' }, body: Buffer.from('a letter') };
    expect(showExchange({ ...exchange('', undefined), response }, operation).response?.body?.text).toBe('***');
  });
  test('without an operation names are all there is', () => {
    const shown = showExchange(exchange('{"mail":"a","secret":"b"}', json), undefined);
    expect(shown.request.body?.text).toBe('{"mail":"a","secret":"***"}');
  });
  test('bytes are described', () => {
    expect(shownBody(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), 'image/png')).toEqual({
      text: '89 50 4e 47 00 01',
      bytes: 6,
      cut: false,
      binary: true,
    });
    expect(shownBody(Buffer.from([0xff, 0xfe, 0xfd]), undefined)?.binary).toBe(true);
  });
  test('another charset is read', () => expect(shownBody(Buffer.from([0xcc, 0xf9]), 'text/plain; charset=gbk')?.text).toBe('贴'));
  test('an unknown charset is bytes', () =>
    expect(shownBody(Buffer.from([0xcc, 0xf9]), 'text/plain; charset=nonsense')?.binary).toBe(true));
  test('a long body is cut at a character', () => {
    const shown = shownBody(`{"name":"${'贴'.repeat(40_000)}"}`, json);
    expect(shown).toMatchObject({ cut: true, binary: false, bytes: 120_011 });
    expect(Buffer.byteLength(shown?.text ?? '')).toBeLessThanOrEqual(SHOWN_BODY_BYTES);
    expect(shown?.text).not.toContain('\uFFFD');
  });

  test('no marked value is ever shown, whatever stands around it', () => {
    const secret = 'S3CR3T-VALUE';
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('mail', 'hint', 'answer', 'password', 'x-9'), fc.nat(300), (rest, name, cut) => {
        const body = JSON.stringify({ name: rest, friends: [{ either: rest, [name]: secret }], [name]: { deep: [secret] } });
        expect(shownBody(body.slice(0, cut), json)?.text ?? '').not.toContain(secret);
        expect(shownBody(body, json)?.text).not.toContain(secret);
      }),
    );
  });
});

describe('the rest of an exchange', () => {
  test('headers, cookies, query and path', () => {
    const shown = showExchange(
      {
        ...exchange('', undefined, {
          query: 'phone=1&page=2&access_token=3&flag',
          headers: {
            authorization: 'Bearer abc',
            cookie: 'sid=1; theme=dark',
            'x-club-card': '7',
            accept: '*/*',
            referer: 'https://a/b?token=1&c=2',
            'x-api-key': 'k',
          },
        }),
        response: {
          status: 200,
          headers: { 'set-cookie': ['sid=1; HttpOnly', 'b=2'], location: '/x?code=1&session=2', 'x-empty': undefined },
          body: undefined,
        },
        startedAt: Date.UTC(2026, 0, 2),
      },
      operation,
    );
    expect(shown).toEqual({
      place: { file: 'a.har', index: 3 },
      startedAt: '2026-01-02T00:00:00.000Z',
      request: {
        method: 'PUT',
        target: '/accounts/1/mails/***?phone=***&page=2&access_token=***&flag',
        headers: [
          ['authorization', 'Bearer ***'],
          ['cookie', 'sid=***; theme=***'],
          ['x-club-card', '***'],
          ['accept', '*/*'],
          ['referer', 'https://a/b?token=***&c=2'],
          ['x-api-key', '***'],
        ],
      },
      response: {
        status: 200,
        headers: [
          ['set-cookie', 'sid=***; HttpOnly'],
          ['set-cookie', 'b=***'],
          ['location', '/x?code=1&session=***'],
        ],
      },
    });
  });
  test('a path under a base path', () => expect(showPath('/v1/accounts/1/mails/a', operation)).toBe('/v1/accounts/1/mails/***'));
  test('an impossible time is left out', () =>
    expect(showExchange({ ...exchange('', undefined), startedAt: 1e300 }, undefined)).not.toHaveProperty('startedAt'));
  test('no more headers and no longer ones than anybody reads', () => {
    const headers = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`h${index}`, 'v'.repeat(5_000)]));
    const shown = showExchange(exchange('', undefined, { headers, query: 'a'.repeat(100_000) }), undefined);
    expect(JSON.stringify(shown).length).toBeLessThan(300_000);
  });
});

test.each([
  ['password', true],
  ['X-Auth-Token', true],
  ['apiKey', true],
  ['会员密码', true],
  ['sid', true],
  ['token_type', false],
  ['expires_in', false],
  ['maxTokens', false],
  ['x-hufu-session', false],
  ['inside', false],
  ['name', false],
])('%s is called like a secret: %s', (name, want) => expect(isSecretName(name)).toBe(want));

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allBytes, exchangeOf, markedTable } from './redact.fixture.ts';
import type { Given } from './redact.fixture.ts';
import { createRedactor } from './redactor.ts';

const table = markedTable();
/** Long enough to be looked for, not made of blanks alone, and with something in it that no header or name of this test has. */
const value = fc
  .oneof(
    fc.string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 40 }),
    fc.string({ unit: 'grapheme', minLength: 6, maxLength: 20 }),
    fc.string({
      unit: fc.constantFrom('"', '\\', '/', '%', '+', '&', '<', '=', "'", '\n', ' ', ';', 'é', '密', '🐯', 'n', 'u', '4', '1'),
      minLength: 6,
      maxLength: 20,
    }),
    fc.integer({ min: 1_000_000_000, max: Number.MAX_SAFE_INTEGER }).map(String),
  )
  .map((text) => `k7${text}Z9`);
const number = fc.integer({ min: 1_000_000_000, max: Number.MAX_SAFE_INTEGER });

const html = (text: string): string => text.replace(/[&<>"'/]/g, (one) => `&#${one.charCodeAt(0)};`);
const named = (text: string): string =>
  text.replace(/[&<>"']/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' })[one] ?? one);
const unicode = (text: string): string =>
  text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const percentAll = (text: string): string => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const base64 = (text: string, before = ''): string => Buffer.from(`${before}${text}xyz`).toString('base64');

/** Ways to write a value that must never be left in a recording. */
const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  url: encodeURIComponent,
  'url, lower case': (text) => encodeURIComponent(text).replace(/%[\dA-F]{2}/g, (one) => one.toLowerCase()),
  'url, every byte': percentAll,
  'url twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  form: (text) => new URLSearchParams({ x: text }).toString().slice(2),
  json,
  'json with escaped slashes': (text) => json(text).replaceAll('/', '\\/'),
  'json with every character escaped': unicode,
  'json in json': (text) => json(json(text)),
  html,
  'html, named': named,
  hex: (text) => Buffer.from(text).toString('hex'),
  HEX: (text) => Buffer.from(text).toString('hex').toUpperCase(),
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 at 0': (text) => base64(text, 'abc'),
  'base64 at 1': (text) => base64(text, 'a'),
  'base64 at 2': (text) => base64(text, 'ab'),
  base64url: (text) => Buffer.from(`a${text}xyz`).toString('base64url'),
};

/** What a search for a value would look for: spelled out whole, without the characters at the edges that base64 shares with others. */
function traces(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, spell] of Object.entries(SPELLINGS)) {
    if (!name.startsWith('base64')) found.set(name, spell(text));
  }
  for (const [name, before] of [
    ['base64 at 0', ''],
    ['base64 at 1', 'a'],
    ['base64 at 2', 'ab'],
  ] as const) {
    const whole = Buffer.from(`${before}${text}`);
    const core = whole.toString('base64').slice(Math.ceil((before.length * 8) / 6), Math.floor((whole.length * 8) / 6));
    found.set(name, core);
    found.set(`${name}, url`, core.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return found;
}

/** Which spellings of the text are in the bytes. */
function tracesIn(bytes: Buffer, text: string): string[] {
  return [...traces(text)].flatMap(([name, trace]) => (bytes.includes(trace) ? [`${name}: ${trace} in ${bytes.toString()}`] : []));
}

/** Every place that the document of the fixture marks, or that is secret by itself; each sends the value in the form that belongs there. */
const PLACES: Readonly<Record<string, (text: string) => Given>> = {
  'path parameter': (text) => ({ path: `/logins/${encodeURIComponent(text)}` }),
  'query parameter': (text) => ({ query: `a=1&q=${encodeURIComponent(text)}` }),
  'query parameter, form': (text) => ({ query: new URLSearchParams({ q: text }).toString() }),
  'query object': (text) => ({ query: `filter%5Bword%5D=${encodeURIComponent(text)}` }),
  'query key': (text) => ({ query: `door=${encodeURIComponent(text)}` }),
  'header parameter': (text) => ({ headers: { 'x-mark': inHeader(text) } }),
  'header key': (text) => ({ headers: { 'x-door': inHeader(text) } }),
  'cookie parameter': (text) => ({ headers: { cookie: `a=b; crumb=${encodeURIComponent(text)}` } }),
  'cookie key': (text) => ({ headers: { cookie: `door=${encodeURIComponent(text)}` } }),
  bearer: (text) => ({ headers: { authorization: `Bearer ${inHeader(text)}` } }),
  basic: (text) => ({ headers: { authorization: `Basic ${Buffer.from(`user-7:${text}`).toString('base64')}` } }),
  'json property': (text) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify({ password: text, user: {} }) }),
  'json, deep': (text) => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: { friends: [{ mail: text }] } }),
  }),
  'json, free name': (text) => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: { any: { pin: text } } }),
  }),
  'json, inside of a marked object': (text) => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ hidden: { a: [text] } }),
  }),
  'json, every character escaped': (text) => ({ headers: { 'content-type': 'application/json' }, body: `{"password":"${unicode(text)}"}` }),
  'json, twice the same key': (text) => ({
    headers: { 'content-type': 'application/json' },
    body: `{"password":${JSON.stringify(text)},"password":null}`,
  }),
  'json, cut': (text) => ({ headers: { 'content-type': 'application/json' }, body: `{"a":[1,{}],"password":${JSON.stringify(text)},"no` }),
  form: (text) => ({
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ password: text }).toString(),
  }),
  multipart: (text) => ({
    headers: { 'content-type': 'multipart/form-data; boundary=BB' },
    body: `--BB\r\ncontent-disposition: form-data; name="password"\r\n\r\n${text}\r\n--BB--\r\n`,
  }),
  xml: (text) => ({ path: '/pets', headers: { 'content-type': 'application/xml' }, body: `<pet><chip-no>${named(text)}</chip-no></pet>` }),
  'xml list': (text) => ({
    path: '/pets',
    headers: { 'content-type': 'application/xml' },
    body: `<pet><tags>a</tags><tags>${named(text)}</tags></pet>`,
  }),
  'xml attribute': (text) => ({ path: '/pets', headers: { 'content-type': 'application/xml' }, body: `<pet kind="${named(text)}"/>` }),
  cdata: (text) => ({
    path: '/pets',
    headers: { 'content-type': 'application/xml' },
    body: `<pet><chip-no><![CDATA[${text}]]></chip-no></pet>`,
  }),
  'answer, json': (text) => ({ answerHeaders: { 'content-type': 'application/json' }, answer: JSON.stringify({ password: text }) }),
  'answer, text': (text) => ({ answerHeaders: { 'content-type': 'text/plain' }, answer: text }),
  'answer header': (text) => ({ answerHeaders: { 'x-given': inHeader(text) } }),
  'set-cookie': (text) => ({ answerHeaders: { 'set-cookie': [`sid=${encodeURIComponent(text)}; Path=/`] } }),
  'unknown operation, by name': (text) => ({
    path: '/nowhere',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ a: { access_token: text } }),
  }),
};

/** Node gives the bytes of a field value as Latin-1 characters. */
function inHeader(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** Unmarked places that hold the value in one of its spellings; the earlier exchange is the one that gives it away. */
function echoes(spelled: string): Given[] {
  const header = inHeader(spelled);
  return [
    { path: `/nowhere/x/${encodeURIComponent(spelled)}/y`, query: `w=${encodeURIComponent(spelled)}` },
    { path: '/other', headers: { referer: `http://h/p?z=${encodeURIComponent(spelled)}`, 'x-other': `[${header}]` } },
    {
      path: '/other',
      answerHeaders: { location: `/l/${encodeURIComponent(spelled)}`, 'content-type': 'text/html' },
      answer: `<p>${spelled}</p>`,
    },
    { path: '/other', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: `(${spelled})`, [spelled]: 1 }) },
    {
      path: '/other',
      body: `(${spelled})`,
      answer: Buffer.concat([Buffer.from([0xff, 0xfe, 0x00, 0xc3]), Buffer.from(`(${spelled})`), Buffer.from([0x80])]),
    },
  ];
}

test.each(Object.entries(PLACES))('a value sent as %s is nowhere in the recording, in no spelling', (place, given) => {
  fc.assert(
    fc.property(value, fc.constantFrom(...Object.keys(SPELLINGS)), (text, spelling) => {
      // Field values have no line breaks and no blanks at their ends; a CDATA section has no end in it; a part has no boundary.
      fc.pre(!/[\n\r]/.test(text) || !/header|bearer/.test(place));
      fc.pre(place !== 'cdata' || !text.includes(']]>'));
      const redactor = createRedactor(table);
      const own = given(text);
      const spelled = SPELLINGS[spelling]?.(text) ?? text;
      const same = redactor.redact(
        exchangeOf({ ...own, answerHeaders: { ...own.answerHeaders, 'x-echo': inHeader(spelled).replace(/[\n\r]/g, ' ') } }),
      );
      expect(tracesIn(allBytes(same), text)).toEqual([]);
      for (const echo of echoes(spelled)) expect(tracesIn(allBytes(redactor.redact(exchangeOf(echo))), text)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('a number that is marked is nowhere in the recording, and JSON stays JSON', () => {
  fc.assert(
    fc.property(number, (code) => {
      const redactor = createRedactor(table);
      const headers = { 'content-type': 'application/json' };
      const first = redactor.redact(exchangeOf({ headers, body: JSON.stringify({ codes: [code], note: 'x' }) }));
      const second = redactor.redact(
        exchangeOf({
          path: '/other',
          query: `n=${code}`,
          headers,
          body: JSON.stringify({ n: code, list: [-code, code], text: `no ${code}.` }),
        }),
      );
      for (const exchange of [first, second]) {
        expect(tracesIn(allBytes(exchange), String(code))).toEqual([]);
        JSON.parse(String(exchange.request.body));
      }
    }),
  );
});

test('any bytes under any media type are redacted without an error', () => {
  const types = [
    'application/json',
    'application/xml',
    'multipart/form-data; boundary=b',
    'application/x-www-form-urlencoded',
    'text/plain',
    '',
  ];
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    '<',
    '>',
    '/',
    '<![CDATA[',
    '<!--',
    '--b',
    '\r\n\r\n',
    '=',
    '&',
    '%',
    '\\',
    'password',
    'é',
    '1',
  );
  const redactor = createRedactor(table);
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.from(pieces.join(''))),
      ),
      fc.constantFrom(undefined, 'gzip', 'br', 'zstd', 'deflate', 'what'),
      (type, bytes, coding) => {
        const headers = { 'content-type': type, ...(coding === undefined ? {} : { 'content-encoding': coding }) };
        const given = exchangeOf({ headers, body: Buffer.from(bytes), answerHeaders: headers, answer: Buffer.from(bytes) });
        const once = redactor.redact(given);
        expect(once.request.headers['content-encoding']).toBe(coding);
      },
    ),
  );
});

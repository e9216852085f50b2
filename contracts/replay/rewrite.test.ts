import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RequestMessage } from '../../operations/index.ts';
import { jsonScalars } from './json-scalars.ts';
import { requestSites } from './request-sites.ts';
import { rewrite } from './rewrite.ts';
import { placeText } from './site.ts';

function request(given: Partial<RequestMessage>): RequestMessage {
  return { method: 'POST', path: '/things', query: '', headers: {}, body: undefined, ...given };
}

/** The request with `old` replaced by `fresh` at the places whose name is given. */
function changed(message: RequestMessage, place: string, fresh: string): RequestMessage {
  const sites = requestSites(message, undefined).filter((site) => placeText(site) === place);
  expect(sites.length).toBeGreaterThan(0);
  return rewrite(
    message,
    sites.map((site) => ({ site, text: fresh })),
  );
}

const body = (type: string, text: string): RequestMessage => request({ headers: { 'content-type': type }, body: Buffer.from(text) });

describe('a value is replaced where it stands and nothing else changes', () => {
  test.each([
    [
      'JSON text',
      'application/json',
      '{ "id" : "old" ,\n "b": 1.50e2, "a":9007199254740993 }',
      'body /id',
      'n"ew',
      '{ "id" : "n\\"ew" ,\n "b": 1.50e2, "a":9007199254740993 }',
    ],
    ['JSON number', 'application/json', '{"id": 12, "other": 12}', 'body /id', '9007199254740995', '{"id": 9007199254740995, "other": 12}'],
    ['JSON number that is a text now', 'application/json', '[{"id":12}]', 'body /0/id', 'x1', '[{"id":"x1"}]'],
    [
      'JSON with Chinese around',
      'application/json',
      '{"名":"小林","键":{"id":"a"},"末":"尾"}',
      'body /键/id',
      '新',
      '{"名":"小林","键":{"id":"新"},"末":"尾"}',
    ],
    ['JSON with a byte order mark', 'application/json', '\uFEFF{"id":"a"}', 'body /id', 'b', '\uFEFF{"id":"b"}'],
    ['JSON array element', 'application/json', '{"ids":[1,22,3]}', 'body /ids/1', '4', '{"ids":[1,4,3]}'],
    ['form', 'application/x-www-form-urlencoded', 'a=%E5%B0%8F+b&id=old%2F1&c', 'body id', '新 /', 'a=%E5%B0%8F+b&id=%E6%96%B0+%2F&c'],
    [
      'XML element',
      'application/xml',
      '<?xml version="1.0"?><a><id>old</id><b x="old"/></a>',
      'body id',
      'a<b',
      '<?xml version="1.0"?><a><id>a&#60;b</id><b x="old"/></a>',
    ],
    ['XML attribute', 'application/xml', '<a><id>old</id><b x="old"/></a>', 'body x', 'new', '<a><id>old</id><b x="new"/></a>'],
  ])('%s', (_name, type, text, place, fresh, want) => {
    expect(changed(body(type, text), place, fresh).body?.toString()).toBe(want);
  });

  test('multipart: the field, not the file', () => {
    const file = Buffer.from([0, 255, 13, 10, 45, 45, 120, 200]);
    const parts = (id: string): Buffer =>
      Buffer.concat([
        Buffer.from(
          `--B\r\nContent-Disposition: form-data; name="id"\r\n\r\n${id}\r\n--B\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n`,
        ),
        file,
        Buffer.from('\r\n--B--\r\n'),
      ]);
    const message = request({ headers: { 'content-type': 'multipart/form-data; boundary=B' }, body: parts('old') });
    expect(changed(message, 'body id', '新').body).toEqual(parts('新'));
  });

  test('path, query, cookie, header and credentials', () => {
    const message = request({
      path: '/api/things/a%20b/c',
      query: 'ids=1,2,3&x=%20&flag',
      headers: { cookie: 'a=1; sid="old"; b=2', authorization: 'Bearer  tok', 'x-key': 'old', 'x-other': 'old' },
    });
    expect(changed(message, 'path', '/').path).toBe('/%2F/%2F/%2F/%2F');
    expect(changed(message, 'query ids', '7').query).toBe('ids=7&x=%20&flag');
    expect(changed(message, 'cookie sid', 'new').headers['cookie']).toBe('a=1; sid="new"; b=2');
    expect(changed(message, 'header authorization', 'new').headers['authorization']).toBe('Bearer  new');
    expect(changed(message, 'header x-key', 'new').headers).toEqual({ ...message.headers, 'x-key': 'new' });
  });

  test('one of a list in the query', () => {
    const message = request({ query: 'ids=1,22,3' });
    const [site] = requestSites(message, undefined).filter(({ text }) => text === '22');
    expect(rewrite(message, site === undefined ? [] : [{ site, text: '4' }]).query).toBe('ids=1,4,3');
  });

  test('one half of Basic credentials', () => {
    const message = request({ path: '/', headers: { authorization: `Basic ${Buffer.from('ann:word:1').toString('base64')}` } });
    const sites = requestSites(message, undefined);
    expect(sites.map(({ spelling, text }) => [spelling, text])).toEqual([
      ['basic-user', 'ann'],
      ['basic-password', 'word:1'],
    ]);
    const edited = rewrite(
      message,
      sites.filter(({ spelling }) => spelling === 'basic-password').map((site) => ({ site, text: '新' })),
    );
    expect(Buffer.from(String(edited.headers['authorization']).slice(6), 'base64').toString()).toBe('ann:新');
  });

  test('a new value can not end a header line', () => {
    const message = request({ headers: { 'x-key': 'old' } });
    expect(changed(message, 'header x-key', 'a\r\nx: y').headers['x-key']).toBe('a x: y');
  });
});

test('every scalar of a JSON text stands where it is said to stand', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
      const source = Buffer.from(JSON.stringify(JSON.parse(text), undefined, indent)).toString('latin1');
      for (const { start, end, text: value, kind } of jsonScalars(source, 1_000)) {
        const written: unknown = JSON.parse(Buffer.from(source.slice(start, end), 'latin1').toString());
        expect(kind === 'string' ? written : String(written)).toBe(kind === 'number' ? String(Number(value)) : value);
      }
    }),
  );
});

test('broken JSON, depth and length end nothing', () => {
  for (const text of ['{"a":', '{"a" 1}', '[1,]', '}', '["\\', '[".', '{"a":1}}', '[1 2]', '{1:2}', '\u0000'])
    expect(jsonScalars(text, 10).length).toBeLessThan(3);
  expect(jsonScalars('['.repeat(100_000), 10)).toEqual([]);
  expect(jsonScalars(`[${'1,'.repeat(10_000)}1]`, 10)).toHaveLength(10);
  expect(jsonScalars(`"${'x'.repeat(10_000_000)}"`, 10)).toHaveLength(1);
});

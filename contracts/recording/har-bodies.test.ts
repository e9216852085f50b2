import { describe, expect, test } from 'vitest';
import type { HarFile } from './har-entry.ts';
import { entry, field, gapsOf, readEntry } from './recording.fixture.ts';

const JSON_TYPE = [field('content-type', 'application/json')];

describe('bodies of requests', () => {
  const post = (postData: unknown, headers: readonly object[] = [], rest: object = {}): object =>
    entry({ method: 'POST', postData, headers, ...rest });
  const cases: readonly [name: string, given: object, body: string | undefined, type: string | undefined, gaps: readonly string[]][] = [
    ['text', post({ mimeType: 'application/json', text: '{"a":"\u4efb"}' }), '{"a":"\u4efb"}', 'application/json', []],
    ['text with its own header', post({ mimeType: 'text/plain', text: 'x' }, JSON_TYPE), 'x', 'application/json', []],
    ['base64', post({ text: 'eyJhIjoxfQ==', encoding: 'base64' }, JSON_TYPE), '{"a":1}', 'application/json', []],
    [
      'what is no base64',
      post({ text: '{"a":1}', encoding: 'base64' }, JSON_TYPE),
      undefined,
      'application/json',
      ['request-body undecodable'],
    ],
    ['an unknown encoding', post({ text: 'x', encoding: 'rot13' }, JSON_TYPE), undefined, 'application/json', ['request-body undecodable']],
    ['no text', post({ mimeType: 'text/plain', text: { a: 1 } }), undefined, 'text/plain', ['request-body undecodable']],
    [
      'a form',
      post({ mimeType: 'application/x-www-form-urlencoded', params: [field('a b', '1&2'), field('\u4efb', '\u52a1')] }),
      'a+b=1%262&%E4%BB%BB=%E5%8A%A1',
      'application/x-www-form-urlencoded',
      [],
    ],
    [
      'a form with text',
      post({ mimeType: 'application/x-www-form-urlencoded', text: 'a=1', params: [field('a', '2')] }),
      'a=1',
      'application/x-www-form-urlencoded',
      [],
    ],
    [
      'a form of Chrome with a file',
      post({ mimeType: 'application/x-www-form-urlencoded', params: [field('a', '(binary)')] }),
      'a=(binary)',
      'application/x-www-form-urlencoded',
      ['request-body missing'],
    ],
    [
      'parameters of what is no form',
      post({ mimeType: 'application/json', params: [field('a', '1')] }),
      undefined,
      undefined,
      ['request-body missing'],
    ],
    [
      'left out, but counted',
      post({ mimeType: 'application/json', text: '' }, [], { bodySize: 7 }),
      undefined,
      undefined,
      ['request-body missing'],
    ],
    ['left out, but announced', post(undefined, [field('Content-Length', '7')]), undefined, undefined, ['request-body missing']],
    ['none', post(undefined, [field('Content-Length', '0')], { bodySize: 0 }), undefined, undefined, []],
    [
      'made text by the recorder',
      post({ text: 'a\uFFFDb' }, [field('Content-Length', '3')]),
      'a\uFFFDb',
      undefined,
      ['request-body undecodable'],
    ],
    ['a replacement character that was sent', post({ text: 'a\uFFFDb' }, [field('Content-Length', '5')]), 'a\uFFFDb', undefined, []],
    [
      'cut',
      post({ text: '{"a":1' }, [...JSON_TYPE, field('Content-Length', '60')]),
      '{"a":1',
      'application/json',
      ['request-body truncated'],
    ],
    ['masked by hand', post({ text: '{"a":"***"}' }, [...JSON_TYPE, field('Content-Length', '60')]), '{"a":"***"}', 'application/json', []],
    [
      'of another charset',
      post({ text: '\u4efb' }, [field('Content-Type', 'text/plain; charset="GBK"; a=b')]),
      '\u4efb',
      'text/plain; charset=utf-8; a=b',
      [],
    ],
    [
      'of another charset, but ASCII',
      post({ text: 'x' }, [field('Content-Type', 'text/plain; charset=gbk')]),
      'x',
      'text/plain; charset=gbk',
      [],
    ],
    ['in a file that is not there', post({ text: '', _file: 'x.json' }), undefined, undefined, ['request-body missing']],
  ];
  test.each(cases)('%s', (_name, given, body, type, gaps) => {
    const exchange = readEntry(given);
    expect(exchange.request.body?.toString()).toBe(body);
    expect(exchange.request.headers['content-type']).toBe(type);
    expect(gapsOf(exchange)).toEqual(gaps);
  });

  test('multipart is put together from its parameters', () => {
    const params = [
      field('a"b', '1'),
      { name: 'f', fileName: 'x.txt', contentType: 'text/plain', value: 'hello' },
      { name: 'lost', fileName: 'y.png' },
    ];
    const exchange = readEntry(post({ mimeType: 'multipart/form-data', params }));
    const boundary = /^multipart\/form-data; boundary=(hufu-[\da-f]{32})$/.exec(String(exchange.request.headers['content-type']))?.[1];
    expect(exchange.request.body?.toString().split('\r\n')).toEqual([
      `--${boundary}`,
      'Content-Disposition: form-data; name="a%22b"',
      '',
      '1',
      `--${boundary}`,
      'Content-Disposition: form-data; name="f"; filename="x.txt"',
      'Content-Type: text/plain',
      '',
      'hello',
      `--${boundary}`,
      'Content-Disposition: form-data; name="lost"; filename="y.png"',
      '',
      '',
      `--${boundary}--`,
      '',
    ]);
    expect(exchange.gaps).toEqual([
      { of: 'request-body', code: 'missing', message: 'The body of the request was recorded without the content of "lost".' },
      { of: 'part-headers', code: 'missing', message: 'The header fields of the parts of the form were not recorded.', perhaps: true },
    ]);
    const given = readEntry(
      post({ mimeType: 'multipart/form-data', params: [field('a', '1')] }, [field('Content-Type', 'multipart/form-data; boundary=xyz')]),
    );
    expect(given.request.body?.toString()).toContain('--xyz--');
  });
});

describe('responses', () => {
  const reply = (content: unknown, rest: object = {}, headers: readonly object[] = JSON_TYPE): object =>
    entry({}, { headers, content, ...rest });
  const cases: readonly [name: string, given: object, body: string | undefined, gaps: readonly string[]][] = [
    ['text', reply({ size: 2, text: '{}' }), '{}', []],
    ['base64', reply({ size: 2, text: 'e30=', encoding: 'BASE64' }), '{}', []],
    ['none', reply({ size: 0, text: '' }), '', []],
    ['none, without a word', reply({ size: 0 }), undefined, []],
    ['nothing at all', reply({}), undefined, []],
    ['nothing at all, but announced', reply({}, {}, [field('Content-Length', '7')]), undefined, ['response-body missing']],
    ['nothing at all, but counted', reply({}, { bodySize: 7 }), undefined, ['response-body missing']],
    ['not recorded', reply(undefined), undefined, ['response-body missing (perhaps)']],
    ['left out, of a media type', reply({ mimeType: 'a/b' }), undefined, ['response-body missing (perhaps)']],
    ['left out', reply({ size: 30 }), undefined, ['response-body missing']],
    ['left out, size unknown', reply({ size: -1 }), undefined, ['response-body missing (perhaps)']],
    ['left out, announced as empty', reply({ size: -1 }, {}, [field('Content-Length', '0')]), undefined, []],
    ['left out of a redirect', reply({ size: 0 }, { status: 302 }, [field('Content-Length', '154')]), undefined, ['response-body missing']],
    [
      'nothing, compressed',
      reply({ size: 0, text: '' }, { bodySize: 20 }, [field('Content-Length', '20'), field('Content-Encoding', 'gzip')]),
      '',
      [],
    ],
    ['cut', reply({ size: 100, text: '{"a":' }), '{"a":', ['response-body truncated']],
    ['cut, says the recorder', reply({ text: '{"a":', comment: 'Truncated at 1 MB' }), '{"a":', ['response-body truncated']],
    ['compressed on the wire', reply({ size: 100, compression: -98, text: '{}' }, {}, [field('Content-Encoding', 'gzip')]), '{}', []],
    ['aborted on its way', reply({ size: 2, text: '{}' }, { _error: 'net::ERR_ABORTED' }), '{}', ['response-body truncated']],
    ['a byte order mark less', reply({ size: 4, text: 'x' }, {}, [field('Content-Type', 'text/plain')]), 'x', []],
    ['304 with the copy of the browser', reply({ size: 2, text: '{}' }, { status: 304 }), undefined, []],
    ['204', reply({ size: -1 }, { status: 204 }), undefined, []],
  ];
  test.each(cases)('%s', (_name, given, body, gaps) => {
    const exchange = readEntry(given);
    expect(exchange.response?.body?.toString()).toBe(body);
    expect(gapsOf(exchange)).toEqual(gaps);
  });

  test('a media type without a header field', () => {
    const given = reply({ size: 2, mimeType: 'application/json', text: '{}' }, {}, [field('Date', 'x')]);
    const typeOf = (one: object, file: Partial<HarFile> = {}) => readEntry(one, file).response?.headers['content-type'];
    expect(typeOf(given)).toBe('application/json');
    expect(typeOf(given, { wholeHeaders: true })).toBe(undefined);
    expect(typeOf(reply({ size: 2, mimeType: 'x-unknown', text: '{}' }, {}, [field('Date', 'x')]))).toBe(undefined);
    expect(typeOf(reply({ size: 2, mimeType: 'text/csv', text: '{}' }))).toBe('application/json');
    expect(typeOf(reply({ size: 0, mimeType: 'text/csv' }, {}, [field('Date', 'x')]))).toBe(undefined);
    expect(typeOf(reply({ size: 2, mimeType: 'application/json', text: '{}' }, {}, []), { wholeHeaders: true })).toBe('application/json');
  });

  test('HEAD has no body, whatever it announces', () => {
    const exchange = readEntry(entry({ method: 'HEAD' }, { headers: [field('Content-Length', '50')], content: { size: 0 } }));
    expect([exchange.response?.body, exchange.gaps]).toEqual([undefined, []]);
  });

  test('none came', () => {
    for (const response of [undefined, null, { status: 0 }, { status: -1 }, { status: -999, statusText: 'NO RESPONSE' }]) {
      const exchange = readEntry({ request: { method: 'GET', url: 'http://localhost/', headers: [] }, response });
      expect([exchange.response, exchange.gaps]).toEqual([undefined, []]);
    }
  });

  test('a status that is none is told', () => {
    expect(readEntry(entry({}, { status: '200' })).response?.status).toBe(200);
    expect(gapsOf(readEntry(entry({}, { status: 'ok' })))).toEqual(['entry invalid']);
    expect(gapsOf(readEntry(entry({}, { status: 2_000 })))).toEqual(['entry invalid']);
  });

  test('text of another charset is UTF-8 now, and says so', () => {
    const gbk = [field('Content-Type', 'text/html; charset=gbk')];
    expect(readEntry(reply({ size: 2, text: '\u4efb' }, {}, gbk)).response?.headers['content-type']).toBe('text/html; charset=utf-8');
    const bytes = { size: 2, text: Buffer.from([0xc8, 0xce]).toString('base64'), encoding: 'base64' };
    expect(readEntry(reply(bytes, {}, gbk)).response).toMatchObject({
      headers: { 'content-type': 'text/html; charset=gbk' },
      body: Buffer.from([0xc8, 0xce]),
    });
    const chrome = { size: 2, text: Buffer.from('\u4efb').toString('base64'), encoding: 'base64' };
    expect(readEntry(reply(chrome, {}, gbk), { chrome: true, sanitized: false }).response?.headers['content-type']).toBe(
      'text/html; charset=utf-8',
    );
  });
});

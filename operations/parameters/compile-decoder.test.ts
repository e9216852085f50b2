import { describe, expect, test } from 'vitest';
import type { Schema, SchemaLookup } from '../schema/schema.ts';
import { compileDecoder, compileHeaderDecoder, compileQueryClaim, type DecoderOptions } from './compile-decoder.ts';
import { lazyCookies } from './cookies.ts';
import type { Decoded } from './decoded.ts';
import type { Parameter, ParameterPlace } from './parameter.ts';
import { parseQueryString } from './query-string.ts';

const strings: Schema = { type: 'array', items: { type: 'string' } };
const integers: Schema = { type: 'array', items: { type: 'integer' } };
const rgb: Schema = { type: 'object', properties: { R: { type: 'integer' }, G: { type: 'integer' }, B: { type: 'integer' } } };
const text: Schema = { type: 'string' };
const RGB = { R: 100, G: 200, B: 150 };
const COLORS = ['blue', 'black', 'brown'];

const noReference: SchemaLookup = () => undefined;

function parameter(given: Partial<Parameter>): Parameter {
  const place: ParameterPlace = given.in ?? 'query';
  const style = given.style ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple');
  return {
    name: 'color',
    in: place,
    required: false,
    deprecated: false,
    allowEmptyValue: false,
    allowReserved: false,
    explode: style === 'form',
    schema: undefined,
    mediaType: undefined,
    ...given,
    style,
  };
}

/** `wire` is the raw path value, the query string, the Cookie header or the header `color`. */
function decode(given: Partial<Parameter>, wire: string | undefined, lookup = noReference, options: DecoderOptions = {}): Decoded {
  const complete = parameter(given);
  return compileDecoder(
    complete,
    lookup,
    options,
  )({
    path: new Map(complete.in === 'path' && wire !== undefined ? [[complete.name, wire]] : []),
    query: parseQueryString(complete.in === 'query' ? (wire ?? '') : ''),
    headers: complete.in === 'header' && wire !== undefined ? { color: wire } : {},
    cookies: lazyCookies(complete.in === 'cookie' ? wire : undefined),
  });
}

function candidates(decoded: Decoded): readonly unknown[] {
  return decoded.kind === 'value' ? decoded.candidates : [decoded.kind];
}

describe('style examples of OpenAPI 3.1.1 section 4.8.12.4', () => {
  test.each<[string, Partial<Parameter>, string, unknown]>([
    ['simple string', { in: 'path', schema: text }, 'blue', 'blue'],
    ['simple empty', { in: 'path', schema: text }, '', ''],
    ['simple array', { in: 'path', schema: strings }, 'blue,black,brown', COLORS],
    ['simple array explode', { in: 'path', explode: true, schema: strings }, 'blue,black,brown', COLORS],
    ['simple object', { in: 'path', schema: rgb }, 'R,100,G,200,B,150', RGB],
    ['simple object explode', { in: 'path', explode: true, schema: rgb }, 'R=100,G=200,B=150', RGB],
    ['label string', { in: 'path', style: 'label', schema: text }, '.blue', 'blue'],
    ['label empty', { in: 'path', style: 'label', schema: text }, '.', ''],
    ['label array', { in: 'path', style: 'label', schema: strings }, '.blue,black,brown', COLORS],
    ['label array explode', { in: 'path', style: 'label', explode: true, schema: strings }, '.blue.black.brown', COLORS],
    ['label object', { in: 'path', style: 'label', schema: rgb }, '.R,100,G,200,B,150', RGB],
    ['label object explode', { in: 'path', style: 'label', explode: true, schema: rgb }, '.R=100.G=200.B=150', RGB],
    ['matrix string', { in: 'path', style: 'matrix', schema: text }, ';color=blue', 'blue'],
    ['matrix empty', { in: 'path', style: 'matrix', schema: text }, ';color', ''],
    ['matrix array', { in: 'path', style: 'matrix', schema: strings }, ';color=blue,black,brown', COLORS],
    [
      'matrix array explode',
      { in: 'path', style: 'matrix', explode: true, schema: strings },
      ';color=blue;color=black;color=brown',
      COLORS,
    ],
    ['matrix object', { in: 'path', style: 'matrix', schema: rgb }, ';color=R,100,G,200,B,150', RGB],
    ['matrix object explode', { in: 'path', style: 'matrix', explode: true, schema: rgb }, ';R=100;G=200;B=150', RGB],
    ['form string', { explode: false, schema: text }, 'color=blue', 'blue'],
    ['form string explode', { schema: text }, 'color=blue', 'blue'],
    ['form empty', { schema: text }, 'color=', ''],
    ['form empty without =', { schema: text }, 'color', ''],
    ['form array', { explode: false, schema: strings }, 'color=blue,black,brown', COLORS],
    ['form array explode', { schema: strings }, 'color=blue&color=black&color=brown', COLORS],
    ['form object', { explode: false, schema: rgb }, 'color=R,100,G,200,B,150', RGB],
    ['form object explode', { schema: rgb }, 'R=100&G=200&B=150', RGB],
    ['spaceDelimited array', { style: 'spaceDelimited', schema: strings }, 'color=blue%20black%20brown', COLORS],
    ['spaceDelimited array with +', { style: 'spaceDelimited', schema: strings }, 'color=blue+black+brown', COLORS],
    [
      'spaceDelimited array explode',
      { style: 'spaceDelimited', explode: true, schema: strings },
      'color=blue&color=black&color=brown',
      COLORS,
    ],
    ['spaceDelimited object', { style: 'spaceDelimited', schema: rgb }, 'color=R%20100%20G%20200%20B%20150', RGB],
    ['pipeDelimited array', { style: 'pipeDelimited', schema: strings }, 'color=blue%7Cblack%7cbrown', COLORS],
    ['pipeDelimited array raw', { style: 'pipeDelimited', schema: strings }, 'color=blue|black|brown', COLORS],
    ['pipeDelimited object', { style: 'pipeDelimited', schema: rgb }, 'color=R%7C100%7CG%7C200%7CB%7C150', RGB],
    ['tabDelimited array', { style: 'tabDelimited', schema: strings }, 'color=blue%09black%09brown', COLORS],
    ['deepObject', { style: 'deepObject', schema: rgb }, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150', RGB],
    ['deepObject raw brackets', { style: 'deepObject', explode: true, schema: rgb }, 'color[R]=100&color[G]=200&color[B]=150', RGB],
    ['header string', { in: 'header', schema: text }, 'blue', 'blue'],
    ['header array', { in: 'header', schema: strings }, 'blue,black,brown', COLORS],
    ['header array with white space', { in: 'header', schema: strings }, 'blue,  black ,brown', COLORS],
    ['header object', { in: 'header', schema: rgb }, 'R,100, G,200, B,150', RGB],
    ['header object explode', { in: 'header', explode: true, schema: rgb }, 'R=100, G=200, B=150', RGB],
    ['cookie string', { in: 'cookie', schema: text }, 'a=1; color=blue', 'blue'],
    ['cookie array', { in: 'cookie', explode: false, schema: strings }, 'color=blue,black,brown', COLORS],
    ['cookie array explode', { in: 'cookie', schema: strings }, 'color=blue&color=black&color=brown', COLORS],
    ['cookie object', { in: 'cookie', explode: false, schema: rgb }, 'color=R,100,G,200,B,150', RGB],
    ['cookie object explode, as form', { in: 'cookie', schema: rgb }, 'R=100&G=200&B=150', RGB],
    ['cookie object explode, as cookies', { in: 'cookie', schema: rgb }, 'R=100; G=200; B=150', RGB],
  ])('%s', (_name, given, wire, want) => {
    expect(candidates(decode(given, wire))[0]).toStrictEqual(want);
  });

  test.each<[string, Partial<Parameter>]>([
    ['path', { in: 'path', schema: text }],
    ['path label array', { in: 'path', style: 'label', schema: strings }],
    ['path matrix object', { in: 'path', style: 'matrix', explode: true, schema: rgb }],
    ['query string', { schema: text }],
    ['query array', { schema: strings }],
    ['query array, delimited', { explode: false, schema: strings }],
    ['query object', { explode: false, schema: rgb }],
    ['query object explode', { schema: rgb }],
    ['query deepObject', { style: 'deepObject', schema: rgb }],
    ['header', { in: 'header', schema: strings }],
    ['cookie', { in: 'cookie', schema: text }],
    ['cookie object explode', { in: 'cookie', schema: rgb }],
    ['query content', { mediaType: 'application/json' }],
    ['path content', { in: 'path', mediaType: 'application/json' }],
    ['header content', { in: 'header', mediaType: 'application/json' }],
    ['cookie content', { in: 'cookie', mediaType: 'application/json' }],
  ])('%s absent', (_name, given) => {
    expect(decode(given, undefined)).toStrictEqual({ kind: 'absent' });
  });
});

describe('candidates', () => {
  test.each<[string, Partial<Parameter>, string, readonly unknown[]]>([
    ['number or string: typed first', { schema: { type: ['string', 'number'] } }, 'color=1', [1, '1']],
    ['text that is no number stays for the validator', { schema: { type: 'integer' } }, 'color=blue', ['blue']],
    ['comma is no decimal point', { schema: { type: 'number' } }, 'color=2,5', ['2,5']],
    ['one value for an array', { schema: integers }, 'color=7', [[7]]],
    ['array or string, one value', { schema: { anyOf: [text, strings] } }, 'color=a', ['a', ['a']]],
    ['array or string, delimited', { explode: false, schema: { anyOf: [text, strings] } }, 'color=a,b', [['a', 'b'], 'a,b']],
    [
      'mixed items',
      { schema: { type: 'array', items: { type: ['integer', 'string'] } } },
      'color=1&color=a',
      [
        [1, 'a'],
        ['1', 'a'],
      ],
    ],
    [
      'all numbers or all strings',
      { explode: false, schema: { oneOf: [integers, strings] } },
      'color=1,a',
      [
        [1, 'a'],
        ['1', 'a'],
      ],
    ],
    [
      'encoded comma does not cut, or the client encoded the whole',
      { explode: false, schema: strings },
      'color=one%2Ctwo',
      [['one,two'], ['one', 'two']],
    ],
    ['encoded comma beside a raw one never cuts', { explode: false, schema: strings }, 'color=a%2Cb,c', [['a,b', 'c']]],
    ['exploded form does not cut at commas', { schema: integers }, 'color=1,2', [['1,2']]],
    [
      'exploded pipes may still come delimited',
      { style: 'pipeDelimited', explode: true, schema: integers },
      'color=1|2',
      [['1|2'], [1, 2]],
    ],
    ['style mismatch is not repaired', { style: 'pipeDelimited', schema: strings }, 'color=a,b', [['a,b']]],
    ['a scalar given twice', { schema: { type: 'integer' } }, 'color=1&color=2', [[1, 2]]],
    ['empty text for an array', { schema: integers }, 'color=', [[''], []]],
    ['allowEmptyValue', { allowEmptyValue: true, schema: { type: 'integer' } }, 'color', ['']],
    ['allowEmptyValue with a value', { allowEmptyValue: true, schema: { type: 'integer' } }, 'color=3', [3]],
    ['no schema', {}, 'color=1', ['1']],
    ['no schema, several', {}, 'color=1&color=2', [['1', '2']]],
    ['label dots without explode, as older tables show', { in: 'path', style: 'label', schema: strings }, '.a.b', [['a.b'], ['a', 'b']]],
    ['percent in a header is text, or encoded', { in: 'header', schema: text }, '%E4%BD%A0', ['%E4%BD%A0', '你']],
    ['percent in a cookie', { in: 'cookie', schema: text }, 'color=%E4%BD%A0', ['你', '%E4%BD%A0']],
    ['broken percent in a cookie is text', { in: 'cookie', schema: text }, 'color=100%', ['100%']],
    ['quoted list item', { in: 'header', schema: strings }, '"a,b", c', [['"a,b"', 'c']]],
    ['an exploded object under its own name', { schema: rgb }, 'color=R,100', ['R,100']],
    ['deepObject under its bare name', { style: 'deepObject', schema: rgb }, 'color=%7B%22R%22:1%7D', ['{"R":1}']],
    ['odd pairs', { explode: false, schema: rgb }, 'color=R,100,G', ['R,100,G']],
    [
      'JSON item where an object is wanted',
      { schema: { type: 'array', items: rgb } },
      'color={"R":1}&color={"R":2}',
      [[{ R: 1 }, { R: 2 }]],
    ],
    ['object or string, exploded: the own name', { schema: { oneOf: [rgb, text] } }, 'color=red', ['red']],
    ['object or string, exploded: the properties', { schema: { oneOf: [rgb, text] } }, 'R=1', [{ R: 1 }]],
  ])('%s', (_name, given, wire, want) => {
    expect(candidates(decode(given, wire))).toStrictEqual(want);
  });

  test('never more than 16', () => {
    const mixed: Schema = { type: 'array', items: { type: ['integer', 'string', 'null', 'boolean'] } };
    const decoded = decode({ schema: mixed }, Array.from({ length: 12 }, (_, at) => `color=${at}`).join('&'));
    expect(candidates(decoded)).toHaveLength(16);
    expect(candidates(decoded)[0]).toStrictEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(candidates(decoded)[1]).toStrictEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11']);
  });
});

describe('exploded objects', () => {
  const open: Schema = { ...rgb, additionalProperties: { type: 'integer' } };

  test('other names only where the schema speaks of them, and never those of other parameters', () => {
    expect(candidates(decode({ schema: rgb }, 'R=1&x=2'))).toStrictEqual([{ R: 1 }]);
    expect(
      candidates(decode({ schema: open }, 'R=1&x=2&page=3&f[a]=1', noReference, { queryNames: ['color', 'page', 'f'] })),
    ).toStrictEqual([{ R: 1, x: 2 }]);
    expect(candidates(decode({ schema: { type: 'object' } }, 'x=2'))).toStrictEqual([{ x: '2' }]);
  });

  test('properties behind references and combinations', () => {
    const schemas: Record<string, Schema> = {
      page: { allOf: [{ properties: { limit: { type: 'integer' } } }, { $ref: 'sort' }] },
      sort: { type: 'object', anyOf: [{ properties: { by: { $ref: 'by' } } }, { $ref: 'page' }] },
      by: { type: 'array', items: { enum: [1, 'a'] } },
    };
    expect(candidates(decode({ schema: { $ref: 'page' } }, 'limit=5&by=1&by=a', (key) => schemas[key]))).toStrictEqual([
      { limit: 5, by: [1, 'a'] },
      { limit: 5, by: ['1', 'a'] },
    ]);
  });

  test('a claim tells which names are documented', () => {
    const claim = (given: Partial<Parameter>, name: string): boolean => compileQueryClaim(parameter(given), noReference)(name);
    expect(claim({ schema: rgb }, 'R')).toBe(true);
    expect(claim({ schema: rgb }, 'x')).toBe(false);
    expect(claim({ schema: open }, 'x')).toBe(true);
    expect(claim({ schema: text }, 'x')).toBe(false);
    expect(claim({ style: 'deepObject', schema: rgb }, 'color[x]')).toBe(true);
    expect(claim({ style: 'deepObject', schema: rgb }, 'colors')).toBe(false);
    expect(claim({ mediaType: 'application/json' }, 'color')).toBe(true);
    expect(claim({ in: 'header', schema: text }, 'color')).toBe(false);
  });
});

describe('deepObject beyond one level', () => {
  const tree: Schema = {
    type: 'object',
    properties: {
      ids: { type: 'array', items: { type: 'integer' } },
      at: { type: 'object', properties: { lat: { type: 'number' } } },
      rows: { type: 'array', items: rgb },
    },
  };
  test.each<[string, string, unknown]>([
    ['nested', 'color[at][lat]=1.5', { at: { lat: 1.5 } }],
    ['empty brackets', 'color[ids][]=1&color[ids][]=2', { ids: [1, 2] }],
    ['indices in any order', 'color[ids][10]=3&color[ids][2]=2&color[ids][0]=1', { ids: [1, 2, 3] }],
    ['a huge index is only an order', 'color[ids][999999999]=2&color[ids][0]=1', { ids: [1, 2] }],
    ['repeated', 'color[ids]=1&color[ids]=2', { ids: [1, 2] }],
    ['one for an array', 'color[ids]=1', { ids: [1] }],
    ['objects in an array', 'color[rows][0][R]=1&color[rows][1][R]=2', { rows: [{ R: 1 }, { R: 2 }] }],
    ['undeclared', 'color[x][y]=1', { x: { y: '1' } }],
    ['Chinese', 'color[%E9%A2%9C]=%E7%BA%A2', { 颜: '红' }],
    ['names of every object', 'color[__proto__]=1&color[constructor]=2', JSON.parse('{"__proto__":"1","constructor":"2"}')],
    ['brackets that do not match are another name', 'color[ids][]=1&color[x=2', { ids: [1] }],
  ])('%s', (_name, wire, want) => {
    expect(candidates(decode({ style: 'deepObject', schema: tree }, wire))[0]).toStrictEqual(want);
  });

  test('a value and members under one name', () => {
    expect(decode({ style: 'deepObject', schema: tree }, 'color[at]=1&color[at][lat]=2').kind).toBe('malformed');
    expect(decode({ style: 'deepObject', schema: tree }, `color${'[a]'.repeat(33)}=1`).kind).toBe('malformed');
  });
});

describe('Chinese', () => {
  const raw = Buffer.from('颜色=红&x=1').toString('latin1');
  test.each<[string, Partial<Parameter>, string, unknown]>([
    ['query as text', { name: '颜色', schema: text }, '颜色=红', '红'],
    ['query as bytes', { name: '颜色', schema: text }, raw, '红'],
    ['query encoded', { name: '颜色', schema: text }, '%E9%A2%9C%E8%89%B2=%E7%BA%A2', '红'],
    ['path encoded', { in: 'path', schema: text }, '%E7%BA%A2', '红'],
    ['path as bytes', { in: 'path', schema: strings }, Buffer.from('红,蓝').toString('latin1'), ['红', '蓝']],
    ['query plus is a space', { schema: text }, 'color=a+b', 'a b'],
    ['path plus is a plus', { in: 'path', schema: text }, 'a+b', 'a+b'],
    ['header as bytes', { in: 'header', schema: text }, Buffer.from('红').toString('latin1'), '红'],
    ['header in latin1', { in: 'header', schema: text }, 'caf\u00e9', 'caf\u00e9'],
    ['cookie as bytes', { in: 'cookie', schema: text }, Buffer.from('color=红').toString('latin1'), '红'],
    ['matrix name', { name: '颜', in: 'path', style: 'matrix', schema: text }, ';%E9%A2%9C=1', '1'],
    ['reserved characters raw', { allowReserved: true, schema: text }, "color=:/?#[]@!$'()*,;=", ":/?#[]@!$'()*,;="],
  ])('%s', (_name, given, wire, want) => {
    expect(candidates(decode(given, wire))[0]).toStrictEqual(want);
  });
});

describe('malformed', () => {
  test.each<[string, Partial<Parameter>, string, RegExp]>([
    ['query percent', { schema: text }, 'color=100%', /percent-encoded/],
    ['query percent that is not UTF-8', { schema: text }, 'color=%D6%D0', /percent-encoded/],
    ['query percent in an array', { schema: strings }, 'color=a&color=%', /percent-encoded/],
    ['query percent in a list', { explode: false, schema: strings }, 'color=a,%', /percent-encoded/],
    ['query percent in an object', { schema: rgb }, 'R=%', /percent-encoded/],
    ['query percent in deepObject', { style: 'deepObject', schema: rgb }, 'color[R]=%', /percent-encoded/],
    ['path percent', { in: 'path', schema: text }, '%zz', /percent-encoded/],
    ['label without a dot', { in: 'path', style: 'label', schema: text }, 'blue', /must start with "\."/],
    ['matrix without a semicolon', { in: 'path', style: 'matrix', schema: text }, 'color=blue', /must start with ";"/],
    ['matrix with another name', { in: 'path', style: 'matrix', schema: text }, ';colour=blue', /must be written ";color=/],
    ['matrix percent', { in: 'path', style: 'matrix', schema: text }, ';color=%', /percent-encoded/],
    ['list given twice', { explode: false, schema: strings }, 'color=a&color=b', /must be given once/],
    ['content that is not JSON', { mediaType: 'application/json' }, 'color=I%20am', /must be JSON/],
    ['content given twice', { mediaType: 'application/json' }, 'color=1&color=2', /must be given once/],
    ['content in a header', { in: 'header', mediaType: 'application/json' }, '{', /must be JSON/],
    ['content in a cookie', { in: 'cookie', mediaType: 'application/json' }, 'color={', /must be JSON/],
    ['content in a path', { in: 'path', mediaType: 'application/json' }, '%7B', /must be JSON/],
  ])('%s', (_name, given, wire, want) => {
    const decoded = decode(given, wire);
    expect(decoded).toStrictEqual({ kind: 'malformed', message: expect.stringMatching(want) });
  });

  test('a broken parameter does not spoil another', () => {
    expect(candidates(decode({ schema: text }, 'x=%&%=1&color=blue'))).toStrictEqual(['blue']);
  });
});

test('a plus in a query may be one, as URIs have it (RFC 3986), where no space fits', () => {
  expect(candidates(decode({ schema: text }, 'color=+49%201+2'))).toStrictEqual([' 49 1 2', '+49 1+2']);
  expect(candidates(decode({ schema: text }, 'color=a%2Bb'))).toStrictEqual(['a+b']);
});

describe('content', () => {
  test.each<[string, Partial<Parameter>, string, unknown]>([
    ['JSON', { mediaType: 'application/json; charset=utf-8' }, 'color=%7B%22a%22:12345678901234567890%7D', { a: 12345678901234567890n }],
    ['+json', { mediaType: 'application/geo+json' }, 'color=[1]', [1]],
    ['text', { mediaType: 'text/plain' }, 'color=1', '1'],
    ['text that is asked to be a number', { mediaType: 'text/plain', schema: { type: 'integer' } }, 'color=1', 1],
    ['text in a header that is asked to be one', { in: 'header', mediaType: 'text/plain', schema: { type: 'integer' } }, '1', 1],
    ['header', { in: 'header', mediaType: 'application/json' }, '{"a":"b, c"}', { a: 'b, c' }],
    ['cookie', { in: 'cookie', mediaType: 'application/json' }, 'color=%7B%22a%22%3A1%7D', { a: 1 }],
    ['path', { in: 'path', mediaType: 'application/json' }, '%5B1%5D', [1]],
  ])('%s', (_name, given, wire, want) => {
    expect(candidates(decode(given, wire))).toStrictEqual([want]);
  });
});

describe('headers', () => {
  const read = (given: Partial<Parameter>, headers: NodeJS.Dict<string | string[]>): Decoded =>
    compileHeaderDecoder(parameter({ in: 'header', ...given }), noReference)(headers);

  test('the name has no case, repeated headers are one list', () => {
    expect(read({ name: 'X-Ids', schema: integers }, { 'x-ids': ['1', '2, 3'] })).toStrictEqual({ kind: 'value', candidates: [[1, 2, 3]] });
  });

  test('no header is found on the prototype', () => {
    expect(read({ name: 'constructor', schema: text }, {})).toStrictEqual({ kind: 'absent' });
  });

  test('Set-Cookie is not a list at its commas', () => {
    const cookie = 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT';
    expect(read({ name: 'Set-Cookie', schema: text }, { 'set-cookie': [cookie] })).toStrictEqual({ kind: 'value', candidates: [cookie] });
    expect(read({ name: 'Set-Cookie', schema: strings }, { 'set-cookie': [cookie, 'b=2'] })).toStrictEqual({
      kind: 'value',
      candidates: [[cookie, 'b=2']],
    });
  });
});

describe('cookies', () => {
  test('a name is not found inside another, the first of several wins', () => {
    expect(decode({ in: 'cookie', name: 'SID', schema: text }, 'XSID=1; SIDX=2')).toStrictEqual({ kind: 'absent' });
    expect(candidates(decode({ in: 'cookie', name: 'SID', schema: text }, 'SID=1; SID=2'))).toStrictEqual(['1']);
  });
});

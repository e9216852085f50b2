import { describe, expect, test } from 'vitest';
import { documentOf, firstOperation, operationOf } from './document.fixture.ts';
import { checkSecurity } from './security.ts';

const securitySchemes = {
  basic: { type: 'http', scheme: 'Basic' },
  bearer: { type: 'http', scheme: 'bearer' },
  digest: { type: 'http', scheme: 'digest' },
  hoba: { type: 'http', scheme: 'hoba' },
  header: { type: 'apiKey', in: 'header', name: 'X-Key' },
  query: { type: 'apiKey', in: 'query', name: 'key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'SID' },
  oauth: { type: 'oauth2', flows: {} },
  oidc: { type: 'openIdConnect', openIdConnectUrl: 'x' },
  tls: { type: 'mutualTLS' },
  aliased: { $ref: '#/components/securitySchemes/query' },
};

interface Sent {
  readonly header?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly cookie?: Record<string, string>;
}

const check = (security: unknown, sent: Sent, whole?: unknown): string | undefined => {
  const operation = operationOf(
    { ...(security === undefined ? {} : { security }), responses: {} },
    { components: { securitySchemes }, security: whole },
  );
  return checkSecurity(operation.security, {
    header: (name) => sent.header?.[name],
    query: (name) => sent.query?.[name],
    cookie: (name) => sent.cookie?.[name],
  })?.message;
};

const authorization = (value: string): Sent => ({ header: { authorization: value } });
const basic = authorization(`Basic ${Buffer.from('user:pass:word').toString('base64')}`);

describe('satisfied', () => {
  test.each<[string, unknown, Sent]>([
    ['nothing asked', undefined, {}],
    ['an empty list', [], {}],
    ['the empty alternative', [{ basic: [] }, {}], {}],
    ['basic', [{ basic: [] }], basic],
    ['basic in any case', [{ basic: [] }], authorization(`bAsIc ${Buffer.from(':').toString('base64')}`)],
    ['bearer', [{ bearer: [] }], authorization('bearer x')],
    ['digest', [{ digest: [] }], authorization('Digest username="x"')],
    ['another http scheme', [{ hoba: [] }], authorization('HOBA result="x"')],
    ['oauth2', [{ oauth: ['read'] }], authorization('Bearer x')],
    ['OpenID Connect', [{ oidc: [] }], authorization('Bearer x')],
    ['a header key', [{ header: [] }], { header: { 'x-key': 'k' } }],
    ['a query key', [{ query: [] }], { query: { key: 'k' } }],
    ['a cookie key', [{ cookie: [] }], { cookie: { SID: 'k' } }],
    ['a scheme behind a reference', [{ aliased: [] }], { query: { key: 'k' } }],
    ['mutual TLS can not be seen', [{ tls: [] }], {}],
    ['an undefined scheme can not be checked', [{ nowhere: [] }], {}],
    ['the second alternative', [{ basic: [], header: [] }, { query: [] }], { query: { key: 'k' } }],
    ['both of two', [{ basic: [], query: [] }], { ...basic, query: { key: 'k' } }],
  ])('%s', (_name, security, sent) => expect(check(security, sent)).toBeUndefined());

  test('an empty list switches the security of the document off', () => {
    expect(check([], {}, [{ bearer: [] }])).toBeUndefined();
    expect(check(undefined, {}, [{ bearer: [] }])).toBe('needs an Authorization header with a Bearer token');
  });
});

describe('not satisfied', () => {
  test.each<[string, unknown, Sent, string]>([
    ['nothing sent', [{ basic: [] }], {}, 'needs an Authorization header with Basic credentials'],
    ['basic without base64', [{ basic: [] }], authorization('Basic ???'), 'needs an Authorization header with Basic credentials'],
    [
      'basic without a colon',
      [{ basic: [] }],
      authorization(`Basic ${Buffer.from('user').toString('base64')}`),
      'needs an Authorization header with Basic credentials',
    ],
    ['bearer without a token', [{ bearer: [] }], authorization('Bearer '), 'needs an Authorization header with a Bearer token'],
    ['the wrong scheme', [{ bearer: [] }], basic, 'needs an Authorization header with a Bearer token'],
    ['a scheme that only starts so', [{ hoba: [] }], authorization('hobart x'), 'needs an Authorization header with the scheme hoba'],
    ['an empty key', [{ query: [] }], { query: { key: '' } }, 'needs the query "key"'],
    ['one of two', [{ basic: [], query: [] }], basic, 'needs an Authorization header with Basic credentials and the query "key"'],
    [
      'basic and bearer in one header',
      [{ basic: [], bearer: [] }],
      basic,
      'needs an Authorization header with Basic credentials and an Authorization header with a Bearer token',
    ],
    ['none of two alternatives', [{ header: [] }, { cookie: [] }], {}, 'needs the header "X-Key", or the cookie "SID"'],
  ])('%s', (_name, security, sent, want) => expect(check(security, sent)).toBe(want));
});

test('an undefined scheme is a problem of the operation', () => {
  const operation = operationOf({ security: [{ nowhere: [] }, { nowhere: [], constructor: [] }], responses: {} });
  expect(operation.problems.map((problem) => problem.message.slice(0, 40))).toEqual([
    'the security scheme "nowhere" is not def',
    'the security scheme "constructor" is not',
  ]);
});

test('Swagger 2.0', () => {
  const { security } = firstOperation(
    documentOf({
      swagger: '2.0',
      securityDefinitions: { b: { type: 'basic' }, k: { type: 'apiKey', in: 'query', name: 'k' } },
      security: [{ b: [] }, { k: [] }],
      paths: { '/a': { get: { responses: {} } } },
    }),
  );
  expect(security.flat().map((scheme) => [scheme.kind, scheme.in])).toEqual([
    ['basic', ''],
    ['apiKey', 'query'],
  ]);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChecker } from './checker.ts';
import type { Gap } from './exchange.ts';
import { apiIn, exchangeOf, gap, judge } from './rules/rule.fixture.ts';
import type { Api, Sent } from './rules/rule.fixture.ts';

const schema = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } }, additionalProperties: false };
/** An operation that has everything that can be broken. */
const everything: Api = {
  method: 'post',
  path: '/it/{key}',
  parameters: [
    { name: 'key', in: 'path', required: true, schema: { type: 'integer' } },
    { name: 'page', in: 'query', required: true, schema: { type: 'integer' } },
    { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string' } },
    { name: 'theme', in: 'cookie', required: true, schema: { type: 'string' } },
  ],
  body: { schema, required: true },
  responses: { '200': { schema, headers: { Location: { type: 'string' } }, required: ['Location'] } },
  secured: true,
  document: { servers: [{ url: 'https://api.example.com/v1' }] },
};
const document = apiIn('3.1', everything);
/** All of it broken at once. */
const broken: Sent = { target: '/v1/it/x?odd=1', body: { odd: 1 }, reply: { id: 'x', odd: 1 } };

describe('a finding', () => {
  it('has every field that a reader needs', async () => {
    const { findings } = await judge(document, { ...broken, origin: 'https://api.example.com' }, 'POST');
    const common = {
      exchange: { file: 'test.har', index: 0 },
      operation: { document: 'api', id: 'doIt', method: 'POST', path: '/it/{key}' },
      method: 'POST',
      path: '/v1/it/x',
      status: 200,
    };
    expect(findings.every((finding) => finding.message !== '' && finding.rule !== '')).toBe(true);
    for (const finding of findings) expect(finding).toMatchObject(common);
    expect(findings.find(({ rule, in: side, part }) => rule === 'response-body' && side === 'response' && part === 'body')).toEqual({
      ...common,
      rule: 'response-body',
      side: 'server',
      severity: 'error',
      message: 'must be integer',
      in: 'response',
      part: 'body',
      pointer: '/id',
      code: 'type',
      document: 'api.json#/paths/~1it~1{key}/post/responses/200/content/application~1json/schema/properties/id/type',
      expected: 'integer',
      actual: 'x',
    });
  });

  it('comes in the order of the rules', async () => {
    const { findings } = await judge(document, broken, 'POST');
    expect([...new Set(findings.map(({ rule }) => rule))]).toEqual([
      'request-parameter',
      'request-header',
      'request-cookie',
      'request-body',
      'undocumented-query-parameter',
      'response-header',
      'response-body',
      'undocumented-property',
      'missing-credentials-accepted',
      'invalid-request-accepted',
    ]);
  });

  it('is the same for the same exchange', async () => {
    expect((await judge(document, broken, 'POST')).findings).toEqual((await judge(document, broken, 'POST')).findings);
  });
});

describe('what a gap names is held against nobody', () => {
  const accused = async (of: Gap['of'], sent: Sent = broken) =>
    (await judge(document, { ...sent, gaps: [gap(of)] }, 'POST')).findings.filter(({ side }) => side !== 'recording');

  it.each<{ of: Gap['of']; allowed: (finding: { in?: string; part?: string; rule: string }) => boolean }>([
    { of: 'request-body', allowed: ({ in: side, part }) => !(side === 'request' && part === 'body') },
    { of: 'response-body', allowed: ({ in: side, part }) => !(side === 'response' && part === 'body') },
    {
      of: 'request-headers',
      allowed: ({ in: side, part }) => !(side === 'request' && ['header', 'cookie', 'security', 'media-type'].includes(part ?? '')),
    },
    { of: 'response-headers', allowed: ({ in: side, part }) => !(side === 'response' && ['header', 'media-type'].includes(part ?? '')) },
    { of: 'credentials', allowed: ({ part }) => part !== 'security' && part !== 'cookie' },
    { of: 'entry', allowed: () => false },
  ])('$of', async ({ of, allowed }) => {
    const findings = await accused(of);
    expect(findings.filter((finding) => !allowed(finding))).toEqual([]);
    // Everything else still is.
    if (of !== 'entry') expect(findings.length).toBeGreaterThan(0);
  });

  it('nor is an operation, where the whole entry is garbled', async () => {
    const { findings, operation } = await judge(document, { target: '/nowhere', gaps: [gap('entry', 'invalid')] });
    expect(operation).toBeUndefined();
    expect(findings).toMatchObject([{ rule: 'recording-gap', side: 'recording', code: 'entry invalid' }]);
  });

  it('and each is told', async () => {
    const { findings } = await judge(document, { ...broken, gaps: [gap('request-body'), gap('response-body', 'truncated')] }, 'POST');
    expect(findings.filter(({ rule }) => rule === 'recording-gap').map(({ code }) => code)).toEqual([
      'request-body missing',
      'response-body truncated',
    ]);
  });
});

describe('an exchange that means no operation', () => {
  const here = 'https://api.example.com';
  it.each<{ name: string; sent: Sent; want: unknown }>([
    {
      name: 'a path that nobody knows, served',
      sent: { target: '/v1/odd', origin: here },
      want: {
        findings: [
          { rule: 'undocumented-operation', side: 'server', severity: 'error', part: 'route', method: 'GET', path: '/v1/odd', status: 200 },
        ],
      },
    },
    {
      name: 'a path that the server does not know either',
      sent: { target: '/v1/odd', origin: here, status: 404 },
      want: { findings: [{ rule: 'undocumented-operation', side: 'client' }] },
    },
    {
      name: 'another method',
      sent: { method: 'PATCH', target: '/v1/it/1', origin: here },
      want: {
        findings: [
          {
            rule: 'undocumented-method',
            side: 'server',
            message: '/v1/it/1 is documented, but not with the method PATCH; documented: POST',
          },
        ],
      },
    },
    {
      name: 'another method, refused',
      sent: { method: 'PATCH', target: '/v1/it/1', origin: here, status: 405 },
      want: { findings: [{ rule: 'undocumented-method', side: 'client' }] },
    },
    {
      name: 'a known path outside of the base path of that very host',
      sent: { method: 'POST', target: '/it/1', origin: here },
      want: { findings: [{ rule: 'undocumented-operation' }] },
    },
    {
      name: 'a path on a host that nobody names: perhaps not ours',
      sent: { target: '/odd', origin: 'https://else.example' },
      want: { doubt: 'https://else.example', findings: [{}] },
    },
    {
      name: 'OPTIONS that tells what is allowed',
      sent: { method: 'OPTIONS', target: '/v1/it/1', status: 204, replyHeaders: { allow: 'GET, HEAD, OPTIONS' } },
      want: { skipped: 'options', findings: [] },
    },
    {
      name: 'OPTIONS that does something else',
      sent: { method: 'OPTIONS', target: '/v1/it/1', reply: { a: 1 } },
      want: { findings: [{ rule: 'undocumented-method', side: 'server' }] },
    },
    {
      name: 'a preflight',
      sent: { method: 'OPTIONS', target: '/v1/it/1', headers: { 'access-control-request-method': 'POST' } },
      want: { skipped: 'preflight', findings: [] },
    },
    { name: 'a page', sent: { target: '/', replyHeaders: { 'content-type': 'text/html' } }, want: { skipped: 'asset', findings: [] } },
    { name: 'a WebSocket', sent: { target: '/v1/it/1', status: 101 }, want: { skipped: 'websocket', findings: [] } },
    { name: 'a tunnel', sent: { method: 'CONNECT', target: 'api.example.com:443' }, want: { skipped: 'websocket', findings: [] } },
  ])('$name', async ({ sent, want }) => {
    const judged = await judge(document, sent);
    expect(judged).toMatchObject({ operation: undefined, request: undefined, outcome: 'unknown', ...(want as object) });
    if (!JSON.stringify(want).includes('doubt')) expect(judged.doubt).toBeUndefined();
  });
});

describe('an exchange that means one', () => {
  it('by its bare path on a host that nobody names', async () => {
    expect((await judge(document, { method: 'POST', target: '/it/1', origin: 'http://localhost:8080' })).operation?.id).toBe('doIt');
  });

  it('HEAD means GET', async () => {
    expect((await judge(apiIn('3.1', {}), { method: 'HEAD' })).operation?.method).toBe('GET');
  });

  it('is judged at once unless it is multipart', () => {
    const sync = createChecker([apiIn('3.1', {})]).check(exchangeOf({}));
    expect(sync).not.toBeInstanceOf(Promise);
    const form = apiIn('3.1', { method: 'post', body: { schema: { type: 'object' }, type: 'multipart/form-data' } });
    const headers = { 'content-type': 'multipart/form-data; boundary=cut' };
    expect(createChecker([form]).check(exchangeOf({ method: 'POST', body: '--cut--\r\n', headers }))).toBeInstanceOf(Promise);
  });

  it('a refusal in an envelope that the document does not describe is a refusal', async () => {
    expect((await judge(apiIn('3.1', {}), { reply: { success: false } })).outcome).toBe('refused');
    expect((await judge(apiIn('3.1', {}), { reply: '{', replyHeaders: { 'content-type': 'application/json' } })).outcome).toBe('accepted');
  });
});

describe('anything', () => {
  it('is judged without a throw', async () => {
    const checker = createChecker([document]);
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('POST', 'GET', '/v1/it/1', '/it/%', 'page=1', '%%', 'application/json', 'multipart/form-data; boundary=', 'text/xml'),
    );
    const headers = fc.dictionary(
      fc.oneof(fc.constantFrom('content-type', 'cookie', 'authorization', 'x-trace', 'location', '__proto__'), word),
      word,
    );
    const bytes = fc.option(
      fc.oneof(
        fc.uint8Array().map((list) => Buffer.from(list)),
        fc.json().map((text) => Buffer.from(text)),
      ),
      { nil: undefined },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.record({ method: word, path: word, query: word, headers, body: bytes }),
        fc.record({ status: fc.integer({ min: 100, max: 999 }), headers, body: bytes }),
        fc.option(word, { nil: undefined }),
        async (request, response, origin) => {
          const judged = await checker.check({
            place: { file: 'x', index: 0 },
            origin,
            request,
            response,
            startedAt: undefined,
            milliseconds: undefined,
            gaps: [],
          });
          expect(Array.isArray(judged.findings)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

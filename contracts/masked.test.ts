import { describe, expect, it } from 'vitest';
import { createChecker } from './checker.ts';
import { pseudonymOf } from './redact/pseudonym.ts';
import { apiIn, exchangeOf } from './rules/rule.fixture.ts';
import type { Api, Sent } from './rules/rule.fixture.ts';

const mask = pseudonymOf(Buffer.from('key'), 'secret');
const isError = ({ severity }: { severity: string }): boolean => severity !== 'notice';

/** Rules that accuse somebody. */
async function accused(api: Api, sent: Sent): Promise<string[]> {
  const judged = await createChecker([apiIn('3.1', api)]).check(exchangeOf(sent, (api.method ?? 'get').toUpperCase()));
  expect(judged.operation).toBeDefined();
  return judged.findings.filter(isError).map(({ rule, pointer, name }) => `${rule} ${name ?? pointer ?? ''}`);
}

const short = { type: 'string', maxLength: 3 };
const secret = { ...short, format: 'password' };
const parameter = (place: string, schema: unknown = short, more: Record<string, unknown> = {}): Api => ({
  parameters: [{ name: 'v', in: place, schema, ...more }],
});
const body = (schema: unknown): Api => ({ method: 'post', body: { schema: { type: 'object', properties: { v: schema } } } });

describe('a masked value is held against nobody', () => {
  it.each<{ name: string; api: Api; sent: Sent }>([
    { name: 'in the query', api: parameter('query'), sent: { target: `/it?v=${mask}` } },
    { name: 'in the query, marked as a secret', api: parameter('query', secret), sent: { target: `/it?v=${mask}` } },
    {
      name: 'in a list of the query',
      api: parameter('query', { type: 'array', items: short, uniqueItems: true }),
      sent: { target: `/it?v=${mask}&v=${mask}` },
    },
    {
      name: 'instead of JSON in the query',
      api: { parameters: [{ name: 'v', in: 'query', content: { 'application/json': { schema: { type: 'object' } } } }] },
      sent: { target: `/it?v=${mask}` },
    },
    { name: 'in the path', api: { path: '/it/{v}', ...parameter('path', secret, { required: true }) }, sent: { target: `/it/${mask}` } },
    { name: 'in a header', api: parameter('header', secret), sent: { headers: { v: mask } } },
    { name: 'in a cookie', api: parameter('cookie', secret), sent: { headers: { cookie: `v=${mask}` } } },
    { name: 'in a response header', api: { responses: { '200': { headers: { V: secret } } } }, sent: { replyHeaders: { v: mask } } },
    { name: 'instead of a number', api: body({ type: 'integer' }), sent: { body: { v: mask } } },
    { name: 'with words around it', api: body(short), sent: { body: { v: `Bearer ${mask}` } } },
    { name: 'that an enumeration does not hold', api: body({ enum: ['a'] }), sent: { body: { v: mask } } },
    { name: 'that is marked as a secret', api: body(secret), sent: { body: { v: mask } } },
    { name: 'beneath a choice', api: body({ oneOf: [{ type: 'integer' }, { type: 'object' }] }), sent: { body: { v: mask } } },
    {
      name: 'deep beneath a choice',
      api: body({
        oneOf: [
          { type: 'array', items: { type: 'integer' } },
          { type: 'object', required: ['a'] },
        ],
      }),
      sent: { body: { v: { b: [{ c: mask }] } } },
    },
    { name: 'twice in a set', api: body({ type: 'array', uniqueItems: true }), sent: { body: { v: [mask, mask] } } },
    { name: 'in the query, as the journal masks it', api: parameter('query', { enum: ['abcd'] }), sent: { target: '/it?v=***' } },
    { name: 'in a header, as the journal masks it', api: parameter('header', { format: 'uuid' }), sent: { headers: { v: '***' } } },
    { name: 'in a cookie, as the journal masks it', api: parameter('cookie', { enum: ['de'] }), sent: { headers: { cookie: 'v=***' } } },
    { name: 'in credentials', api: { secured: true }, sent: { headers: { authorization: `Bearer ${mask}` } } },
    {
      name: 'in a form',
      api: {
        method: 'post',
        body: { schema: { type: 'object', properties: { v: { type: 'integer' } } }, type: 'application/x-www-form-urlencoded' },
      },
      sent: { body: `v=${mask}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    },
  ])('$name', async ({ api, sent }) => {
    expect(await accused(api, sent)).toEqual([]);
  });
});

describe('what stands beside a masked value is judged', () => {
  it.each<{ name: string; api: Api; sent: Sent; want: string[] }>([
    {
      name: 'another parameter',
      api: {
        parameters: [
          { name: 'v', in: 'query', schema: short },
          { name: 'w', in: 'query', schema: short },
        ],
      },
      sent: { target: `/it?v=${mask}&w=long` },
      want: ['request-parameter w', 'invalid-request-accepted w'],
    },
    {
      name: 'another property',
      api: { responses: { '200': { schema: { type: 'object', properties: { v: short, w: short } } } } },
      sent: { reply: { v: mask, w: 'long' } },
      want: ['response-body /w'],
    },
    {
      name: 'a missing property',
      api: { responses: { '200': { schema: { type: 'object', required: ['w'] } } } },
      sent: { reply: { v: mask } },
      want: ['response-body '],
    },
    {
      name: 'stars in a longer text',
      api: parameter('query'),
      sent: { target: '/it?v=a***b' },
      want: ['request-parameter v', 'invalid-request-accepted v'],
    },
    {
      name: 'a text that only looks alike',
      api: body(short),
      sent: { body: { v: 'hufu-masked-no' } },
      want: ['request-body /v', 'invalid-request-accepted '],
    },
  ])('$name', async ({ api, sent, want }) => {
    const found = await accused(api, sent);
    expect(found.map((text) => text.replace('accepted /v', 'accepted '))).toEqual(want);
  });
});

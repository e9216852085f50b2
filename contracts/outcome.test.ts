import { describe, expect, it } from 'vitest';
import { apiIn, judge } from './rules/rule.fixture.ts';
import { envelopeSays, outcomeOf, unreadEnvelope } from './outcome.ts';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;

describe('outcomeOf', () => {
  it.each<{ name: string; status: number | undefined; body?: unknown; isLost?: boolean; want: string }>([
    { name: 'success', status: 200, want: 'accepted' },
    { name: 'a redirect', status: 302, want: 'accepted' },
    { name: 'success by the envelope', status: 200, body: { success: 'true' }, want: 'accepted' },
    { name: 'failure by the envelope', status: 200, body: { success: false }, want: 'refused' },
    { name: 'failure by an error code', status: 200, body: { error_code: 'E1' }, want: 'refused' },
    { name: 'a client’s error, whatever the body says', status: 400, body: { success: true }, want: 'refused' },
    { name: 'a client’s error, whose body is lost', status: 404, isLost: true, want: 'refused' },
    { name: 'a server’s error', status: 500, want: 'unknown' },
    { name: 'success of which the body is lost', status: 200, isLost: true, want: 'unknown' },
    { name: 'no response', status: undefined, want: 'unknown' },
  ])('$name', ({ status, body, isLost, want }) => {
    expect(outcomeOf(status, body, isLost)).toBe(want);
  });
});

describe('envelopeSays', () => {
  it.each<{ body: unknown; want: 'success' | 'failure' | undefined }>([
    { body: { success: true }, want: 'success' },
    { body: { success: 'true' }, want: 'success' },
    { body: { success: false }, want: 'failure' },
    { body: { success: 'false' }, want: 'failure' },
    { body: { ok: false }, want: undefined },
    { body: { ok: true, errcode: 7 }, want: 'failure' },
    { body: { errcode: 0 }, want: 'success' },
    { body: { errcode: '0' }, want: 'success' },
    { body: { errcode: 40_001 }, want: 'failure' },
    { body: { errorCode: 'NO' }, want: 'failure' },
    { body: { errorCode: null }, want: undefined },
    { body: { errorCode: '' }, want: undefined },
    { body: { errorCode: nested(900) }, want: undefined },
    { body: { errorCode: nested(5_000), errcode: 1 }, want: 'failure' },
    { body: { success: 'perhaps' }, want: undefined },
    { body: { success: 3 }, want: undefined },
    { body: {}, want: undefined },
    { body: [{ success: false }], want: undefined },
    { body: null, want: undefined },
    { body: 'false', want: undefined },
    { body: undefined, want: undefined },
  ])('$body', ({ body, want }) => {
    expect(envelopeSays(body)?.says).toBe(want);
  });
});

describe('ok', () => {
  const ok = (schema: unknown) => ({ type: 'object', properties: { ok: schema } });
  it.each<{ name: string; schema: unknown; want: string }>([
    { name: 'constant', schema: ok({ type: 'boolean', enum: [false] }), want: 'refused' },
    { name: 'of two branches', schema: { oneOf: [ok({ enum: [true] }), ok({ enum: [false] })] }, want: 'refused' },
    { name: 'any boolean', schema: ok({ type: 'boolean' }), want: 'accepted' },
    { name: 'other constants', schema: ok({ enum: ['yes'] }), want: 'accepted' },
    { name: 'not described', schema: { type: 'object' }, want: 'accepted' },
  ])('$name', async ({ schema, want }) => {
    const { outcome } = await judge(apiIn('3.0', { responses: { '200': { schema } } }), { reply: { ok: false } });
    expect(outcome).toBe(want);
  });
});

describe('unreadEnvelope', () => {
  const response = (type: string | undefined, text: string | undefined) => ({
    status: 200,
    headers: type === undefined ? {} : { 'content-type': type },
    body: text === undefined ? undefined : Buffer.from(text),
  });
  it.each<{ name: string; given: ReturnType<typeof response> | undefined; want: unknown }>([
    { name: 'JSON', given: response('application/json', '{"ok":false}'), want: { ok: false } },
    { name: 'a kind of JSON', given: response('application/problem+json', '{}'), want: {} },
    { name: 'what is no JSON', given: response('application/json', '{'), want: undefined },
    { name: 'what does not say so', given: response(undefined, '{}'), want: undefined },
    { name: 'another type', given: response('text/html', '{}'), want: undefined },
    { name: 'too much', given: response('application/json', `"${'x'.repeat(1024 * 1024)}"`), want: undefined },
    { name: 'no body', given: response('application/json', undefined), want: undefined },
    { name: 'no response', given: undefined, want: undefined },
  ])('$name', ({ given, want }) => {
    expect(unreadEnvelope(given)).toEqual(want);
  });
});

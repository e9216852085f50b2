import { expect, test } from 'vitest';
import { documentOf } from '../../operations/document.fixture.ts';
import { createChecker } from '../checker.ts';
import { createDefects } from '../defects.ts';
import type { Gap } from '../exchange.ts';
import type { Violation } from '../../operations/index.ts';
import { RULES, rulesFor } from './index.ts';
import type { Facts } from './index.ts';

const checker = createChecker([
  documentOf({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/it': { get: { operationId: 'it', deprecated: true, responses: { default: { description: '' } } } } },
  }),
]);

/** Nothing stands out in it, but for what is changed. */
async function factsOf(changed: Partial<Facts> = {}, method = 'GET', status = 200): Promise<Facts> {
  const request = { method, path: '/it', query: 'more=1', headers: {}, body: Buffer.from('{}') };
  const response = { status, headers: {}, body: undefined };
  const base = { place: { file: 'x', index: 0 }, origin: undefined, startedAt: undefined, milliseconds: undefined, gaps: [] };
  const judged = await checker.check({ ...base, request, response });
  if (judged.operation === undefined || judged.request === undefined) throw new Error('no operation was found');
  return {
    exchange: judged.exchange,
    operation: judged.operation,
    request: judged.request,
    response: judged.response,
    outcome: judged.outcome,
    requestErrors: [],
    responseErrors: [],
    requestRemarks: [],
    responseRemarks: [],
    hiding: new Set(),
    defects: createDefects(),
    ...changed,
  };
}

const cases = ['GET', 'HEAD'].flatMap((method) =>
  [200, 204, 206, 304, 399].flatMap((status) =>
    (['accepted', 'refused', 'unknown'] as const).map((outcome) => [method, status, outcome] as const),
  ),
);

test.each(cases)('a rule that is passed over has nothing to say: %s %i %s', async (method, status, outcome) => {
  const facts = await factsOf({ outcome }, method, status);
  const asked = rulesFor(facts);
  expect(asked.flatMap(({ id, judge }) => (judge(facts).length > 0 ? [id] : []))).toStrictEqual([
    'undocumented-query-parameter',
    'undocumented-request-body',
    'deprecated-used',
  ]);
  const passed = RULES.filter((rule) => !asked.includes(rule));
  expect(passed.length).toBeGreaterThan(15);
  for (const rule of passed) expect([rule.id, rule.judge(facts)]).toStrictEqual([rule.id, []]);
  expect(RULES.filter((rule) => asked.includes(rule))).toStrictEqual(asked);
});

const violation: Violation = { side: 'request', part: 'body', code: 'x', pointer: '', message: '', document: '', severity: 'warning' };
const remark = { kind: 'undescribed', pointer: '/a', property: 'a', document: '' } as const;
const gap: Gap = { of: 'credentials', code: 'stripped', message: '' };

test.each<[string, (facts: Facts) => Partial<Facts>]>([
  ['no response', ({ exchange }) => ({ exchange: { ...exchange, response: undefined }, response: undefined })],
  ['a status that refuses', ({ exchange }) => ({ exchange: { ...exchange, response: { status: 400, headers: {}, body: undefined } } })],
  ['a gap', ({ exchange }) => ({ exchange: { ...exchange, gaps: [gap] } })],
  ['no credentials', ({ request }) => ({ request: { ...request, unauthorized: { alternatives: [], message: '' } } })],
  ['a warning of the request', ({ request }) => ({ request: { ...request, violations: [violation] } })],
  ['a warning of the response', ({ response }) => ({ response: response && { ...response, violations: [violation] } })],
  ['an error of the request that its schema does not know', () => ({ requestErrors: [violation] })],
  ['an error of the response that its schema does not know', () => ({ responseErrors: [violation] })],
  ['a remark on the request', () => ({ requestRemarks: [remark] })],
  ['a remark on the response', () => ({ responseRemarks: [remark] })],
])('all rules are asked: %s', async (_name, change) => {
  const facts = await factsOf();
  expect(rulesFor({ ...facts, ...change(facts) })).toBe(RULES);
});

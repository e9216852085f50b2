import { describe, expect, it } from 'vitest';
import { createChecker } from '../checker.ts';
import { apiIn, describeRule, exchangeOf } from './rule.fixture.ts';

const broken = { $ref: '#/components/schemas/Nowhere' };

describeRule('document-defect', {
  catches: [
    {
      name: 'a reference that leads nowhere',
      api: { responses: { '200': { schema: broken } } },
      sent: { reply: {} },
      want: [{ side: 'document', severity: 'warning', code: 'document' }],
    },
    {
      name: 'a pattern that is none',
      api: { responses: { '200': { schema: { type: 'string', pattern: '([' } } } },
      sent: { reply: '"a"', replyHeaders: { 'content-type': 'application/json' } },
      want: [{ side: 'document' }],
    },
  ],
  leaves: [
    { name: 'a sound document', api: { responses: { '200': { schema: { type: 'object' } } } }, sent: { reply: {} } },
    { name: 'a defect that no exchange meets', api: { document: { components: { schemas: { Unused: broken } } } }, sent: {} },
  ],
});

describe('document-defect', () => {
  it('is told once, and never held against the traffic', async () => {
    const checker = createChecker([apiIn('3.1', { responses: { '200': { schema: broken } } })]);
    const told = [];
    for (let index = 0; index < 3; index += 1) told.push((await checker.check(exchangeOf({ reply: { any: 1 } }, 'GET', index))).findings);
    expect(told.map((findings) => findings.map(({ rule }) => rule))).toEqual([['document-defect'], [], []]);
  });
});

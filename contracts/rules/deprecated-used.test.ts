import { describeRule } from './rule.fixture.ts';

const old = { name: 'old', in: 'query', deprecated: true, schema: { type: 'string' } };

describeRule('deprecated-used', {
  catches: [
    {
      name: 'a deprecated operation',
      api: { operation: { deprecated: true } },
      sent: {},
      want: [{ side: 'client', severity: 'notice', part: 'route', code: 'deprecated' }],
    },
    {
      name: 'a deprecated parameter',
      api: { parameters: [old] },
      dialects: ['3.0', '3.1'],
      sent: { target: '/it?old=1' },
      want: [{ severity: 'notice', part: 'query', name: 'old' }],
    },
  ],
  leaves: [
    { name: 'an operation that is not', api: {}, sent: {} },
    { name: 'a deprecated parameter that was not sent', api: { parameters: [old] }, sent: {} },
  ],
});

import { describeRule, gap } from './rule.fixture.ts';

const api = { secured: true, responses: { '200': {}, '401': {}, '403': {} } };

describeRule('wrong-refusal', {
  catches: [
    {
      name: '403 for nobody',
      api,
      sent: { status: 403 },
      want: [{ side: 'server', severity: 'warning', in: 'response', part: 'status', expected: 401, actual: 403 }],
    },
  ],
  leaves: [
    { name: '401 for nobody', api, sent: { status: 401 } },
    { name: '403 for somebody', api, sent: { status: 403, headers: { authorization: 'Bearer abc' } } },
    { name: 'a document without 401', api: { ...api, responses: { '200': {}, '403': {} } }, sent: { status: 403 } },
    { name: 'an operation that needs none', api: { ...api, operation: { security: [] } }, sent: { status: 403 } },
    { name: 'stripped credentials', api, sent: { status: 403, gaps: [gap('credentials', 'stripped')] } },
  ],
});

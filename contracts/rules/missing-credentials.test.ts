import { describeRule, gap } from './rule.fixture.ts';

const api = { secured: true, responses: { '200': {}, '401': {} } };

describeRule('missing-credentials', {
  catches: [
    {
      name: 'a refusal',
      api,
      sent: { status: 401 },
      want: [{ side: 'client', severity: 'notice', in: 'request', part: 'security', code: 'required' }],
    },
    { name: 'a request that nobody answered', api, sent: { status: null }, want: [{ side: 'client' }] },
  ],
  leaves: [
    { name: 'credentials', api, sent: { headers: { authorization: 'Bearer abc' }, status: 401 } },
    { name: 'masked credentials', api, sent: { headers: { authorization: 'Bearer hufu-masked-0123456789' }, status: 401 } },
    { name: 'a request that was taken, which is another rule’s', api, sent: {} },
    { name: 'stripped credentials', api, sent: { status: 401, gaps: [gap('credentials', 'stripped')] } },
    { name: 'headers that were not recorded', api, sent: { status: 401, gaps: [gap('request-headers')] } },
  ],
});

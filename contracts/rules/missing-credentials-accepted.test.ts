import { describeRule, gap } from './rule.fixture.ts';

const api = { secured: true, responses: { '200': { schema: { type: 'object' } } } };
const keyIn = (place: string) => ({
  secured: true,
  document: {
    components: { securitySchemes: { token: { type: 'apiKey', in: place, name: 'key' } } },
    securityDefinitions: { token: { type: 'apiKey', in: place, name: 'key' } },
  },
});

const basic = {
  operation: { security: [{ basic: [] }] },
  document: {
    components: { securitySchemes: { basic: { type: 'http', scheme: 'basic' } } },
    securityDefinitions: { basic: { type: 'basic' } },
  },
};

describeRule('missing-credentials-accepted', {
  catches: [
    {
      name: 'a request without, taken',
      api,
      sent: { reply: {} },
      want: [{ side: 'server', severity: 'error', in: 'request', part: 'security', code: 'required' }],
    },
    {
      name: 'another scheme',
      api,
      dialects: ['3.0', '3.1'],
      sent: { headers: { authorization: 'Basic YTpi' }, reply: {} },
      want: [{ side: 'server' }],
    },
    { name: 'a key that is not in the query', api: keyIn('query'), sent: { target: '/it?other=1' }, want: [{ side: 'server' }] },
    {
      name: 'a key that is not in the cookie',
      api: keyIn('cookie'),
      dialects: ['3.0', '3.1'],
      sent: { headers: { cookie: 'a=1' } },
      want: [{ side: 'server' }],
    },
    {
      name: 'a key that is not in the query, where header fields were lost',
      api: keyIn('query'),
      sent: { target: '/it?other=1', gaps: [gap('credentials', 'stripped')] },
      want: [{ side: 'server' }],
    },
  ],
  leaves: [
    { name: 'credentials that the recorder took out', api: basic, sent: { headers: { authorization: 'Basic ***' }, reply: {} } },
    {
      name: 'credentials that the recorder took out, in words',
      api: basic,
      sent: { headers: { authorization: 'Basic [REDACTED]' }, reply: {} },
    },
    { name: 'credentials', api, sent: { headers: { authorization: 'Bearer abc' }, reply: {} } },
    { name: 'a key in the query', api: keyIn('query'), sent: { target: '/it?key=1' } },
    { name: 'a refusal', api, sent: { status: 401 } },
    { name: 'a refusal by the envelope', api, sent: { reply: { success: false } } },
    { name: 'an operation that needs none', api: { ...api, secured: true, operation: { security: [] } }, sent: { reply: {} } },
    { name: 'an operation that may do without', api: { ...api, operation: { security: [{ token: [] }, {}] } }, sent: { reply: {} } },
    { name: 'stripped credentials', api, sent: { reply: {}, gaps: [gap('credentials', 'stripped')] } },
    { name: 'headers that were not recorded', api, sent: { reply: {}, gaps: [gap('request-headers')] } },
    { name: 'an entry that is garbled', api, sent: { reply: {}, gaps: [gap('entry', 'invalid')] } },
    { name: 'an answer that is lost: it may have said no', api, sent: { gaps: [gap('response-body')] } },
    { name: 'a preflight', api: { ...api, method: 'options' }, sent: { headers: { 'access-control-request-method': 'PUT' }, reply: {} } },
    { name: 'a failing server', api, sent: { status: 500 } },
  ],
});

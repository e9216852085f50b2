import { describeRule, gap } from './rule.fixture.ts';

const api = { parameters: [{ name: 'X-Trace', in: 'header', required: true, schema: { type: 'string', minLength: 3 } }] };

describeRule('request-header', {
  catches: [
    {
      name: 'a missing one',
      api,
      sent: {},
      want: [{ side: 'client', severity: 'error', part: 'header', name: 'X-Trace', code: 'required' }],
    },
    {
      name: 'one too short, refused',
      api,
      sent: { headers: { 'x-trace': 'a' }, status: 400 },
      want: [{ severity: 'notice', code: 'minLength', actual: 'a' }],
    },
    {
      name: 'one too short, when bodies are lost',
      api,
      sent: { headers: { 'x-trace': 'a' }, gaps: [gap('request-body')] },
      want: [{ name: 'X-Trace' }],
    },
  ],
  leaves: [
    { name: 'a valid one', api, sent: { headers: { 'x-trace': 'abc' } } },
    { name: 'headers that were not recorded', api, sent: { gaps: [gap('request-headers')] } },
    { name: 'a required one where credentials were stripped', api, sent: { gaps: [gap('credentials', 'stripped')] } },
    {
      name: 'a masked value',
      api: { parameters: [{ name: 'X-Key', in: 'header', schema: { type: 'string', maxLength: 5 } }] },
      sent: { headers: { 'x-key': 'hufu-masked-0123456789' } },
    },
    { name: 'one that nobody described', api, sent: { headers: { 'x-trace': 'abc', 'x-more': '1' } } },
  ],
});

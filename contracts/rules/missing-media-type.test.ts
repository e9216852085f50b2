import { describeRule, gap } from './rule.fixture.ts';

const api = { responses: { '200': { schema: { type: 'object' } } } };

describeRule('missing-media-type', {
  catches: [
    {
      name: 'a body that does not say what it is',
      api,
      sent: { reply: '{}' },
      want: [{ side: 'server', severity: 'error', in: 'response', part: 'media-type', code: 'required' }],
    },
    {
      name: 'an empty Content-Type',
      api,
      sent: { reply: '{}', replyHeaders: { 'content-type': '' } },
      want: [{ side: 'server', severity: 'error', code: 'required' }],
    },
  ],
  leaves: [
    { name: 'a body that says so', api, sent: { reply: {} } },
    { name: 'an undocumented type, which is another rule’s', api, sent: { reply: 'a', replyHeaders: { 'content-type': 'text/csv' } } },
    { name: 'no body', api: { responses: { '200': {} } }, sent: {} },
    { name: 'headers that were not recorded', api, sent: { reply: '{}', gaps: [gap('response-headers')] } },
  ],
});

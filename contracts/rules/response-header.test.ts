import { describeRule, gap } from './rule.fixture.ts';

const api = {
  responses: { '200': { headers: { 'X-Total': { type: 'integer', minimum: 0 }, Location: { type: 'string' } }, required: ['Location'] } },
};
const location = { location: '/it/1' };
// Swagger 2.0 can't say that a header is required.
const requiring = ['3.0', '3.1'] as const;

describeRule('response-header', {
  catches: [
    {
      name: 'a missing one',
      api,
      dialects: requiring,
      sent: {},
      want: [{ side: 'server', severity: 'error', in: 'response', part: 'header', name: 'Location', code: 'required' }],
    },
    {
      name: 'a value of another type',
      api,
      sent: { replyHeaders: { ...location, 'x-total': 'many' } },
      want: [{ name: 'X-Total', code: 'type', actual: 'many' }],
    },
    {
      name: 'one that the bodies’ loss does not excuse',
      api,
      sent: { replyHeaders: { ...location, 'x-total': '-1' }, gaps: [gap('response-body')] },
      want: [{ code: 'minimum' }],
    },
  ],
  leaves: [
    { name: 'valid ones', api, sent: { replyHeaders: { ...location, 'x-total': '3' } } },
    { name: 'one that may be left out', api, sent: { replyHeaders: location } },
    { name: 'one that nobody described', api, sent: { replyHeaders: { ...location, 'x-more': '1' } } },
    { name: 'headers that were not recorded', api, sent: { gaps: [gap('response-headers')] } },
    {
      name: 'a cookie that the browser leaves out of its export',
      api: { responses: { '200': { headers: { 'Set-Cookie': { type: 'string' } }, required: ['Set-Cookie'] } } },
      sent: { gaps: [gap('credentials', 'stripped')] },
    },
    {
      name: 'a masked value',
      api: { responses: { '200': { headers: { 'X-Key': { type: 'string', format: 'password', maxLength: 5 } } } } },
      sent: { replyHeaders: { 'x-key': 'hufu-masked-0123456789' } },
    },
  ],
});

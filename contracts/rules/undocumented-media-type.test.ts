import { describeRule, gap } from './rule.fixture.ts';

const api = { responses: { '200': { schema: { type: 'object' } } } };

describeRule('undocumented-media-type', {
  catches: [
    {
      name: 'another type',
      api,
      sent: { reply: '<a/>', replyHeaders: { 'content-type': 'text/html' } },
      want: [{ side: 'server', severity: 'error', in: 'response', part: 'media-type', code: 'undocumented' }],
    },
    { name: 'a type that is none', api, sent: { reply: '{}', replyHeaders: { 'content-type': 'json' } }, want: [{ part: 'media-type' }] },
    {
      name: 'one that is known from beside the body',
      api,
      sent: { reply: 'a', replyHeaders: { 'content-type': 'text/csv' }, gaps: [gap('response-headers')] },
      want: [{ code: 'undocumented' }],
    },
  ],
  leaves: [
    {
      name: 'the documented type, with parameters, in other case',
      api,
      sent: { reply: '{}', replyHeaders: { 'content-type': 'Application/JSON;charset=UTF-8' } },
    },
    { name: 'no type, which is another rule’s', api, sent: { reply: '{}' } },
    {
      name: 'a range that takes it',
      api: { responses: { '200': { schema: { type: 'string' }, type: 'text/*' } } },
      dialects: ['3.0', '3.1'],
      sent: { reply: 'a', replyHeaders: { 'content-type': 'text/csv' } },
    },
    {
      name: 'a Swagger 2.0 document that names no produces',
      api: { ...api, operation: { produces: undefined } },
      dialects: ['2.0'],
      sent: { reply: 'a', replyHeaders: { 'content-type': 'text/csv' } },
    },
    {
      name: 'a failure’s body, where the status is not documented',
      api,
      sent: { status: 502, reply: '<html>', replyHeaders: { 'content-type': 'text/html' } },
    },
    {
      name: 'headers that are garbled',
      api,
      sent: { reply: 'a', replyHeaders: { 'content-type': 'text/csv' }, gaps: [gap('response-headers', 'invalid')] },
    },
  ],
});

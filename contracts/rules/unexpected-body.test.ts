import { describeRule } from './rule.fixture.ts';

const api = { responses: { '200': { schema: { type: 'object' } }, '204': {}, '202': {} } };

describeRule('unexpected-body', {
  catches: [
    {
      name: 'a body of 204',
      api,
      sent: { status: 204, reply: {} },
      want: [{ side: 'server', severity: 'error', in: 'response', part: 'body', pointer: '', code: 'unexpected' }],
    },
    { name: 'a body of HEAD', api, sent: { method: 'HEAD', reply: {} }, want: [{ severity: 'error', code: 'unexpected' }] },
    {
      name: 'a body that is not described',
      api,
      dialects: ['3.0', '3.1'],
      sent: { status: 202, reply: {} },
      want: [{ severity: 'warning', code: 'undocumented' }],
    },
  ],
  leaves: [
    { name: '204 without', api, sent: { status: 204 } },
    { name: 'HEAD without', api, sent: { method: 'HEAD', replyHeaders: { 'content-type': 'application/json', 'content-length': '20' } } },
    { name: 'a described body', api, sent: { reply: {} } },
    { name: 'an undocumented status, which is another rule’s', api, sent: { status: 500, reply: {} } },
  ],
});

import { describeRule } from './rule.fixture.ts';

const api = { responses: { '200': { schema: { type: 'object' } }, '400': { schema: { type: 'object' } } } };

describeRule('envelope-mismatch', {
  catches: [
    {
      name: 'a failure that says success',
      api,
      sent: { status: 400, reply: { success: true } },
      want: [{ side: 'server', severity: 'error', in: 'response', part: 'body', pointer: '', code: 'envelope' }],
    },
    { name: 'an error code of 0', api, sent: { status: 400, reply: { error_code: 0 } }, want: [{ code: 'envelope' }] },
  ],
  leaves: [
    { name: '200 with success: false, a failure like any other', api, sent: { reply: { success: false } } },
    { name: 'a failure that says so', api, sent: { status: 400, reply: { success: 'false' } } },
    { name: 'a success that says so', api, sent: { reply: { success: true } } },
    { name: 'a failure without an envelope', api, sent: { status: 400, reply: { title: 'No' } } },
    { name: 'a failure that is not documented: its body is nobody’s promise', api, sent: { status: 502, reply: { success: true } } },
  ],
});

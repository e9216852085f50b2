import { describeRule } from './rule.fixture.ts';

const envelope = { type: 'object', properties: { success: {}, error_code: { type: 'integer' }, ok: { type: 'boolean', enum: [true] } } };
const api = { responses: { '200': { schema: envelope }, '400': { schema: envelope } } };
const open = { responses: { '400': { schema: { type: 'object', additionalProperties: true } } } };
const branches = { responses: { '400': { schema: { allOf: [{ anyOf: [envelope, { type: 'object' }] }] } } } };

describeRule('envelope-mismatch', {
  catches: [
    {
      name: 'a failure that says success',
      api,
      sent: { status: 400, reply: { success: true } },
      want: [{ side: 'server', severity: 'warning', in: 'response', part: 'body', pointer: '', code: 'envelope' }],
    },
    { name: 'an error code of 0', api, sent: { status: 400, reply: { error_code: 0 } }, want: [{ code: 'envelope' }] },
    { name: 'a constant ok', api, sent: { status: 400, reply: { ok: true } }, want: [{ code: 'envelope' }] },
    {
      name: 'a member that a branch describes',
      api: branches,
      sent: { status: 400, reply: { success: true } },
      want: [{ code: 'envelope' }],
    },
  ],
  leaves: [
    { name: '200 with success: false, a failure like any other', api, sent: { reply: { success: false } } },
    {
      name: 'a member that the document does not describe',
      api: open,
      sent: { status: 400, reply: { success: true, errorCode: 0, ok: true } },
    },
    { name: 'a failure that says so', api, sent: { status: 400, reply: { success: 'false' } } },
    { name: 'a success that says so', api, sent: { reply: { success: true } } },
    { name: 'a failure without an envelope', api, sent: { status: 400, reply: { title: 'No' } } },
    { name: 'a failure that is not documented: its body is nobody’s promise', api, sent: { status: 502, reply: { success: true } } },
  ],
});

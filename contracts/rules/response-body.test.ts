import { describeRule, gap } from './rule.fixture.ts';

const schema = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer' }, pin: { type: 'string', writeOnly: true }, list: { type: 'array', items: { type: 'string' } } },
};
const api = { responses: { '200': { schema } } };
const noted = (note: unknown) => ({ responses: { '200': { schema: { type: 'object', properties: { note } } } } });
const card = {
  type: 'object',
  required: ['kind', 'cvv'],
  properties: { kind: { type: 'string', enum: ['card'] }, cvv: { type: 'string' } },
};
const bank = { type: 'object', required: ['iban'], properties: { iban: { type: 'string' } } };
const either = { responses: { '200': { schema: { type: 'object', properties: { pay: { oneOf: [card, bank] } } } } } };
const newer = ['3.0', '3.1'] as const;

describeRule('response-body', {
  catches: [
    {
      name: 'a wrong type',
      api,
      sent: { reply: { id: 'x' } },
      want: [{ side: 'server', severity: 'error', in: 'response', part: 'body', pointer: '/id', code: 'type', actual: 'x' }],
    },
    { name: 'a missing property', api, sent: { reply: {} }, want: [{ pointer: '', property: 'id', code: 'required' }] },
    { name: 'an item', api, sent: { reply: { id: 1, list: ['a', 2] } }, want: [{ pointer: '/list/1', code: 'type' }] },
    {
      name: 'an empty body',
      api,
      sent: { replyHeaders: { 'content-type': 'application/json' } },
      want: [{ pointer: '', code: 'required' }],
    },
    {
      name: 'what is no JSON',
      api,
      sent: { reply: '{', replyHeaders: { 'content-type': 'application/json' } },
      want: [{ code: 'malformed' }],
    },
    { name: 'null where null is not allowed', api, sent: { reply: { id: null } }, want: [{ pointer: '/id', code: 'type', actual: null }] },
    {
      name: 'nullable beside an enum: another text',
      api: noted({ type: 'string', nullable: true, enum: ['a'] }),
      dialects: ['3.0'],
      sent: { reply: { note: 'b' } },
      want: [{ pointer: '/note', code: 'enum' }],
    },
    {
      name: 'nullable, which OpenAPI 3.1 does not know',
      api: noted({ type: 'string', nullable: true }),
      dialects: ['3.1'],
      sent: { reply: { note: null } },
      want: [{ pointer: '/note', code: 'type' }],
    },
    {
      name: 'what is told of one of two forms',
      api: either,
      dialects: newer,
      sent: { reply: { pay: { kind: 'cash' } } },
      want: [{ pointer: '/pay', property: 'iban', code: 'required' }],
    },
  ],
  leaves: [
    { name: 'a valid body', api, sent: { reply: { id: 1, list: [] } } },
    {
      name: 'a required property that only clients send',
      api: { responses: { '200': { schema: { ...schema, required: ['id', 'pin'] } } } },
      sent: { reply: { id: 1 } },
    },
    { name: 'null by nullable', api: noted({ type: 'string', nullable: true }), dialects: ['3.0'], sent: { reply: { note: null } } },
    { name: 'null by its type', api: noted({ type: ['string', 'null'] }), dialects: ['3.1'], sent: { reply: { note: null } } },
    { name: 'null by x-nullable', api: noted({ type: 'string', 'x-nullable': true }), dialects: ['2.0'], sent: { reply: { note: null } } },
    {
      name: 'an integer beyond 2^53',
      api,
      sent: { reply: '{"id":9007199254740993}', replyHeaders: { 'content-type': 'application/json' } },
    },
    { name: 'HEAD', api, sent: { method: 'HEAD', replyHeaders: { 'content-type': 'application/json' } } },
    { name: 'a body that was not recorded', api, sent: { gaps: [gap('response-body')] } },
    {
      name: 'a body that was cut',
      api,
      sent: { reply: '{"id":', replyHeaders: { 'content-type': 'application/json' }, gaps: [gap('response-body', 'truncated')] },
    },
    {
      name: 'a body that could not be unpacked',
      api,
      sent: {
        reply: Buffer.from([31, 139, 8]),
        replyHeaders: { 'content-type': 'application/json' },
        gaps: [gap('response-body', 'undecodable')],
      },
    },
    { name: 'a masked value', api, sent: { reply: { id: 'hufu-masked-0123456789' } } },
    {
      name: 'a masked value that tells two forms apart',
      api: either,
      dialects: newer,
      sent: { reply: { pay: { kind: 'hufu-masked-0123456789', cvv: '1' } } },
    },
    {
      name: 'what is masked beneath a choice',
      api: noted({ anyOf: [{ type: 'integer' }, { type: 'boolean' }] }),
      dialects: newer,
      sent: { reply: { note: 'hufu-masked-0123456789' } },
    },
    {
      name: 'masked values that look alike',
      api: { responses: { '200': { schema: { type: 'array', uniqueItems: true, items: { type: 'string' } } } } },
      sent: { reply: ['hufu-masked-0123456789', 'hufu-masked-0123456789'] },
    },
  ],
});

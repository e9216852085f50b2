import { describeRule, gap } from './rule.fixture.ts';

// Swagger 2.0 knows no writeOnly; documents write it nevertheless, and mean it.
const schema = { type: 'object', properties: { name: { type: 'string' }, pin: { type: 'string', writeOnly: true } } };
const api = { responses: { '200': { schema } } };

describeRule('write-only-returned', {
  catches: [
    {
      name: 'a secret in the answer',
      api,
      sent: { reply: { name: 'a', pin: '1234' } },
      want: [{ side: 'server', severity: 'error', in: 'response', part: 'body', pointer: '/pin', property: 'pin', code: 'writeOnly' }],
    },
    {
      name: 'a masked secret: that it was there is known',
      api,
      sent: { reply: { pin: 'hufu-masked-0123456789' } },
      want: [{ pointer: '/pin' }],
    },
    {
      name: 'a secret that the answer repeats though it does not know it',
      api: {
        method: 'post',
        body: { schema },
        responses: { '200': { schema: { type: 'object', properties: { name: { type: 'string' } } } } },
      },
      sent: { body: { name: 'a', pin: '1234' }, reply: { name: 'a', pin: '1234' } },
      want: [{ side: 'server', severity: 'warning', in: 'response', pointer: '/pin', property: 'pin', code: 'echo' }],
    },
    {
      name: 'in every item',
      api: { responses: { '200': { schema: { type: 'array', items: schema } } } },
      sent: { reply: [{ pin: '1' }, { pin: '2' }] },
      want: [{ pointer: '/0/pin' }, { pointer: '/1/pin' }],
    },
  ],
  leaves: [
    {
      name: 'a property of that name with another value',
      api: { method: 'post', body: { schema }, responses: { '200': { schema: { type: 'object' } } } },
      sent: { body: { pin: '1234' }, reply: { pin: '****' } },
    },
    {
      name: 'what is repeated and no secret',
      api: { method: 'post', body: { schema }, responses: { '200': { schema: { type: 'object' } } } },
      sent: { body: { name: 'a' }, reply: { name: 'a' } },
    },
    { name: 'an answer without it', api, sent: { reply: { name: 'a' } } },
    {
      name: 'a required one that is rightly absent',
      api: { responses: { '200': { schema: { ...schema, required: ['pin'] } } } },
      sent: { reply: {} },
    },
    { name: 'a request with it', api: { method: 'post', body: { schema } }, sent: { body: { pin: '1234' } } },
    { name: 'a body of which only a part is there', api, sent: { reply: { pin: '1' }, gaps: [gap('response-body', 'truncated')] } },
  ],
});

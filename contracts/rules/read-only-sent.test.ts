import { describeRule, gap } from './rule.fixture.ts';

const schema = { type: 'object', properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } } };
const api = { method: 'post', body: { schema } };

describeRule('read-only-sent', {
  catches: [
    {
      name: 'a property of the server',
      api,
      sent: { body: { id: 1, name: 'a' } },
      want: [{ side: 'client', severity: 'warning', in: 'request', part: 'body', pointer: '/id', property: 'id', code: 'readOnly' }],
    },
    {
      name: 'in an item',
      api: { method: 'post', body: { schema: { type: 'array', items: schema } } },
      sent: { body: [{}, { id: 1 }] },
      want: [{ pointer: '/1/id' }],
    },
    { name: 'one that was refused', api, sent: { body: { id: 1 }, status: 400 }, want: [{ severity: 'notice' }] },
  ],
  leaves: [
    { name: 'what the client sets', api, sent: { body: { name: 'a' } } },
    { name: 'the server’s own in a response', api: { responses: { '200': { schema } } }, sent: { reply: { id: 1 } } },
    {
      name: 'a name that only another branch marks',
      dialects: ['3.0', '3.1'],
      api: {
        method: 'post',
        body: {
          schema: {
            oneOf: [
              { ...schema, required: ['id'] },
              { type: 'object', required: ['name'], properties: { id: { type: 'string' }, name: {} } },
            ],
          },
        },
      },
      sent: { body: { id: 'x', name: 1 } },
    },
    { name: 'a body of which only a part is there', api, sent: { body: { id: 1 }, gaps: [gap('request-body', 'truncated')] } },
  ],
});

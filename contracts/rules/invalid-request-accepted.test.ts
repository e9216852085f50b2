import { describeRule, gap } from './rule.fixture.ts';

const api = {
  method: 'post',
  parameters: [{ name: 'page', in: 'query', schema: { type: 'integer' } }],
  body: { schema: { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } } },
};

describeRule('invalid-request-accepted', {
  catches: [
    {
      name: 'a wrong parameter',
      api,
      sent: { target: '/it?page=x', body: { a: 1 } },
      want: [{ side: 'server', severity: 'warning', in: 'request', part: 'query', name: 'page', pointer: '', code: 'type' }],
    },
    { name: 'a wrong body', api, sent: { body: {} }, want: [{ part: 'body', pointer: '', code: 'required' }] },
    {
      name: 'several errors, told once',
      api,
      sent: { target: '/it?page=x', body: {} },
      want: [
        { part: 'query', message: 'the request was accepted although it breaks the document: query page must be integer, and 1 more' },
      ],
    },
  ],
  leaves: [
    { name: 'a valid request', api, sent: { target: '/it?page=1', body: { a: 1 } } },
    { name: 'a refusal', api, sent: { body: {}, status: 400 } },
    { name: 'a refusal by the envelope', api, sent: { body: {}, reply: { errcode: 40_001 } } },
    { name: 'a failing server', api, sent: { body: {}, status: 503 } },
    { name: 'no response', api, sent: { body: {}, status: null } },
    { name: 'an answer that is lost', api, sent: { body: {}, gaps: [gap('response-body')] } },
    { name: 'a request that is lost', api, sent: { body: {}, gaps: [gap('request-body', 'truncated')] } },
    { name: 'a masked value', api, sent: { body: { a: 'hufu-masked-0123456789' } } },
  ],
});

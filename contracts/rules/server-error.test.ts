import { describeRule, gap } from './rule.fixture.ts';

const api = {
  method: 'post',
  body: { required: true, schema: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } },
  responses: { '200': {}, '400': {}, '500': {} },
};

describeRule('server-error', {
  catches: [
    {
      name: 'a property of the wrong type',
      api,
      sent: { body: { name: 7 }, status: 500 },
      want: [{ side: 'server', severity: 'warning', in: 'response', part: 'status', code: 'internal', actual: 500 }],
    },
    { name: 'no body', api, sent: { status: 500 }, want: [{ side: 'server' }] },
  ],
  leaves: [
    { name: 'a valid request: anything may have happened', api, sent: { body: { name: 'a' }, status: 500 } },
    { name: 'a refusal', api, sent: { body: { name: 7 }, status: 400 } },
    { name: 'an outage', api: { ...api, responses: { ...api.responses, '503': {} } }, sent: { body: { name: 7 }, status: 503 } },
    {
      name: 'a status that is not documented: another rule',
      api: { ...api, responses: { '200': {} } },
      sent: { body: { name: 7 }, status: 500 },
    },
    { name: 'a masked value', api, sent: { body: { name: 'hufu-masked-0123456789' }, status: 500 } },
    { name: 'a body that is lost', api, sent: { status: 500, gaps: [gap('request-body')] } },
  ],
});

import { describeRule, gap } from './rule.fixture.ts';

const api = {
  method: 'post',
  body: { schema: { type: 'object', properties: { a: { type: 'integer' } } } },
  responses: { '200': { schema: { type: 'object' } }, '400': {} },
};
const want = (severity: 'error' | 'notice') => [{ side: 'server', severity, in: 'response', part: 'status', code: 'refused' }] as const;

describeRule('valid-request-refused', {
  catches: [
    { name: '405', api, sent: { body: {}, status: 405 }, want: want('error') },
    { name: '501', api, sent: { body: {}, status: 501 }, want: want('error') },
    { name: '415', api, sent: { body: {}, status: 415 }, want: want('error') },
    {
      name: '406 for a documented type',
      api,
      sent: { body: {}, status: 406, headers: { accept: 'text/html;q=0.5, application/json' } },
      want: want('error'),
    },
    { name: '406 for anything', api, sent: { body: {}, status: 406 }, want: want('error') },
    ...[405, 415, 501].map((status) => ({
      name: `${status} where the document names it`,
      api: { ...api, responses: { '200': {}, [status]: {} } },
      sent: { body: {}, status },
      want: want('notice'),
    })),
    {
      name: '406 where the document names it',
      api: { ...api, responses: { ...api.responses, '406': {} } },
      sent: { body: {}, status: 406 },
      want: want('notice'),
    },
    {
      name: '415 where the document has a default only',
      api: { ...api, responses: { default: {} } },
      sent: { body: {}, status: 415 },
      want: want('error'),
    },
    { name: '400: perhaps a rule of its own', api, sent: { body: { a: 1 }, status: 400 }, want: want('notice') },
    { name: '422 likewise', api, sent: { body: { a: 1 }, status: 422 }, want: want('notice') },
  ],
  leaves: [
    { name: 'a request that breaks the document', api, sent: { body: { a: 'x' }, status: 400 } },
    { name: 'a request that may break it where it is masked', api, sent: { body: { a: 'hufu-masked-0123456789' }, status: 400 } },
    { name: 'a request without credentials', api: { ...api, secured: true }, sent: { body: {}, status: 400 } },
    { name: '406 for a type that is not documented', api, sent: { body: {}, status: 406, headers: { accept: 'text/html' } } },
    ...['accept-language', 'accept-charset', 'accept-encoding'].map((name) => ({
      name: `406 where ${name} was sent`,
      api,
      sent: { body: {}, status: 406, headers: { [name]: 'x' } },
    })),
    { name: '415 without a body', api, sent: { status: 415 } },
    { name: '415 for a coding', api, sent: { body: {}, status: 415, headers: { 'content-encoding': 'gzip' } } },
    { name: 'HEAD where only GET is described', api: {}, sent: { method: 'HEAD', status: 405 } },
    { name: '400 for a body that is not described', api: {}, sent: { body: {}, status: 400 } },
    { name: '404, 409 and 429', api, sent: { body: {}, status: 409 } },
    { name: 'a body that is lost', api, sent: { status: 400, gaps: [gap('request-body')] } },
    { name: 'headers that are lost', api, sent: { body: {}, status: 406, gaps: [gap('request-headers')] } },
  ],
});

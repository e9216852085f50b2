import { describeRule, gap } from './rule.fixture.ts';

const api = { method: 'post', body: { schema: { type: 'object' } } };

describeRule('request-media-type', {
  catches: [
    {
      name: 'a type that is not documented, taken',
      api,
      sent: { body: 'a=1', headers: { 'content-type': 'text/csv' } },
      want: [{ side: 'client', severity: 'error', in: 'request', part: 'media-type', code: 'undocumented' }],
    },
    {
      name: 'one that was refused',
      api,
      sent: { body: 'a', headers: { 'content-type': 'text/csv' }, status: 415 },
      want: [{ severity: 'notice' }],
    },
    { name: 'a type that is none', api, sent: { body: '{}', headers: { 'content-type': 'json' } }, want: [{ code: 'undocumented' }] },
  ],
  leaves: [
    { name: 'the documented one', api, sent: { body: {} } },
    { name: 'parameters and other case', api, sent: { body: '{}', headers: { 'content-type': 'Application/JSON; Charset=utf-8' } } },
    { name: 'no body at all', api, sent: { headers: { 'content-type': 'text/csv' } } },
    {
      name: 'headers that were not recorded',
      api,
      sent: { body: 'a', headers: { 'content-type': 'text/csv' }, gaps: [gap('request-headers', 'invalid')] },
    },
  ],
});

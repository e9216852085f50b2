import { describeRule, gap } from './rule.fixture.ts';

const api = { parameters: [{ name: 'theme', in: 'cookie', required: true, schema: { type: 'string', enum: ['light', 'dark'] } }] };
// Swagger 2.0 has no cookie parameters.
const dialects = ['3.0', '3.1'] as const;

describeRule('request-cookie', {
  catches: [
    { name: 'a missing one', api, dialects, sent: {}, want: [{ side: 'client', part: 'cookie', name: 'theme', code: 'required' }] },
    {
      name: 'a value that is none of those',
      api,
      dialects,
      sent: { headers: { cookie: 'a=1; theme=red' } },
      want: [{ name: 'theme', code: 'enum', actual: 'red' }],
    },
  ],
  leaves: [
    { name: 'a valid one among others', api, dialects, sent: { headers: { cookie: 'a=1; theme=dark; b=2' } } },
    { name: 'a cookie that nobody described', api, dialects, sent: { headers: { cookie: 'theme=dark; sid=1' } } },
    { name: 'cookies that were stripped', api, dialects, sent: { gaps: [gap('credentials', 'stripped')] } },
    { name: 'headers that were not recorded', api, dialects, sent: { gaps: [gap('request-headers')] } },
    { name: 'a masked value', api, dialects, sent: { headers: { cookie: 'theme=hufu-masked-0123456789' } } },
  ],
});

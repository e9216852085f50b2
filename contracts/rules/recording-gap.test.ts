import { describeRule, gap } from './rule.fixture.ts';

describeRule('recording-gap', {
  catches: [
    {
      name: 'a lost body',
      api: {},
      sent: { gaps: [gap('response-body')] },
      want: [{ side: 'recording', severity: 'warning', code: 'response-body missing', message: 'The response-body was not recorded.' }],
    },
    {
      name: 'what was left out on purpose',
      api: {},
      sent: { gaps: [gap('credentials', 'stripped')] },
      want: [{ side: 'recording', severity: 'notice' }],
    },
    {
      name: 'each of two',
      api: {},
      sent: { gaps: [gap('request-headers'), gap('response-headers', 'invalid')] },
      want: [{ code: 'request-headers missing' }, { code: 'response-headers invalid' }],
    },
    { name: 'no response', api: {}, sent: { status: null }, want: [{ side: 'recording', severity: 'notice', code: 'response missing' }] },
    {
      name: 'no response, told once where a gap says why',
      api: {},
      sent: { status: null, gaps: [gap('entry', 'invalid')] },
      want: [{ code: 'entry invalid' }],
    },
  ],
  leaves: [{ name: 'a whole exchange', api: {}, sent: {} }],
});

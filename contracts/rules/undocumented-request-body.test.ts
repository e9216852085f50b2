import { describeRule, gap } from './rule.fixture.ts';

describeRule('undocumented-request-body', {
  catches: [
    {
      name: 'a body of a GET',
      api: {},
      sent: { body: { a: 1 } },
      want: [{ side: 'client', severity: 'warning', in: 'request', part: 'body', code: 'undocumented' }],
    },
    { name: 'one that was refused', api: { method: 'delete' }, sent: { body: { a: 1 }, status: 400 }, want: [{ severity: 'notice' }] },
  ],
  leaves: [
    { name: 'no body', api: {}, sent: {} },
    { name: 'an empty one', api: { method: 'post' }, sent: { body: '' } },
    { name: 'a documented one', api: { method: 'post', body: { schema: {} } }, sent: { body: { a: 1 } } },
    { name: 'an entry that is garbled', api: {}, sent: { body: { a: 1 }, gaps: [gap('entry', 'invalid')] } },
  ],
});

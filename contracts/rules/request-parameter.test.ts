import { describeRule, gap } from './rule.fixture.ts';

const page = { name: 'page', in: 'query', required: true, schema: { type: 'integer', minimum: 1 } };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const listed = { parameters: [page] };
const one = { path: '/it/{id}', parameters: [id] };

describeRule('request-parameter', {
  catches: [
    {
      name: 'a value of another type, taken',
      api: listed,
      sent: { target: '/it?page=two' },
      want: [{ side: 'client', severity: 'error', in: 'request', part: 'query', name: 'page', pointer: '', code: 'type', actual: 'two' }],
    },
    {
      name: 'a value out of bounds, refused: it was caught',
      api: listed,
      sent: { target: '/it?page=0', status: 400 },
      want: [{ side: 'client', severity: 'notice', name: 'page', code: 'minimum', expected: 1, actual: 0 }],
    },
    {
      name: 'a value out of bounds while the server fails: nobody can tell',
      api: listed,
      sent: { target: '/it?page=0', status: 500 },
      want: [{ severity: 'warning', name: 'page' }],
    },
    { name: 'a missing one', api: listed, sent: {}, want: [{ name: 'page', part: 'query', code: 'required' }] },
    { name: 'a path segment of another type', api: one, sent: { target: '/it/x' }, want: [{ part: 'path', name: 'id', code: 'type' }] },
    {
      name: 'an item of an array',
      api: { parameters: [{ name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string', maxLength: 2 } } }] },
      sent: { target: '/it?tag=abc' },
      want: [{ name: 'tag', pointer: '/0', code: 'maxLength' }],
    },
    {
      name: 'two at once',
      api: { path: '/it/{id}', parameters: [id, page] },
      sent: { target: '/it/x?page=0' },
      want: [{ name: 'id' }, { name: 'page' }],
    },
  ],
  leaves: [
    { name: 'valid values', api: { path: '/it/{id}', parameters: [id, page] }, sent: { target: '/it/7?page=1' } },
    {
      name: 'percent-encoded text',
      api: { parameters: [{ name: 'q', in: 'query', schema: { type: 'string', maxLength: 2 } }] },
      sent: { target: '/it?q=%E8%8C%B6' },
    },
    {
      name: 'headers, which are another rule’s',
      api: { parameters: [{ name: 'X-A', in: 'header', required: true, schema: { type: 'string' } }] },
      sent: {},
    },
    { name: 'a masked value', api: listed, sent: { target: '/it?page=hufu-masked-0123456789' } },
    { name: 'an entry that is garbled', api: listed, sent: { target: '/it?page=0', gaps: [gap('entry', 'invalid')] } },
  ],
});

import { describeRule, gap } from './rule.fixture.ts';

const object = { type: 'object', properties: { min: { type: 'integer' }, max: { type: 'integer' } } };
const query = (schema: unknown, more: Record<string, unknown> = {}) => ({ parameters: [{ name: 'filter', in: 'query', schema, ...more }] });
const ids = (name: string) => ({ parameters: [{ name, in: 'query', schema: { type: 'array', items: { type: 'integer' } } }] });
const keyed = {
  document: {
    components: { securitySchemes: { token: { type: 'apiKey', in: 'query', name: 'key' } } },
    securityDefinitions: { token: { type: 'apiKey', in: 'query', name: 'key' } },
  },
  secured: true,
};
const newer = ['3.0', '3.1'] as const;

describeRule('undocumented-query-parameter', {
  catches: [
    {
      name: 'a name that is not documented',
      api: ids('ids'),
      sent: { target: '/it?idz=1' },
      want: [
        {
          side: 'client',
          severity: 'warning',
          in: 'request',
          part: 'query',
          name: 'idz',
          code: 'undocumented',
          message: 'the query parameter "idz" is not documented; documented: ids',
        },
      ],
    },
    { name: 'one that was refused', api: {}, sent: { target: '/it?a=1', status: 400 }, want: [{ severity: 'notice', name: 'a' }] },
    { name: 'each name once', api: {}, sent: { target: '/it?a=1&b=2&a=3' }, want: [{ name: 'a' }, { name: 'b' }] },
    { name: 'a percent-encoded name', api: {}, sent: { target: '/it?%E5%90%8D=1' }, want: [{ name: '名' }] },
    {
      name: 'ids[] where ids is documented: other servers read it otherwise',
      api: ids('ids'),
      sent: { target: '/it?ids[]=1' },
      want: [{ name: 'ids[]' }],
    },
    {
      name: 'brackets of another object',
      api: query(object, { style: 'deepObject', explode: true }),
      dialects: newer,
      sent: { target: '/it?filters[min]=1' },
      want: [{ name: 'filters[min]' }],
    },
    {
      name: 'a name that an exploded object does not have',
      api: query(object),
      dialects: newer,
      sent: { target: '/it?min=1&mix=1' },
      want: [{ name: 'mix' }],
    },
    {
      name: 'a property of an object that comes as JSON',
      api: { parameters: [{ name: 'filter', in: 'query', content: { 'application/json': { schema: object } } }] },
      dialects: newer,
      sent: { target: '/it?filter=%7B%7D&min=1' },
      want: [{ name: 'min' }],
    },
    { name: '_ that is no cache buster', api: {}, sent: { target: '/it?_=abc' }, want: [{ name: '_' }] },
    { name: 'a key in the query where none is asked for', api: {}, sent: { target: '/it?key=1' }, want: [{ name: 'key' }] },
  ],
  leaves: [
    { name: 'a query that the path itself is written with', api: { path: '/it?action=list&v' }, sent: { target: '/it?action=list&v=2' } },
    {
      name: 'names in the template of a path',
      api: { path: '/it{?q,page*}' },
      sent: { target: '/it?q=1&page=2' },
    },
    { name: 'documented names', api: ids('ids'), sent: { target: '/it?ids=1&ids=2' } },
    { name: 'a documented name with brackets', api: ids('ids[]'), sent: { target: '/it?ids[]=1&ids%5B%5D=2' } },
    {
      name: 'a deep object',
      api: query(object, { style: 'deepObject', explode: true }),
      dialects: newer,
      sent: { target: '/it?filter[min]=1&filter%5Bmax%5D=2' },
    },
    { name: 'an exploded object', api: query(object), dialects: newer, sent: { target: '/it?min=1&max=2' } },
    {
      name: 'an exploded object of two parts',
      api: query({ allOf: [object, { type: 'object', properties: { more: {} } }] }),
      dialects: newer,
      sent: { target: '/it?min=1&more=2' },
    },
    {
      name: 'an exploded map',
      api: query({ type: 'object', additionalProperties: { type: 'string' } }),
      dialects: newer,
      sent: { target: '/it?any=1' },
    },
    {
      name: 'an exploded map that may be null',
      api: query({ type: ['object', 'null'], additionalProperties: { type: 'string' } }),
      dialects: ['3.1'],
      sent: { target: '/it?any=1' },
    },
    {
      name: 'an exploded object with patterns',
      api: query({ type: 'object', properties: { a: {} }, patternProperties: { '^x-': {} } }),
      dialects: ['3.1'],
      sent: { target: '/it?x-1=1' },
    },
    {
      name: 'a parameter with content',
      api: { parameters: [{ name: 'filter', in: 'query', content: { 'application/json': { schema: object } } }] },
      dialects: newer,
      sent: { target: '/it?filter=%7B%7D' },
    },
    { name: 'an API key', api: keyed, sent: { target: '/it?key=abc' } },
    { name: 'a cache buster', api: {}, sent: { target: '/it?_=1700000000000' } },
    { name: 'empty pairs', api: {}, sent: { target: '/it?&&' } },
    { name: 'an entry that is garbled', api: {}, sent: { target: '/it?a=1', gaps: [gap('entry', 'invalid')] } },
  ],
});

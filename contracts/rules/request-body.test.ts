import { describeRule, gap } from './rule.fixture.ts';

const schema = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string', minLength: 1 }, size: { type: 'integer' } },
};
const api = { method: 'post', body: { schema, required: true } };
const nullable = (dialect: '2.0' | '3.0' | '3.1'): Record<string, unknown> =>
  dialect === '3.1'
    ? { type: ['string', 'null'] }
    : dialect === '3.0'
      ? { type: 'string', nullable: true }
      : { type: 'string', 'x-nullable': true };
const withNote = (dialect: '2.0' | '3.0' | '3.1') => ({
  method: 'post',
  body: { schema: { type: 'object', properties: { note: nullable(dialect) } } },
});

describeRule('request-body', {
  catches: [
    {
      name: 'a wrong type',
      api,
      sent: { body: { name: 1 } },
      want: [{ side: 'client', severity: 'error', in: 'request', part: 'body', pointer: '/name', code: 'type', actual: 1 }],
    },
    { name: 'a missing property', api, sent: { body: {} }, want: [{ pointer: '', property: 'name', code: 'required' }] },
    { name: 'no body', api, sent: {}, want: [{ pointer: '', code: 'required' }] },
    {
      name: 'what is no JSON',
      api,
      sent: { body: '{"name":', headers: { 'content-type': 'application/json' } },
      want: [{ pointer: '', code: 'malformed' }],
    },
    {
      name: 'two at once',
      api,
      sent: { body: { name: '', size: 'x' } },
      want: [
        { pointer: '/name', code: 'minLength' },
        { pointer: '/size', code: 'type' },
      ],
    },
    { name: 'an invalid one that was refused: it was caught', api, sent: { body: {}, status: 422 }, want: [{ severity: 'notice' }] },
    { name: 'an invalid one refused by the envelope', api, sent: { body: {}, reply: { success: false } }, want: [{ severity: 'notice' }] },
    {
      name: 'an invalid one whose answer is lost: whether it was taken nobody knows',
      api,
      sent: { body: {}, gaps: [gap('response-body')] },
      want: [{ severity: 'warning' }],
    },
    ...(['2.0', '3.0', '3.1'] as const).map((dialect) => ({
      name: 'what is neither text nor null',
      dialects: [dialect],
      api: withNote(dialect),
      sent: { body: { note: 1 } },
      want: [{ pointer: '/note', code: 'type' }],
    })),
    {
      name: 'an exclusive bound as a flag',
      dialects: ['2.0', '3.0'],
      api: {
        method: 'post',
        body: { schema: { type: 'object', properties: { n: { type: 'integer', minimum: 0, exclusiveMinimum: true } } } },
      },
      sent: { body: { n: 0 } },
      want: [{ pointer: '/n', code: 'exclusiveMinimum', actual: 0 }],
    },
    {
      name: 'an exclusive bound as a number',
      dialects: ['3.1'],
      api: { method: 'post', body: { schema: { type: 'object', properties: { n: { type: 'integer', exclusiveMinimum: 0 } } } } },
      sent: { body: { n: 0 } },
      want: [{ pointer: '/n', code: 'exclusiveMinimum', actual: 0 }],
    },
    {
      name: 'a form',
      dialects: ['3.0', '3.1'],
      api: {
        method: 'post',
        body: { schema: { type: 'object', properties: { n: { type: 'integer' } } }, type: 'application/x-www-form-urlencoded' },
      },
      sent: { body: 'n=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      want: [{ pointer: '/n', code: 'type' }],
    },
    {
      name: 'a part of a multipart body',
      dialects: ['3.0', '3.1'],
      api: { method: 'post', body: { schema: { type: 'object', properties: { n: { type: 'integer' } } }, type: 'multipart/form-data' } },
      sent: {
        body: '--cut\r\nContent-Disposition: form-data; name="n"\r\n\r\nx\r\n--cut--\r\n',
        headers: { 'content-type': 'multipart/form-data; boundary=cut' },
      },
      want: [{ pointer: '/n', code: 'type' }],
    },
  ],
  leaves: [
    { name: 'a valid body', api, sent: { body: { name: 'a', size: 1 } } },
    { name: 'a body that may be left out', api: { method: 'post', body: { schema } }, sent: {} },
    {
      name: 'a required property that only the server sets',
      api: { method: 'post', body: { schema: { ...schema, required: ['id', 'name'] } } },
      sent: { body: { name: 'a' } },
    },
    { name: 'a property too many, which is another rule’s', api, sent: { body: { name: 'a', odd: 1 } } },
    ...(['2.0', '3.0', '3.1'] as const).map((dialect) => ({
      name: 'null where null is allowed',
      dialects: [dialect],
      api: withNote(dialect),
      sent: { body: { note: null } },
    })),
    { name: 'a body that was not recorded', api, sent: { gaps: [gap('request-body')] } },
    {
      name: 'a body that was cut',
      api,
      sent: { body: '{"na', headers: { 'content-type': 'application/json' }, gaps: [gap('request-body', 'truncated')] },
    },
    { name: 'an entry that is garbled', api, sent: { body: {}, gaps: [gap('entry', 'invalid')] } },
    { name: 'a masked value', api, sent: { body: { name: 'a', size: 'hufu-masked-0123456789' } } },
  ],
});

import { expect, test } from 'vitest';
import { documentOf } from '../../operations/document.fixture.ts';
import { createOperationTable } from '../../operations/index.ts';
import { pseudonymOf } from './pseudonym.ts';
import { exchangeOf } from './redact.fixture.ts';
import { createRedactor } from './redactor.ts';

const key = Buffer.from('a key of the test');
const P = (value: string): string => pseudonymOf(key, value);
const secret = { type: 'string', 'x-sensitive': true };
const row = { type: 'object', properties: { mail: secret, note: { type: 'string' } } };
const whole = (mediaType: string): unknown => ({
  parameters: [{ name: 'all', in: 'querystring', content: { [mediaType]: { schema: row } } }],
  responses: { 200: { description: 'ok' } },
});
const table = createOperationTable([
  documentOf({
    openapi: '3.2.0',
    info: { title: 'marks', version: '1' },
    paths: {
      '/form': { get: whole('application/x-www-form-urlencoded') },
      '/json': { get: whole('application/json') },
      '/rows': {
        query: {
          requestBody: {
            content: {
              'application/jsonl': { itemSchema: row },
              'application/json-seq': { itemSchema: row },
              'multipart/mixed': { itemSchema: row },
              'text/event-stream': { itemSchema: { type: 'object', properties: { data: secret, event: { type: 'string' } } } },
            },
          },
          responses: { 200: { description: 'ok' } },
        },
      },
    },
  }),
]);

test.each<[name: string, path: string, query: string, want: string]>([
  ['a form has names', '/form', 'note=a&mail=who', `note=a&mail=${P('who')}`],
  ['JSON has places', '/json', encodeURIComponent('{"mail":"who","note":"a"}'), encodeURIComponent(`{"mail":"${P('who')}","note":"a"}`)],
  ['without a secret it stays as it was written', '/json', '{%22note%22:%22a%22}', '{%22note%22:%22a%22}'],
])('the whole query: %s', (_name, path, query, want) => {
  expect(createRedactor(table, { secret: key }).redact(exchangeOf({ method: 'GET', path, query })).request.query).toBe(want);
});

test.each<[type: string, body: string, want: string]>([
  ['application/jsonl', '{"mail":"who","note":"a"}\n{"mail":"you"}\n', `{"mail":"${P('who')}","note":"a"}\n{"mail":"${P('you')}"}\n`],
  ['application/json-seq', '\u001e{"mail":"who"}\n\u001e{"note":"a"}\n', `\u001e{"mail":"${P('who')}"}\n\u001e{"note":"a"}\n`],
  ['text/event-stream', 'event: a\ndata: who\n\ndata:you\n\n', `event: a\ndata: ${P('who')}\n\ndata: ${P('you')}\n\n`],
  [
    'multipart/mixed; boundary=b',
    '--b\r\nContent-Type: application/json\r\n\r\n{"mail":"who"}\r\n--b--\r\n',
    `--b\r\nContent-Type: application/json\r\n\r\n{"mail":"${P('who')}"}\r\n--b--\r\n`,
  ],
])('items of %s', (type, body, want) => {
  const given = exchangeOf({ method: 'QUERY', path: '/rows', headers: { 'content-type': type }, body });
  expect(createRedactor(table, { secret: key }).redact(given).request.body?.toString()).toBe(want);
});

import { documentOf } from '../../operations/document.fixture.ts';
import { createOperationTable } from '../../operations/index.ts';
import type { OperationTable } from '../../operations/index.ts';
import type { Exchange } from '../exchange.ts';
import { toLine } from '../recording/ndjson.ts';
import { toHarEntry } from '../recording/to-har-entry.ts';

const secret = { type: 'string', 'x-sensitive': true };
const login = {
  type: 'object',
  properties: {
    password: { type: 'string', format: 'password' },
    user: { $ref: '#/components/schemas/User' },
    codes: { type: 'array', items: { type: 'integer', writeOnly: true } },
    note: { type: 'string' },
    hidden: { type: 'object', writeOnly: true },
  },
};

/** A document that marks something in every place it can. Names that give a secret away by themselves are avoided where marks are tested. */
export function markedTable(): OperationTable {
  const content = (...types: string[]): Record<string, unknown> =>
    Object.fromEntries(types.map((type) => [type, { schema: { $ref: '#/components/schemas/Login' } }]));
  return createOperationTable([
    documentOf({
      openapi: '3.1.0',
      info: { title: 'marks', version: '1' },
      components: {
        securitySchemes: {
          key: { type: 'apiKey', in: 'header', name: 'X-Door' },
          queryKey: { type: 'apiKey', in: 'query', name: 'door' },
          cookieKey: { type: 'apiKey', in: 'cookie', name: 'door' },
          bearer: { type: 'http', scheme: 'bearer' },
        },
        schemas: {
          Login: login,
          User: {
            allOf: [
              { type: 'object', properties: { mail: secret, friends: { type: 'array', items: { $ref: '#/components/schemas/User' } } } },
              { type: 'object', additionalProperties: { type: 'object', properties: { pin: secret } } },
            ],
          },
          Pet: {
            type: 'object',
            properties: {
              chip: { ...secret, xml: { name: 'chip-no' } },
              tags: { type: 'array', items: secret },
              kind: { type: 'string', 'x-sensitive': true, xml: { attribute: true } },
            },
          },
        },
      },
      paths: {
        '/logins/{who}': {
          post: {
            operationId: 'login',
            security: [{ key: [], queryKey: [], cookieKey: [] }],
            parameters: [
              { name: 'who', in: 'path', required: true, schema: secret },
              { name: 'q', in: 'query', schema: secret },
              {
                name: 'filter',
                in: 'query',
                style: 'deepObject',
                explode: true,
                schema: { type: 'object', properties: { word: secret, plain: { type: 'string' } } },
              },
              { name: 'X-Mark', in: 'header', schema: { type: 'string', format: 'password' } },
              { name: 'crumb', in: 'cookie', schema: secret },
            ],
            requestBody: { content: content('application/json', 'application/x-www-form-urlencoded', 'multipart/form-data') },
            responses: {
              200: {
                description: 'in',
                headers: { 'X-Given': { schema: secret } },
                content: { ...content('application/json'), 'text/plain': { schema: secret } },
              },
            },
          },
        },
        '/pets': {
          post: {
            operationId: 'pets',
            requestBody: { content: { 'application/xml': { schema: { $ref: '#/components/schemas/Pet' } } } },
            responses: { 200: { description: 'ok' } },
          },
        },
      },
    }),
  ]);
}

export interface Given {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: NodeJS.Dict<string | string[]>;
  readonly body?: string | Buffer;
  readonly status?: number;
  readonly answerHeaders?: NodeJS.Dict<string | string[]>;
  readonly answer?: string | Buffer;
}

export function exchangeOf(given: Given): Exchange {
  return {
    place: { file: 'live', index: 0 },
    origin: 'http://localhost:1',
    request: {
      method: given.method ?? 'POST',
      path: given.path ?? '/logins/me',
      query: given.query ?? '',
      headers: given.headers ?? {},
      body: given.body === undefined ? undefined : Buffer.from(given.body),
    },
    response: {
      status: given.status ?? 200,
      headers: given.answerHeaders ?? {},
      body: given.answer === undefined ? undefined : Buffer.from(given.answer),
    },
    startedAt: 0,
    milliseconds: 1,
    gaps: [],
  };
}

/** Everything of an exchange, and what both forms of recordings make of it. */
export function allBytes(exchange: Exchange): Buffer {
  const { request, response } = exchange;
  const texts = [request.path, request.query, JSON.stringify(request.headers), JSON.stringify(response?.headers ?? {})];
  const headers = [request.headers, response?.headers ?? {}].flatMap((one) => Object.values(one).flat().map(String));
  return Buffer.concat([
    Buffer.from([...texts, ...headers].join('\n')),
    Buffer.from('\n'),
    Buffer.from(headers.join('\n'), 'latin1'),
    Buffer.from(`\n${JSON.stringify(toHarEntry(exchange))}\n${toLine(exchange)}\n`),
    request.body ?? Buffer.alloc(0),
    Buffer.from('\n'),
    response?.body ?? Buffer.alloc(0),
  ]);
}

import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import {
  createOperationTable,
  isError,
  loadDocument,
  parseJson,
  validateRequest,
  validateResponse,
  writeJson,
} from '../../operations/index.ts';
import type { OperationTable } from '../../operations/index.ts';
import { startMock } from '../index.ts';
import type { StartedMock, StartMockOptions } from '../index.ts';
import { folderOf, json, openapi } from '../mock.fixture.ts';
import { CONTROL_DOCUMENT } from './serving.ts';

/** A small module that remembers pets, and owners beside them. */
export const SHOP = openapi(
  {
    '/pets': {
      get: {
        operationId: 'listPets',
        parameters: [{ name: 'token', in: 'query', schema: { type: 'string' } }],
        responses: { 200: json({ type: 'object' }), 503: json({ type: 'object' }, { example: { busy: true } }) },
      },
      post: {
        operationId: 'savePet',
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 200: json({ type: 'object' }) },
      },
    },
    '/bytes': {
      post: {
        operationId: 'sendBytes',
        requestBody: { content: { 'application/octet-stream': {} } },
        responses: { 200: json({ type: 'string' }, { example: '好'.repeat(30_000) }) },
      },
    },
  },
  { info: { title: 'Shop', version: '1' } },
);

const SHOP_STATE = `
envelopes:
  plain: { ok: $data, okNoData: {}, error: { code: $error.code } }
envelope: plain
pagers:
  all: { size: 100, out: { total: $total, list: $rows } }
collections:
  pet: { key: { field: no, strategy: sequence, start: 1 }, seed: [{ no: 1, name: 小白 }] }
  owner: { key: { field: id, strategy: given } }
operations:
  listPets: { do: list, in: pet, page: all, envelope: plain }
  savePet: { do: create, in: pet, set: $request.body, envelope: plain }
scenarios:
  empty: { pet: [] }
`;

const started: StartedMock[] = [];
afterAll(async () => {
  await Promise.all(started.map((mock) => mock.close()));
});

/** The shop on a free port, gone after the tests of the file. */
export async function startShop(options: Partial<StartMockOptions> = {}): Promise<StartedMock> {
  const folder = folderOf({ 'openapi/shop.json': SHOP, 'openapi/shop.state.yaml': SHOP_STATE });
  const mock = await startMock({ workspace: folder, documents: [join(folder, 'openapi/shop.json')], ...options });
  started.push(mock);
  return mock;
}

export interface ControlQuestion {
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes are sent as they are, everything else as JSON. */
  readonly body?: unknown;
  /** Read no further than the first bytes: the answer never ends. */
  readonly endless?: boolean;
}

export interface ControlAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** JSON read exactly, `undefined` where it is none. */
  readonly body: unknown;
  /** The code of a refusal. */
  readonly code: string | undefined;
}

/** Sends one request over a socket of its own. Unlike `fetch`, any Host and Origin can be sent. @param line `GET /__hufu/health` */
export async function control(url: string, line: string, question: ControlQuestion = {}): Promise<ControlAnswer> {
  const { body, endless = false } = question;
  const bytes = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : writeJson(body);
  const [method = '', target = ''] = line.split(' ');
  const headers = { ...(bytes === undefined ? {} : { 'content-type': 'application/json' }), ...question.headers };
  const { promise, resolve, reject } = Promise.withResolvers<ControlAnswer>();
  const sent = httpRequest(url, { method, path: target, headers, agent: false }, (response) => {
    const chunks: Buffer[] = [];
    const finish = (): void => {
      const text = Buffer.concat(chunks).toString();
      const parsed = tryJson(text);
      const type = (parsed as { type?: unknown } | undefined)?.type;
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        text,
        body: parsed,
        code: typeof type === 'string' ? type.slice('urn:hufu:error:'.length) : undefined,
      });
      sent.destroy();
    };
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (endless) finish();
    });
    response.on('end', finish);
    response.on('error', reject);
  });
  sent.on('error', reject);
  sent.end(bytes);
  return promise;
}

export const controlTable: OperationTable = createOperationTable([await loadDocument(CONTROL_DOCUMENT, { root: import.meta.dirname })]);

/**
 * Sends one control request and holds the answer, and where it was done also the request, to the control document.
 * @throws Error naming what breaks the document.
 */
export async function documented(
  url: string,
  line: string,
  question: ControlQuestion = {},
): Promise<ControlAnswer & { readonly operationId: string }> {
  const answer = await control(url, line, question);
  const [method = '', target = ''] = line.split(' ');
  const [path = '', query = ''] = target.split('?');
  const found = controlTable.find(method, path);
  if (found.kind !== 'operation') throw new Error(`${line} is not documented`);
  const { operation, values } = found;
  const broken = [
    ...(await validateResponse(operation, { status: answer.status, headers: answer.headers, body: Buffer.from(answer.text) }, method)),
  ];
  if (answer.status < 300) {
    const body = question.body === undefined ? undefined : Buffer.from(writeJson(question.body));
    const judged = await validateRequest(
      operation,
      { method, path, query, headers: { 'content-type': 'application/json', ...question.headers }, body },
      values,
    );
    broken.push(...judged.violations);
  }
  if (broken.some(isError)) throw new Error(`${line} -> ${answer.status} ${answer.text}: ${JSON.stringify(broken)}`);
  return { ...answer, operationId: operation.id };
}

function tryJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

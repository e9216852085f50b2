import { describe, expect, it } from 'vitest';
import { documentOf } from '../../operations/document.fixture.ts';
import type { Document } from '../../operations/index.ts';
import { createChecker } from '../checker.ts';
import type { Exchange, Gap } from '../exchange.ts';
import type { Finding } from '../finding.ts';
import type { Judged } from '../judged.ts';

export type Dialect = '2.0' | '3.0' | '3.1';
export const DIALECTS: readonly Dialect[] = ['2.0', '3.0', '3.1'];

type Members = Readonly<Record<string, unknown>>;

/** One operation, written once and said in every dialect. */
export interface Api {
  /** Default `get`. */
  readonly method?: string;
  /** Default `/it`. */
  readonly path?: string;
  /** `schema` beside `name`, `in` and `required`; Swagger 2.0 gets its keywords beside the name. */
  readonly parameters?: readonly Members[];
  /** A schema of `application/json`, or of `type`. */
  readonly body?: { readonly schema: unknown; readonly required?: boolean; readonly type?: string };
  /** By status. Default: 200 without a body. */
  readonly responses?: Readonly<Record<string, Reply>>;
  /** Bearer, or an API key of Swagger 2.0: `authorization`. */
  readonly secured?: boolean;
  /** More of the Operation Object. */
  readonly operation?: Members;
  /** More of the document. */
  readonly document?: Members;
}

export interface Reply {
  readonly schema?: unknown;
  /** Default `application/json`. */
  readonly type?: string;
  /** Schemas by name; those in `required` must be there. */
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

/** What goes over the wire. An object as a body is JSON and says so. */
export interface Sent {
  readonly method?: string;
  /** Default `/it`. */
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Default 200; `null`: there was no response. */
  readonly status?: number | null;
  readonly replyHeaders?: Readonly<Record<string, string>>;
  readonly reply?: unknown;
  readonly gaps?: readonly Gap[];
  readonly origin?: string;
}

export function gap(of: Gap['of'], code: Gap['code'] = 'missing'): Gap {
  return { of, code, message: `The ${of} was not recorded.` };
}

/** The document of one operation in a dialect. */
export function apiIn(dialect: Dialect, api: Api): Document {
  return documentOf(dialect === '2.0' ? swagger(api) : openApi(dialect, api));
}

function openApi(dialect: Dialect, api: Api): Members {
  const { method = 'get', path = '/it', parameters, body, responses = { '200': {} }, secured = false, operation, document } = api;
  const reply = ({ schema, type = 'application/json', headers = {}, required = [] }: Reply): Members => ({
    description: 'said',
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, item]) => [name, { schema: item, ...(required.includes(name) ? { required: true } : {}) }]),
    ),
    ...(schema === undefined ? {} : { content: { [type]: { schema } } }),
  });
  return {
    openapi: `${dialect}.0`,
    info: { title: 'One', version: '1' },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths: {
      [path]: {
        [method]: {
          operationId: 'doIt',
          ...(parameters === undefined ? {} : { parameters }),
          ...(body === undefined
            ? {}
            : {
                requestBody: { required: body.required === true, content: { [body.type ?? 'application/json']: { schema: body.schema } } },
              }),
          ...(secured ? { security: [{ token: [] }] } : {}),
          responses: Object.fromEntries(Object.entries(responses).map(([status, item]) => [status, reply(item)])),
          ...operation,
        },
      },
    },
    ...document,
  };
}

function swagger(api: Api): Members {
  const { method = 'get', path = '/it', parameters = [], body, responses = { '200': {} }, secured = false, operation, document } = api;
  const types = Object.values(responses).flatMap(({ schema, type = 'application/json' }) => (schema === undefined ? [] : [type]));
  const reply = ({ schema, headers = {} }: Reply): Members => ({
    description: 'said',
    headers,
    ...(schema === undefined ? {} : { schema }),
  });
  return {
    swagger: '2.0',
    info: { title: 'One', version: '1' },
    securityDefinitions: { token: { type: 'apiKey', in: 'header', name: 'authorization' } },
    paths: {
      [path]: {
        [method]: {
          operationId: 'doIt',
          consumes: [body?.type ?? 'application/json'],
          produces: [...new Set(types.length === 0 ? ['application/json'] : types)],
          parameters: [
            ...parameters.map(({ schema, ...parameter }) => ({ ...parameter, ...(schema as Members | undefined) })),
            ...(body === undefined ? [] : [{ name: 'body', in: 'body', required: body.required === true, schema: body.schema }]),
          ],
          ...(secured ? { security: [{ token: [] }] } : {}),
          responses: Object.fromEntries(Object.entries(responses).map(([status, item]) => [status, reply(item)])),
          ...operation,
        },
      },
    },
    ...document,
  };
}

/** An exchange as a recording would give it. */
export function exchangeOf(sent: Sent, method = 'GET', index = 0): Exchange {
  const { target = '/it', headers = {}, body, status = 200, replyHeaders = {}, reply, gaps = [], origin } = sent;
  const mark = target.indexOf('?');
  return {
    place: { file: 'test.har', index },
    origin,
    request: {
      method: sent.method ?? method,
      path: mark < 0 ? target : target.slice(0, mark),
      query: mark < 0 ? '' : target.slice(mark + 1),
      headers: { ...typeOf(body), ...headers },
      body: bytesOf(body),
    },
    response: status === null ? undefined : { status, headers: { ...typeOf(reply), ...replyHeaders }, body: bytesOf(reply) },
    startedAt: undefined,
    milliseconds: undefined,
    gaps,
  };
}

function typeOf(body: unknown): Readonly<Record<string, string>> {
  return typeof body === 'object' && body !== null && !Buffer.isBuffer(body) ? { 'content-type': 'application/json' } : {};
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined) return undefined;
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

export async function judge(document: Document, sent: Sent, method?: string): Promise<Judged> {
  return createChecker([document]).check(exchangeOf(sent, method));
}

export interface RuleCase {
  readonly name: string;
  readonly api: Api;
  readonly sent: Sent;
  /** The dialects that can say what the document says. Default: all. */
  readonly dialects?: readonly Dialect[];
}

/** What a rule must catch, with all of its findings, and what it must leave alone. */
export function describeRule(
  rule: string,
  table: { readonly catches: readonly (RuleCase & { readonly want: readonly Partial<Finding>[] })[]; readonly leaves: readonly RuleCase[] },
): void {
  const told = async (dialect: Dialect, { api, sent }: RuleCase): Promise<readonly Finding[]> => {
    const judged = await judge(apiIn(dialect, api), sent, (api.method ?? 'get').toUpperCase());
    // Nothing is proved by a case that was not judged at all.
    expect(judged.operation?.id, 'the exchange means the operation').toBeDefined();
    return judged.findings.filter((finding) => finding.rule === rule);
  };
  const spoken = DIALECTS.filter((dialect) =>
    [...table.catches, ...table.leaves].some(({ dialects = DIALECTS }) => dialects.includes(dialect)),
  );
  describe.each(spoken)(`${rule} in OpenAPI %s`, (dialect) => {
    const inDialect = ({ dialects = DIALECTS }: RuleCase): boolean => dialects.includes(dialect);
    it.each(table.catches.filter(inDialect))('must catch $name', async (row) => {
      expect(await told(dialect, row)).toMatchObject(row.want);
    });
    it.each(table.leaves.filter(inDialect))('must leave alone $name', async (row) => {
      expect(await told(dialect, row)).toEqual([]);
    });
  });
}

/** The documents the mocks are measured with: one shape of module, as often as wanted. */

type Json = Readonly<Record<string, unknown>>;

const TEXTS = ['春季新品到店体验邀约', '会员日回访', 'Spring launch', 'Follow-up call', '新品试用装领取提醒'];
const STATUSES = ['DRAFT', 'EXECUTION', 'COMPLETE', 'TERMINATED'];

export interface BenchDocumentOptions {
  /** The module whose `GET` by id has no example: what it answers must be made from the schema. Default: none. */
  readonly withoutExample?: number;
}

/** An OpenAPI 3.1 document of `modules` times five operations, and one more: nine modules make 46 operations. */
export function benchDocument(modules: number, { withoutExample }: BenchDocumentOptions = {}): Json {
  const numbers = Array.from({ length: modules }, (_, index) => index);
  return {
    openapi: '3.1.0',
    info: { title: 'Benchmark', version: '1' },
    servers: [{ url: '/' }],
    paths: Object.assign({ '/health': health() }, ...numbers.map((index) => paths(index, index !== withoutExample))) as Json,
    components: {
      schemas: Object.assign({ Error: error(), Page: page() }, ...numbers.map(schemas)) as Json,
      responses: {
        BadRequest: jsonResponse('What is wrong', reference('Error'), { error_code: 'BAD_REQUEST', error_message: '参数不正确' }),
      },
    },
  };
}

function paths(index: number, hasExample: boolean): Json {
  const name = `notice${index}`;
  const rejected = { $ref: '#/components/responses/BadRequest' };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer', format: 'int64', minimum: 1 } };
  const entity = reference(`Notice${index}`);
  const input = { required: true, content: { 'application/json': { schema: reference(`Notice${index}Input`), example: inputExample() } } };
  const found = jsonResponse('The notice', entity, example(index));
  const read = hasExample ? found : { description: 'The notice', content: { 'application/json': { schema: entity } } };
  return {
    [`/api/v1/${name}`]: {
      get: {
        operationId: `list${index}`,
        summary: `查询列表 · List ${name}`,
        parameters: [
          query('current', { type: 'integer', minimum: 0, maximum: 100_000 }),
          query('size', { type: 'integer', minimum: 1, maximum: 100 }),
          query('status', { type: 'string', enum: STATUSES }),
          query('keyWord', { type: 'string', maxLength: 50 }),
        ],
        responses: { 200: jsonResponse('A page', reference(`Notice${index}List`), listExample(index)), 400: rejected },
      },
      post: {
        operationId: `create${index}`,
        summary: `新建 · Create ${name}`,
        requestBody: input,
        responses: { 201: found, 400: rejected },
      },
    },
    [`/api/v1/${name}/{id}`]: {
      parameters: [id],
      get: { operationId: `get${index}`, summary: `查询 · Get ${name}`, responses: { 200: read, 400: rejected } },
      put: {
        operationId: `update${index}`,
        summary: `修改 · Update ${name}`,
        requestBody: input,
        responses: { 200: found, 400: rejected },
      },
      delete: {
        operationId: `delete${index}`,
        summary: `删除 · Delete ${name}`,
        responses: { 204: { description: 'Gone' }, 400: rejected },
      },
    },
  };
}

function schemas(index: number): Json {
  const input = {
    name: { type: 'string', minLength: 1, maxLength: 60, description: '名称 · Name' },
    groupId: { type: 'integer', format: 'int64', minimum: 1 },
    status: { type: 'string', enum: STATUSES, default: 'DRAFT' },
    startTime: { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' },
    email: { type: ['string', 'null'], format: 'email' },
    replyDelay: { type: ['integer', 'null'], minimum: 0, maximum: 1440 },
    tags: { type: 'array', maxItems: 20, uniqueItems: true, items: { type: 'string', maxLength: 20 } },
    greetings: { type: 'array', maxItems: 10, items: greeting() },
  };
  const entity = { id: { type: 'integer', format: 'int64' }, createTime: { type: 'string', format: 'date-time' }, ...input };
  const list = { records: { type: 'array', items: reference(`Notice${index}`) }, page: reference('Page') };
  return {
    [`Notice${index}Input`]: { type: 'object', required: ['name', 'groupId'], additionalProperties: false, properties: input },
    [`Notice${index}`]: { type: 'object', required: ['id', 'name', 'groupId', 'status'], properties: entity },
    [`Notice${index}List`]: { type: 'object', required: ['records', 'page'], properties: list },
  };
}

function greeting(): Json {
  const text = {
    type: 'object',
    required: ['type', 'text'],
    properties: { type: { const: 'TEXT' }, text: { type: 'string', maxLength: 500 } },
  };
  const image = {
    type: 'object',
    required: ['type', 'url'],
    properties: { type: { const: 'IMAGE' }, url: { type: 'string', format: 'uri' } },
  };
  return { oneOf: [text, image] };
}

export function inputExample(): Json {
  const greetings = [
    { type: 'TEXT', text: '您好，新品已到店。' },
    { type: 'IMAGE', url: 'https://img.example.com/1.png' },
  ];
  return {
    name: TEXTS[0],
    groupId: 12,
    status: 'EXECUTION',
    startTime: '09:00',
    email: 'shop@example.com',
    replyDelay: 15,
    tags: ['新品', '到店'],
    greetings,
  };
}

function example(index: number): Json {
  return { id: 1_000_001 + index, createTime: '2026-02-26T10:05:00Z', ...inputExample(), name: TEXTS[index % TEXTS.length] };
}

function listExample(index: number): Json {
  return { records: [example(index), example(index + 1), example(index + 2)], page: { current: 0, size: 20, total: 3 } };
}

function health(): Json {
  return {
    get: {
      operationId: 'health',
      responses: { 200: jsonResponse('Alive', { type: 'object', properties: { up: { type: 'boolean' } } }, { up: true }) },
    },
  };
}

function error(): Json {
  return {
    type: 'object',
    required: ['error_code', 'error_message'],
    properties: { error_code: { type: 'string' }, error_message: { type: 'string' } },
  };
}

function page(): Json {
  const count = { type: 'integer', minimum: 0 };
  return { type: 'object', required: ['current', 'size', 'total'], properties: { current: count, size: count, total: count } };
}

function query(name: string, schema: Json): Json {
  return { name, in: 'query', schema };
}

function jsonResponse(description: string, schema: Json, value: Json): Json {
  return { description, content: { 'application/json': { schema, example: value } } };
}

function reference(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

import { describe, expect, test } from 'vitest';
import { pseudonymOf } from '../redact/pseudonym.ts';
import { readSecrets } from './credentials.ts';
import { exchangesOf, linkLines, planOf, tableOf } from './replay.fixture.ts';
import type { Said } from './replay.fixture.ts';

const UUID = '3f2b8c1a-9d4e-4f6a-8b7c-2e1d0f9a8b7c';
const OTHER = 'b7c2e1d0-8b7c-4f6a-9d4e-3f2b8c1af9a8';

const anything = { content: { 'application/json': { schema: {} } } };
const operation = (operationId: string, rest: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  operationId,
  responses: {
    '2XX': { description: 'ok', ...anything, ...(rest['links'] === undefined ? {} : { links: rest['links'] }) },
    '4XX': { description: 'no', ...anything },
  },
  ...rest,
});
const withBody = { requestBody: anything };
const parameter = (name: string, place: string): Record<string, unknown> => ({ name, in: place, required: place === 'path', schema: {} });

const table = tableOf({
  components: {
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer' },
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
    },
  },
  paths: {
    '/login': { post: operation('login', withBody) },
    '/token': { post: operation('token', withBody) },
    '/me': { get: operation('me', { security: [{ bearer: [] }, { key: [] }, { cookie: [] }] }) },
    '/tasks': { post: operation('createTask', withBody), get: operation('listTasks', { parameters: [parameter('page', 'query')] }) },
    '/tasks/{taskId}': {
      get: operation('getTask', { parameters: [parameter('taskId', 'path')] }),
      put: operation('putTask', { ...withBody, parameters: [parameter('taskId', 'path')] }),
    },
    '/tasks/{taskId}/notes': { post: operation('addNote', { ...withBody, parameters: [parameter('taskId', 'path')] }) },
    '/batch': { post: operation('batch', withBody) },
    '/orders': {
      post: operation('createOrder', {
        ...withBody,
        links: { paying: { operationId: 'pay', parameters: { number: '$response.body#/serial' } } },
      }),
    },
    '/pay': { post: operation('pay', { parameters: [parameter('number', 'query')] }) },
    '/things': { post: operation('createThing', withBody) },
    '/things/{name}': { get: operation('getThing', { parameters: [parameter('name', 'path')] }) },
  },
});

const state = {
  collections: {
    task: { key: { field: 'id', strategy: 'sequence' } },
    thing: { key: { field: 'name', strategy: 'given' } },
    refreshToken: { key: { field: 'value', strategy: 'uuid' } },
  },
  operations: {
    createTask: { do: 'create', in: 'task', data: { id: '$row#/id' } },
    listTasks: { do: 'list', in: 'task', page: { out: { list: '$rows', total: '$total' } } },
    getTask: { do: 'get', in: 'task', key: '$request.path.taskId' },
    putTask: { do: 'update', in: 'task', key: '$request.path.taskId', set: { title: '$request.body#/title' } },
    batch: { do: 'delete', in: 'task', each: '$request.body#/tasks' },
    createThing: { do: 'create', in: 'thing', set: { name: '$request.body#/name' } },
    getThing: { do: 'get', in: 'thing', key: '$request.path.name' },
    token: {
      do: 'token',
      grant: '$request.body#/grant',
      grants: { again: { spend: 'refreshToken', key: '$request.body#/proof' } },
      issue: {},
    },
  },
};

type Line = readonly [line: string, said?: Said];
const bearer = (token: string): Said => ({ headers: { authorization: `Bearer ${token}` } });

describe('links', () => {
  test.each<readonly [name: string, given: readonly Line[], want: readonly string[]]>([
    [
      'security: a token of a login',
      [
        ['POST /login', { body: { user: 'ann' }, answer: { data: { accessToken: UUID } } }],
        ['GET /me', bearer(UUID)],
      ],
      ['security: #0 body /data/accessToken -> #1 header authorization'],
    ],
    [
      'security: an API key in a header',
      [
        ['POST /login', { answer: { apiKey: UUID } }],
        ['GET /me', { headers: { 'x-key': UUID } }],
      ],
      ['security: #0 body /apiKey -> #1 header x-key'],
    ],
    [
      'security: a cookie',
      [
        ['POST /login', { answerHeaders: { 'set-cookie': [`sid=${UUID}; Path=/; HttpOnly`] } }],
        ['GET /me', { headers: { cookie: `a=1; sid=${UUID}` } }],
      ],
      ['security: #0 set-cookie sid -> #1 cookie sid'],
    ],
    [
      'security: a refresh chain',
      [
        ['POST /token', { body: { grant: 'first' }, answer: { access: 'a', proof: UUID } }],
        ['POST /token', { body: { grant: 'again', proof: UUID }, answer: { access: 'b', proof: OTHER } }],
        ['POST /token', { body: { grant: 'again', proof: OTHER } }],
      ],
      ['security: #0 body /proof -> #1 body /proof', 'security: #1 body /proof -> #2 body /proof'],
    ],
    [
      'state-key: a small number in the path',
      [
        ['POST /tasks', { body: {}, answer: { id: 1 } }],
        ['GET /tasks/1', { answer: { id: 1 } }],
      ],
      ['state-key: #0 body /id -> #1 path taskId'],
    ],
    [
      'state-key: elements of a list',
      [
        ['POST /tasks', { body: {}, answer: { id: 1 } }],
        ['POST /tasks', { body: {}, answer: { id: 2 } }],
        ['POST /batch', { body: { tasks: [2, 1] } }],
      ],
      ['state-key: #1 body /id -> #2 body /tasks/0', 'state-key: #0 body /id -> #2 body /tasks/1'],
    ],
    [
      'state-key: a row of a list',
      [['GET /tasks', { answer: { list: [{ id: 5 }, { id: 6 }], total: 2 } }], ['GET /tasks/6']],
      ['state-key: #0 body /list/1/id -> #1 path taskId'],
    ],
    [
      'state-key: who made it goes before who showed it',
      [['POST /tasks', { body: {}, answer: { id: 7 } }], ['GET /tasks', { answer: { list: [{ id: 7 }] } }], ['GET /tasks/7']],
      ['state-key: #0 body /id -> #2 path taskId'],
    ],
    [
      'state-key: the latest maker',
      [['POST /tasks', { body: {}, answer: { id: 7 } }], ['POST /tasks', { body: {}, answer: { id: 7 } }], ['GET /tasks/7']],
      ['state-key: #1 body /id -> #2 path taskId'],
    ],
    [
      'document-link',
      [['POST /orders', { body: {}, answer: { serial: 3 } }], ['POST /pay?number=3']],
      ['document-link: #0 body /serial -> #1 query number'],
    ],
    [
      'name: Location',
      [
        ['POST /things', { body: {}, status: 201, answerHeaders: { location: '/tasks/9/notes' } }],
        ['POST /tasks/9/notes', { body: {} }],
      ],
      ['name: #0 location taskId -> #1 path taskId'],
    ],
    [
      'name: a cookie that no scheme names',
      [
        ['POST /login', { answerHeaders: { 'set-cookie': ['cart=12'] } }],
        ['GET /me', { headers: { cookie: 'cart=12' } }],
      ],
      ['name: #0 set-cookie cart -> #1 cookie cart'],
    ],
    [
      'name: an entity tag',
      [
        ['GET /tasks/4', { answerHeaders: { etag: '"1"' }, answer: {} }],
        ['PUT /tasks/4', { headers: { 'if-match': '"1"' }, body: {} }],
      ],
      ['name: #0 header etag -> #1 header if-match'],
    ],
    [
      'name: the same property',
      [
        ['POST /things', { body: {}, answer: { cartId: 3 } }],
        ['POST /batch', { body: { cartId: 3 } }],
      ],
      ['name: #0 body /cartId -> #1 body /cartId'],
    ],
    [
      'value: alone, where it is long enough',
      [
        ['POST /things', { body: {}, answer: { what: UUID } }],
        ['POST /batch', { body: { which: UUID } }],
      ],
      ['value: #0 body /what -> #1 body /which'],
    ],
    [
      'value: in a form',
      [
        ['POST /things', { body: {}, answer: { what: UUID } }],
        ['POST /batch', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `a=1&which=${UUID}` }],
      ],
      ['value: #0 body /what -> #1 body which'],
    ],
    [
      'no: a small number',
      [['POST /things', { body: {}, answer: { amount: 1, page: 2 } }], ['GET /tasks?page=2'], ['POST /batch', { body: { count: 1 } }]],
      [],
    ],
    ['no: a page number that is some row\u2019s key', [['POST /tasks', { body: {}, answer: { id: 2 } }], ['GET /tasks?page=2']], []],
    [
      'no: a word, a status, a truth, a date',
      [
        ['POST /things', { body: {}, answer: { status: 'PENDING', ok: true, on: '2026-03-01 08:00:00' } }],
        ['POST /batch', { body: { status: 'PENDING', ok: true, on: '2026-03-01 08:00:00' } }],
      ],
      [],
    ],
    [
      'no: the client said it first',
      [
        ['POST /batch', { body: { which: UUID } }],
        ['POST /things', { body: {}, answer: { what: UUID } }],
        ['POST /batch', { body: { which: UUID } }],
      ],
      [],
    ],
    ['no: an echo', [['POST /things', { body: { name: UUID }, answer: { name: UUID } }], [`GET /things/${UUID}`]], []],
    ['no: a key that clients choose', [['POST /things', { body: { name: 'lamp' }, answer: { name: 'lamp' } }], ['GET /things/lamp']], []],
    [
      'no: a number of another recording',
      [
        ['POST /tasks', { body: {}, answer: { id: 1 } }],
        ['GET /tasks/1', { file: 'b.har' }],
      ],
      [],
    ],
    [
      'across recordings: a token',
      [
        ['POST /login', { answer: { token: UUID } }],
        ['GET /me', { ...bearer(UUID), file: 'b.har' }],
      ],
      ['security: #0 body /token -> #1 header authorization'],
    ],
    ['no: an answer that came later', [['GET /tasks/1'], ['POST /tasks', { body: {}, answer: { id: 1 } }]], []],
  ])('%s', async (_name, given, want) => {
    expect(linkLines((await planOf(table, exchangesOf(...given), state)).plan)).toEqual(want);
  });

  test('each link says why, in English and Chinese', async () => {
    const { plan } = await planOf(table, exchangesOf(['POST /tasks', { body: {}, answer: { id: 1 } }], ['GET /tasks/1']), state);
    expect(plan.links[0]?.reason.en).toBe('both are the "id" of api/task, which the server makes');
    expect(plan.links[0]?.reason.zh).toContain('由服务端生成');
  });

  test('without a state file what the paths say is enough', async () => {
    const { plan } = await planOf(
      table,
      exchangesOf(['POST /tasks', { body: {}, answer: { id: 1 } }], ['GET /tasks/1'], ['PUT /tasks/1', { body: {} }]),
    );
    expect(linkLines(plan)).toHaveLength(2);
  });
});

test('chains: what depends on each other stays together', async () => {
  const given = exchangesOf(
    ['POST /tasks', { body: {}, answer: { id: 1 } }],
    ['POST /tasks', { body: {}, answer: { id: 2 } }],
    ['GET /tasks/1'],
    ['GET /tasks/2'],
    ['POST /things', { body: { name: 'lamp' } }],
    ['GET /things/lamp'],
    ['POST /pay?number=1'],
  );
  expect((await planOf(table, given, state)).plan.chains).toEqual([[0, 2], [1, 3], [4, 5], [6]]);
});

test('fresh: keys that clients chose get a new end wherever they stand', async () => {
  const given = exchangesOf(['POST /things', { body: { name: 'lamp', note: 'lamp' } }], ['GET /things/lamp']);
  const { plan } = await planOf(table, given, state, { fresh: 'run7' });
  expect(plan.exchanges.map(({ given: edits }) => edits.map(({ site, text }) => [site.in, text]))).toEqual([
    [['body', 'lamp-run7']],
    [['path', 'lamp-run7']],
  ]);
});

test('a clock that is shifted moves dates by whole days and leaves what is none', async () => {
  const day = 86_400_000;
  const body = { on: '2026-02-27', at: '2026-02-27 08:00:00', startTime: 1_772_150_400_000, id: 1_772_150_400_000, wrong: '2026-02-30' };
  const { plan } = await planOf(table, exchangesOf(['POST /batch', { body, at: 1_772_150_400_000 }]), state, {
    shiftTo: 1_772_150_400_000 + 2 * day + 5_000,
  });
  expect(plan.exchanges[0]?.given.map(({ text }) => text)).toEqual(['2026-03-01', '2026-03-01 08:00:00', '1772323200000']);
});

describe('credentials', () => {
  const key = Buffer.from('key');
  const masked = (text: string): string => pseudonymOf(key, text);
  const login = (user: string, password: string, status = 200): Line => [
    'POST /login',
    {
      body: { user: masked(user), password: masked(password) },
      status,
      answer: status === 200 ? { token: masked(`token of ${user}`) } : {},
    },
  ];

  test('a masked value that an answer gave is linked like any other', async () => {
    const { plan } = await planOf(table, exchangesOf(login('ann', 'word'), ['GET /me', bearer(masked('token of ann'))]), state);
    expect(linkLines(plan)).toEqual(['security: #0 body /token -> #1 header authorization']);
  });

  test('what nobody gave is told with its names, and what was refused anyway is not asked for', async () => {
    const { plan } = await planOf(table, exchangesOf(login('ann', 'word'), login('ann', 'wrong', 401)), state);
    expect(plan.missing.map(({ what, environment, file }) => [what, environment.at(-1), file])).toEqual([
      ['user of login', 'HUFU_SECRET_USER', 'fields.user'],
      ['password of login', 'HUFU_SECRET_PASSWORD', 'fields.password'],
    ]);
  });

  test('the environment gives them', async () => {
    const secrets = readSecrets(undefined, { HUFU_SECRET_LOGIN_USER: 'ann', HUFU_SECRET_PASSWORD: 'word' });
    const { plan } = await planOf(table, exchangesOf(login('ann', 'word'), login('ann', 'wrong', 401)), state, { secrets });
    expect(plan.missing).toEqual([]);
    expect(plan.exchanges.map(({ given }) => given.map(({ text }) => text))).toEqual([
      ['ann', 'word'],
      ['ann', masked('wrong')],
    ]);
  });

  test('several of one name are told apart by their order, or by their pseudonym', async () => {
    const given = exchangesOf(login('ann', 'word'), login('bob', 'other'));
    const fields = { user: ['ann', 'bob'], password: 'word' };
    const secrets = { ...readSecrets(undefined, {}), fields };
    expect((await planOf(table, given, state, { secrets })).plan.missing.map(({ environment }) => environment.at(-1))).toEqual([
      'HUFU_SECRET_PASSWORD_2',
    ]);
    const values = { [masked('other')]: 'other' };
    const { plan } = await planOf(table, given, state, { secrets: { ...secrets, values } });
    expect(plan.exchanges.map(({ given: edits }) => edits.map(({ text }) => text))).toEqual([
      ['ann', 'word'],
      ['bob', 'other'],
    ]);
  });

  test('both halves of Basic credentials', async () => {
    const basic = `Basic ${Buffer.from(`${masked('app')}:${masked('secret')}`).toString('base64')}`;
    const { plan } = await planOf(table, exchangesOf(['POST /batch', { headers: { authorization: basic }, body: {} }]), state);
    expect(plan.missing.map(({ what }) => what)).toEqual(['Basic username of batch', 'Basic password of batch']);
  });

  test('names of people need no secret: their pseudonyms stand for them', async () => {
    const { plan } = await planOf(table, exchangesOf(['POST /tasks', { body: { nickname: masked('Ann') }, answer: { id: 1 } }]), state);
    expect([plan.missing, plan.exchanges[0]?.given.map(({ text }) => text)]).toEqual([[], [masked('Ann')]]);
  });
});

test('a secrets file is read as YAML or JSON, and refused with its name and without its text', async () => {
  const { folderOf } = await import('../../cli/run.fixture.ts');
  const folder = folderOf({
    'a.yaml': 'fields: { password: word }\n',
    'b.json': '{"fields":{"password":"word"}}',
    'c.yaml': 'password: hunter22\n',
    'd.yaml': 'fields: {hunter22: [\n',
  });
  expect(readSecrets(`${folder}/a.yaml`, {}).fields).toEqual({ password: 'word' });
  expect(readSecrets(`${folder}/b.json`, {}).fields).toEqual({ password: 'word' });
  expect(() => readSecrets(`${folder}/c.yaml`, {})).toThrow(
    /c\.yaml: there is no section "password"; there are values, schemes, fields, operations/,
  );
  expect(() => readSecrets(`${folder}/d.yaml`, {})).toThrow(/d\.yaml can't be read as YAML or JSON/);
  expect(() => readSecrets(`${folder}/d.yaml`, {})).not.toThrow(/hunter22/);
  expect(() => readSecrets(`${folder}/none.yaml`, {})).toThrow(/ENOENT/);
});

test('exchanges that can not be sent are left aside with the reason', async () => {
  const [whole, cut, unanswered, unknown] = exchangesOf(
    ['POST /tasks', { body: {} }],
    ['POST /tasks', { body: {} }],
    ['GET /tasks/1'],
    ['GET /elsewhere'],
  );
  if (whole === undefined || cut === undefined || unanswered === undefined || unknown === undefined) throw new Error('no exchanges');
  const given = [
    whole,
    { ...cut, gaps: [{ of: 'request-body', code: 'truncated', message: 'cut' } as const] },
    { ...unanswered, response: undefined },
    unknown,
  ];
  expect((await planOf(table, given, state)).plan.exchanges.map(({ aside }) => aside)).toEqual([
    undefined,
    'incomplete',
    'unanswered',
    'undocumented',
  ]);
  const included = await planOf(table, given, state, { includeOrigins: ['http://localhost:1'] });
  expect(included.plan.exchanges.at(-1)?.aside).toBeUndefined();
});

test.each([
  ['encoded as a fragment has it', '#/paths/~1things~1%7Bname%7D/get', ['document-link: #0 body /code -> #1 path name']],
  ['with a percent sign that encodes nothing', '#/paths/~1things~1%zz/get', []],
])('an operationRef %s', async (_name, operationRef, want) => {
  const linked = tableOf({
    paths: {
      '/things': {
        post: operation('createThing', { ...withBody, links: { self: { operationRef, parameters: { name: '$response.body#/code' } } } }),
      },
      '/things/{name}': { get: operation('getThing', { parameters: [parameter('name', 'path')] }) },
    },
  });
  const { plan } = await planOf(
    linked,
    exchangesOf(['POST /things', { body: {}, answer: { code: 7 } }], ['GET /things/7', { answer: {} }]),
  );
  expect(linkLines(plan).filter((line) => line.startsWith('document-link'))).toEqual(want);
});

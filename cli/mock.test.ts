import { createServer } from 'node:http';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf, run, start, startMock } from './run.fixture.ts';

const api = (title: string, path: string, more = '') => `openapi: 3.1.0
info: { title: ${title}, version: '1' }
paths:
  ${path}:
    get:
      parameters: [{ name: n, in: query, schema: { type: integer } }]
      responses: { '200': { description: ok, content: { application/json: { schema: {}, example: 1 } } } }
${more}`;
const folder = folderOf({
  'one.yaml': api('One', '/one'),
  'same.yaml': api('Same', '/one'),
  'broken.yaml': 'openapi: 3.1.0\ninfo: { title: x\npaths: {}\n',
  'dangling.yaml': api('Dangling', '/d', '    post: { responses: { "200": { $ref: "#/components/responses/Nope" } } }\n'),
  'made.yaml': api('Made', '/made').replace('schema: {}, example: 1', 'schema: { type: array, minItems: 9, items: { type: string } }'),
  'escape.yaml': api('"\\e]0;owned\\a"', '/e'),
  'flawed.yaml': api('Flawed', '/flawed'),
  'flawed.state.yaml': 'collections:\n  things: { keys: id }\nenvelope: none\n',
  'parts/piece.yaml': 'type: string\n',
  'empty/readme.txt': '',
});
const inside = { cwd: folder };

describe.concurrent('starting', () => {
  test('without documents, every route of the workspace is listed and served', async () => {
    const mock = await startMock([]);
    const routes = mock.out().match(/^ {2}(?:GET|POST|PUT|PATCH|DELETE) +\/\S+$/gm) ?? [];
    // 59 operations, and the further spellings of their paths.
    expect(new Set(routes).size).toBeGreaterThanOrEqual(59);
    expect(mock.out()).toContain('59 operations of 9 documents are served at');
    expect(mock.error()).toBe('');
  });

  test('named documents; a folder of documents and parts of documents', async () => {
    expect((await startMock(['one.yaml'], inside)).out()).toContain('1 operations of 1 document are served at');
    const some = folderOf({
      'a.yaml': api('A', '/a'),
      'deep/b.yaml': api('B', '/b'),
      'deep/part.yaml': 'type: string\n',
      'node_modules/c.yaml': api('C', '/c'),
    });
    expect((await startMock([some])).out()).toContain('2 operations of 2 documents');
  });

  test('--quiet prints the address only', async () => {
    const mock = await startMock(['one.yaml', '-q'], inside);
    await fetch(`${mock.url}/one`);
    mock.child.kill('SIGTERM');
    await mock.ended;
    expect(mock.out()).toBe(`${mock.url}\n`);
  });

  test('a path that two documents describe is told, and so is a broken reference', async () => {
    const same = await startMock(['one.yaml', 'same.yaml'], inside);
    await same.says(/! GET \/one is described by one and by same; one answers/);
    const dangling = await startMock(['dangling.yaml'], inside);
    await dangling.says(/! dangling: .*Nope.*\n! 1 of 2 operations have parts that can't be used/);
    expect((await fetch(`${dangling.url}/d`)).status).toBe(200);
  });

  test('what is not served is told: a path in a file that is not there, a document without operations', async () => {
    const paths = folderOf({
      'api.yaml': 'openapi: 3.0.3\npaths:\n  /a: { $ref: ./gone.yaml }\n',
      'empty.yaml': 'openapi: 3.0.3\npaths:\n',
    });
    const mock = await startMock([paths]);
    await mock.says(/! empty /);
    expect(mock.error()).toMatch(/! not served: api\.yaml#\/paths\/~1a .*gone\.yaml.* does not exist/);
    expect(mock.error()).toContain('! empty describes no operation: look at its "paths"');
  });

  test('a document from the network', async () => {
    const server = createServer((_, response) => response.end(api('Far', '/far'))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const mock = await startMock([`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/far.yaml`]);
    expect(mock.out()).toContain('far  Far · 1');
    expect((await fetch(`${mock.url}/far`)).status).toBe(200);
    server.close();
  });

  test('titles of strangers do not control the terminal', async () => {
    const mock = await startMock(['escape.yaml'], inside);
    expect(mock.out()).toContain('owned');
    expect(mock.out()).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  test('colours only where they are wanted', async () => {
    expect((await startMock(['one.yaml'], { ...inside, environment: { FORCE_COLOR: '1' } })).out()).toContain('\x1b[');
    expect((await startMock(['one.yaml'], { ...inside, environment: { FORCE_COLOR: '0', NO_COLOR: '1' } })).out()).not.toContain('\x1b[');
  });
});

describe.concurrent('what can not be done ends with 2', () => {
  const cases: readonly { name: string; parameters: string[]; says: RegExp }[] = [
    { name: 'a file that is not there', parameters: ['mock', 'nope.yaml'], says: /^hufu: nope\.yaml does not exist/ },
    {
      name: 'an address that nobody answers',
      parameters: ['mock', 'http://127.0.0.1:9/x'],
      says: /^hufu: http:\/\/127\.0\.0\.1:9\/x: can not be fetched/,
    },
    { name: 'an address, for lint', parameters: ['lint', 'http://127.0.0.1:9/x'], says: /is an address; save what is there/ },
    { name: 'YAML that is broken', parameters: ['mock', 'broken.yaml'], says: /broken\.yaml:3:\d+: is not valid YAML/ },
    { name: 'a file that is no document', parameters: ['mock', 'parts/piece.yaml'], says: /is not an OpenAPI document/ },
    { name: 'a folder without documents', parameters: ['mock', 'empty'], says: /no OpenAPI document .* in empty/ },
    { name: 'no workspace', parameters: ['mock'], says: /there is no openapi/ },
    { name: 'an unknown command', parameters: ['mok'], says: /unknown command 'mok'\s+\(Did you mean mock\?\)/ },
    { name: 'an unknown option', parameters: ['mock', '--prot', '1'], says: /unknown option '--prot'\s+\(Did you mean --port\?\)/ },
    { name: 'a port that is none', parameters: ['mock', '-p', '70000'], says: /whole number from 0 to 65535/ },
    { name: 'a port with letters', parameters: ['mock', '-p', '40x'], says: /whole number/ },
    { name: 'a foreign address', parameters: ['mock', 'one.yaml', '-p', '0', '-H', '192.0.2.1'], says: /no address of this machine/ },
    {
      name: 'a control token that no header can hold',
      parameters: ['mock', 'one.yaml', '--control-token', 'a b'],
      says: /^hufu: --control-token/,
    },
    {
      name: 'credentials in a rule of forwarding',
      parameters: ['mock', 'one.yaml', '--forward', '*=http://u:word@localhost'],
      says: /--forward <rule>.*is invalid/,
    },
    {
      name: 'a state file with two flaws, each on a line of its own',
      parameters: ['mock', 'flawed.yaml'],
      says: /^hufu: .*flawed\.state\.yaml:2:\d+: .*\n.*flawed\.state\.yaml:3:\d+: .*\n$/,
    },
    { name: 'a missing file, for lint', parameters: ['lint', 'nope.yaml'], says: /nope\.yaml does not exist/ },
  ];
  test.each(cases)('$name', async ({ parameters, says }) => {
    const { code, out, error } = await run(parameters, inside);
    expect([code, out]).toEqual([2, '']);
    expect(error).toMatch(says);
    expect(error).not.toMatch(/^ {4}at /m);
  });

  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, error } = await run(['mock', 'one.yaml', '-p', String(port)], inside);
    other.close();
    expect([code, error]).toEqual([2, `hufu: port ${port} is taken; choose another with -p, or -p 0 for a free one\n`]);
  });
});

describe.concurrent('help', () => {
  test.each([
    {
      language: 'en_US.UTF-8',
      command: 'mock',
      says: [/Usage: hufu mock/, /Examples:\n {2}hufu mock/, /port; 0 takes a free one/, /display help/],
    },
    {
      language: 'zh_CN.UTF-8',
      command: 'mock',
      says: [/用法： hufu mock/, /示例:\n {2}hufu mock/, /端口；0 表示任选空闲端口/, /显示帮助/],
    },
    { language: 'zh_CN.UTF-8', command: 'help', says: [/命令：\n/, /示例/] },
    { language: 'en_US.UTF-8', command: 'lint', says: [/Examples:\n {2}hufu lint/] },
    { language: 'zh_CN.UTF-8', command: 'lint', says: [/示例:\n {2}hufu lint/, /退出码为 1/] },
  ])('$command in $language', async ({ language, command, says }) => {
    const { code, out } = await run([command, '--help'], { environment: { HUFU_LANG: language } });
    expect(code).toBe(0);
    for (const pattern of says) expect(out).toMatch(pattern);
  });

  test('the version', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as unknown });
  });

  test('refusals in Chinese', async () => {
    const chinese = { ...inside, environment: { HUFU_LANG: 'zh' } };
    expect((await run(['mock', '--prot', '1'], chinese)).error).toMatch(/错误：没有选项 '--prot'\n（您要的是 --port 吗？）/);
    expect((await run(['mock', 'nope.yaml'], chinese)).error).toBe('hufu: nope.yaml 不存在，请检查路径\n');
    expect((await run(['check'], chinese)).error).toMatch(/^错误：缺少参数 'recordings'\n/);
    expect((await run(['record'], chinese)).error).toMatch(/^错误：必须给出选项 '-t, --target <url>'\n/);
    expect((await run(['mock', '--forward', 'shop'], chinese)).error).toMatch(
      /^错误：选项 '--forward <rule>' 的取值 'shop' 无效：[\u4e00-\u9fff]/,
    );
  });
});

describe.concurrent('running', () => {
  test('requests are logged in one line each, without secrets and without control characters', async () => {
    const mock = await startMock(['one.yaml'], inside);
    await fetch(`${mock.url}/one?n=x&access_token=hidden&%74oken=hidden`);
    await fetch(`${mock.url}/%1b[31m%0aGET%20/forged%20200`);
    await mock.says(/GET +\/one\?n=x&access_token=\*\*\*&token=\*\*\* 422 .* ms\n {2}✗ request query parameter "n" must be integer/);
    await mock.says(/GET +\/·\[31m·GET \/forged 200 404/);
    expect(mock.out()).not.toContain('hidden');
  });

  test('violations are told in Chinese', async () => {
    const mock = await startMock(['one.yaml'], { ...inside, environment: { HUFU_LANG: 'zh' } });
    expect(mock.out()).toContain('共 1 份文档、1 个接口');
    await fetch(`${mock.url}/one?n=x`);
    await mock.says(/✗ .*[\u4e00-\u9fff]/);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with 0, although a connection is open', async (signal) => {
    const mock = await startMock(['one.yaml', '-q'], inside);
    await fetch(`${mock.url}/one`);
    mock.child.kill(signal);
    expect(await mock.ended).toBe(0);
  });

  test('a reader of the log that goes away does not end it', async () => {
    const mock = await startMock(['one.yaml'], inside);
    mock.child.stdout?.destroy();
    mock.child.stderr?.destroy();
    for (let turn = 0; turn < 5; turn += 1) {
      expect((await fetch(`${mock.url}/one`)).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    expect(mock.child.exitCode).toBeNull();
  });

  test('a save is live, a broken one is told, and repaired', async () => {
    const own = folderOf({ 'api.yaml': api('A', '/a') });
    const mock = await startMock(['api.yaml'], { cwd: own });
    writeFileSync(join(own, 'api.yaml'), api('A', '/b'));
    await mock.says(/reloaded: .*api\.yaml/);
    expect((await fetch(`${mock.url}/b`)).status).toBe(200);
    writeFileSync(join(own, 'api.yaml'), 'openapi: 3.1.0\npaths: [');
    await mock.says(/api\.yaml:2:\d+: .*\nthe last good version goes on being served/);
    expect((await fetch(`${mock.url}/b`)).status).toBe(200);
    writeFileSync(join(own, 'api.yaml'), api('A', '/c'));
    await mock.says(/reloaded: [^]*reloaded: /);
    expect((await fetch(`${mock.url}/c`)).status).toBe(200);
  });

  test('an operation and what it remembers, saved one after the other, are live together', async () => {
    const named = (id: string): string => api('A', '/a').replace('get:', `get:\n      operationId: ${id}`);
    const state = (id: string): string => `collections: { things: { key: { field: id }, seed: [{ id: 7 }] } }
envelopes: { bare: { ok: $data } }
envelope: bare
operations: { ${id}: { do: get, in: things, key: '7' } }
`;
    const own = folderOf({ 'api.yaml': named('one'), 'api.state.yaml': state('one') });
    const mock = await startMock(['api.yaml'], { cwd: own });
    writeFileSync(join(own, 'api.state.yaml'), state('other'));
    await mock.says(/has no operation "other".*\nthe last good version goes on being served/);
    writeFileSync(join(own, 'api.yaml'), named('other'));
    await mock.says(/reloaded: .*api\.yaml/);
    expect(await (await fetch(`${mock.url}/a`)).json()).toEqual({ id: 7 });
  });

  test('what is inferred follows the document', async () => {
    const own = folderOf({ 'api.yaml': api('A', '/a') });
    const mock = await startMock(['api.yaml', '--stateful'], { cwd: own });
    const thing = `{ content: { application/json: { schema: { type: object, properties: { id: { type: integer } } } } } }`;
    writeFileSync(
      join(own, 'api.yaml'),
      api(
        'A',
        '/a',
        `  /things:
    post: { requestBody: ${thing}, responses: { '201': { description: ok, ${thing.slice(1)} } }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get: { responses: { '200': { description: ok, ${thing.slice(1)}, '404': { description: none } } }
`,
      ),
    );
    await mock.says(/reloaded: .*api\.yaml/);
    expect((await fetch(`${mock.url}/things/1`)).status).toBe(404);
  });

  test('the same seed gives the same bytes in another process', async () => {
    const body = async (seed: string): Promise<string> => {
      const mock = await startMock(['made.yaml', '--dynamic', '--seed', seed, '-q'], inside);
      return (await fetch(`${mock.url}/made`)).text();
    };
    const [first, again, other] = await Promise.all([body('7'), body('7'), body('8')]);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

test('start is told by nothing else than the command itself', async () => {
  const running = start(['mock', 'one.yaml', '-p', '0', '--no-watch', '--no-cors'], inside);
  const [url] = await running.says(/http:\/\/127\.0\.0\.1:\d+/);
  const answer = await fetch(`${url}/one`, { headers: { origin: 'http://a' } });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

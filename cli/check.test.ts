import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { folderOf, run } from './run.fixture.ts';

const API = `openapi: 3.1.0
info: { title: Things, version: '1' }
servers: [{ url: 'https://api.example.com/v1' }]
paths:
  /things/{id}:
    get:
      operationId: getThing
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200':
          description: One
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
  /others:
    get: { operationId: listOthers, responses: { '200': { description: Nothing } } }
components:
  schemas:
    Thing: { type: object, required: [id], properties: { id: { type: integer }, name: { type: string } } }
`;

const entry = (body: string, path = '/things/7'): unknown => ({
  startedDateTime: '2026-03-01T08:00:00.000Z',
  time: 5,
  request: {
    method: 'GET',
    url: `https://api.example.com/v1${path}`,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: [{ name: 'Host', value: 'api.example.com' }],
    queryString: [],
    headersSize: -1,
    bodySize: 0,
  },
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    content: { size: body.length, mimeType: 'application/json', text: body },
    redirectURL: '',
    headersSize: -1,
    bodySize: body.length,
  },
  cache: {},
  timings: { send: 0, wait: 5, receive: 0 },
});
const har = (...entries: readonly unknown[]): string =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } });
const GOOD = har(entry('{"id":7}'));
const BAD = har(entry('{"id":7}'), entry('{"id":"x"}'));
const WARNED = har(entry('{"id":7}', '/things/7?odd=1'));

/** A workspace of one document and some recordings. */
function workspace(files: Readonly<Record<string, string>> = {}): string {
  return folderOf({ 'openapi/api.yaml': API, 'good.har': GOOD, 'bad.har': BAD, ...files });
}

const check = (cwd: string, ...parameters: readonly string[]): ReturnType<typeof run> =>
  run(['check', ...parameters], { cwd, environment: { COLUMNS: '120' } });

/** No error of ours ever ends in a stack. */
const STACK = /^\s+at .*(?:\.ts|node:)/m;

describe('exit codes', () => {
  it.each<{ name: string; parameters: string[]; files?: Record<string, string>; code: number; out?: RegExp; error?: RegExp }>([
    { name: '0: all is right', parameters: ['good.har'], code: 0 },
    { name: '1: an error', parameters: ['bad.har'], code: 1, out: /must be integer/ },
    { name: '1: in one of several', parameters: ['good.har', 'bad.har'], code: 1 },
    { name: '0: a warning', parameters: ['w.har'], files: { 'w.har': WARNED }, code: 0, out: /"odd" is not documented/ },
    { name: '1: a warning, where warnings fail', parameters: ['w.har', '--fail-on', 'warning'], files: { 'w.har': WARNED }, code: 1 },
    { name: '0: coverage reached', parameters: ['good.har', '--min-coverage', '1%'], code: 0 },
    {
      name: '1: coverage missed',
      parameters: ['good.har', '--min-coverage', '100'],
      code: 1,
      error: /coverage is \d+\.\d %, below the 100 % asked for/,
    },
    { name: '2: no such file', parameters: ['none.har'], code: 2, error: /none\.har/ },
    { name: '2: a folder', parameters: ['openapi'], code: 2, error: /openapi/ },
    { name: '2: an empty file', parameters: ['e.har'], files: { 'e.har': '' }, code: 2, error: /e\.har/ },
    { name: '2: not JSON', parameters: ['t.har'], files: { 't.har': 'hello world' }, code: 2, error: /t\.har/ },
    { name: '2: JSON that is no recording', parameters: ['j.har'], files: { 'j.har': '{"a":1}' }, code: 2, error: /j\.har/ },
    {
      name: '2: HAR with entries of another type',
      parameters: ['o.har'],
      files: { 'o.har': '{"log":{"entries":7}}' },
      code: 2,
      error: /o\.har/,
    },
    { name: '2: nothing to judge', parameters: ['n.har'], files: { 'n.har': har() }, code: 2 },
    { name: '2: an option nobody knows', parameters: ['good.har', '--odd'], code: 2, error: /--odd/ },
    { name: '2: a coverage beyond 100', parameters: ['good.har', '--min-coverage', '101'], code: 2, error: /from 0 to 100/ },
    { name: '2: a thread too few', parameters: ['good.har', '--threads', '0'], code: 2, error: /whole number from 1/ },
    { name: '2: a server that is no origin', parameters: ['good.har', '--server', 'stage.example.com'], code: 2, error: /http/ },
    { name: '2: a report of an unknown kind', parameters: ['good.har', '--report', 'report.pdf'], code: 2, error: /report\.pdf.*\.html/ },
    { name: '2: a document that is not there', parameters: ['good.har', '-d', 'none.yaml'], code: 2, error: /none\.yaml does not exist/ },
    { name: '2: a document that is none', parameters: ['good.har', '-d', 'good.har'], code: 2, error: /good\.har/ },
    {
      name: '2: coverage of what is no report',
      parameters: ['good.har', '--coverage-from', 'x.json'],
      files: { 'x.json': '[]' },
      code: 2,
      error: /x\.json/,
    },
    {
      name: '2: coverage of a report that is not there',
      parameters: ['good.har', '--coverage-from', 'none.json'],
      code: 2,
      error: /none\.json/,
    },
    {
      name: '2: a baseline that is not there',
      parameters: ['good.har', '--baseline', 'none.yaml'],
      code: 2,
      error: /none\.yaml does not exist/,
    },
  ])('$name', async ({ parameters, files, code, out = /^/, error = /^/ }) => {
    const ended = await check(workspace(files), ...parameters);
    expect(ended.error).toMatch(error);
    expect(ended.out).toMatch(out);
    expect(ended.error).not.toMatch(STACK);
    expect(ended.code).toBe(code);
  });

  it('2 and a word to the reader where there is no document', async () => {
    const ended = await check(folderOf({ 'good.har': GOOD }), 'good.har');
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.error).toMatch(/no openapi\/\*\.yaml/);
  });
});

describe('recordings', () => {
  it('cut in the middle: what is whole is judged, the rest is told', async () => {
    const cut = har(entry('{"id":7}'), entry('{"id":8}')).slice(0, -150);
    const ended = await check(workspace({ 'cut.har': cut }), 'cut.har', '--format', 'json');
    const result = JSON.parse(ended.out) as { exchanges: { judged: number }; groups: { rule: string; side: string }[] };
    expect(result.exchanges.judged).toBe(1);
    expect(result.groups).toMatchObject([{ rule: 'recording-gap', side: 'recording' }]);
    expect(ended.code).toBe(1);
  });

  it('wrong types everywhere', async () => {
    const odd = [
      7,
      null,
      'x',
      [],
      {},
      { request: 7 },
      { request: { method: 1, url: [] }, response: 'x' },
      {
        request: { method: 'GET', url: 'https://api.example.com/v1/things/1', headers: { a: [[]] }, postData: 7 },
        response: { status: 'x', headers: 7, content: [] },
      },
    ];
    const ended = await check(workspace({ 'odd.har': har(...odd, entry('{"id":7}')) }), 'odd.har', '--format', 'json');
    expect(ended.error).not.toMatch(STACK);
    expect(JSON.parse(ended.out)).toMatchObject({ exchanges: { judged: 2 } });
  });

  it('packed with gzip, by content and not by name', async () => {
    const cwd = workspace();
    writeFileSync(join(cwd, 'packed.har'), gzipSync(BAD));
    const plain = await check(cwd, 'bad.har', '--format', 'json');
    const packed = await check(cwd, 'packed.har', '--format', 'json');
    expect(packed.code).toBe(1);
    expect(packed.out.replaceAll('packed.har', 'bad.har')).toBe(plain.out);
  });

  it('from standard input', () => {
    const ended = spawnSync(process.execPath, [join(import.meta.dirname, 'main.js'), 'check', '-', '--format', 'json'], {
      cwd: workspace(),
      input: BAD,
      encoding: 'utf8',
    });
    expect(ended.status).toBe(1);
    expect(JSON.parse(ended.stdout)).toMatchObject({ recordings: [{ file: '(standard input)', exchanges: 2 }] });
  });

  it('an entry beyond the limit is told and not read', async () => {
    const ended = await check(
      workspace({ 'big.har': har(entry(JSON.stringify({ id: 7, name: 'x'.repeat(20_000) })), entry('{"id":7}')) }),
      'big.har',
      '--max-entry',
      '10000',
      '--format',
      'json',
    );
    expect(JSON.parse(ended.out)).toMatchObject({ exchanges: { judged: 1 }, groups: [{ rule: 'recording-gap' }] });
    expect(ended.code).toBe(1);
  });

  it('two threads say the same as one, byte for byte', async () => {
    const bodies = ['{"id":7}', '{"id":"x"}', '{}', '{"id":1,"odd":2}', '{'];
    const many = Array.from({ length: 200 }, (_, index) =>
      entry(bodies[index % bodies.length] ?? '', index % 7 === 0 ? `/odd/${index}` : `/things/${index}`),
    );
    const cwd = workspace({ 'b.har': har(...many), 'a.har': har(...many.toReversed()) });
    const one = await check(cwd, 'b.har', 'a.har', '--threads', '1', '--format', 'json');
    const two = await check(cwd, 'b.har', 'a.har', '--threads', '2', '--format', 'json');
    expect(JSON.parse(one.out)).toMatchObject({ exchanges: { total: 400 } });
    expect(two).toEqual(one);
  });

  it('threads tell of a file that is none as one does', async () => {
    const cwd = workspace({ 't.har': 'hello' });
    const one = await check(cwd, 't.har', '--threads', '1');
    const two = await check(cwd, 't.har', '--threads', '2');
    expect(two).toEqual(one);
    expect(two.code).toBe(2);
  });
});

describe('reports', () => {
  const LOOKS: Readonly<Record<string, RegExp>> = {
    terminal: /must be integer/,
    json: /^\{\s*"version": 1,/,
    junit: /^<\?xml[^>]*\?>\s*<testsuites/,
    sarif: /"version": "2\.1\.0"/,
    github: /^::error /m,
    markdown: /^#/m,
    html: /^<!doctype html>/i,
  };

  it.each(Object.entries(LOOKS))('--format %s', async (format, looks) => {
    const ended = await check(workspace(), 'bad.har', '--format', format);
    expect(ended.out).toMatch(looks);
    expect(ended.code).toBe(1);
  });

  it('by their endings, several at once, in folders that are made', async () => {
    const cwd = workspace();
    const endings = { html: 'html', htm: 'html', json: 'json', sarif: 'sarif', xml: 'junit', md: 'markdown', txt: 'terminal' };
    const files = Object.keys(endings).map((ending) => `out/report.${ending}`);
    const ended = await check(cwd, 'bad.har', ...files.flatMap((file) => ['--report', file]));
    expect(ended.code).toBe(1);
    for (const [ending, format] of Object.entries(endings))
      expect(readFileSync(join(cwd, `out/report.${ending}`), 'utf8'), ending).toMatch(LOOKS[format] ?? /never/);
  });

  it('-o writes instead of printing', async () => {
    const cwd = workspace();
    const ended = await check(cwd, 'bad.har', '--format', 'json', '-o', 'out/result.json');
    expect(ended.out).toBe('');
    expect(JSON.parse(readFileSync(join(cwd, 'out/result.json'), 'utf8'))).toMatchObject({ version: 1 });
  });

  it('are the same for the same input', async () => {
    const cwd = workspace();
    expect(await check(cwd, 'bad.har', '--format', 'json')).toEqual(await check(cwd, 'bad.har', '--format', 'json'));
  });

  it('a report that can’t be written is told', async () => {
    const cwd = workspace();
    mkdirSync(join(cwd, 'taken.json'));
    const ended = await check(cwd, 'good.har', '--report', 'taken.json');
    expect(ended.code).toBe(2);
    expect(ended.error).toMatch(/taken\.json/);
    expect(ended.error).not.toMatch(STACK);
  });

  it('adds the coverage of an earlier report', async () => {
    const cwd = workspace({ 'others.har': har(entry('', '/others')) });
    await check(cwd, 'others.har', '--format', 'json', '-o', 'before.json');
    const covered = async (...more: readonly string[]): Promise<number> =>
      (JSON.parse((await check(cwd, 'good.har', '--format', 'json', ...more)).out) as { coverage: { covered: number } }).coverage.covered;
    expect(await covered('--coverage-from', 'before.json')).toBeGreaterThan(await covered());
  });

  it('writes the summary that GitHub asks for', async () => {
    const cwd = workspace();
    await run(['check', 'bad.har'], { cwd, environment: { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') } });
    expect(readFileSync(join(cwd, 'summary.md'), 'utf8')).toMatch(/must be integer/);
  });
});

describe('the baseline', () => {
  const FILE = 'contracts/baseline.yaml';
  const summary = async (cwd: string, recording: string): Promise<{ code: number | string; baseline: unknown }> => {
    const { code, out } = await check(cwd, recording, '--format', 'json');
    return { code, baseline: (JSON.parse(out) as { baseline?: unknown }).baseline };
  };

  it('goes round: written, known, fixed, expired', async () => {
    const cwd = workspace();
    const written = await check(
      cwd,
      'bad.har',
      '--update-baseline',
      '--reason',
      'next release',
      '--owner',
      'team',
      '--expires',
      '2999-01-01',
    );
    expect(written).toMatchObject({ code: 0 });
    expect(written.error).toMatch(/1 known finding/);
    const text = readFileSync(join(cwd, FILE), 'utf8');
    for (const word of ['next release', 'team', '2999-01-01', 'response-body', 'api getThing']) expect(text).toContain(word);

    expect(await summary(cwd, 'bad.har')).toMatchObject({ code: 0, baseline: { known: 1, new: 0, expired: 0, fixed: [] } });
    expect(await summary(cwd, 'good.har')).toMatchObject({
      code: 0,
      baseline: { known: 0, fixed: [{ rule: 'response-body', reason: 'next release' }] },
    });
    expect((await check(cwd, 'bad.har', '--no-baseline')).code).toBe(1);

    writeFileSync(join(cwd, FILE), text.replace('2999-01-01', '2020-01-01'));
    expect(await summary(cwd, 'bad.har')).toMatchObject({ code: 1, baseline: { known: 0, expired: 1 } });

    await check(cwd, 'good.har', '--update-baseline', '--reason', 'fixed');
    expect(readFileSync(join(cwd, FILE), 'utf8')).not.toContain('response-body');
  });

  it('a known warning fails nothing, a new one does where warnings fail', async () => {
    const cwd = workspace({ 'w.har': WARNED });
    await check(cwd, 'w.har', '--update-baseline', '--reason', 'known');
    expect((await check(cwd, 'w.har', '--fail-on', 'warning')).code).toBe(0);
    expect((await check(cwd, 'w.har', '--fail-on', 'warning', '--no-baseline')).code).toBe(1);
  });

  it.each<{ name: string; parameters: string[]; files?: Record<string, string>; error: RegExp }>([
    { name: 'no reason given', parameters: ['--update-baseline'], error: /--reason/ },
    {
      name: 'no baseline and a new one',
      parameters: ['--no-baseline', '--update-baseline', '--reason', 'x'],
      error: /--update-baseline writes what --no-baseline leaves aside/,
    },
    { name: 'a day that is none', parameters: ['--update-baseline', '--reason', 'x', '--expires', 'soon'], error: /yyyy-mm-dd/ },
    { name: 'a file that is none', parameters: [], files: { [FILE]: 'findings: 7' }, error: /baseline\.yaml:1:/ },
  ])('$name: exit 2, and nothing is written', async ({ parameters, files, error }) => {
    const cwd = workspace(files);
    const ended = await check(cwd, 'bad.har', ...parameters);
    expect(ended.error).toMatch(error);
    expect(ended.error).not.toMatch(STACK);
    expect(ended.code).toBe(2);
    if (files === undefined) expect(existsSync(join(cwd, FILE))).toBe(false);
  });
});

describe('help', () => {
  it('in English', async () => {
    const { out, code } = await run(['check', '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/Usage: hufu check/);
    expect(out).toMatch(/hufu check traffic\.har/);
    expect(out).not.toMatch(/[\u4e00-\u9fff]/);
  });

  it('in Chinese', async () => {
    const { out } = await run(['check', '--help'], { environment: { HUFU_LANG: 'zh' } });
    expect(out).toMatch(/用文档检查录制的流量/);
    expect(out).toMatch(/--min-coverage/);
  });

  it('errors in Chinese', async () => {
    const { error, code } = await run(['check', 'bad.har', '--report', 'x.pdf'], {
      cwd: workspace(),
      environment: { LANG: 'zh_CN.UTF-8' },
    });
    expect(error).toMatch(/无法由扩展名判断报告格式/);
    expect(code).toBe(2);
  });
});

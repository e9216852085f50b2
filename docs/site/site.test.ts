import { globSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDocument } from '../../operations/index.ts';
import { createDocsSite } from './create-docs-site.ts';
import type { DocsSite } from './create-docs-site.ts';
import { api, documentOf, folderOf, json } from './document.fixture.ts';
import type { SearchIndex } from './search-index.ts';
import { buildSearchIndex } from './search-index.ts';
import { writeDocsSite } from './write-docs-site.ts';

const ROOT = join(import.meta.dirname, '../..');
const KIT = /x-(?:assumption|discrepancy|faker|internal|path-aliases|rules|sensitive|tolerated|hufu)\b["']?\s*:/;
const ok = { '200': { description: 'ok' } };

let site: DocsSite;
let pages: ReadonlyMap<string, string>;
beforeAll(async () => {
  const files = globSync(join(ROOT, 'openapi/*.yaml')).filter((file) => !file.endsWith('.state.yaml'));
  const report = new Map([['tie saveOrUpdateTie', { exchanges: 12, covered: 5, cells: 9, errors: 2, warnings: 0 }]]);
  site = await createDocsSite(await Promise.all(files.sort().map((file) => loadDocument(file))), {
    report,
    changes: [{ document: 'tie', operationId: 'saveOrUpdateTie', kind: 'breaking', message: '字段 `x` 现在必填' }],
  });
  pages = new Map(site.paths.filter((path) => path.endsWith('.html')).map((path) => [path, text(path)]));
});

function text(path: string): string {
  const file = site.get(path);
  if (file === undefined) throw new Error(`there is no ${path}`);
  return String(file.body);
}

describe('the site of the nine modules', () => {
  test('has a page for each operation, in both languages, and no page is heavy', () => {
    const operations = [...pages.keys()].filter((path) => /^api\/.+\/(?!index)[^/]+\.html$/.test(path));
    expect(operations).toHaveLength(59);
    expect([...pages.keys()].filter((path) => path.startsWith('en/')).length).toBe(
      [...pages.keys()].filter((path) => /^(?:api|[^/]+\.html)/.test(path)).length,
    );
    for (const path of operations) expect(text(path).length, path).toBeLessThan(80_000);
  });

  test('every link leads to a page that is there, every fragment to a place on it', () => {
    const ids = new Map([...pages].map(([path, page]) => [path, new Set([...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))]));
    const broken: string[] = [];
    const known = new Set(site.paths);
    for (const [path, page] of pages) {
      for (const [, href = ''] of page.matchAll(/\s(?:href|src)="([^"]+)"/g)) {
        if (/^(?:https?:|data:)/.test(href)) continue;
        const [file = '', fragment] = href.replaceAll('&amp;', '&').split('#');
        const target = file === '' ? path : decodeURIComponent(posix.join(posix.dirname(path), file.split('?')[0] ?? ''));
        const isThere =
          known.has(target.endsWith('/') ? `${target}index.html` : target) &&
          (fragment === undefined ||
            fragment === '' ||
            !target.endsWith('.html') ||
            ids.get(target)?.has(decodeURIComponent(fragment)) === true);
        if (!isThere) broken.push(`${path}: ${href}`);
      }
    }
    expect(broken).toEqual([]);
  });

  test('no page names a thing twice, has a style of its own or a script inside', () => {
    for (const [path, page] of pages) {
      const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, path).toBe(ids.length);
      expect(page, path).not.toMatch(/\sstyle="|<script>|\son[a-z]+="/);
      expect(page, path).toContain('content="default-src &#39;none&#39;;');
    }
  });

  test('nothing of the kit and no other host is in what is published', () => {
    for (const path of site.paths.filter((name) => !name.startsWith('try/scalar'))) expect(text(path), path).not.toMatch(KIT);
    for (const [path, page] of pages) expect(page, path).not.toMatch(/(?:src|action)="https?:|<link[^>]+href="https?:/);
  });

  test('every example of the workspace is valid, and the pages say so', () => {
    const views = site.model.modules.flatMap(({ operations }) => operations.map(({ view }) => view().examples));
    expect(views.filter(({ judged }) => judged > 0).length).toBeGreaterThan(55);
    expect(views.filter(({ valid, judged }) => valid !== judged)).toEqual([]);
    expect(text('api/tie/saveOrUpdateTie.html')).toMatch(/✓ \d+ 个示例均已按契约校验/);
  });

  test('a report shows coverage and deviations', () => {
    expect(text('api/tie/saveOrUpdateTie.html')).toContain('录制流量覆盖 5/9（12 次调用）');
    expect(text('en/api/tie/saveOrUpdateTie.html')).toContain('backend deviates in 2 places');
    expect(text('api/tie/listTies.html')).toContain('录制流量尚未覆盖');
  });

  test('hidden rules, behaviour, decisions and machines are said', () => {
    expect(text('api/tie/saveOrUpdateTie.html')).toMatch(/<code>hasDetail<\/code> 为 <code>1<\/code>时，必须给出 <code>html<\/code>/);
    expect(text('en/api/notification-task/createNotificationTask.html')).toMatch(
      /Exactly one of <code>fileIds<\/code>, <code>members<\/code> must be given/,
    );
    expect(text('api/notification-task/createNotificationTask.html')).toContain('结束时间与开始时间必须为同一天');
    expect(text('api/tie/saveOrUpdateTie.html')).toContain('decisions.html#D2-01');
    expect(text('decisions.html')).toContain('id="D2-01"');
    expect(text('index.html').match(/class="machine"/g)?.length).toBeGreaterThan(5);
    expect(text('changelog.html')).toMatch(/不兼容 \(1\)[\s\S]*字段 <code>x<\/code> 现在必填/);
    expect(text('api/file/uploadFile.html')).toContain('同样可用的地址');
  });

  test('sensitive examples are masked on pages, in Markdown and in documents', () => {
    for (const path of site.paths.filter((name) => /^(?:api|openapi|llms)/.test(name) && name.includes('tie')))
      expect(text(path), path).not.toContain('300007');
  });

  test('a path is found with or without its folder page, encoded or not; others are not', () => {
    expect(site.get('')?.mediaType).toBe('text/html; charset=utf-8');
    expect(site.get('/api/tie/')?.body).toBe(site.get('api/tie/index.html')?.body);
    for (const path of ['../package.json', 'api/none.html', '%E0%A4%A', 'assets/../index.html', '__proto__'])
      expect(site.get(path), path).toBeUndefined();
  });

  test('one file has every page in both languages, once', () => {
    const single = site.single();
    const ids = [...single.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const known = new Set(ids);
    const broken = [...single.matchAll(/\shref="#([^"]*)"/g)].map(([, id]) => id).filter((id) => !known.has(id));
    expect(broken).toEqual([]);
    expect(single).not.toMatch(/\ssrc="|<link rel="stylesheet"/);
  });

  test('Markdown and llms.txt name every operation', () => {
    expect(text('llms.txt').match(/^- \[.+\]\(api\/.+\.md\)/gm)).toHaveLength(59);
    expect(text('api/tie/saveOrUpdateTie.md')).toMatch(/^# 发布或修改贴钱活动\n[\s\S]*`hasDetail` 为 `1`时[\s\S]*curl -X POST/);
    expect(text('llms-full.txt').length).toBeGreaterThan(100_000);
  });
});

interface Hit {
  readonly path: string;
  readonly title: string;
  readonly module: string;
  readonly anchor: string;
}

describe('search', () => {
  let index: SearchIndex;
  let find: (index: SearchIndex, query: string, language: string) => readonly Hit[];
  beforeAll(() => {
    index = buildSearchIndex(site.model);
    const root = { classList: { add: () => {} }, dataset: {} };
    const world: Record<string, unknown> = {
      document: { documentElement: root, addEventListener: () => {} },
      addEventListener: () => {},
      localStorage: { getItem: () => null },
    };
    world['globalThis'] = world;
    runInNewContext(readFileSync(join(import.meta.dirname, 'assets/site.js'), 'utf8'), world);
    find = world['hufuFind'] as typeof find;
  });

  const rows: readonly [name: string, query: string, want: RegExp][] = [
    ['Chinese, across modules', '终止', /terminateNotificationTask/],
    ['Chinese, in another module', '终止', /marketing-notice/],
    ['English', 'terminate', /terminateNotificationTask/],
    ['a field', 'hasDetail', /saveOrUpdateTie/],
    ['a path', '/oauth/token', /issueToken/],
    ['an operationId in any case', 'SAVEORUPDATETIE', /saveOrUpdateTie\.html/],
    ['several words', '任务 状态', /notification-task/],
    ['Chinese that is nowhere as it stands', '终止通知任务', /terminateNotificationTask/],
    ['an error', '结束时间不能早于', /createNotificationTask/],
    ['a decision', 'D2-01', /decisions\.html#D2-01/],
  ];
  test.each(rows)('%s', (_name, query, want) => {
    expect(find(index, query, 'zh').map(({ path }) => path)).toContainEqual(expect.stringMatching(want));
  });

  test('titles come before fields, and a field leads to its place', () => {
    const [first] = find(index, '上传文件', 'zh');
    expect(first).toMatchObject({ path: 'api/file/uploadFile.html', title: '上传文件' });
    const field = find(index, 'scheduledEndTime', 'en').find(({ anchor }) => anchor !== '');
    expect(field?.anchor).toContain('scheduledEndTime');
  });

  test('nothing found is an empty list, whatever is asked', () => {
    for (const query of ['没有这种东西啊', '(((', '\\', '[a-', 'zzzzqqq']) expect(find(index, query, 'zh')).toEqual([]);
  });
});

describe('documents of anybody', () => {
  test('hostile text stays text', async () => {
    const evil = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>';
    const document = await documentOf(
      api(
        {
          '/a/{id}/<b>': {
            get: {
              operationId: evil,
              summary: evil,
              description: evil,
              tags: [evil],
              parameters: [{ name: evil, in: 'query', description: evil, schema: { type: 'string', enum: [evil], pattern: evil } }],
              responses: {
                '200': {
                  description: evil,
                  content: json({ properties: { [evil]: { description: evil, default: evil } } }, { example: { [evil]: evil } }),
                },
              },
            },
          },
        },
        {},
        {
          info: { title: evil, version: evil, description: evil },
          servers: [{ url: 'javascript:alert(1)', description: evil }],
          tags: [{ name: evil, description: evil }],
          externalDocs: { url: 'javascript:alert(1)' },
        },
      ),
    );
    const own = await createDocsSite([document]);
    for (const path of own.paths.filter((name) => name.endsWith('.html'))) {
      const page = String(own.get(path)?.body);
      expect(page, path).not.toMatch(/<script>|<img|href="javascript:/);
    }
    expect(own.single().replace(/<script>[\s\S]*?<\/script>/, '')).not.toMatch(/<script>alert|<img/);
    expect(String(own.get('assets/search-index.js')?.body)).not.toContain('</script><');
  });

  test('OpenAPI 3.2: the tree of tags, names and summaries, the whole query, items', async () => {
    const operation = (id: string, tags: string[], more: object = {}): object => ({
      operationId: id,
      tags,
      responses: { '200': { summary: 'All of them' } },
      ...more,
    });
    const query = (mediaType: string): object => ({
      parameters: [
        {
          name: 'filter',
          in: 'querystring',
          required: true,
          content: { [mediaType]: { schema: { type: 'object', required: ['author'], properties: { author: { const: 'A B' } } } } },
        },
      ],
    });
    const lines = {
      requestBody: {
        content: { 'application/jsonl': { itemSchema: { type: 'object', required: ['id'], properties: { id: { const: 7 } } } } },
      },
    };
    const document = await documentOf({
      ...api(
        {
          '/a': {
            get: operation('form', ['new', 'books'], query('application/x-www-form-urlencoded')),
            query: operation('lines', ['books'], lines),
            additionalOperations: { LINK: operation('text', ['shop'], query('application/json')) },
          },
        },
        {},
        {
          servers: [{ url: 'https://example.com', name: 'production', description: 'Main' }],
          tags: [
            { name: 'books', summary: 'All books', parent: 'shop' },
            { name: 'new', kind: 'badge' },
            { name: 'shop' },
            { name: 'round', parent: 'trip' },
            { name: 'trip', parent: 'round' },
          ],
          components: {
            securitySchemes: {
              o: {
                type: 'oauth2',
                deprecated: true,
                oauth2MetadataUrl: 'https://example.com/x',
                flows: { deviceAuthorization: { deviceAuthorizationUrl: 'https://example.com/d' } },
              },
            },
          },
        },
      ),
      openapi: '3.2.0',
    });
    const own = await createDocsSite([document]);
    const page = (name: string): string => String(own.get(`api/api/${name}.html`)?.body);
    expect(Array.from(page('index').matchAll(/<h3>(.*?)<\/h3>/g), ([, title]) => title)).toEqual(['shop', 'shop › All books']);
    expect(page('index')).toMatch(/production：Main/);
    expect(page('index')).toMatch(
      /元数据：<code>https:\/\/example\.com\/x<\/code>；设备授权：<code>https:\/\/example\.com\/d<\/code>；已弃用/,
    );
    expect(page('form')).toMatch(/查询字符串（整体）/);
    expect(page('form')).toContain('https://example.com/a?author=A%20B');
    expect(page('form')).toContain('All of them');
    expect(page('text')).toContain('https://example.com/a?%7B%22author%22%3A%22A%20B%22%7D');
    expect(page('lines')).toMatch(/-X QUERY[\s\S]*\{&quot;id&quot;:7\}|-X QUERY[\s\S]*\{"id":7\}/);
  });

  test('Swagger 2.0: form fields, body, file', async () => {
    const document = await documentOf({
      swagger: '2.0',
      info: { title: 'Old', version: '1' },
      host: 'example.com',
      basePath: '/v1',
      schemes: ['https'],
      paths: {
        '/form': {
          post: {
            consumes: ['multipart/form-data'],
            parameters: [
              { name: 'file', in: 'formData', type: 'file', required: true },
              { name: 'note', in: 'formData', type: 'string' },
            ],
            responses: ok,
          },
        },
        '/body': {
          post: {
            consumes: ['application/json'],
            parameters: [{ name: 'body', in: 'body', schema: { properties: { a: { type: 'integer', minimum: 1 } } } }],
            responses: { '200': { description: 'ok', schema: { type: 'array', items: { type: 'string' } } } },
          },
        },
      },
    });
    const own = await createDocsSite([document]);
    expect(own.paths).toContain('zh/index.html');
    expect(String(own.get('api/api/POST-form.html')?.body)).toMatch(/<code>file<\/code>[\s\S]*required[\s\S]*<code>note<\/code>/);
    expect(String(own.get('api/api/POST-body.html')?.body)).toMatch(/https:\/\/example\.com\/v1\/body[\s\S]*/);
  });

  test('a document without operations, broken references, odd shapes', async () => {
    const empty = await documentOf(api({}));
    const odd = await documentOf(
      api(
        {
          '/a': {
            get: {
              responses: { '200': { $ref: '#/nowhere' }, default: null },
              parameters: [{ $ref: '#/x' }, 7],
              requestBody: { $ref: '#/y' },
              tags: 'x',
              security: 'none',
            },
            post: null,
          },
          '/b': 7,
        },
        { A: 7 },
        { tags: 7, servers: 'x' },
      ),
    );
    const own = await createDocsSite([empty, odd]);
    for (const path of own.paths) expect(own.get(path)?.body, path).toBeDefined();
  });

  test('internal operations have no page', async () => {
    const document = await documentOf(
      api({ '/a': { get: { operationId: 'open', responses: ok }, post: { operationId: 'secret', 'x-internal': true, responses: ok } } }),
    );
    const own = await createDocsSite([document]);
    expect(own.paths.filter((path) => path.startsWith('api/'))).toEqual(['api/api/index.html', 'api/api/open.html', 'api/api/open.md']);
    for (const path of own.paths.filter((name) => !name.startsWith('try/scalar')))
      expect(String(own.get(path)?.body), path).not.toContain('secret');
  });
});

test('a second run removes the pages that are no more, and nothing else', async () => {
  const folder = folderOf({ 'mine.txt': 'x' });
  const make = async (paths: object) => createDocsSite([await documentOf(api(paths))]);
  writeDocsSite(await make({ '/a': { get: { operationId: 'a', responses: ok } } }), folder);
  writeFileSync(join(folder, 'api/own.html'), 'x');
  const second = writeDocsSite(await make({ '/b': { get: { operationId: 'b', responses: ok } } }), folder);
  expect(second.removed).toBe(4);
  expect([
    existsSync(join(folder, 'api/api/a.html')),
    existsSync(join(folder, 'api/api/b.html')),
    existsSync(join(folder, 'api/own.html')),
    existsSync(join(folder, 'mine.txt')),
  ]).toEqual([false, true, true, true]);
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf, run, WORKSPACE } from './run.fixture.ts';

const api = (type: string, more = ''): string => `openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
  /things:
    get:
      operationId: listThings
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: object, required: [a], properties: { a: { type: ${type} }${more} } }
`;
const state = (unique: string): string => `collections:\n  thing: { key: { field: id }, unique: [${unique}] }\n`;

const folder = folderOf({
  'old.yaml': api('string'),
  'breaking.yaml': api('integer'),
  'compatible.yaml': api('string', ', b: { type: string }'),
  'warning.yaml': api('string, enum: [x, y]'),
  'warning-old.yaml': api('string, enum: [x]'),
  'empty.yaml': "openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths: {}\n",
  'broken.yaml': 'openapi: 3.1.0\npaths: [\n',
  'v1/things.yaml': api('string'),
  'v1/things.state.yaml': state('a'),
  'v1/other.yaml': api('string').replaceAll('hings', 'thers'),
  'v2/things.yaml': api('string'),
  'v2/things.state.yaml': state('a, b'),
  'v2/other.yaml': api('string').replaceAll('hings', 'thers'),
});
const diff = (...parameters: string[]): ReturnType<typeof run> => run(['diff', ...parameters], { cwd: folder });

describe.concurrent('exit codes', () => {
  test.each([
    { name: 'nothing changed', with: ['old.yaml', 'old.yaml'], code: 0, says: /^No difference for clients$/m },
    { name: 'compatible', with: ['old.yaml', 'compatible.yaml'], code: 0, says: /^0 breaking changes, 0 warnings, 1 compatible change$/m },
    {
      name: 'breaking',
      with: ['old.yaml', 'breaking.yaml'],
      code: 1,
      says: /✕ breaking {2}response 200 application\/json \/a\n {6}the type was string, it is integer\n {6}old\.yaml:12 -> breaking\.yaml:12/,
    },
    { name: 'a warning', with: ['warning-old.yaml', 'warning.yaml'], code: 0, says: /▲ warning/ },
    { name: 'a warning, when asked for', with: ['warning-old.yaml', 'warning.yaml', '--fail-on', 'warning'], code: 1, says: /▲ warning/ },
    {
      name: 'folders and state files',
      with: ['v1', 'v2'],
      code: 0,
      says: /collection "thing": unique was \["a"\], it is \["a","b"\]\n {6}v1\/things\.state\.yaml:2 -> v2\/things\.state\.yaml:2/,
    },
  ])('$name', async ({ with: parameters, code, says }) => {
    const result = await diff(...parameters);
    expect(result.out).toMatch(says);
    expect([result.code, result.error]).toEqual([code, '']);
  });

  test.each([
    { name: 'no such file', with: ['old.yaml', 'nowhere.yaml'], says: 'nowhere.yaml does not exist' },
    { name: 'not readable', with: ['broken.yaml', 'old.yaml'], says: 'broken.yaml:3:' },
    { name: 'nothing to compare', with: ['empty.yaml', 'empty.yaml'], says: 'describes an operation' },
    { name: 'an unknown report', with: ['old.yaml', 'old.yaml', '--report', 'x.doc'], says: 'no report is known by this ending' },
    { name: 'a new version of a revision', with: ['old.yaml', 'git:main'], says: 'only the old version' },
    { name: 'no revision', with: ['git:', 'old.yaml'], says: 'name a revision' },
    { name: 'an option for a revision', with: ['git:--output=x', 'old.yaml'], says: 'name a revision' },
    { name: 'no repository', with: ['git:main', 'old.yaml'], says: 'git says: fatal: not a git repository' },
    { name: 'one version only', with: ['old.yaml'], says: 'missing required argument' },
  ])('2: $name', async ({ with: parameters, says }) => {
    const { code, error } = await diff(...parameters);
    expect(error).toContain(says);
    expect(error).not.toMatch(/\n {4}at /);
    expect(code).toBe(2);
  });
});

test('reports are written, in any format', async () => {
  const reports = ['html', 'json', 'sarif', 'xml', 'md'].map((ending) => `out/diff.${ending}`);
  const { code, out } = await diff('old.yaml', 'breaking.yaml', '-f', 'github', ...reports.flatMap((file) => ['--report', file]));
  expect(code).toBe(1);
  expect(out).toMatch(/^::error file=breaking\.yaml,line=12,title=Type changed \(type-changed\)::GET \/things: /);
  const result = JSON.parse(readFileSync(join(folder, 'out/diff.json'), 'utf8')) as { counts: object; changes: object[] };
  expect(result.counts).toEqual({ breaking: 1, warning: 0, compatible: 0 });
  expect(result.changes[0]).toMatchObject({
    rule: 'type-changed',
    operation: { id: 'listThings' },
    newPlace: { file: 'breaking.yaml', line: 12 },
  });
  for (const file of reports) expect(readFileSync(join(folder, file), 'utf8')).toMatch(/type-changed|Type changed/);
});

test('in Chinese', async () => {
  const { out } = await run(['diff', 'old.yaml', 'breaking.yaml'], { cwd: folder, environment: { HUFU_LANG: 'zh' } });
  expect(out).toContain('类型由 string 变为 integer');
  expect(out).toContain('1 处不兼容，0 处警告，0 处兼容变化');
});

test('the documents of this workspace are what they are', async () => {
  const { code, out } = await run(['diff', 'openapi', 'openapi'], { cwd: WORKSPACE });
  expect([code, out]).toEqual([0, 'No difference for clients\n']);
});

describe('git revisions', () => {
  const repository = folderOf({
    'apis/things.yaml': api('string').replace(/schema: .*/, "schema: { $ref: '../shared/thing.yaml' }"),
    'shared/thing.yaml': 'type: object\nproperties: { a: { type: string } }\n',
    'apis/notes.txt': 'not taken\n',
  });
  const git = (...parameters: string[]): void => {
    execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...parameters], { stdio: 'ignore' });
  };
  git('init', '-b', 'main');
  git('add', '.');
  git('commit', '-m', 'one');
  git('tag', 'v1');
  writeFileSync(join(repository, 'shared/thing.yaml'), 'type: object\nproperties: { a: { type: integer } }\n');
  mkdirSync(join(repository, 'new'));
  writeFileSync(join(repository, 'new/later.yaml'), api('string'));

  test.each([
    { name: 'the path of the new documents', with: ['git:v1', 'apis'] },
    { name: 'a file', with: ['git:main', 'apis/things.yaml'] },
    { name: 'a path from the top', with: ['git:HEAD:apis', 'apis/things.yaml'] },
  ])('$name', async ({ with: parameters }) => {
    const { code, out, error } = await run(['diff', ...parameters], { cwd: repository });
    expect(error).toBe('');
    expect(out).toContain('the type was string, it is integer');
    expect(out).toMatch(/git:\w+:shared\/thing\.yaml:2 -> shared\/thing\.yaml:2/);
    expect(code).toBe(1);
  });

  test('from a folder inside', async () => {
    const { code, out } = await run(['diff', 'git:v1', '.', '--ref-root', '..'], { cwd: join(repository, 'apis') });
    expect(out).toContain('the type was string, it is integer');
    expect(code).toBe(1);
  });

  test.each([
    { name: 'no such revision', with: ['git:v9', 'apis'], says: 'git:v9: git says: fatal:' },
    { name: 'no such path', with: ['git:v1:nowhere', 'apis'], says: 'git:v1:nowhere: the revision v1 has no nowhere' },
    { name: 'a file of later', with: ['git:v1', 'new/later.yaml'], says: 'the revision v1 has no new/later.yaml' },
    { name: 'outside', with: ['git:v1:../..', 'apis'], says: 'is outside of the repository' },
  ])('$name', async ({ with: parameters, says }) => {
    const { code, error } = await run(['diff', ...parameters], { cwd: repository });
    expect(error).toContain(says);
    expect(code).toBe(2);
  });

  test.each([
    { name: 'the top of a repository that has too many files', path: '.' },
    { name: 'a file at its top', path: 'top.yaml' },
  ])('$name', async ({ path }) => {
    const names = ['top.yaml', ...Array.from({ length: 5_000 }, (_, index) => `${index}/x.yaml`)];
    const head = 'blob\nmark :1\ndata 0\n\ncommit refs/heads/many\ncommitter t <t@example.com> 0 +0000\ndata 0\n\n';
    execFileSync('git', ['-C', repository, 'fast-import', '--quiet', '--force'], {
      input: `${head}${names.map((name) => `M 100644 :1 ${name}\n`).join('')}\n`,
    });
    writeFileSync(join(repository, 'top.yaml'), api('string'));
    const { code, error } = await run(['diff', `git:many:${path === '.' ? '' : path}`, 'apis', '--ref-root', '.'], { cwd: repository });
    expect(error).toContain('more than 5000 files');
    expect(code).toBe(2);
  });

  test('without git', async () => {
    const { code, error } = await run(['diff', 'git:v1', 'apis'], { cwd: repository, environment: { PATH: '/nowhere' } });
    expect(error).toContain('git is not installed, or not in PATH');
    expect(code).toBe(2);
  });
});

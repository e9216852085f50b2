import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '..');

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;
const [install, check, replay] = action.runs.steps;

const folders: string[] = [];
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const DOCUMENT = `openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: Pets
          content: { application/json: { schema: { type: array, items: { type: string } } } }
    post:
      operationId: addPet
      responses: { '204': { description: Added } }
`;
const exchange = (body: unknown): string =>
  JSON.stringify({
    method: 'GET',
    url: 'http://127.0.0.1/pets',
    request: { headers: {} },
    response: { status: 200, headers: { 'content-type': 'application/json' }, body },
  });
const GOOD = exchange(['cat']);
const BAD = exchange([1]);

/** A backend's repository; the action sees nothing else. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-action-'));
  folders.push(folder);
  for (const [name, text] of Object.entries({ 'openapi/pets.yaml': DOCUMENT, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
  readonly summary: string;
}

/** Runs a script as GitHub's runner does for `shell: bash`. */
async function runScript(script: string, folder: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const [file, summary] = [join(folder, '.step.sh'), join(folder, '.summary.md')];
  writeFileSync(file, script);
  writeFileSync(summary, '');
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:LC_|LANG|HUFU_|GITHUB_|NODE_|VITEST|FORCE_COLOR)/.test(name));
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, error] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, error, summary: readFileSync(summary, 'utf8') };
}

/** A step of the action with its inputs, expressions replaced as the runner does it. */
function runStep(step: Step | undefined, folder: string, given: Readonly<Record<string, string>>): Promise<Ran> {
  const value = (expression: string): string => {
    if (expression === 'github.action_path') return ROOT;
    const name = /^inputs\.([\w-]+)$/.exec(expression)?.[1] ?? '';
    const input = action.inputs[name];
    if (input === undefined) throw new Error(`${expression}: no such input`);
    return given[name] ?? input.default ?? '';
  };
  const env = Object.entries(step?.env ?? {}).map(([name, text]) => [
    name,
    text.replaceAll(/\$\{\{ *(.*?) *\}\}/g, (_all, expression: string) => value(expression)),
  ]);
  return runScript(step?.run ?? '', folder, Object.fromEntries(env) as Record<string, string>);
}

describe('action.yml', () => {
  test('inputs come to the shell as variables, never as text of a script', () => {
    for (const { run = '', env = {} } of action.runs.steps) {
      expect(run).not.toContain('${{');
      for (const name of Object.keys(env)) expect(run).toContain(`$${name}`);
    }
  });

  test('it installs what it needs in its own folder', async () => {
    const folder = repository({ 'bin/npm': '#!/bin/sh\necho "npm $*"\n' });
    chmodSync(join(folder, 'bin', 'npm'), 0o755);
    const ran = await runScript(install?.run ?? '', folder, { PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter) });
    expect(ran).toMatchObject({ code: 0, out: 'npm ci --omit=dev --no-audit --no-fund\n' });
    expect(install).toMatchObject({ 'working-directory': '${{ github.action_path }}' });
  });

  test('a clean recording passes, with reports and a summary', async () => {
    const folder = repository({ 'recordings/a.ndjson': GOOD });
    const ran = await runStep(check, folder, { recordings: 'recordings/*.ndjson' });
    expect(ran).toMatchObject({ code: 0, out: '', summary: expect.stringContaining('## ✅ Contract check: Passed') });
    expect(readdirSync(join(folder, 'hufu-reports')).sort()).toEqual(['check.html', 'check.json', 'check.xml']);
  });

  test('an error is an annotation at the line of the document', async () => {
    const folder = repository({ 'recordings/a.ndjson': BAD });
    const ran = await runStep(check, folder, { recordings: 'recordings/*.ndjson', documents: 'openapi/pets.yaml', reports: 'out' });
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/^::error file=openapi\/pets\.yaml,line=10,title=Response body breaks the document/);
    expect(ran.summary).toContain('## ❌ Contract check: Failed');
    expect(existsSync(join(folder, 'out', 'check.html'))).toBe(true);
  });

  const outcomes: readonly [name: string, inputs: Readonly<Record<string, string>>, want: number][] = [
    ['patterns, one a line, for names with blanks too', { recordings: 'recordings/**/*.ndjson\nmore of it.ndjson\n' }, 0],
    ['too little coverage', { recordings: 'more of it.ndjson', 'min-coverage': '90' }, 1],
    ['a pattern that nothing fits', { recordings: 'none/*.har' }, 2],
    ['a document that is not there', { recordings: 'more of it.ndjson', documents: 'openapi\nnone.yaml' }, 2],
    ['an input that would like to be a command', { recordings: '$(touch taken)\n; touch taken', documents: '`touch taken`' }, 2],
    ['an input that would like to be an option', { recordings: '--update-baseline' }, 2],
  ];
  test.each(outcomes)('%s', async (_name, inputs, want) => {
    const folder = repository({ 'recordings/deep/a b.ndjson': GOOD, 'more of it.ndjson': GOOD });
    expect((await runStep(check, folder, inputs)).code).toBe(want);
    expect(existsSync(join(folder, 'taken'))).toBe(false);
  });

  test('a target is replayed to, and what it answers otherwise is told', async () => {
    const answers = ['["cat"]', '[7]'];
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end(answers.shift());
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await new Promise((resolve) => server.once('listening', resolve));
    const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const folder = repository({ 'a.ndjson': GOOD });

    expect(replay?.if).toContain("inputs.target != ''");
    const same = await runStep(replay, folder, { recordings: 'a.ndjson', target });
    expect([same.code, same.error]).toEqual([0, expect.any(String)]);
    const other = await runStep(replay, folder, { recordings: 'a.ndjson', target });
    expect([other.code, other.out]).toEqual([1, expect.stringContaining('::error file=openapi/pets.yaml')]);
    expect(other.summary).toContain('Failed');
    expect(existsSync(join(folder, 'hufu-reports', 'replay.html'))).toBe(true);
  });
});

describe.each(['docs/ci.md', 'docs/ci.zh-CN.md'])('%s', (path) => {
  const page = readFileSync(join(ROOT, path), 'utf8');
  const block = (name: string): string =>
    new RegExp(`^\`\`\`yaml ${name.replaceAll('.', '\\.')}\n([^]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? '';
  const workflow = parse(block('.github/workflows/contract.yml')) as { jobs: { contract: { steps: readonly Step[] } } };
  const pipeline = parse(block('.gitlab-ci.yml')) as { contract: { script: readonly string[] } };

  /** The repository of the page: a recording, this repository as `hufu`. */
  function backend(): string {
    const folder = repository({ 'contracts/recordings/a.har': GOOD });
    symlinkSync(ROOT, join(folder, 'hufu'));
    return folder;
  }
  const env = { PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) };

  test('gives the action inputs that it has, and names each of them', () => {
    const used = workflow.jobs.contract.steps.find(({ uses }) => uses === './hufu');
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(used?.with ?? {})));
    for (const name of Object.keys(action.inputs)) expect(page).toContain(`| \`${name}\` |`);
  });

  test('compares the documents with the main branch', async () => {
    const folder = backend();
    const step = workflow.jobs.contract.steps.find(({ run }) => run?.includes(' diff '));
    const git = 'git -c user.name=test -c user.email=test@example.com';
    const made = `git init -q -b main . && git add openapi && ${git} commit -qm documents && git update-ref refs/remotes/origin/main HEAD`;
    expect((await runScript(made, folder)).code).toBe(0);
    expect((await runScript(step?.run ?? '', folder, env)).code).toBe(0);
    writeFileSync(join(folder, 'openapi/pets.yaml'), DOCUMENT.replace('items: { type: string }', 'items: { type: integer }'));
    const broken = await runScript(step?.run ?? '', folder, env);
    expect([broken.code, broken.out]).toEqual([1, expect.stringContaining('::error')]);
  });

  test('makes a JUnit report for GitLab', async () => {
    const folder = backend();
    const [installed = '', checked = ''] = pipeline.contract.script;
    expect(installed).toBe('npm ci --prefix hufu --omit=dev --no-audit --no-fund');
    expect((await runScript(checked, folder, env)).code).toBe(0);
    expect(readFileSync(join(folder, 'contract.xml'), 'utf8')).toContain('<testsuites name="hufu check"');
    expect(existsSync(join(folder, 'contract.html'))).toBe(true);
  });
});

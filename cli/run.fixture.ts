import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

const MAIN = join(import.meta.dirname, 'main.js');
/** The workspace of this repository. */
export const WORKSPACE = join(import.meta.dirname, '..');

const folders: string[] = [];
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Writes files into a folder of their own, gone after the tests of the file. @returns the folder. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-cli-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export interface RunOptions {
  /** Default: the workspace of this repository. */
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Running {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly error: () => string;
  /** The exit code, or the name of the signal. */
  readonly ended: Promise<number | string>;
  /** Resolves with the first match in what was written so far or will be. @throws when the command ends before. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
}

/** Starts the real command line in English, without colours, unless the environment says otherwise. */
export function start(parameters: readonly string[], { cwd = WORKSPACE, environment = {} }: RunOptions = {}): Running {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:LC_|LANG|HUFU_|NO_COLOR|FORCE_COLOR)/.test(name)),
  );
  const child = spawn(process.execPath, [MAIN, ...parameters], {
    cwd,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let out = '';
  let error = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  const ended = new Promise<number | string>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal ?? '')));
  return {
    child,
    out: () => out,
    error: () => error,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(`${out}\n${error}`);
          if (match === null) return;
          child.stdout.off('data', look);
          child.stderr.off('data', look);
          resolve(match);
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        void ended.then((code) => reject(new Error(`ended with ${code} before it said ${String(pattern)}\n${out}\n${error}`)));
        look();
      }),
  };
}

/** Runs the command line to its end. */
export async function run(
  parameters: readonly string[],
  options: RunOptions = {},
): Promise<{ code: number | string; out: string; error: string }> {
  const running = start(parameters, options);
  const code = await running.ended;
  return { code, out: running.out(), error: running.error() };
}

/** Starts `hufu mock` on a free port. @returns the address it says it listens on. */
export async function startMock(parameters: readonly string[], options: RunOptions = {}): Promise<Running & { readonly url: string }> {
  const running = start(['mock', '-p', '0', ...parameters], options);
  const [url] = await running.says(/http:\/\/127\.0\.0\.1:\d+/);
  return { ...running, url };
}

import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** What a command took. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly seconds: number;
  /** At its peak. */
  readonly megabytes: number;
  readonly code: number;
  readonly out: string;
}

export const HUFU = join(ROOT, 'cli/main.js');
export const REDOCLY = join(ROOT, 'node_modules/@redocly/cli/bin/cli.js');

/** Runs a script of Node to its end and measures the process. @throws Error where it could not be measured. */
export async function measureProcess(script: string, parameters: readonly string[], folder: string): Promise<Usage> {
  const file = join(folder, 'usage.json');
  rmSync(file, { force: true });
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', join(import.meta.dirname, 'usage.mjs'), script, ...parameters], {
    cwd: ROOT,
    env: { ...process.env, USAGE_FILE: file, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, error] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out = (out + chunk.toString()).slice(-10_000_000)));
  child.stderr.on('data', (chunk: Buffer) => (error = (error + chunk.toString()).slice(-10_000)));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? -1));
  });
  const seconds = (performance.now() - began) / 1000;
  try {
    const { cpuSeconds, megabytes } = JSON.parse(readFileSync(file, 'utf8')) as Usage;
    return { cpuSeconds, megabytes, seconds, code, out };
  } catch (cause) {
    throw new Error(`${script} ended with ${code} and told nothing\n${error}`, { cause });
  }
}

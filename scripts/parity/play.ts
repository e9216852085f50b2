import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startMock } from '../mock-process.ts';
import type { Case } from './case.ts';
import { flagsOfMock } from './flags.ts';
import { grade } from './grade.ts';

export interface Result {
  readonly file: string;
  /** Empty: the case passes. */
  readonly reasons: readonly string[];
  /** What curl printed. */
  readonly output: string;
  readonly startMs: number | undefined;
  /** What the mock wrote, where the case fails. */
  readonly log: string;
}

const CURL_LIMIT_MS = 20_000;

/** Plays one case against a fresh mock and grades the answer. */
export async function play(given: Case, template: string, folder: string): Promise<Result> {
  const doc = join(folder, `${given.file.replace(/[^\w.-]/g, '_')}.yml`);
  await writeFile(doc, given.document);
  const values = { 'case-flags': given.flags.join(' ') };
  const mock = await startMock({ template, doc, flags: flagsOfMock(given.flags), values });
  if (mock.kind === 'refused') return { file: given.file, reasons: [mock.reason], output: '', startMs: undefined, log: mock.log };
  const line = given.command.replace(/(localhost|127\.0\.0\.1):4010/g, `$1:${mock.port}`);
  const output = await shell(line);
  const reasons = grade(given, output);
  const log = reasons.length === 0 ? '' : mock.log();
  await mock.stop();
  return { file: given.file, reasons, output, startMs: mock.startMs, log };
}

/** Runs the shell line of a case as it stands and gives what it printed. */
function shell(line: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn('/bin/sh', ['-c', line], { stdio: ['ignore', 'pipe', 'ignore'], timeout: CURL_LIMIT_MS, killSignal: 'SIGKILL' });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}

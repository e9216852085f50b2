import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { startMock } from '../mock-process.ts';
import type { MockCommand, MockProcess } from '../mock-process.ts';
import { CORES, onLoadCore, onServerCore } from './cores.ts';
import type { LoadResult } from './load.ts';

export interface LoadOptions {
  readonly milliseconds: number;
  readonly connections: number;
  readonly pipeline: number;
}

export interface LoadMeasure extends LoadResult {
  readonly perSecond: number;
  /** CPU time of the server per request in microseconds; `undefined` where /proc is missing. */
  readonly cpuMicros: number | undefined;
}

/** Linux counts CPU time in hundredths of a second, whatever the kernel was built with (USER_HZ). */
const TICK_MICROS = 10_000;
/** A server that listens and leaves its first request unanswered for so long is given up. */
const FIRST_ANSWER_LIMIT_MS = 30_000;

/** Puts a server under load and reads what it cost. */
export async function measureLoad(server: MockProcess, request: string, options: LoadOptions): Promise<LoadMeasure> {
  const before = await cpuTicks(server.pid);
  const result = await runLoad(server.port, request, options);
  const after = await cpuTicks(server.pid);
  const cpuMicros =
    before === undefined || after === undefined ? undefined : ((after - before) * TICK_MICROS) / Math.max(1, result.requests);
  return { ...result, perSecond: result.requests / result.seconds, cpuMicros };
}

export interface ColdStart {
  readonly server: MockProcess;
  /** Milliseconds from the spawn to the end of the first answer. */
  readonly firstAnswerMs: number;
  readonly megabytes: number | undefined;
}

/** A GET. */
export interface FirstRequest {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts a server on its core and asks once. @throws Error when it does not start, or does not answer. */
export async function coldStart(command: MockCommand, asked: string | FirstRequest): Promise<ColdStart> {
  const began = performance.now();
  const server = await startMock({ ...command, template: onServerCore(command.template) });
  if (server.kind === 'refused') throw new Error(`${command.template}: ${server.reason}\n${server.log}`);
  try {
    await firstAnswer(server.port, typeof asked === 'string' ? { path: asked } : asked);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { server, firstAnswerMs: performance.now() - began, megabytes: await memory(server.pid) };
}

/** Resident memory of a process in megabytes; `undefined` where /proc is missing. */
export async function memory(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

/** User and system time of a process (fields 14 and 15 of /proc/PID/stat; the name before them may hold spaces). */
async function cpuTicks(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.length < 13 ? undefined : Number(fields[11]) + Number(fields[12]);
}

function runLoad(port: number, request: string, { milliseconds, connections, pipeline }: LoadOptions): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const words = [join(import.meta.dirname, 'load.ts'), port, milliseconds, connections, pipeline, CORES === undefined ? '' : 'awake'].map(
      String,
    );
    const child = spawn(...onLoadCore(process.execPath, words), { stdio: ['pipe', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('close', (code) =>
      code === 0 ? resolve(JSON.parse(output) as LoadResult) : reject(new Error(`the load ended with ${code}`)),
    );
    child.stdin.end(request);
  });
}

function firstAnswer(port: number, asked: FirstRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, ...asked, agent: false, timeout: FIRST_ANSWER_LIMIT_MS }, (response) => {
      response.once('end', resolve).resume();
    });
    request.once('timeout', () => request.destroy(new Error(`no answer to the first request within ${FIRST_ANSWER_LIMIT_MS / 1_000} s`)));
    request.once('error', reject);
  });
}

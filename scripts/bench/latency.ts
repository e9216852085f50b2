import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { MockProcess } from '../mock-process.ts';
import { onLoadCore } from './cores.ts';

export interface LatencyOptions {
  /** Requests a second, due at even distances. */
  readonly perSecond: number;
  /** How long. */
  readonly milliseconds: number;
  /** Requests that may be under way at once; one that finds no connection free waits, and its wait counts. */
  readonly connections: number;
}

export interface Latency {
  /** Milliseconds from when a request was due until its answer was complete: half of all were faster. */
  readonly p50: number;
  /** The same: 99 of 100 were faster. */
  readonly p99: number;
  /** Answers a second: less than asked for where the server did not keep up. */
  readonly perSecond: number;
  /** How often each status came. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Requests that were never answered; they count with the time they had waited until the end. */
  readonly unanswered: number;
}

/** How long answers take at a steady load. @throws Error when the load itself failed. */
export function measureLatency(server: MockProcess, request: string, options: LatencyOptions): Promise<Latency> {
  const { perSecond, milliseconds, connections } = options;
  const words = [join(import.meta.dirname, 'open-load.ts'), server.port, perSecond, milliseconds, connections].map(String);
  return new Promise((resolve, reject) => {
    const child = spawn(...onLoadCore(process.execPath, words), { stdio: ['pipe', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(JSON.parse(output) as Latency) : reject(new Error(`the load ended with ${code}`))));
    child.stdin.end(request);
  });
}

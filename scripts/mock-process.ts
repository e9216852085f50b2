import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The command line of this project's own mock. `{port} {flags} {doc}` are replaced; `{node}` is the Node that runs the script. */
export const HUFU = '{node} cli/main.js mock {doc} -p {port} {flags}';
export const PRISM = 'node_modules/.bin/prism mock {doc} -p {port} {flags}';

export interface MockCommand {
  /** A shell command with the placeholders `{port} {flags} {doc}`, and `{node}`. */
  readonly template: string;
  /** Path of the document. */
  readonly doc: string;
  /** Flags as one text, already fit for a shell. Default: none. */
  readonly flags?: string;
  /** Further placeholders by name. */
  readonly values?: Readonly<Record<string, string>>;
  /** Milliseconds until a mock that does not listen is given up. Default 60 000. */
  readonly limitMs?: number;
}

/** A mock that listens, in its own process group. */
export interface MockProcess {
  readonly kind: 'listening';
  readonly port: number;
  readonly pid: number;
  /** Milliseconds from the spawn until the port accepted a connection. */
  readonly startMs: number;
  /** The last 64 KB of what it wrote. */
  readonly log: () => string;
  readonly alive: () => boolean;
  readonly stop: () => Promise<void>;
}

/** A mock that ended, or did not listen in time. */
export interface MockRefusal {
  readonly kind: 'refused';
  readonly reason: string;
  readonly log: string;
}

const LOG_LIMIT = 65_536;
const running = new Set<ChildProcess>();

process.on('exit', () => running.forEach((child) => signal(child, 'SIGKILL')));
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

/** Starts a mock on a free port and waits until it accepts connections. */
export async function startMock(command: MockCommand): Promise<MockProcess | MockRefusal> {
  const port = await freePort();
  const placeholders: Record<string, string> = {
    node: shellWord(process.execPath),
    port: String(port),
    flags: command.flags ?? '',
    doc: shellWord(command.doc),
    ...command.values,
  };
  const line = command.template.replace(/\{([a-z-]+)\}/g, (whole, name: string) => placeholders[name] ?? whole);
  const began = performance.now();
  const child = spawn('/bin/sh', ['-c', `exec ${line}`], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let log = '';
  const keep = (chunk: Buffer): void => void (log = (log + chunk.toString()).slice(-LOG_LIMIT));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  void ended.then(() => running.delete(child));
  const alive = (): boolean => child.exitCode === null && child.signalCode === null;
  const stop = async (): Promise<void> => {
    signal(child, 'SIGTERM');
    await Promise.race([ended, sleep(1_000)]);
    signal(child, 'SIGKILL');
    await ended;
  };

  const limit = command.limitMs ?? 60_000;
  while (alive() && performance.now() - began < limit) {
    if (await accepts(port)) {
      return { kind: 'listening', port, pid: child.pid ?? 0, startMs: performance.now() - began, log: () => log, alive, stop };
    }
    await sleep(10);
  }
  const reason = alive() ? `did not listen within ${limit} ms` : `ended with code ${child.exitCode ?? String(child.signalCode)}`;
  await stop();
  return { kind: 'refused', reason, log };
}

/** A text as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A TCP port of the loopback interface that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Signals the whole process group: a shell or a launcher may stand between us and the server. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // It is gone already.
  }
}

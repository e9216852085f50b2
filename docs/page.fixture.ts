import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { expect } from 'vitest';

export const ROOT = join(import.meta.dirname, '..');

/** A fenced block of a page. */
export interface Block {
  /** First word behind the fence: `console`, `yaml`, `ts`. */
  readonly language: string;
  /** Second word: the file that the block is written to. */
  readonly file: string | undefined;
  readonly text: string;
  /** Line of the fence in the page, from 1. */
  readonly line: number;
}

export function blocksOf(page: string): Block[] {
  return Array.from(page.matchAll(/^```(\S+)(?: +(\S+))?\n([^]*?)^```$/gm), ({ 1: language = '', 2: file, 3: text = '', index }) => ({
    language,
    file,
    text,
    line: page.slice(0, index).split('\n').length,
  }));
}

/** A line of a block after `$ `, with the lines that are shown beneath it. */
export interface Shown {
  /** Empty: what the command that runs longest goes on to print. */
  readonly command: string;
  readonly output: readonly string[];
}

export function commandsOf({ text }: Block): Shown[] {
  const commands: { command: string; output: string[] }[] = [];
  for (const line of text.trimEnd().split('\n')) {
    const last = commands.at(-1);
    if (line.startsWith('$ ')) commands.push({ command: line.slice(2), output: [] });
    else if (last !== undefined && last.command.endsWith('\\') && last.output.length === 0) last.command += `\n${line}`;
    else if (last === undefined) commands.push({ command: '', output: [line] });
    else last.output.push(line);
  }
  return commands;
}

/** Ports of the pages; each stands for a free one. */
const PORTS = /\b(?:4010|4020|8000|8080)\b/g;
/** Commands that run until they are ended. */
const SERVERS = /^(?:[A-Z]+=\S+ )*(?:hufu (?:mock|record)|node (?:server\.ts|examples\/backend\/main\.ts))\b/;
const PATIENCE = 60_000;

interface Server {
  readonly child: ChildProcess;
  readonly printed: () => string;
  /** Lines that were looked at. */
  seen: number;
  readonly ended: Promise<void>;
}

/**
 * Does what a page says, in a folder of its own with the workspace's documents: writes the blocks that name a file, runs the `console` blocks by bash, and
 * expects what is shown. `...` stands for any lines; times, ids and pseudonyms for any others.
 */
export async function playPage(path: string, language: 'en' | 'zh'): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-page-'));
  const servers: Server[] = [];
  try {
    prepare(folder);
    const blocks = blocksOf(readFileSync(join(ROOT, path), 'utf8'));
    const ports = await freePorts(new Set(blocks.flatMap(({ text }) => text.match(PORTS) ?? [])));
    const play = createPlayer(folder, language, ports, servers);
    for (const block of blocks) {
      if (block.file !== undefined) {
        mkdirSync(dirname(join(folder, block.file)), { recursive: true });
        writeFileSync(
          join(folder, block.file),
          block.text.replaceAll(PORTS, (port) => ports.get(port) ?? port),
        );
      } else if (block.language === 'console') {
        for (const shown of commandsOf(block)) await play(shown, `${path}:${block.line}`);
      }
    }
  } finally {
    for (const { child } of servers) stop(child, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

type Play = (shown: Shown, where: string) => Promise<void>;

function createPlayer(folder: string, language: string, ports: ReadonlyMap<string, string>, servers: Server[]): Play {
  const real = (text: string): string => text.replaceAll(PORTS, (port) => ports.get(port) ?? port);
  const asShown = (text: string): string => {
    let back = text;
    for (const [port, free] of ports) back = back.replaceAll(free, port);
    return back;
  };
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:LC_|LANG|HUFU_|NO_COLOR|FORCE_COLOR|GITHUB_|NODE_|VITEST)/.test(name),
  );
  const env = {
    ...Object.fromEntries(inherited),
    HUFU_LANG: language,
    PATH: [join(folder, '.bin'), dirname(process.execPath), process.env['PATH']].join(delimiter),
  };

  function start(command: string): Server {
    const child = spawn('bash', ['-c', `exec 2>&1; ${real(command)}`], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    return { child, printed: () => asShown(printed), seen: 0, ended };
  }

  async function awaitLines(server: Server, lines: readonly string[], where: string): Promise<void> {
    const pattern = patternOf(lines, false);
    const rest = (): string[] => linesOf(server.printed()).slice(server.seen);
    const end = Date.now() + PATIENCE;
    while (!pattern.test(rest().join('\n')) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(rest().join('\n'), where).toMatch(pattern);
    server.seen = linesOf(server.printed()).length;
  }

  return async ({ command, output }, where) => {
    if (command === '') {
      const server = servers.at(-1);
      if (server === undefined) throw new Error(`${where}: no command runs that could print this`);
      const interrupt = output.indexOf('^C');
      await awaitLines(server, interrupt < 0 ? output : output.slice(0, interrupt), where);
      if (interrupt < 0) return;
      stop(server.child, 'SIGINT');
      await awaitLines(server, output.slice(interrupt + 1), where);
      await server.ended;
      servers.pop();
      return;
    }
    const started = start(command);
    if (SERVERS.test(command)) {
      servers.push(started);
      await awaitLines(started, output, `${where} ${command}`);
      return;
    }
    await started.ended;
    expect(linesOf(started.printed()).join('\n'), `${where} ${command}`).toMatch(patternOf(output, true));
  };
}

/** The workspace that pages speak of: its documents, the backend with defects, what `node` and `hufu` mean. */
function prepare(folder: string): void {
  cpSync(join(ROOT, 'openapi'), join(folder, 'openapi'), { recursive: true });
  symlinkSync(join(ROOT, 'examples'), join(folder, 'examples'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules', 'hufu'));
  for (const name of ['express', 'fastify']) symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  const command = join(folder, '.bin', 'hufu');
  mkdirSync(dirname(command));
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'cli', 'main.js')}' "$@"\n`);
  chmodSync(command, 0o755);
}

async function freePorts(shown: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const listeners = await Promise.all(
    Array.from(shown, (port) => {
      const listener = createServer().listen(0, '127.0.0.1');
      return new Promise<{ port: string; listener: typeof listener }>((resolve) =>
        listener.once('listening', () => resolve({ port, listener })),
      );
    }),
  );
  const ports = new Map(listeners.map(({ port, listener }) => [port, String((listener.address() as AddressInfo).port)] as const));
  await Promise.all(listeners.map(({ listener }) => new Promise((resolve) => listener.close(resolve))));
  return ports;
}

function stop(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  // Its own children too.
  process.kill(-child.pid, signal);
}

function linesOf(text: string): string[] {
  const trimmed = steady(text).trimEnd();
  return trimmed === '' ? [] : trimmed.split('\n').map((line) => line.trimEnd());
}

/** @param isWhole nothing else may have been printed. */
function patternOf(lines: readonly string[], isWhole: boolean): RegExp {
  const parts = linesOf(lines.join('\n')).map((line) => (line === '...' ? '[^]*?' : line.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')));
  const text = parts.join('\n').replaceAll('[^]*?\n', '(?:[^]*\n)?').replaceAll('\n[^]*?', '(?:\n[^]*)?');
  return new RegExp(isWhole ? `^${text}$` : `(?:^|\n)${text}(?:$|\n)`);
}

/** What differs from one run to the next, as one text. */
function steady(text: string): string {
  return text
    .replaceAll(/hufu-masked-[0-9a-f]{10}/g, 'hufu-masked-0')
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replaceAll(/\d+(?:\.\d+)? ms\b/g, '0 ms')
    .replaceAll(/\d+(?:\.\d+)? (?:MB|KB)/g, '0 MB')
    .replaceAll(/\d+\.\d s\b/g, '0 s')
    .replaceAll(/(wrote|已生成)( \S+: )\d+/g, '$1$2n')
    .replaceAll(/(since: )\d{4}-\d\d-\d\d/g, '$1today');
}

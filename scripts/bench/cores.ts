import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Where a server and its load run: each on a core of its own, so that neither takes time from the other and every server has exactly one, however many
 * threads it has. `undefined` where there is no `taskset` or only one core: then the kernel places them as it likes.
 */
export const CORES: { readonly server: number; readonly load: number } | undefined = findCores();

/** The command line of a server as it is started: on its core. @param template see `MockCommand` */
export function onServerCore(template: string): string {
  return CORES === undefined ? template : `taskset -c ${CORES.server} ${template}`;
}

/** A program and its parameters on the load's core. */
export function onLoadCore(program: string, parameters: readonly string[]): [string, string[]] {
  return CORES === undefined ? [program, [...parameters]] : ['taskset', ['-c', String(CORES.load), program, ...parameters]];
}

/** The numbers in a list as the kernel writes it: `0-2,5` is 0, 1, 2, 5. */
export function coreNumbers(list: string): number[] {
  return list.split(',').flatMap((range) => {
    const [, first, last = first] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(range) ?? [];
    if (first === undefined) return [];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
  });
}

function findCores(): { server: number; load: number } | undefined {
  const [server, load] = coreNumbers(allowedList());
  if (server === undefined || load === undefined) return undefined;
  return spawnSync('taskset', ['-c', String(server), 'true']).status === 0 ? { server, load } : undefined;
}

function allowedList(): string {
  try {
    return /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  } catch {
    return '';
  }
}

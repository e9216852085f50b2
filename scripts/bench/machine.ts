import { cpus, release, type } from 'node:os';
import { CORES } from './cores.ts';

/** Where and when figures were measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly kernel: string;
  readonly node: string;
  /** `2026-11-22`. */
  readonly date: string;
  /** Whether server and load had a core each. */
  readonly pinned: boolean;
}

export function thisMachine(): Machine {
  const [first] = cpus();
  return {
    cpu: first?.model.trim() ?? 'unknown CPU',
    cores: cpus().length,
    kernel: `${type()} ${release()}`,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    pinned: CORES !== undefined,
  };
}

export function describeMachine({ cpu, cores, kernel, node, date, pinned }: Machine): string {
  const placed = pinned
    ? 'server and load each on a core of its own'
    : 'server and load wherever the kernel put them (no `taskset`, or one core)';
  return `${date}, ${cpu}, ${cores} cores, ${kernel}, Node ${node.replace('v', '')}; ${placed}.`;
}

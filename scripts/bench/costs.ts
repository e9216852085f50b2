import { median } from './report.ts';

export type Run = () => unknown;

/** The engine optimises a function after some thousands of calls, in threads whose time would be counted to whoever runs meanwhile: nothing is measured before all have had so many. */
const WARM_TURNS = 20_000;

/** Microseconds of CPU for each of several pieces of work, in rounds by turns, so that what else the machine does falls on all alike. */
export async function costs(works: readonly Run[], turns: number, rounds: number): Promise<number[]> {
  const taken = works.map((): number[] => []);
  for (let round = -Math.max(2, Math.ceil(WARM_TURNS / turns)); round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      const before = process.cpuUsage();
      for (let turn = 0; turn < turns; turn += 1) {
        const done = work();
        if (done instanceof Promise) await done;
      }
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) taken[index]?.push((user + system) / turns);
    }
  }
  return taken.map((list) => median(list) ?? Number.NaN);
}

/** Run with `--expose-gc`: much is made, a pause, much is made again. Prints how large the space for new objects is after each: bytes. */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';
import { boundYoungGeneration } from './young-generation.ts';

interface Made {
  readonly next: Made | undefined;
}

/** As many as live at once while a thousand schemas are compiled, and let go again. */
async function work(): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    let made: Made | undefined;
    for (let index = 0; index < 50_000; index += 1) made = { next: made };
    await setImmediate(made);
  }
}

function newSpace(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;
}

boundYoungGeneration();
await work();
const busy = newSpace();
globalThis.gc?.({ type: 'major', flavor: 'last-resort' });
await sleep(100);
const idle = newSpace();
await work();
console.log(JSON.stringify({ busy, idle, again: newSpace() }));
process.exit(0);

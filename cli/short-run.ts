import { statSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

/** So many bytes of recordings are read before the engine's last compiler has earned what it takes. */
const SHORT_BYTES = 96 * 1024 * 1024;

/**
 * Whether a run over recordings ends soon: they are ordinary files, and small. What is packed says nothing of how much it is, nor does a pipe.
 * @param files as the user wrote them; one that does not exist is told of by whoever reads it.
 */
export function isShortRun(files: readonly string[]): boolean {
  let bytes = 0;
  for (const file of files) {
    const stat = file === '-' || file.endsWith('.gz') ? undefined : statSync(file, { throwIfNoEntry: false });
    if (stat?.isFile() !== true) return false;
    bytes += stat.size;
  }
  return bytes < SHORT_BYTES;
}

/**
 * Does work without the engine's last compiler, which takes a sixth of the CPU of a run over twenty thousand exchanges and gives back less: what is used often is compiled by the one before it
 * all the same. Everything else is as ever, and it is there again when the work is done, so that the code which Node keeps between runs stays good.
 */
export async function withoutLastCompiler<T>(work: () => Promise<T>): Promise<T> {
  setFlagsFromString('--no-turbofan');
  try {
    return await work();
  } finally {
    setFlagsFromString('--turbofan');
  }
}

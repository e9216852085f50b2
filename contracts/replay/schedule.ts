/**
 * Does something with every number: one after the other in their order, or chains side by side, each in its own order.
 * @param chains in the order in which they begin.
 * @param concurrency chains at once; 1 keeps the order of all.
 */
export async function schedule(
  chains: readonly (readonly number[])[],
  concurrency: number,
  work: (number: number) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const queue = concurrency <= 1 ? [chains.flat().sort((a, b) => a - b)] : [...chains];
  const run = async (): Promise<void> => {
    for (let chain = queue.shift(); chain !== undefined; chain = queue.shift()) {
      for (const number of chain) {
        if (signal.aborted) return;
        await work(number);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, concurrency), queue.length) }, run));
}

import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes of the space for new objects: two halves of 8 MB each. */
const ENOUGH = 16 * 1024 * 1024;

/**
 * Keeps the space for new objects from growing beyond what a server gains by it. While hundreds of operations are compiled the engine lets it grow to 130 MB, and it stays
 * so large; from 8 MB a half on nothing gets faster. Its largest size can only be given to a process from outside, but how fast it grows is asked each time that it grows.
 */
export function boundYoungGeneration(): void {
  const observer = new PerformanceObserver(() => {
    const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    if (space !== undefined && space.space_size < ENOUGH) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}

/** No request waits longer, whatever rules ask for. */
export const MAX_LATENCY_MS = 60_000;

/** How long an answer is held back, in milliseconds: always the same, or drawn from a distribution. */
export type Latency =
  | { readonly fixed: number }
  | { readonly uniform: { readonly min: number; readonly max: number } }
  | { readonly normal: { readonly mean: number; readonly deviation: number } }
  /** `sigma` is the deviation of the logarithm: the larger, the longer the tail. */
  | { readonly lognormal: { readonly median: number; readonly sigma: number } };

/**
 * A latency in whole milliseconds, from 0 to the most.
 * @param first, second random numbers from 0 (inclusive) to 1 (exclusive).
 */
export function latencyOf(latency: Latency, first: number, second: number): number {
  const drawn = drawnFrom(latency, first, second);
  return Math.min(Math.max(0, Math.round(drawn)), MAX_LATENCY_MS);
}

function drawnFrom(latency: Latency, first: number, second: number): number {
  if ('fixed' in latency) return latency.fixed;
  if ('uniform' in latency) return latency.uniform.min + first * (latency.uniform.max - latency.uniform.min);
  if ('normal' in latency) return latency.normal.mean + latency.normal.deviation * gauss(first, second);
  return latency.lognormal.median * Math.exp(latency.lognormal.sigma * gauss(first, second));
}

/** A normally distributed number from two uniform ones (Box and Muller); `1 - first` is never 0. */
function gauss(first: number, second: number): number {
  return Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second);
}

import type { Credentials } from '../credentials.ts';
import type { Send } from './client.ts';

/** The clock that the backend lives by. */
export interface DriveClock {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  /** Lets time pass, in milliseconds. */
  readonly elapse: (ms: number) => Promise<void>;
}

/** What every part of a drive is given. */
export interface Ride {
  readonly send: Send;
  readonly clock: DriveClock;
  readonly credentials: Credentials;
  /** One of a list, always the same for the same seed. */
  readonly pick: <Value>(list: readonly [Value, ...Value[]]) => Value;
  /** A whole number from 0 to below `limit`, always the same for the same seed. */
  readonly number: (limit: number) => number;
}

/** Numbers that look random and only depend on the seed (mulberry32). */
export function numbersFrom(seed: number): (limit: number) => number {
  let state = seed | 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

export const NAMES: readonly [string, ...string[]] = ['小林', '小周', '小陈', '阿珍', '阿强', '欧阳晓', '小赵🐯'];
export const CITIES: readonly [string, ...string[]] = ['上海', '苏州', '杭州', '南京'];
export const CAMPAIGNS: readonly [string, ...string[]] = ['春日踏青', '中秋团圆', '冬至暖心', '读书分享', '健步走'];

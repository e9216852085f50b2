import type { Random } from './random.ts';

/** The small pieces that texts are drawn from: digits, letters, days, times of day. */

const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

const two = (random: Random, low: number, high: number): string => TWO_DIGITS[random.int(low, high)] ?? '';

/** So many characters of an alphabet. */
export function characters(random: Random, alphabet: string, count: number): string {
  let text = '';
  for (let index = 0; index < count; index++) text += alphabet.charAt(random.int(0, alphabet.length - 1));
  return text;
}

export const digits = (random: Random, count: number): string => characters(random, '0123456789', count);
export const hex = (random: Random, count: number): string => characters(random, '0123456789abcdef', count);
export const token = (random: Random, count: number): string => characters(random, 'abcdefghijklmnopqrstuvwxyz0123456789', count);

/** A day that exists in every month: `2024-02-28`. */
export const day = (random: Random): string => `${random.int(2020, 2025)}-${two(random, 1, 12)}-${two(random, 1, 28)}`;

/** A time of day: `09:05:59`. */
export const clock = (random: Random): string => `${two(random, 0, 23)}:${two(random, 0, 59)}:${two(random, 0, 59)}`;

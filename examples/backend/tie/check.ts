import { int64Of } from '../int64.ts';

export type Body = Readonly<Record<string, unknown>>;

/** A call of the tie module that fails; its message is all that tells failures apart. */
export class Failure extends Error {}

/** A required 64-bit integer. */
export function requireInteger(body: Body, name: string): bigint {
  const value = optionalInteger(body, name);
  if (value === undefined) throw new Failure(`缺少必填参数：${name}`);
  return value;
}

/** A 64-bit integer that may be left out. */
export function optionalInteger(body: Body, name: string): bigint | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  const integer = int64Of(value);
  if (integer === undefined) throw new Failure(`${name} 必须是整数`);
  return integer;
}

/** An integer of 32 bits between two ends, both included. */
export function optionalNumber(body: Body, name: string, least = -2_147_483_648, most = 2_147_483_647): number | undefined {
  const value = optionalInteger(body, name);
  if (value === undefined) return undefined;
  if (value < least || value > most) throw new Failure(`${name} 必须在 ${least} 到 ${most} 之间`);
  return Number(value);
}

export function requireText(body: Body, name: string, most: number): string {
  const text = optionalText(body, name, most);
  if (text === undefined) throw new Failure(`缺少必填参数：${name}`);
  return text;
}

/** @param most characters (code points). */
export function optionalText(body: Body, name: string, most: number): string | undefined {
  const text = body[name];
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw new Failure(`${name} 必须是文本`);
  if (Array.from(text).length > most) throw new Failure(`${name} 不能超过 ${most} 个字符`);
  return text;
}

/** One of a few numbers, where one is given. */
export function optionalChoice(body: Body, name: string, choices: readonly number[]): number | undefined {
  const value = optionalNumber(body, name);
  if (value !== undefined && !choices.includes(value)) throw new Failure(`${name} 只能是 ${choices.join('、')}`);
  return value;
}

/** A time, milliseconds since 1970-01-01 UTC. */
export function optionalTime(body: Body, name: string): bigint | undefined {
  const time = optionalInteger(body, name);
  if (time !== undefined && time < 0n) throw new Failure(`${name} 不能小于 0`);
  return time;
}

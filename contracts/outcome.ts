import type { Outcome } from './judged.ts';

/** Members that say how it went, whatever the status says. */
const SUCCESS_NAMES = ['success', 'succeeded', 'ok', 'isSuccess'] as const;
const ERROR_NAMES = ['error_code', 'errorCode', 'errcode', 'errCode'] as const;

/**
 * What became of a request. A status of 400 or more refuses; below that the envelope decides where it is one: `200` with `success: false` is a refusal.
 * @param body decoded; `undefined` where there is none.
 */
export function outcomeOf(status: number | undefined, body: unknown): Outcome {
  if (status === undefined || status >= 500) return 'unknown';
  if (status >= 400) return 'refused';
  return envelopeSays(body) === 'failure' ? 'refused' : 'accepted';
}

/**
 * Whether a body tells of success or failure by itself: `success: false`, `"success": "true"`, an error code that is not 0.
 * `undefined` where it tells neither.
 */
export function envelopeSays(body: unknown): 'success' | 'failure' | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const members = body as Readonly<Record<string, unknown>>;
  for (const name of SUCCESS_NAMES) {
    const said = members[name];
    if (said === false || said === 'false') return 'failure';
    if (said === true || said === 'true') return 'success';
  }
  for (const name of ERROR_NAMES) {
    const code = members[name];
    if (code === undefined || code === null || code === '') continue;
    return Number(code) === 0 ? 'success' : 'failure';
  }
  return undefined;
}

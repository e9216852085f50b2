import { isJson, parseJson, parseMediaType } from '../operations/index.ts';
import type { ResponseMessage } from '../operations/index.ts';
import type { Outcome } from './judged.ts';

/** Members that say how it went, whatever the status says. */
const SUCCESS_NAMES = ['success', 'succeeded', 'ok', 'isSuccess'] as const;
const ERROR_NAMES = ['error_code', 'errorCode', 'errcode', 'errCode'] as const;

/**
 * What became of a request. A status of 400 or more refuses; below that the envelope decides where it is one: `200` with `success: false` is a refusal.
 * @param body decoded; `undefined` where there is none.
 * @param isLost the recording has lost the body, or a part of it: what it said nobody knows.
 */
export function outcomeOf(status: number | undefined, body: unknown, isLost = false): Outcome {
  if (status === undefined || status >= 500) return 'unknown';
  if (status >= 400) return 'refused';
  if (isLost) return 'unknown';
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

/** No envelope is larger where the document does not even describe it. */
const MAX_UNREAD = 1024 * 1024;

/** The JSON body of a response that the document describes none for: it may still say that the request was refused. */
export function unreadEnvelope(response: ResponseMessage | undefined): unknown {
  const { headers, body } = response ?? {};
  if (body === undefined || body.length === 0 || body.length > MAX_UNREAD) return undefined;
  const header = headers?.['content-type'];
  const mediaType = typeof header === 'string' ? parseMediaType(header) : undefined;
  if (mediaType === undefined || !isJson(mediaType)) return undefined;
  try {
    return parseJson(body.toString());
  } catch {
    return undefined;
  }
}

import { isJson, parseJson, parseMediaType, shapeOf } from '../operations/index.ts';
import type { Content, Operation, ResponseMessage, Shape } from '../operations/index.ts';
import type { Outcome } from './judged.ts';

/** Members that say how it went, whatever the status says. */
const SUCCESS_NAMES = ['success', 'succeeded', 'isSuccess', 'ok'] as const;
const ERROR_NAMES = ['error_code', 'errorCode', 'errcode', 'errCode'] as const;

type Envelope = { readonly [Name in (typeof SUCCESS_NAMES)[number] | (typeof ERROR_NAMES)[number]]?: unknown };

/** What an envelope says, and the member that says it. */
export interface EnvelopeWord {
  readonly says: 'success' | 'failure';
  readonly member: string;
}

/** What the document describes of a response's body; `undefined` where it describes none. */
export function envelopeShape({ validators }: Operation, content: Content | undefined): Shape | undefined {
  return content?.validator === undefined ? undefined : shapeOf(content.validator.schema, validators.lookup);
}

/**
 * What became of a request. A status of 400 or more refuses; below that the envelope decides where it is one: `200` with `success: false` is a refusal.
 * @param body decoded; `undefined` where there is none.
 * @param isLost the recording has lost the body, or a part of it: what it said nobody knows.
 * @param shape of the body, as the document describes it.
 */
export function outcomeOf(status: number | undefined, body: unknown, isLost = false, shape?: Shape): Outcome {
  if (status === undefined || status >= 500) return 'unknown';
  if (status >= 400) return 'refused';
  if (isLost) return 'unknown';
  return envelopeSays(body, shape)?.says === 'failure' ? 'refused' : 'accepted';
}

/** Whether a body has any of the members that may say how it went: most have none. Asked for by name, each is found where bodies of its shape had it. */
export function isEnvelope(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const { success, succeeded, isSuccess, ok, error_code, errorCode, errcode, errCode } = body as Envelope;
  if (success !== undefined || succeeded !== undefined || isSuccess !== undefined || ok !== undefined) return true;
  return error_code !== undefined || errorCode !== undefined || errcode !== undefined || errCode !== undefined;
}

/**
 * Whether a body tells of success or failure by itself: `success: false`, `"success": "true"`, an error code that is not 0.
 * `undefined` where it tells neither.
 */
export function envelopeSays(body: unknown, shape?: Shape): EnvelopeWord | undefined {
  if (!isEnvelope(body)) return undefined;
  const members = body as Envelope;
  for (const member of SUCCESS_NAMES) {
    const said = members[member];
    // A common word: it means the outcome only where the document lets it say nothing else.
    if (said === undefined || (member === 'ok' && !isFixedBoolean(shape, member))) continue;
    if (said === false || said === 'false') return { says: 'failure', member };
    if (said === true || said === 'true') return { says: 'success', member };
  }
  for (const member of ERROR_NAMES) {
    const code = members[member];
    if (code === undefined || code === null || code === '' || typeof code === 'object') continue;
    return { says: Number(code) === 0 ? 'success' : 'failure', member };
  }
  return undefined;
}

/** Whether a member is described as a boolean of certain values: `const: true`, `enum: [false]`. */
function isFixedBoolean(shape: Shape | undefined, name: string): boolean {
  if (shape?.declared.has(name) !== true) return false;
  const member = shape.property(name);
  const values = member.keyword('enum');
  return typeof member.keyword('const') === 'boolean' || (Array.isArray(values) && values.some((value) => typeof value === 'boolean'));
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

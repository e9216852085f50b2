import { essence } from '../media-type.ts';
import type { MediaType } from '../media-type.ts';

/**
 * How a sequential media type strings its items together (OpenAPI 3.2, Sequential Media Types): JSON one a line, JSON after a record separator each (RFC 7464), server-sent events, unnamed parts.
 */
export type SequenceForm = 'lines' | 'records' | 'events' | 'parts';

/** The form of a media type; `undefined` for one that is not sequential. The parts of `multipart/form-data` have names: it is an object, no sequence. */
export function sequenceForm(mediaType: MediaType): SequenceForm | undefined {
  const { type, subtype } = mediaType;
  if (type === 'multipart') return subtype === 'form-data' || subtype === '*' ? undefined : 'parts';
  if (essence(mediaType) === 'text/event-stream') return 'events';
  if (subtype === 'json-seq' || subtype.endsWith('+json-seq')) return 'records';
  return /^(?:x-)?(?:jsonl|ndjson|json-?lines)$/.test(subtype) ? 'lines' : undefined;
}

import { parseJson } from '../json.ts';
import { isJson, parseMediaType } from '../media-type.ts';
import { malformed, value, type Decoded } from './decoded.ts';
import { readPrimitive } from './read-text.ts';

/**
 * Reads the decoded text of a parameter with `content` (OpenAPI 3.1 section 4.8.12.2): JSON for a JSON media type, otherwise text, which may be the number that is asked for.
 * @param types of the schema.
 */
export function readContent(text: string, mediaType: string, types: number): Decoded {
  if (!isJsonMediaType(mediaType)) return value(readPrimitive(text, types));
  try {
    return value([parseJson(text)]);
  } catch (error) {
    return malformed(`must be JSON: ${error instanceof Error ? error.message : 'it cannot be parsed'}`);
  }
}

/** True for JSON by name, parameters aside; false for text that is no media type. */
export function isJsonMediaType(text: string): boolean {
  const mediaType = parseMediaType(text);
  return mediaType !== undefined && isJson(mediaType);
}

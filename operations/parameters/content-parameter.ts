import { parseJson } from '../json.ts';
import { malformed, value, type Decoded } from './decoded.ts';

/**
 * Reads the decoded text of a parameter with `content` (OpenAPI 3.1 section 4.8.12.2): JSON for a JSON media type, otherwise text.
 */
export function readContent(text: string, mediaType: string): Decoded {
  if (!isJsonMediaType(mediaType)) return value([text]);
  try {
    return value([parseJson(text)]);
  } catch (error) {
    return malformed(`must be JSON: ${error instanceof Error ? error.message : 'it cannot be parsed'}`);
  }
}

/** `application/json`, `text/json` and every `+json` type (RFC 6839 section 3.1), parameters aside. */
export function isJsonMediaType(mediaType: string): boolean {
  const [type = ''] = mediaType.toLowerCase().split(';');
  const essence = type.trim();
  return essence === 'application/json' || essence === 'text/json' || essence.endsWith('+json');
}

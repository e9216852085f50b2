import type { Document } from '../../operations/index.ts';

/** Words of HTTP and of forms that a message can't do without. */
const OF_HTTP =
  'application charset boundary multipart form-data urlencoded text/plain text/html keep-alive chunked deflate identity bearer digest ' +
  'no-cache no-store max-age localhost 127.0.0.1 content-type content-disposition filename string number boolean object integer undefined';

/** Their values are what traffic may hold, not words of the API. */
const SAMPLES = new Set(['example', 'examples', 'default', 'description', 'summary']);

/**
 * The words that documents publish: names of properties and parameters, values of enumerations, segments of paths. One of them may well be somebody's
 * password, but it is no secret elsewhere: masking it wherever it occurs would tear up names without hiding anything.
 */
export function publicWords(documents: readonly Document[]): ReadonlySet<string> {
  const words = new Set(OF_HTTP.split(' '));
  const waiting: unknown[] = documents.flatMap(({ sources }) => [...sources.values()].map((source) => source.value));
  const seen = new Set<unknown>();
  for (let value = waiting.pop(); waiting.length > 0 || value !== undefined; value = waiting.pop()) {
    if (typeof value === 'string') words.add(value);
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item === 'object') waiting.push(item);
      continue;
    }
    for (const [key, member] of Object.entries(value)) {
      words.add(key);
      if (key.startsWith('/')) for (const segment of key.split('/')) words.add(segment);
      if (SAMPLES.has(key)) continue;
      if (typeof member === 'object') waiting.push(member);
      else if (key === 'name' || key === 'const' || key === 'operationId') waiting.push(member);
      if ((key === 'enum' || key === 'tags') && Array.isArray(member)) waiting.push(...member.filter((item) => typeof item === 'string'));
    }
  }
  return words;
}

import { generate, validateHeaders, writeJson } from '../operations/index.ts';
import type { OperationParameter, ResponseRule, SchemaLookup } from '../operations/index.ts';

/** Written by the server itself, or a promise about bytes that a generated value would break. */
const NOT_INVENTED = new Set([
  'content-length',
  'content-type',
  'content-encoding',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'trailer',
  'upgrade',
  'date',
  'te',
]);

/** A field name (RFC 9110 section 5.1); anything else can't be sent. */
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

/** Bytes above 0xFF can't stand in a header; percent-encoding would be another value. */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/;

/** Values for the headers that a response declares, in style `simple` (OpenAPI 3.1 section 4.8.21). A header without a usable value is left out. */
export function responseHeaders(rule: ResponseRule, lookup: SchemaLookup, seed: string, dynamic: boolean): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const header of rule.headers) {
    const name = header.name.toLowerCase();
    if (NOT_INVENTED.has(name) || !TOKEN.test(name)) continue;
    const value = headerText(header, lookup, `${seed}/${name}`, dynamic);
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}

function headerText(header: OperationParameter, lookup: SchemaLookup, seed: string, dynamic: boolean): string | undefined {
  if (!dynamic) {
    for (const example of header.examples) {
      const text = inSimpleStyle(example, header.explode);
      if (text !== undefined && !UNSENDABLE.test(text) && readsBack(header, text)) return text;
    }
  }
  for (const mode of dynamic ? (['fake', 'sample'] as const) : (['sample', 'fake'] as const)) {
    const value =
      header.validator === undefined
        ? 'string'
        : generate(header.validator.schema, { mode, seed, lookup, validate: header.validator.isValid, omit: 'writeOnly' }).value;
    const text = inSimpleStyle(value, header.explode);
    if (text === undefined || UNSENDABLE.test(text)) continue;
    if (readsBack(header, text)) return text;
  }
  return undefined;
}

/** A value that does not survive being text (a list item with a comma) is no good as a header. */
function readsBack(header: OperationParameter, text: string): boolean {
  const rule: ResponseRule = { status: '', address: '', headers: [header], contents: [], openMediaType: false };
  return validateHeaders(rule, { [header.name.toLowerCase()]: text }).length === 0;
}

function inSimpleStyle(value: unknown, explode: boolean): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.map(String).join(',');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, item]) => (explode ? `${key}=${String(item)}` : `${key},${String(item)}`))
      .join(',');
  }
  return typeof value === 'string' ? value : writeJson(value);
}

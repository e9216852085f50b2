/** Example values without what is sensitive in them: the document says where (`x-sensitive`, `format: password`), the mask keeps each value's type and form. */
import { child, dereference, entries, items, record } from '../../operations/index.ts';
import type { Document, Node } from '../../operations/index.ts';
import { isSensitive } from './extensions.ts';

const STARS = '********';
const MAX_DEPTH = 40;
const MAX_NODES = 64;

/** @param schemas what the value has to satisfy; where none of them marks anything the value comes back as it is. */
export function maskValue(document: Document, value: unknown, schemas: readonly Node[]): unknown {
  return mask(document, value, schemas, false, 0);
}

/** A value that is sensitive as a whole. */
export function maskWhole(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskWhole);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskWhole(item)]));
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'number' || typeof value === 'bigint') return maskNumber(value);
  return value;
}

function mask(document: Document, value: unknown, given: readonly Node[], isHidden: boolean, depth: number): unknown {
  if (depth > MAX_DEPTH) return isHidden ? maskWhole(value) : value;
  const schemas = applicable(document, given);
  // What can only be one of a few values tells nothing about anybody.
  const hidden = isHidden || schemas.some(({ value: schema }) => isSensitive(schema));
  if (Array.isArray(value)) {
    const inner = schemas.flatMap((schema) => child(schema, 'items') ?? []);
    return value.map((item: unknown) => mask(document, item, inner, hidden, depth + 1));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, mask(document, item, propertySchemas(schemas, key), hidden, depth + 1)]),
    );
  }
  const isPublic = schemas.some(({ value: schema }) => 'enum' in record(schema) || 'const' in record(schema));
  return hidden && !isPublic ? maskWhole(value) : value;
}

function propertySchemas(schemas: readonly Node[], key: string): Node[] {
  return schemas.flatMap((schema) => {
    const properties = child(schema, 'properties');
    const own = properties === undefined ? undefined : child(properties, key);
    const rest = own ?? child(schema, 'additionalProperties');
    const patterned = entries(child(schema, 'patternProperties')).map(([, node]) => node);
    return [...(rest === undefined ? [] : [rest]), ...patterned];
  });
}

/** Every schema that may say something about the value: references, all branches. A branch that does not apply can only hide too much. */
function applicable(document: Document, given: readonly Node[]): Node[] {
  const found: Node[] = [];
  const seen = new Set<unknown>();
  const pending = [...given];
  for (let node = pending.pop(); node !== undefined && found.length < MAX_NODES; node = pending.pop()) {
    if (seen.has(node.value) || typeof node.value !== 'object' || node.value === null) continue;
    seen.add(node.value);
    found.push(node);
    const target = typeof record(node.value)['$ref'] === 'string' ? dereference(document, node) : undefined;
    if (target?.ok === true) pending.push(target.node);
    for (const keyword of ['allOf', 'oneOf', 'anyOf']) pending.push(...items(child(node, keyword)));
    for (const keyword of ['then', 'else']) pending.push(...[child(node, keyword)].filter((part) => part !== undefined));
  }
  return found;
}

const FORMS: readonly (readonly [RegExp, string])[] = [
  [/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i, '00000000-0000-4000-8000-000000000000'],
  [/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'name@example.com'],
  [/^https?:\/\/\S+$/i, 'https://example.com/'],
  [/^\d{4}-\d\d-\d\d$/, '2000-01-01'],
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/, '2000-01-01T00:00:00Z'],
  [/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/, '2000-01-01 00:00:00'],
];

function maskText(value: string): string {
  if (value === '') return '';
  const form = FORMS.find(([pattern]) => pattern.test(value));
  if (form !== undefined) return form[1];
  // Digits alone, such as phone numbers: as many, so that length and pattern still fit.
  if (/^\d+$/.test(value)) return (value[0] ?? '') + '0'.repeat(value.length - 1);
  return STARS;
}

/** As many digits, so that it stays inside most ranges; 0 and 1 tell nothing. */
function maskNumber(value: number | bigint): number | bigint {
  const digits = String(value).replace(/\..*$/, '').replace('-', '').length;
  if (digits <= 1) return value;
  return typeof value === 'bigint' ? 10n ** BigInt(digits - 1) : 10 ** (digits - 1);
}

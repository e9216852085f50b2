/** What a schema demands of a single value, in words (JSON Schema Validation 2020-12, section 6; OpenAPI 3.0 and 2.0 spellings). */
import { writeJson } from '../../operations/index.ts';
import { code, same, text } from './text.ts';
import type { Text } from './text.ts';

type Keywords = Readonly<Record<string, unknown>>;

/** Each demand as a short phrase that can follow the name of the field; types and enumerations are shown elsewhere. */
export function constraintsOf(schema: Keywords): Text[] {
  return [...lengths(schema), ...range(schema), ...counts(schema), ...forms(schema), ...presets(schema)];
}

/** A value as the document writes it, in a code span. */
export function shown(value: unknown): string {
  const json = writeJson(value ?? null);
  return code(json.length > 200 ? `${json.slice(0, 200)}…` : json);
}

function lengths({ minLength, maxLength }: Keywords): Text[] {
  return span(minLength, maxLength, { zh: ['长度', ' 个字符'], en: ['length', ' characters'] });
}

function counts(schema: Keywords): Text[] {
  const phrases = [
    ...span(schema['minItems'], schema['maxItems'], { zh: ['元素', ' 个'], en: ['items:', ''] }),
    ...span(schema['minProperties'], schema['maxProperties'], { zh: ['字段', ' 个'], en: ['properties:', ''] }),
  ];
  if (schema['uniqueItems'] === true) phrases.push(text('元素不重复', 'unique items'));
  return phrases;
}

/** `3–50`, `at least 3`, `at most 50`, `exactly 8`. */
function span(
  low: unknown,
  high: unknown,
  unit: { readonly zh: readonly [string, string]; readonly en: readonly [string, string] },
): Text[] {
  const [from, to] = [number(low), number(high)];
  if ((from === undefined || from === '0') && to === undefined) return [];
  const write = (zh: string, en: string): Text[] => [text(`${unit.zh[0]} ${zh}${unit.zh[1]}`, `${unit.en[0]} ${en}${unit.en[1]}`)];
  if (from !== undefined && from === to) return write(from, `exactly ${from}`);
  if (to === undefined) return write(`至少 ${from}`, `at least ${from}`);
  if (from === undefined || from === '0') return write(`至多 ${to}`, `at most ${to}`);
  return write(`${from}–${to}`, `${from}–${to}`);
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: Keywords): Text[] {
  const phrases: Text[] = [];
  const add = (sign: string, limit: unknown): void => {
    const value = number(limit);
    if (value !== undefined) phrases.push(same(`${sign} ${value}`));
  };
  // In OpenAPI 3.0 and Swagger 2.0 `exclusiveMinimum` is a boolean beside `minimum`.
  add(exclusiveMinimum === true ? '>' : '≥', minimum);
  add('>', exclusiveMinimum);
  add(exclusiveMaximum === true ? '<' : '≤', maximum);
  add('<', exclusiveMaximum);
  const step = number(multipleOf);
  if (step !== undefined) phrases.push(text(`${step} 的整数倍`, `a multiple of ${step}`));
  return phrases;
}

function forms({ pattern, contentEncoding, contentMediaType }: Keywords): Text[] {
  const phrases: Text[] = [];
  if (typeof pattern === 'string') phrases.push(text(`匹配 ${code(pattern)}`, `matches ${code(pattern)}`));
  if (typeof contentEncoding === 'string') phrases.push(text(`编码 ${code(contentEncoding)}`, `encoded as ${code(contentEncoding)}`));
  if (typeof contentMediaType === 'string') phrases.push(text(`内容为 ${code(contentMediaType)}`, `holds ${code(contentMediaType)}`));
  return phrases;
}

function presets(schema: Keywords): Text[] {
  const { default: preset } = schema;
  return preset === undefined ? [] : [text(`默认 ${shown(preset)}`, `default ${shown(preset)}`)];
}

function number(value: unknown): string | undefined {
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}

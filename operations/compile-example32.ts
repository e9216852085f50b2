import type { Builder } from './builder.ts';
import { addressOf, child } from './document.ts';
import type { Node } from './document.ts';
import { parseJson } from './json.ts';
import { isJson, parseMediaType } from './media-type.ts';
import type { NamedExample } from './operation.ts';

/**
 * The example that `dataValue` or `serializedValue` give (OpenAPI 3.2, Example Object): the value as the schema sees it goes before the text that is sent. A text alone is read as JSON where the media type is; in
 * any other it is sent as it stands.
 * @param mediaType of the value; absent for a parameter or header: the text of one alone shows no value.
 * @returns `undefined` where the example has neither, or no value can be taken from it.
 */
export function example32(builder: Builder, name: string, example: Node, mediaType: string | undefined): NamedExample | undefined {
  const [data, serialized] = [child(example, 'dataValue'), child(example, 'serializedValue')];
  reportTwice(builder, example);
  if (data !== undefined) return { name, value: data.value, address: addressOf(data) };
  if (serialized === undefined || mediaType === undefined || child(example, 'value') !== undefined) return undefined;
  const { value } = serialized;
  const parsed = parseMediaType(mediaType);
  if (typeof value !== 'string' || parsed === undefined) return undefined;
  if (!isJson(parsed)) return { name, value, address: addressOf(serialized) };
  try {
    return { name, value: parseJson(value), address: addressOf(serialized) };
  } catch {
    builder.problems.push({
      address: addressOf(serialized),
      message: `"serializedValue" of the example "${name}" is no ${mediaType}; it is not used`,
    });
    return undefined;
  }
}

/** Fields that exclude each other: which of them are meant is a guess. */
const EXCLUSIVE = [
  ['dataValue', 'value'],
  ['serializedValue', 'value'],
  ['serializedValue', 'externalValue'],
] as const;

function reportTwice({ problems }: Builder, example: Node): void {
  for (const [field, other] of EXCLUSIVE) {
    const node = child(example, field);
    if (node !== undefined && child(example, other) !== undefined)
      problems.push({ address: addressOf(node), message: `"${field}" must not stand beside "${other}" in an example` });
  }
}

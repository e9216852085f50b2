import { isJson, isXml, parseMediaType, record } from '../../../operations/index.ts';
import type { Content, Operation } from '../../../operations/index.ts';
import type { OperationPair, Teller } from '../operation-pair.ts';
import { isScalar } from './wire-shape.ts';

interface Side {
  readonly contents: readonly Content[];
  /** Where the body is described, for media types that are not. */
  readonly address: string;
  /** The document does not say which media types there are. */
  readonly open: boolean;
}

/** The media types of a body in both versions, and the schemas of those that are in both (OpenAPI 3.1 section 4.8.14). */
export function compareContents(
  pair: OperationPair,
  view: 'request' | 'response',
  where: string,
  old: Side,
  next: Side,
  { tell, schemas }: Teller,
): void {
  const compared = new Set<Content>();
  for (const content of old.contents) {
    const type = nameOf(content);
    const partner = find(next.contents, content) ?? (old.open || next.open ? next.contents[0] : undefined);
    if (partner === undefined) {
      if (next.open) continue;
      const at = { side: view, pointer: `${where} ${type}`, old: content.address, new: next.address } as const;
      tell({
        rule: 'media-type-removed',
        level: 'breaking',
        ...at,
        text: { en: `${type} is gone`, zh: `删除媒体类型 ${type}` },
        before: type,
      });
      continue;
    }
    compared.add(partner);
    const pointer = `${where} ${nameOf(partner)}`;
    const [before, after] = comparable(content, partner, pair);
    schemas(view, pointer, { schema: before, address: content.address }, { schema: after, address: partner.address });
    if (view === 'request') compareEncoding(pair, content, partner, pointer, { tell, schemas });
  }
  for (const content of next.contents) {
    if (compared.has(content) || old.open || find(old.contents, content) !== undefined) continue;
    const type = nameOf(content);
    const at = { side: view, pointer: `${where} ${type}`, old: old.address, new: content.address } as const;
    tell({ rule: 'media-type-added', level: 'compatible', ...at, text: { en: `${type} is new`, zh: `新增媒体类型 ${type}` }, after: type });
  }
}

/** In lower case, without parameters that say only how the text is written. */
function nameOf({ mediaType }: Content): string {
  const parsed = parseMediaType(mediaType);
  if (parsed === undefined) return mediaType;
  const parameters = [...parsed.parameters].filter(([name]) => name !== 'charset' && name !== 'boundary' && name !== 'q');
  return [`${parsed.type}/${parsed.subtype}`, ...parameters.map(([name, value]) => `${name}=${value}`).sort()].join(';');
}

/** The same type, else a range that covers it. */
function find(contents: readonly Content[], wanted: Content): Content | undefined {
  const { type, subtype } = wanted.range;
  return (
    contents.find((content) => nameOf(content) === nameOf(wanted)) ??
    contents.find(({ range }) => range.type === type && range.subtype === '*' && subtype !== '*') ??
    contents.find(({ range }) => range.type === '*' && type !== '*')
  );
}

/**
 * The schemas of both versions. One of them may be about the items of a sequence (OpenAPI 3.2, `itemSchema`) where the other, as the versions before had it, is about an item: then it is the items that are compared. A
 * schema of the text says nothing of the items.
 */
function comparable(old: Content, next: Content, pair: OperationPair): readonly [unknown, unknown] {
  const [before, after] = [schemaOf(old), schemaOf(next)];
  if ((old.sequence === undefined) === (next.sequence === undefined)) return [before, after];
  const [one, { validators }] = old.sequence === undefined ? [before, pair.old] : [after, pair.next];
  const { scalar, object } = isScalar(one, validators.lookup);
  if (scalar) return [undefined, undefined];
  if (!object) return [before, after];
  return old.sequence === undefined ? [before, record(after)['items']] : [record(before)['items'], after];
}

/** Bytes that are no text, JSON or form: OpenAPI 3.0 writes `string` with `binary`, 3.1 nothing, and both mean any bytes. */
function schemaOf({ validator, range }: Content): unknown {
  const schema = validator?.schema;
  if (range.type === 'text' || range.type === 'multipart' || range.subtype.includes('form') || isJson(range) || isXml(range)) return schema;
  const given = record(schema);
  return given['type'] === 'string' && (given['format'] === 'binary' || given['contentMediaType'] !== undefined) ? undefined : schema;
}

/** How the properties of a form are written (OpenAPI 3.1 section 4.8.15); scalars are written alike in all styles. */
function compareEncoding(pair: OperationPair, old: Content, next: Content, pointer: string, { tell }: Teller): void {
  if (next.range.subtype !== 'x-www-form-urlencoded') return;
  const [before, after] = [propertiesOf(old, pair.old), propertiesOf(next, pair.next)];
  for (const [name, schema] of after) {
    if (!before.has(name) || isScalar(schema, pair.next.validators.lookup).scalar) continue;
    const [was, is] = [styleOf(old, name), styleOf(next, name)];
    if (was === is) continue;
    tell({
      rule: 'encoding-changed',
      level: 'breaking',
      side: 'request',
      pointer: `${pointer} /${name}`,
      old: old.address,
      new: next.address,
      text: { en: `"${name}" was written as ${was}, it is ${is}`, zh: `"${name}" 的写法由 ${was} 变为 ${is}` },
      before: was,
      after: is,
    });
  }
}

function propertiesOf({ validator }: Content, { validators }: Operation): ReadonlyMap<string, unknown> {
  const schema = record(validator?.schema);
  const target = typeof schema['$ref'] === 'string' ? record(validators.lookup(schema['$ref'])) : schema;
  return new Map(Object.entries(record(target['properties'])));
}

function styleOf({ encoding }: Content, name: string): string {
  const given = record(encoding[name]);
  if (typeof given['contentType'] === 'string') return given['contentType'].toLowerCase();
  const style = typeof given['style'] === 'string' ? given['style'] : 'form';
  const explode = typeof given['explode'] === 'boolean' ? given['explode'] : style === 'form';
  return `${style}${explode ? ', exploded' : ''}`;
}

import { childPointer, isSchemaObject, isXml, parseMediaType } from '../operations/index.ts';
import type { Content, Operation, SchemaObject, Violation } from '../operations/index.ts';

/** What may stand before the root element of an XML document (XML 1.0 section 2.8). No character is looked at twice. */
const BEFORE_ROOT =
  /^(?:[ \t\r\n\ufeff]|<\?(?:[^?]|\?(?!>))*\?>|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE[^[\]<>]*>)*<(?:[^\s:<>/]{1,200}:)?([^\s:<>/]{1,200})/;
const [BRACE, BRACKET] = [0x7b, 0x5b];
/** Of a body as many bytes are looked at. */
const MOST_BYTES = 4_096;

/**
 * The root element of an XML body that has another name than the document gives it by `xml.name` (OpenAPI 3.1.1 section 4.8.26). Where it gives none nothing is said: whether the name of the
 * component is meant is left to tools. A list is an element only where it is `wrapped`; prefixes are the sender's own.
 */
export function strangeRoot(
  { validators }: Operation,
  content: Content | undefined,
  bytes: Buffer | undefined,
  mediaType: string | string[] | undefined,
  side: Violation['side'],
): Violation | undefined {
  if (content?.validator === undefined || bytes === undefined || typeof mediaType !== 'string') return undefined;
  // Nothing that begins like JSON has a root element.
  if (bytes[0] === BRACE || bytes[0] === BRACKET) return undefined;
  const type = parseMediaType(mediaType);
  if (type === undefined || !isXml(type)) return undefined;
  let schema = content.validator.schema;
  let address = content.validator.address;
  for (let steps = 0; steps < 20 && isSchemaObject(schema) && isReferenceOnly(schema); steps += 1) {
    schema = validators.lookup(schema.$ref ?? '') ?? true;
    if (isSchemaObject(schema)) address = validators.schemas.addressOf(schema) ?? address;
  }
  const name = isSchemaObject(schema) ? nameOf(schema) : undefined;
  if (name === undefined) return undefined;
  const found = BEFORE_ROOT.exec(bytes.toString('utf8', 0, MOST_BYTES))?.[1];
  // Names in other charsets than UTF-8 are not read here.
  if (found === undefined || found === name || found.includes('\ufffd')) return undefined;
  return {
    code: 'xmlName',
    side,
    part: 'body',
    pointer: '',
    message: `must have the root element "${name}"`,
    document: childPointer(childPointer(address, 'xml'), 'name'),
    expected: name,
    actual: found,
    severity: 'error',
  };
}

function isReferenceOnly(schema: SchemaObject): boolean {
  return typeof schema.$ref === 'string' && schema['xml'] === undefined;
}

function nameOf(schema: SchemaObject): string | undefined {
  const xml = isSchemaObject(schema['xml']) ? schema['xml'] : {};
  if (schema['type'] === 'array' && xml['wrapped'] !== true) return undefined;
  return typeof xml['name'] === 'string' && xml['name'] !== '' ? xml['name'] : undefined;
}

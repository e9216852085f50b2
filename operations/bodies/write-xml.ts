import { writeJson } from '../json.ts';
import { ARRAY, shapeOf } from '../parameters/index.ts';
import type { Shape } from '../parameters/index.ts';
import type { Schema, SchemaLookup } from '../schema/schema.ts';
import { xmlOf } from './xml-keyword.ts';

/** Deeper values do not come from schemas, and every level costs stack. */
const MOST_LEVELS = 500;

/**
 * Writes a JSON value as XML by its schema and the schema's `xml` keywords (OpenAPI 3.1 section 4.8.26). The result is always
 * well-formed: characters that XML 1.0 cannot hold become U+FFFD, names it cannot hold get `_` in their place. `null` is an empty
 * element; values nested deeper than 500 levels are cut.
 * @param rootName of a root whose schema has no `xml.name`. Default: `xml`, as Prism writes it.
 */
export function writeXml(value: unknown, schema: Schema, lookup: SchemaLookup, rootName = 'xml'): string {
  const shape = shapeOf(schema, lookup);
  if (!Array.isArray(value)) return element(xmlOf(shape).name ?? rootName, value, shape, 0);
  const itemName = xmlOf(shape.item(0)).name ?? 'item';
  return wrap(xmlOf(shape).name ?? rootName, shape, '', writeItems(itemName, value, shape, 1));
}

function element(name: string, value: unknown, shape: Shape, level: number): string {
  if (level > MOST_LEVELS) return '';
  if (Array.isArray(value)) return wrap(name, shape, '', writeItems('item', value, shape, level + 1));
  if (typeof value !== 'object' || value === null) return wrap(name, shape, '', escapeText(scalarText(value)));

  let attributes = '';
  let content = '';
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const property = shape.property(key);
    const xml = xmlOf(property);
    if (xml.attribute) attributes += attribute(key, item, property);
    else if (xml.text !== undefined) content += xml.text === 'cdata' ? cdata(scalarText(item)) : escapeText(scalarText(item));
    else content += writeProperty(key, item, property, level + 1);
  }
  return wrap(name, shape, attributes, content);
}

function writeProperty(key: string, value: unknown, shape: Shape, level: number): string {
  const xml = xmlOf(shape);
  const name = xml.name ?? key;
  if (!Array.isArray(value)) return element(name, value, shape, level);
  const itemName = xmlOf(shape.item(0)).name;
  if (xml.wrapped) return wrap(name, shape, '', writeItems(itemName ?? name, value, shape, level + 1));
  // Without a wrapper the name of the array itself has no element to stand on (OpenAPI 3.1 section 4.8.26.3).
  return writeItems(itemName ?? (shape.types & ARRAY ? key : name), value, shape, level);
}

function writeItems(name: string, items: readonly unknown[], shape: Shape, level: number): string {
  return items.map((item, index) => element(name, item, shape.item(index), level)).join('');
}

function wrap(name: string, shape: Shape, attributes: string, content: string): string {
  const { prefix, namespace } = xmlOf(shape);
  const tag = qualified(name, prefix);
  const declared =
    namespace === undefined ? '' : ` ${prefix === undefined ? 'xmlns' : `xmlns:${nameText(prefix)}`}="${escapeAttribute(namespace)}"`;
  return content === '' ? `<${tag}${declared}${attributes}/>` : `<${tag}${declared}${attributes}>${content}</${tag}>`;
}

function attribute(key: string, value: unknown, shape: Shape): string {
  const { name, prefix, namespace } = xmlOf(shape);
  const declared = namespace === undefined || prefix === undefined ? '' : ` xmlns:${nameText(prefix)}="${escapeAttribute(namespace)}"`;
  return `${declared} ${qualified(name ?? key, prefix)}="${escapeAttribute(scalarText(value))}"`;
}

function qualified(name: string, prefix: string | undefined): string {
  return prefix === undefined ? nameText(name) : `${nameText(prefix)}:${nameText(name)}`;
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value === null || value === undefined) return '';
  // An attribute has no room for structure.
  try {
    return writeJson(value);
  } catch {
    return '';
  }
}

/** XML 1.0 section 2.2: control characters but tab and line ends, and the two non-characters, are no characters of XML. */
const NO_CHARACTER = /(?![\t\n\r\u007f-\u009f])\p{Cc}|[\ufffe\uffff]/gu;

function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(NO_CHARACTER, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** XML 1.0 section 2.7; what would end a section early is cut in two. */
function cdata(text: string): string {
  return `<![CDATA[${text.toWellFormed().replaceAll(NO_CHARACTER, '\ufffd').replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** Line ends and tabs as references: a reader makes spaces of them otherwise (XML 1.0 section 3.3.3). */
function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** XML 1.0 section 2.3, without the colon, which is for prefixes. */
const NAME_START = String.raw`A-Z_a-z\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{2FF}\u{370}-\u{37D}\u{37F}-\u{1FFF}\u{200C}\u{200D}\u{2070}-\u{218F}\u{2C00}-\u{2FEF}\u{3001}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFFD}`;
const NO_NAME_CHARACTER = new RegExp(String.raw`[^${NAME_START}\-.0-9\u{B7}\u{300}-\u{36F}\u{203F}\u{2040}]`, 'gu');
const NAME_STARTS = new RegExp(`^[${NAME_START}]`, 'u');

function nameText(name: string): string {
  const text = name.replaceAll(NO_NAME_CHARACTER, '_');
  return NAME_STARTS.test(text) ? text : `_${text}`;
}

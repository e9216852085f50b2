import { createRequire } from 'node:module';
import type * as Xml from 'fast-xml-parser';
import type { XMLParser, XMLValidator } from 'fast-xml-parser';
import { malformed } from '../parameters/index.ts';
import type { MalformedBody } from './decoded-body.ts';

/** An XML element with its text joined; names without their namespace prefix, `xmlns` declarations left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export interface XmlAttribute {
  readonly prefix: string;
  readonly name: string;
  readonly value: string;
}

const MOST_LEVELS = 100;
const ATTRIBUTES = ':@';
const TEXT = '#text';
const CDATA = '#cdata';
/** No XML name starts with it, so no name can meet a name that the parser keeps for itself or refuses (`__proto__`). */
const MARK = '\u0001';

interface Library {
  readonly parser: XMLParser;
  readonly validator: typeof XMLValidator;
}

const load = createRequire(import.meta.url);
let loaded: Library | undefined;

/** The parser, loaded with the first XML body: 20 ms that a server without any need not pay. */
function library(): Library {
  const { XMLParser, XMLValidator } = load('fast-xml-parser') as typeof Xml;
  return { parser: new XMLParser(OPTIONS), validator: XMLValidator };
}

const OPTIONS = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: MARK,
  // The parser asks twice for some elements.
  transformTagName: (name: string) => (name.startsWith(MARK) ? name : MARK + name),
  textNodeName: TEXT,
  cdataPropName: CDATA,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MOST_LEVELS,
  jPath: false,
};

/**
 * Parses an XML document (XML 1.0). A document type that declares anything is refused, one that only names a place is passed over: there are no entities but the five of XML and character
 * references, nothing is fetched and nothing expands.
 */
export function parseXml(given: string): { readonly kind: 'element'; readonly element: XmlElement } | MalformedBody {
  try {
    const text = withoutDocumentType(given);
    if (text === undefined) return malformed('must be XML without a document type that declares anything');
    loaded ??= library();
    const { parser, validator } = loaded;
    const verdict = validator.validate(text);
    if (verdict !== true) return malformed(`must be XML: ${verdict.err.msg.slice(0, 120)} (line ${verdict.err.line})`);
    const elements = elementsOf(parser.parse(text));
    const [element] = elements;
    if (element === undefined || elements.length > 1) return malformed('must be XML with one root element');
    return { kind: 'element', element };
  } catch (error) {
    return malformed(`must be XML: ${error instanceof Error ? error.message.slice(0, 120) : 'it cannot be parsed'}`);
  }
}

/** `<!DOCTYPE name SYSTEM "place">`, without declarations (XML 1.0 section 2.8). */
const DOCUMENT_TYPE = /<!DOCTYPE[^[\]<>]*>/y;
/** What hides markup: where it begins and ends. */
const HIDING = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
] as const;

/** The text without a document type before its root element; `undefined` where one declares something, or stands elsewhere. */
function withoutDocumentType(text: string): string | undefined {
  if (!/<!DOCTYPE/i.test(text)) return text;
  let rest = text;
  for (let at = text.indexOf('<!'); at >= 0; at = rest.indexOf('<!', at)) {
    const hiding = HIDING.find(([start]) => rest.startsWith(start, at));
    if (hiding !== undefined) {
      const end = rest.indexOf(hiding[1], at + hiding[0].length);
      // Not closed: the parser says so.
      if (end < 0) return rest;
      at = end + hiding[1].length;
      continue;
    }
    if (!/^<!DOCTYPE/i.test(rest.slice(at, at + 9))) {
      at += 2;
      continue;
    }
    DOCUMENT_TYPE.lastIndex = at;
    const [found] = DOCUMENT_TYPE.exec(rest) ?? [];
    // One, and no element before it.
    if (found === undefined || rest !== text || /<[^!?]/.test(rest.slice(0, at))) return undefined;
    rest = rest.slice(0, at) + rest.slice(at + found.length);
  }
  return rest;
}

/** The parser's ordered form: `[{ tag: [...], ':@': { attribute: value } }, { '#text': '...' }]`. */
function elementsOf(nodes: unknown): XmlElement[] {
  const elements: XmlElement[] = [];
  for (const node of recordsOf(nodes)) {
    const tag = Object.keys(node).find((key) => key.startsWith(MARK));
    if (tag === undefined) continue;
    const content = node[tag];
    elements.push({
      name: localName(tag),
      attributes: attributesOf(node[ATTRIBUTES]),
      children: elementsOf(content),
      text: textOf(content),
    });
  }
  return elements;
}

function textOf(nodes: unknown): string {
  let text = '';
  for (const node of recordsOf(nodes)) {
    if (typeof node[TEXT] === 'string') text += decodeEntities(node[TEXT]);
    for (const cdata of recordsOf(node[CDATA])) if (typeof cdata[TEXT] === 'string') text += cdata[TEXT];
  }
  return text;
}

function attributesOf(given: unknown): XmlAttribute[] {
  const attributes: XmlAttribute[] = [];
  for (const [key, value] of Object.entries(isRecord(given) ? given : {})) {
    const [prefix, name] = cutPrefix(key.slice(MARK.length));
    if (prefix === 'xmlns' || (prefix === '' && name === 'xmlns')) continue;
    attributes.push({ prefix, name, value: decodeEntities(String(value)) });
  }
  return attributes;
}

function cutPrefix(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon === -1 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

function localName(tag: string): string {
  return cutPrefix(tag.replaceAll(MARK, ''))[1];
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** XML 1.0 sections 4.1 and 4.6. A reference to nothing is an error of the document. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&([^&;\s]{1,40});?/g, (reference, name: string) => {
    const code = /^#x[0-9a-f]{1,6}$/i.test(name)
      ? Number.parseInt(name.slice(2), 16)
      : /^#\d{1,7}$/.test(name)
        ? Number(name.slice(1))
        : undefined;
    const decoded = code === undefined ? NAMED.get(name) : code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : undefined;
    if (decoded === undefined || !reference.endsWith(';')) throw new Error(`unknown reference "${reference}"`);
    return decoded;
  });
}

function recordsOf(nodes: unknown): Record<string, unknown>[] {
  return Array.isArray(nodes) ? nodes.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

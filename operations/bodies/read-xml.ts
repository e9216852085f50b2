import {
  ARRAY,
  MOST_CANDIDATES,
  NULL,
  OBJECT,
  PRIMITIVE,
  STRING,
  arraysOf,
  objectsOf,
  readPrimitive,
  shapeOf,
} from '../parameters/index.ts';
import type { Shape } from '../parameters/index.ts';
import type { Schema, SchemaLookup } from '../schema/schema.ts';
import type { DecodedBody } from './decoded-body.ts';
import { parseXml, type XmlElement } from './xml-elements.ts';
import { xmlOf } from './xml-keyword.ts';

/**
 * Decodes an XML body by its schema and the schema's `xml` keywords (OpenAPI 3.1 section 4.8.26). The name of the root element and
 * namespace prefixes are not held against the sender. Elements and attributes that the schema does not declare become properties of
 * their local name.
 */
export function decodeXml(text: string, schema: Schema, lookup: SchemaLookup): DecodedBody {
  const parsed = parseXml(text);
  if (parsed.kind === 'malformed') return parsed;
  const shape = shapeOf(schema, lookup);
  const { element } = parsed;
  // A root is one element, so an array there is always wrapped by it.
  if (shape.types & ARRAY && !(shape.types & OBJECT) && element.text.trim() === '') {
    return { kind: 'value', candidates: readItems(element.children, shape) };
  }
  return { kind: 'value', candidates: readElement(element, shape) };
}

function readElement(element: XmlElement, shape: Shape): readonly unknown[] {
  const { types } = shape;
  const structured = element.children.length > 0 || element.attributes.some(({ prefix }) => prefix === '');
  if (structured) return readObject(element, shape);
  if (types & NULL && element.attributes.some(({ name, value }) => name === 'nil' && value === 'true')) return [null];
  const readings: unknown[] = [];
  if (types & PRIMITIVE) readings.push(...readScalar(element.text, types));
  if (types & OBJECT && (element.text.trim() === '' || [...shape.declared].some((name) => xmlOf(shape.property(name)).text !== undefined)))
    readings.push(...readObject(element, shape));
  return readings.length === 0 ? [element.text] : readings;
}

/** White space around a number or boolean means nothing (XML Schema 1.0 part 2, whiteSpace collapse); in a string it is kept. */
function readScalar(text: string, types: number): readonly unknown[] {
  const trimmed = text.trim();
  if (trimmed === text) return readPrimitive(text, types);
  const typed = readPrimitive(trimmed, types).filter((reading) => reading !== trimmed);
  return types & STRING || typed.length === 0 ? [...typed, text] : typed;
}

function readObject(element: XmlElement, shape: Shape): readonly unknown[] {
  const properties = new Map<string, readonly unknown[]>();
  const taken = new Set<string>();
  const takenAttributes = new Set<string>();

  for (const name of shape.declared) {
    const property = shape.property(name);
    const xml = xmlOf(property);
    const xmlName = xml.name ?? name;
    if (xml.text !== undefined) {
      if (element.text !== '') properties.set(name, readScalar(element.text, property.types));
      continue;
    }
    if (xml.attribute) {
      const attribute = element.attributes.find((candidate) => candidate.name === xmlName);
      takenAttributes.add(xmlName);
      if (attribute !== undefined) properties.set(name, readScalar(attribute.value, property.types));
      continue;
    }
    // An array that is not wrapped has no element of its own: its items carry the name.
    const elementName = property.types & ARRAY && !xml.wrapped ? (xmlOf(property.item(0)).name ?? name) : xmlName;
    const elements = element.children.filter((child) => child.name === elementName);
    taken.add(elementName);
    if (elements.length > 0) properties.set(name, readProperty(elements, property, elementName));
  }

  for (const [name, elements] of Map.groupBy(element.children, (child) => child.name)) {
    if (!taken.has(name) && !properties.has(name)) properties.set(name, readProperty(elements, shape.property(name), name));
  }
  // Attributes with a prefix (`xsi:type`, `xml:lang`) speak to the parser, not to the application.
  for (const { prefix, name, value } of element.attributes) {
    if (prefix === '' && !takenAttributes.has(name) && !properties.has(name))
      properties.set(name, readScalar(value, shape.property(name).types));
  }
  return objectsOf(properties);
}

/** The elements of one property. */
function readProperty(elements: readonly XmlElement[], shape: Shape, elementName: string): readonly unknown[] {
  const [only] = elements;
  if (!(shape.types & ARRAY)) {
    if (elements.length === 1 && only !== undefined) return readElement(only, shape);
    return arraysOf(elements.map((element) => readElement(element, shape)));
  }
  if (elements.length === 1 && only !== undefined && xmlOf(shape).wrapped) {
    const itemName = xmlOf(shape.item(0)).name ?? elementName;
    // Items of another name are not items: the object says so when it is validated as an array.
    if (only.children.every((child) => child.name === itemName)) return readItems(only.children, shape);
    return readObject(only, shape);
  }
  const arrays = readItems(elements, shape);
  const single = elements.length === 1 && only !== undefined && shape.types & PRIMITIVE ? readScalar(only.text, shape.types) : [];
  return [...arrays, ...single].slice(0, MOST_CANDIDATES);
}

function readItems(elements: readonly XmlElement[], shape: Shape): unknown[][] {
  return arraysOf(elements.map((element, index) => readElement(element, shape.item(index))));
}

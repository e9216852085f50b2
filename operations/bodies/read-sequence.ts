import { parseJson } from '../json.ts';
import { arraysOf, malformed, objectsOf, readNested, shapeOf } from '../parameters/index.ts';
import type { Shape } from '../parameters/index.ts';
import { childPointer } from '../pointer.ts';
import type { Schema, SchemaLookup } from '../schema/schema.ts';
import type { DecodedBody } from './decoded-body.ts';
import type { SequenceForm } from './sequence.ts';

/**
 * Decodes the text of a sequential media type into the array of its items: "treating them as if the values were in an array in the same order" (OpenAPI 3.2, Sequential Media Types).
 * @param schema of the array.
 */
export function decodeSequence(text: string, form: Exclude<SequenceForm, 'parts'>, schema: Schema, lookup: SchemaLookup): DecodedBody {
  if (form === 'events') return decodeEvents(text, shapeOf(schema, lookup));
  if (form === 'lines') return decodeTexts(text.split('\n'), (index) => `line ${index + 1}`);
  const [before = '', ...texts] = text.split(RECORD_SEPARATOR);
  if (before.trim() !== '') return malformed('must begin each value with a record separator, U+001E (RFC 7464)');
  return decodeTexts(texts, (index) => `value ${index + 1}`);
}

const RECORD_SEPARATOR = '\u001e';

/** Texts of JSON, empty ones left out: a line end after the last value begins no other. */
function decodeTexts(texts: readonly string[], place: (index: number) => string): DecodedBody {
  const items: unknown[] = [];
  for (const [index, text] of texts.entries()) {
    if (text.trim() === '') continue;
    try {
      items.push(parseJson(text));
    } catch (error) {
      const reason = error instanceof Error && !(error instanceof RangeError) ? error.message.replace(/\s+/g, ' ') : 'nested too deeply';
      return { ...malformed(`must be JSON in ${place(index)}: ${reason}`), pointer: childPointer('', items.length) };
    }
  }
  return { kind: 'value', candidates: [items] };
}

/** Server-sent events, one object each. */
function decodeEvents(text: string, stream: Shape): DecodedBody {
  const events = fieldsOfEvents(text).map((fields, index) => {
    const event = stream.item(index);
    return objectsOf(new Map([...fields].map(([name, value]) => [name, readField(name, value, event.property(name))])));
  });
  return { kind: 'value', candidates: arraysOf(events) };
}

/** `retry` is a number, every other field a text; where the schema asks for something else, that is how its text is read. */
function readField(name: string, value: string, shape: Shape): readonly unknown[] {
  return name === 'retry' ? [Number(value)] : readNested(value, shape);
}

/**
 * The fields of each event as the HTML standard parses a stream (section 9.2.6): comments and unknown fields are passed over, lines of `data` are joined, an event without data is none, and
 * neither is one that no empty line ends.
 */
function fieldsOfEvents(text: string): ReadonlyMap<string, string>[] {
  const events: ReadonlyMap<string, string>[] = [];
  let fields = new Map<string, string>();
  const lines = text.split(/\r\n|\n|\r/);
  // What follows the last line end is no line.
  lines.pop();
  for (const line of lines) {
    if (line === '') {
      if (fields.has('data')) events.push(fields);
      fields = new Map();
      continue;
    }
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (name === 'data') fields.set(name, fields.has(name) ? `${fields.get(name)}\n${value}` : value);
    else if (name === 'event' || (name === 'id' && !value.includes('\0')) || (name === 'retry' && /^\d+$/.test(value)))
      fields.set(name, value);
  }
  return events;
}

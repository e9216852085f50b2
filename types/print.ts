import { isPlainProperty } from './names.ts';
import type { Property, TupleType, Type } from './type.ts';

const WIDTH = 140;

/** Writes types as text; `nameOf` finds the name of a declaration by its key. */
export interface Printer {
  /**
   * @param indent of the line that the type stands in.
   * @param column where on its line the type starts.
   */
  readonly print: (type: Type, indent: string, column: number) => string;
}

export function createPrinter(nameOf: (key: string) => string): Printer {
  function print(type: Type, indent: string, column: number): string {
    switch (type.kind) {
      case 'word':
        return type.word;
      case 'literal':
        return type.of === 'string' ? quoted(type.value) : type.value;
      case 'named':
        return nameOf(type.key);
      case 'array': {
        const item = print(type.item, indent, column);
        return type.item.kind === 'union' || type.item.kind === 'intersection' ? `(${item})[]` : `${item}[]`;
      }
      case 'tuple':
        return tuple(type, indent, column);
      case 'object':
        return object(type.properties, type.index, indent);
      case 'intersection':
        return type.members
          .map((member) => (member.kind === 'union' ? `(${print(member, indent, column)})` : print(member, indent, column)))
          .join(' & ');
      case 'union':
        return alternatives(type.members, indent, column);
    }
  }

  /** On one line where that is short enough, else one alternative a line. */
  function alternatives(members: readonly Type[], indent: string, column: number): string {
    const line = members.map((member) => print(member, indent, column)).join(' | ');
    const objects = members.filter((member) => member.kind !== 'word');
    const isShort = !line.includes('\n') && column + line.length < WIDTH;
    if (isShort || (objects.length === 1 && objects[0]?.kind === 'object')) return line;
    const inner = `${indent}  `;
    return members.map((member) => `\n${inner}| ${print(member, `${inner}  `, inner.length + 2)}`).join('');
  }

  function object(properties: readonly Property[], index: Type | undefined, indent: string): string {
    if (properties.length === 0 && index === undefined) return '{}';
    const inner = `${indent}  `;
    const lines = properties.flatMap(({ name, type, optional, comment }) => {
      const key = `${inner}${propertyName(name)}${optional ? '?' : ''}:`;
      return [...commentLines(comment, inner), `${key}${spaced(print(type, inner, key.length + 1))};`];
    });
    if (index !== undefined) {
      const key = `${inner}[key: string]:`;
      lines.push(`${key}${spaced(print(index, inner, key.length + 1))};`);
    }
    return `{\n${lines.join('\n')}\n${indent}}`;
  }

  function tuple({ items, required, rest }: TupleType, indent: string, column: number): string {
    const parts = items.map((item, at) => {
      const text = print(item, indent, column);
      if (at < required) return text;
      return item.kind === 'union' || item.kind === 'intersection' ? `(${text})?` : `${text}?`;
    });
    if (rest !== undefined) parts.push(`...${print({ kind: 'array', item: rest }, indent, column)}`);
    return `[${parts.join(', ')}]`;
  }

  return { print };
}

/** A declaration's comment, made harmless: text of a document can't end it. */
export function commentLines(comment: string, indent: string): string[] {
  return comment === '' ? [] : [`${indent}/** ${comment.replaceAll('*/', '*\\/')} */`];
}

/** Text after a colon or an equals sign: a broken union starts on the next line. */
export function spaced(text: string): string {
  return text.startsWith('\n') ? text : ` ${text}`;
}

function propertyName(name: string | number): string {
  return typeof name === 'number' || isPlainProperty(name) ? String(name) : quoted(name);
}

/** A string literal in the quotes that need fewer escapes, single ones if in doubt. */
function quoted(text: string): string {
  const json = JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029').replaceAll('\u007f', '\\u007f');
  const singles = text.split("'").length;
  const doubles = text.split('"').length;
  if (singles > doubles) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

import { isPlainProperty } from './names.ts';
import { isWord } from './type.ts';
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
      case 'array':
        return `${grouped(type.item, indent, column)}[]`;
      case 'tuple':
        return tuple(type, indent, column);
      case 'object':
        return object(type.properties, type.index, indent);
      case 'intersection':
        return parts(type.members, indent, column);
      case 'union':
        return alternatives(type.members, indent, column);
    }
  }

  /** A type as a part of another: in parentheses where it needs them. */
  function grouped(type: Type, indent: string, column: number): string {
    if (type.kind !== 'union' && type.kind !== 'intersection') return print(type, indent, column);
    const text = print(type, indent, column + 1);
    return text.startsWith('\n') ? `(${text}\n${indent})` : `(${text})`;
  }

  /** Names before objects, so that what is added stands last; one name a line where they do not fit on one. */
  function parts(members: readonly Type[], indent: string, column: number): string {
    const names = members.filter((member) => member.kind !== 'object');
    const objects = members.filter((member) => member.kind === 'object');
    const line = names.map((member) => grouped(member, indent, column)).join(' & ');
    const isShort = !line.includes('\n') && column + line.length < WIDTH && (objects.length === 0 || names.length < 2);
    const inner = `${indent}  `;
    const first = isShort ? line : names.map((member, at) => grouped(member, at === 0 ? indent : inner, inner.length)).join(` &\n${inner}`);
    const rest = objects.map((member) => print(member, names.length < 2 ? indent : inner, 0));
    return [...(names.length === 0 ? [] : [first]), ...rest].join(' & ');
  }

  /** On one line where that is short enough, else one alternative a line. */
  function alternatives(members: readonly Type[], indent: string, column: number): string {
    const line = members.map((member) => print(member, indent, column)).join(' | ');
    const isShort = !line.includes('\n') && column + line.length < WIDTH;
    const isNullable = members.length === 2 && members[0]?.kind === 'object' && members.some((member) => isWord(member, 'null'));
    if (isShort || isNullable) return line;
    const inner = `${indent}  `;
    const texts = members.map((member) => {
      const text = print(member, `${inner}  `, inner.length + 2);
      return member.kind === 'intersection' && text.includes('\n') ? `(${text})` : text;
    });
    return texts.map((text) => `\n${inner}| ${text}`).join('');
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
    const texts = items.map((item, at) => (at < required ? print(item, indent, column) : `${grouped(item, indent, column)}?`));
    if (rest !== undefined) texts.push(`...${print({ kind: 'array', item: rest }, indent, column)}`);
    return `[${texts.join(', ')}]`;
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

/** A value as an expression of TypeScript, for files that people go on writing: JSON, but for long integers and for a name that would mean something else there. */
export function literal(value: unknown, depth = 0): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return quoted(value);
  const isList = Array.isArray(value);
  const members = Object.entries(value).map(([name, member]) => `${isList ? '' : `${nameOf(name)}: `}${literal(member, depth + 1)}`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) return open + close;
  const inner = '  '.repeat(depth + 1);
  return `${open}\n${members.map((member) => `${inner}${member},\n`).join('')}${'  '.repeat(depth)}${close}`;
}

/** A method's name in an object. */
export function methodName(name: string): string {
  return IDENTIFIER.test(name) ? name : quoted(name);
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** `__proto__: x` in an object would be its prototype, not a member (ECMA-262 section B.3.1). */
function nameOf(name: string): string {
  if (name === '__proto__') return `['__proto__']`;
  return IDENTIFIER.test(name) ? name : quoted(name);
}

/** A scalar of JSON; characters that editors take for the end of a line, or don't show, are escaped. */
export function quoted(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').replace(
    // eslint-disable-next-line no-control-regex -- what is escaped here are control characters
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff0-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

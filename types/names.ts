import { pointerTokens } from '../operations/index.ts';

const HOLDERS = new Set(['schemas', 'definitions', '$defs']);
/** Words of a pointer that tell nothing about the schema there. */
const NOISE =
  /^(?:\d+|components|responses|requestBodies|parameters|headers|content|schema|schemas|definitions|paths|properties|items|allOf|anyOf|oneOf)$/;
const IDENTIFIER = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;
/** Valid as identifiers, but no names of types: keywords, TypeScript's own types, and the module's own interface. */
const RESERVED = new Set(
  (
    'any arguments as async await bigint boolean break case catch class const constructor continue debugger declare default delete do else enum eval export ' +
    'extends false finally for from function get global if implements import in infer instanceof interface intrinsic is keyof let module namespace never new null number ' +
    'object of out override package private protected public readonly require return satisfies set static string super switch symbol this throw true ' +
    'try type typeof undefined unique unknown var void while with yield Operations'
  ).split(' '),
);

/** The name under which a document keeps the schema at an address (`file#/pointer`); `undefined` for a schema that stands somewhere inside. */
export function componentName(address: string): string | undefined {
  const { file, tokens } = partsOf(address);
  const [last, holder] = [tokens.at(-1), tokens.at(-2)];
  if (last === undefined) return file;
  return tokens.length === 1 || HOLDERS.has(holder ?? '') ? last : undefined;
}

/** A TypeScript identifier for the schema at an address: its component name where it has one, else the telling words of its pointer. */
export function typeName(address: string): string {
  const name =
    componentName(address) ??
    partsOf(address)
      .tokens.filter((token) => !NOISE.test(token) && !token.includes('/*'))
      .slice(-3)
      .join(' ');
  if (isIdentifier(name)) return name;
  const words = name.split(/[^\p{ID_Continue}$]+/u).filter((part) => part !== '');
  const joined = words.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join('');
  if (joined === '') return 'Schema';
  return isIdentifier(joined) ? joined : `_${joined}`;
}

/** Gives each name once: a second asker gets it with a number. */
export function createNames(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}${count}`;
    taken.add(name);
    return name;
  };
}

/** Whether a property can be written without quotes. */
export function isPlainProperty(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

function isIdentifier(name: string): boolean {
  return IDENTIFIER.test(name) && !RESERVED.has(name);
}

function partsOf(address: string): { file: string; tokens: string[] } {
  const hash = address.indexOf('#');
  const file = hash < 0 ? address : address.slice(0, hash);
  return { file: file.replace(/\.[^.]*$/, ''), tokens: pointerTokens(hash < 0 ? '' : address.slice(hash + 1)) ?? [] };
}

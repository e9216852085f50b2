/** A TypeScript type as plain data, between schema and text. */
export type Type =
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'literal'; readonly of: 'string' | 'number' | 'bigint' | 'boolean'; readonly value: string }
  /** A declaration of the module, by the key of its schema. */
  | { readonly kind: 'named'; readonly key: string }
  | { readonly kind: 'union'; readonly members: readonly Type[] }
  | { readonly kind: 'intersection'; readonly members: readonly Type[] }
  | { readonly kind: 'array'; readonly item: Type }
  | TupleType
  | ObjectType;

export type Word = 'unknown' | 'never' | 'undefined' | 'null' | 'boolean' | 'number' | 'bigint' | 'string';

export interface TupleType {
  readonly kind: 'tuple';
  readonly items: readonly Type[];
  /** So many items are always there. */
  readonly required: number;
  /** What may follow; `undefined`: nothing. */
  readonly rest: Type | undefined;
}

export interface ObjectType {
  readonly kind: 'object';
  readonly properties: readonly Property[];
  /** The type of every other property; `undefined`: there are none. */
  readonly index: Type | undefined;
}

export interface Property {
  /** A number is written as a number key. */
  readonly name: string | number;
  readonly type: Type;
  readonly optional: boolean;
  /** Text of a comment; `''` for none. */
  readonly comment: string;
}

export const UNKNOWN = word('unknown');
export const NEVER = word('never');
export const UNDEFINED = word('undefined');
/** An object of which nothing is known. */
export const ANY_OBJECT: ObjectType = { kind: 'object', properties: [], index: UNKNOWN };

export function word(name: Word): Type {
  return { kind: 'word', word: name };
}

export function isWord(type: Type, name: Word): boolean {
  return type.kind === 'word' && type.word === name;
}

export function isAnyObject(type: Type): boolean {
  return type.kind === 'object' && type.properties.length === 0 && type.index !== undefined && isWord(type.index, 'unknown');
}

/** The union, simplified: `unknown` swallows all, a base type its literals, `null` and `undefined` stand last. No members: `never`. */
export function union(types: readonly Type[]): Type {
  const members = unique(types.flatMap((type) => (type.kind === 'union' ? type.members : [type]))).filter((type) => !isWord(type, 'never'));
  if (members.some((type) => isWord(type, 'unknown'))) return UNKNOWN;
  const words = new Set(members.map((type) => (type.kind === 'word' ? type.word : undefined)));
  const truths = members.filter((type) => type.kind === 'literal' && type.of === 'boolean');
  const whole = truths.length === 2 ? unique([...members, word('boolean')]) : members;
  if (truths.length === 2) words.add('boolean');
  const kept = whole.filter((type) => !(type.kind === 'literal' && words.has(type.of)));
  const isLast = (type: Type): boolean => isWord(type, 'null') || isWord(type, 'undefined');
  const ordered = [...kept.filter((type) => !isLast(type)), ...kept.filter(isLast)];
  const [only] = ordered;
  if (only === undefined) return NEVER;
  return ordered.length === 1 ? only : { kind: 'union', members: ordered };
}

/** The intersection, simplified: `never` swallows all, `unknown` and objects of which nothing is known say nothing beside others. */
export function intersection(types: readonly Type[]): Type {
  const members = unique(types.flatMap((type) => (type.kind === 'intersection' ? type.members : [type]))).filter(
    (type) => !isWord(type, 'unknown'),
  );
  const never = members.find((type) => isWord(type, 'never'));
  if (never !== undefined) return never;
  const telling = members.filter((type) => !isAnyObject(type) && !(type.kind === 'union' && type.members.some(isAnyObject)));
  const kept = telling.length > 0 ? telling : members.slice(0, 1);
  const [only] = kept;
  if (only === undefined) return UNKNOWN;
  return kept.length === 1 ? only : { kind: 'intersection', members: kept };
}

function unique(types: readonly Type[]): Type[] {
  if (types.length < 2) return [...types];
  return [...new Map(types.map((type) => [JSON.stringify(type), type])).values()];
}

/** The types directly inside a type. */
export function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'word':
    case 'literal':
    case 'named':
      return [];
    case 'union':
    case 'intersection':
      return type.members;
    case 'array':
      return [type.item];
    case 'tuple':
      return type.rest === undefined ? type.items : [...type.items, type.rest];
    case 'object':
      return [...type.properties.map((property) => property.type), ...(type.index === undefined ? [] : [type.index])];
  }
}

/** How many types a type is made of. */
export function sizeOf(type: Type): number {
  return partsOf(type).reduce((size, part) => size + sizeOf(part), 1);
}

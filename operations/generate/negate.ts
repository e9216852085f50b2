import { isSchemaObject, type Schema, type SchemaLookup, type SchemaObject } from '../schema/schema.ts';
import type { Conjunction } from './conjunction.ts';
import { namedSchemasAt, namesAt, numberAt, schemaAt, schemasAt, typesAt, type TypeName } from './keywords.ts';
import { membersOf } from './members.ts';

/**
 * Schemas each of which makes sure that the given one does not hold, the least odd first: a value without a required property
 * comes before one whose property has a wrong value, and that before one of another type.
 *
 * Not every negation can be written down (`pattern`, `format`, `enum`): what is missing here is left to trying other values.
 */
export function negate(schema: Schema, lookup: SchemaLookup): readonly Schema[] {
  if (schema === false) return [true];
  if (!isSchemaObject(schema)) return [];
  const target = typeof schema.$ref === 'string' ? lookup(schema.$ref) : undefined;
  return [
    ...negateObject(schema),
    ...negateScalar(schema),
    ...negateArray(schema),
    ...(target === undefined ? [] : [{ not: target }]),
    ...negateCombination(schema),
    ...negateType(schema),
  ];
}

/**
 * The negations that have a chance beside what is asked for already: to leave out a property that is not required is easy, to
 * add one of a wrong type works where no one has declared it, and a required property can't be left out.
 */
export function rankNegations(negations: readonly Schema[], conjunction: Conjunction): readonly Schema[] {
  const { required, names } = membersOf(conjunction);
  const declared = new Set(names);
  const effort = (negation: Schema): number => {
    if (!isSchemaObject(negation)) return 2;
    const [property] = namedSchemasAt(negation, 'properties');
    if (property === undefined) return 2;
    const [name, schema] = property;
    if (schema === false) return required.has(name) ? Infinity : 0;
    return declared.has(name) ? 2 : 1;
  };
  const efforts = new Map(negations.map((negation) => [negation, effort(negation)]));
  const possible = negations.filter((negation) => efforts.get(negation) !== Infinity);
  return possible.sort((left, right) => (efforts.get(left) ?? 0) - (efforts.get(right) ?? 0));
}

function negateObject(schema: SchemaObject): Schema[] {
  const object = { type: 'object' };
  const negations: Schema[] = namesAt(schema, 'required').map((name) => ({ ...object, properties: { [name]: false } }));
  const properties = namedSchemasAt(schema, 'properties').filter(([, property]) => property !== true);
  const told = properties.filter(
    ([, property]) => isSchemaObject(property) && (property['const'] !== undefined || Array.isArray(property['enum'])),
  );
  const others = properties.filter((entry) => !told.includes(entry));
  for (const [name, property] of [...told, ...others]) {
    negations.push({ ...object, required: [name], properties: { [name]: { not: property } } });
  }
  const additional = schemaAt(schema, 'additionalProperties');
  if (additional !== undefined && additional !== true) {
    const name = freshName(schema);
    negations.push({ ...object, required: [name], properties: { [name]: { not: additional } } });
  }
  const most = numberAt(schema, 'maxProperties');
  const least = numberAt(schema, 'minProperties');
  if (most !== undefined) negations.push({ ...object, minProperties: most + 1 });
  if (least !== undefined && least > 0) negations.push({ ...object, maxProperties: least - 1 });
  return negations;
}

/** A name that the schema does not declare. */
function freshName(schema: SchemaObject): string {
  const declared = new Set(namedSchemasAt(schema, 'properties').map(([name]) => name));
  let name = 'other';
  while (declared.has(name)) name += '1';
  return name;
}

function negateScalar(schema: SchemaObject): Schema[] {
  const negations: Schema[] = [];
  const turn = (type: TypeName, keyword: string, into: (bound: number) => Record<string, number>): void => {
    const bound = numberAt(schema, keyword);
    if (bound !== undefined) negations.push({ type, ...into(bound) });
  };
  turn('number', 'minimum', (bound) => ({ exclusiveMaximum: bound }));
  turn('number', 'maximum', (bound) => ({ exclusiveMinimum: bound }));
  turn('number', 'exclusiveMinimum', (bound) => ({ maximum: bound }));
  turn('number', 'exclusiveMaximum', (bound) => ({ minimum: bound }));
  turn('string', 'minLength', (bound) => ({ maxLength: bound - 1 }));
  turn('string', 'maxLength', (bound) => ({ minLength: bound + 1 }));
  return negations;
}

function negateArray(schema: SchemaObject): Schema[] {
  const array = { type: 'array' };
  const negations: Schema[] = [];
  const most = numberAt(schema, 'maxItems');
  const least = numberAt(schema, 'minItems');
  if (least !== undefined && least > 0) negations.push({ ...array, maxItems: least - 1 });
  if (most !== undefined) negations.push({ ...array, minItems: most + 1 });
  const items = schemaAt(schema, 'items');
  if (items !== undefined && items !== true) negations.push({ ...array, contains: { not: items } });
  const contains = schemaAt(schema, 'contains');
  if (contains !== undefined) negations.push({ ...array, items: { not: contains } });
  return negations;
}

function negateCombination(schema: SchemaObject): Schema[] {
  const negations: Schema[] = schemasAt(schema, 'allOf').map((member) => ({ not: member }));
  for (const keyword of ['anyOf', 'oneOf']) {
    const members = schemasAt(schema, keyword);
    if (members.length > 0) negations.push({ allOf: members.map((member) => ({ not: member })) });
  }
  const oneOf = schemasAt(schema, 'oneOf');
  if (oneOf.length > 1) negations.push({ allOf: oneOf.slice(0, 2) });
  const not = schemaAt(schema, 'not');
  if (not !== undefined) negations.push(not);
  return negations;
}

const ALL_TYPES: readonly TypeName[] = ['string', 'number', 'boolean', 'object', 'array', 'null'];

function negateType(schema: SchemaObject): Schema[] {
  const types = typesAt(schema);
  if (types === undefined) return [];
  const others = ALL_TYPES.filter((type) => !types.includes(type));
  if (others.length === 0) return [];
  if (!types.includes('integer') || types.includes('number')) return [{ type: others }];
  return [{ type: others.filter((type) => type !== 'number') }, { type: 'number', not: { type: 'integer' } }];
}

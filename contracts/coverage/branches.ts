import { isSchemaObject, record } from '../../operations/index.ts';
import type { Content, Document, Node, Operation, ResponseRule, Schema, SchemaValidator } from '../../operations/index.ts';
import { componentName, findChoice, schemaNodeOf } from './branch-node.ts';
import { createWalk } from './schema-walk.ts';
import type { SchemaWalk } from './schema-walk.ts';
import { mayBe, signatureOf } from './signature.ts';
import type { Signature } from './signature.ts';
import { hit } from './tally.ts';
import type { Tallies, Tally, Turn } from './tally.ts';

/** The alternatives at the top of a response's schema. */
export interface Branches {
  readonly keyword: 'oneOf' | 'anyOf';
  readonly list: readonly Branch[];
  /** Tells the branch by a property's value (OpenAPI 3.1 section 4.8.25). */
  readonly discriminator: { readonly property: string; readonly byValue: ReadonlyMap<string, Branch> } | undefined;
}

export interface Branch {
  readonly cell: Tally;
  readonly signature: Signature;
  readonly validator: SchemaValidator;
}

/** More alternatives than a reader tells apart, or a request could try one by one. */
const MAX_BRANCHES = 100;

/**
 * The branches of one media type of a response, each a cell: `200 TieError` by the component's name, `200 kind=card` by a value that tells it from the others, else by title, type
 * or number. `undefined`: the schema has no alternatives.
 */
export function compileBranches(operation: Operation, rule: ResponseRule, content: Content, tallies: Tallies): Branches | undefined {
  if (!isSchemaObject(content.validator?.schema)) return undefined;
  const schema = schemaNodeOf(operation, rule, content);
  const choice = schema === undefined ? undefined : findChoice(operation.document, schema);
  if (choice === undefined || choice.alternatives.length > MAX_BRANCHES) return undefined;
  const walk = createWalk(operation.validators.lookup);
  const found = choice.alternatives.map((node) => {
    const validator = operation.validators.at(node, 'response');
    return { node, validator, signature: signatureOf(validator.schema, walk) };
  });
  const names = namesOf(
    operation.document,
    found.map(({ node }) => node),
    found.map(({ signature }) => signature),
  );
  const list = found.map(({ validator, signature }, index) => ({
    cell: tallies.at('branch', `${rule.status} ${names[index] ?? `#${index + 1}`}`),
    validator,
    signature,
  }));
  return { keyword: choice.keyword, list, discriminator: discriminatorOf(content.validator.schema, list, names, walk) };
}

/** Counts the branch that a value belongs to; of `anyOf`, each. Only where the eye can't tell, the schemas are asked. */
export function hitBranches({ keyword, list, discriminator }: Branches, value: unknown, turn: Turn): void {
  const named = discriminator === undefined ? undefined : record(value)[discriminator.property];
  const told = typeof named === 'string' ? discriminator?.byValue.get(named) : undefined;
  if (told !== undefined) return hit(told.cell, turn);
  let first: Branch | undefined;
  let isAlone = true;
  for (const branch of list) {
    if (!mayBe(branch.signature, value)) continue;
    if (first !== undefined) isAlone = false;
    first ??= branch;
  }
  if (first === undefined) return;
  if (isAlone) return hit(first.cell, turn);
  for (const { cell, signature, validator } of list) {
    if (!mayBe(signature, value) || !validator.isValid(value)) continue;
    hit(cell, turn);
    if (keyword === 'oneOf') return;
  }
}

function namesOf(document: Document, nodes: readonly Node[], signatures: readonly Signature[]): readonly string[] {
  const names = nodes.map((node, index) => {
    const { title, type } = record(node.value);
    const name = componentName(document, node) ?? distinction(signatures, index) ?? (typeof title === 'string' ? title : undefined) ?? type;
    return typeof name === 'string' && name !== '' ? name : '';
  });
  return names.map((name, index) => {
    if (name === '') return `#${index + 1}`;
    return names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} #${index + 1}`;
  });
}

/** A property that has one value here and never in the other branches: `success=true`. */
function distinction(signatures: readonly Signature[], index: number): string | undefined {
  for (const [name, values] of signatures[index]?.listed ?? []) {
    const [value] = values;
    if (values.size !== 1) continue;
    const others = signatures.filter((_, other) => other !== index);
    if (others.every(({ listed }) => listed.find(([other]) => other === name)?.[1].has(value) === false)) return `${name}=${String(value)}`;
  }
  return undefined;
}

function discriminatorOf(schema: Schema, list: readonly Branch[], names: readonly string[], walk: SchemaWalk): Branches['discriminator'] {
  const given = discriminatorAt(schema, walk);
  if (given === undefined || typeof given['propertyName'] !== 'string') return undefined;
  // Without a mapping the value is the component's name.
  const byValue = new Map(list.map((branch, index) => [names[index] ?? '', branch] as const));
  for (const [value, key] of Object.entries(record(given['mapping']))) {
    const branch = list.find(({ validator }) => isSchemaObject(validator.schema) && validator.schema.$ref === key);
    if (branch !== undefined) byValue.set(value, branch);
  }
  return { property: given['propertyName'], byValue };
}

function discriminatorAt(schema: Schema, walk: SchemaWalk, steps = 20): Readonly<Record<string, unknown>> | undefined {
  if (!isSchemaObject(schema) || steps <= 0) return undefined;
  if (isSchemaObject(schema['discriminator'])) return schema['discriminator'];
  const target = schema.$ref === undefined ? undefined : walk.lookup(schema.$ref);
  return target === undefined ? undefined : discriminatorAt(target, walk, steps - 1);
}

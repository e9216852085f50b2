/** A schema as a reader sees it: a tree of fields with what each must be, references followed, `allOf` merged, circles and sizes bounded. */
import { child, dereference, entries, items, record, resolveReference } from '../../operations/index.ts';
import type { Document, Node } from '../../operations/index.ts';
import type { Names } from './anchors.ts';
import { isRequiredChoice, rulesOf } from './conditions.ts';
import { constraintsOf } from './constraints.ts';
import { isInternal, isSensitive } from './extensions.ts';
import { EMPTY, splitText, text } from './text.ts';
import type { Text } from './text.ts';

export interface SchemaView {
  /** JSON types in the document's order, `null` last; empty where any value will do. */
  readonly types: readonly string[];
  readonly format: string;
  /** The component's name or the title; `''` for a schema without one. */
  readonly name: string;
  readonly description: Text;
  /** Length, range, pattern and the like, as short phrases. */
  readonly constraints: readonly Text[];
  /** `enum` and `const`. */
  readonly values: readonly unknown[];
  /** Whole sentences: conditions, dependencies, exclusions. */
  readonly rules: readonly Text[];
  readonly fields: readonly FieldView[];
  readonly items: SchemaView | undefined;
  readonly choice: ChoiceView | undefined;
  readonly deprecated: boolean;
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly sensitive: boolean;
  readonly example: unknown;
  /** Set where the tree is not gone into again: the schema contains itself, or the page has enough fields. */
  readonly stop: 'recursive' | 'large' | undefined;
}

export interface FieldView {
  /** As in a JSON body; a pattern or `*` for names that are not fixed. */
  readonly name: string;
  readonly anchor: string;
  readonly required: boolean;
  readonly schema: SchemaView;
}

export interface ChoiceView {
  readonly kind: 'oneOf' | 'anyOf';
  readonly branches: readonly BranchView[];
}

export interface BranchView {
  readonly label: Text;
  /** Which value of the discriminator chooses it: `kind = "cat"`. */
  readonly mark: string;
  readonly anchor: string;
  readonly schema: SchemaView;
}

/** What a page has in common. */
export interface SchemaReader {
  readonly document: Document;
  readonly anchors: Names;
  /** How many fields the page may still show. */
  left: number;
}

export const MAX_FIELDS = 800;
const MAX_DEPTH = 12;
const MAX_PARTS = 64;

/** @param nodes schemas that hold together, as those of `allOf` do. @param path where the schema stands, for anchors: `body.data.list`. */
export function viewSchema(reader: SchemaReader, nodes: readonly Node[], path: string): SchemaView {
  return build(reader, nodes, path, []);
}

function build(reader: SchemaReader, nodes: readonly Node[], path: string, above: readonly unknown[]): SchemaView {
  const parts = gather(reader.document, nodes);
  const first = <T>(pick: (part: Readonly<Record<string, unknown>>) => T | undefined): T | undefined => {
    for (const part of parts) {
      const found = pick(record(part.value));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const isRecursive = parts.some((part) => above.includes(part.value) && isComposite(part.value));
  const isLarge = reader.left <= 0 || above.length > MAX_DEPTH * MAX_PARTS || depthOf(path) > MAX_DEPTH;
  const stop = isRecursive ? 'recursive' : isLarge && parts.some((part) => isComposite(part.value)) ? 'large' : undefined;
  const inside = [...above, ...parts.map((part) => part.value)];
  const choice = stop === undefined ? choiceOf(reader, parts, path, inside) : undefined;
  const fields = stop === undefined ? fieldsOf(reader, parts, path, inside) : [];
  const itemNodes = parts
    .flatMap((part) => child(part, 'items') ?? [])
    .filter((node) => !Array.isArray(node.value) && isSchema(node.value));
  const types = typesOf(parts);
  return {
    types: types.length > 0 ? types : fields.length > 0 ? ['object'] : itemNodes.length > 0 ? ['array'] : [],
    format: first(({ format }) => stringOf(format)) ?? '',
    name: nameOf(reader.document, nodes),
    description: splitText(first(({ description }) => stringOf(description)) ?? ''),
    constraints: unique(parts.flatMap((part) => constraintsOf(record(part.value)))),
    values: first(valuesOf) ?? [],
    rules: unique(parts.flatMap((part) => rulesOf(record(part.value), (schema) => followed(reader.document, part, schema)))),
    fields,
    items: stop === undefined && itemNodes.length > 0 ? build(reader, itemNodes, `${path}[]`, inside) : undefined,
    choice,
    deprecated: first(({ deprecated }) => (deprecated === true ? true : undefined)) ?? false,
    readOnly: first(({ readOnly }) => (readOnly === true ? true : undefined)) ?? false,
    writeOnly: first(({ writeOnly }) => (writeOnly === true ? true : undefined)) ?? false,
    sensitive: parts.some((part) => isSensitive(part.value)),
    example: first(exampleOf),
    stop,
  };
}

/** The schemas that hold together at a place: references followed, members of `allOf` beside their holder. The nearest text wins, so holders come first. */
function gather(document: Document, nodes: readonly Node[]): Node[] {
  const parts: Node[] = [];
  const seen = new Set<unknown>();
  const pending = [...nodes];
  for (let node = pending.shift(); node !== undefined && parts.length < MAX_PARTS; node = pending.shift()) {
    if (seen.has(node.value) || !isSchema(node.value)) continue;
    seen.add(node.value);
    const { $ref, $dynamicRef } = record(node.value);
    // The schema whose own anchor a dynamic reference names is where it leads, unless another schema takes its place.
    const reference = $ref ?? $dynamicRef;
    // One step at a time: in 3.1 each reference on the way may have keywords beside it, which hold as well.
    const target = typeof reference === 'string' ? resolveReference(document, reference, node) : undefined;
    if (target === undefined || Object.keys(record(node.value)).length > 1) parts.push(node);
    const next = target?.ok === true ? [target.node] : [];
    pending.unshift(...next, ...items(child(node, 'allOf')));
  }
  return parts;
}

function fieldsOf(reader: SchemaReader, parts: readonly Node[], path: string, above: readonly unknown[]): FieldView[] {
  const required = new Set(parts.flatMap((part) => items(child(part, 'required')).map(({ value }) => String(value))));
  const named = Map.groupBy(
    parts.flatMap((part) => entries(child(part, 'properties'))),
    ([name]) => name,
  );
  const fields: FieldView[] = [];
  const add = (name: string, nodes: readonly Node[], isRequired: boolean): void => {
    if (reader.left <= 0) return;
    reader.left -= 1;
    const inner = path === '' ? name : `${path}.${name}`;
    const anchor = reader.anchors.take(inner);
    fields.push({ name, anchor, required: isRequired, schema: build(reader, nodes, inner, above) });
  };
  for (const [name, pairs] of named) {
    const nodes = pairs.map(([, node]) => node).filter((node) => isSchema(node.value));
    if (nodes.length > 0 && !nodes.some((node) => isInternal(node.value))) add(name, nodes, required.has(name));
  }
  for (const part of parts) {
    for (const [index, node] of [...items(child(part, 'prefixItems')), ...tuple(part)].entries()) add(`[${index}]`, [node], false);
    for (const [pattern, node] of entries(child(part, 'patternProperties'))) add(`/${pattern}/`, [node], false);
    const rest = child(part, 'additionalProperties');
    if (rest !== undefined && Object.keys(record(rest.value)).length > 0) add('*', [rest], false);
  }
  return fields;
}

/** Arrays of schemas in `items`, as dialects before 2020-12 have them. */
function tuple(part: Node): Node[] {
  return items(child(part, 'items'));
}

function choiceOf(reader: SchemaReader, parts: readonly Node[], path: string, above: readonly unknown[]): ChoiceView | undefined {
  for (const part of parts) {
    for (const kind of ['oneOf', 'anyOf'] as const) {
      const branches = items(child(part, kind)).filter(({ value }) => isSchema(value) && !isInternal(value));
      if (branches.length === 0 || isRequiredChoice(branches.map(({ value }) => value))) continue;
      const mapping = record(record(part.value)['discriminator']);
      return {
        kind,
        branches: branches.map((branch, index) => {
          const schema = build(reader, [branch], path, above);
          const known = schema.name !== '' || schema.description.zh !== '';
          return {
            label: known ? EMPTY : text(`情形 ${index + 1}`, `Case ${index + 1}`),
            mark: markOf(reader.document, mapping, branch),
            anchor: reader.anchors.take(`${path}.${schema.name === '' ? index + 1 : schema.name}`),
            schema,
          };
        }),
      };
    }
  }
  return undefined;
}

/** The discriminator's value for a branch (OpenAPI 3.1 section 4.8.25). */
function markOf(document: Document, discriminator: Readonly<Record<string, unknown>>, branch: Node): string {
  const property = discriminator['propertyName'];
  if (typeof property !== 'string') return '';
  const reference = record(branch.value)['$ref'];
  const name = nameOf(document, [branch]);
  const isMeant = (target: unknown): boolean => target === reference || target === name;
  const mapped = Object.entries(record(discriminator['mapping'])).find(([, target]) => isMeant(target));
  if (mapped === undefined && discriminator['defaultMapping'] !== undefined && isMeant(discriminator['defaultMapping']))
    return `${property} = …`;
  return mapped === undefined && reference === undefined ? '' : `${property} = ${mapped?.[0] ?? name}`;
}

/** What a schema inside a rule stands for, seen from the place of the rule. */
function followed(document: Document, part: Node, schema: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (typeof schema['$ref'] !== 'string') return schema;
  const target = dereference(document, { ...part, value: schema });
  return target.ok ? record(target.node.value) : schema;
}

function nameOf(document: Document, nodes: readonly Node[]): string {
  for (const node of nodes) {
    const { $ref, $dynamicRef, title } = record(node.value);
    const reference = $ref ?? $dynamicRef;
    if (typeof title === 'string') return title;
    if (typeof reference !== 'string') continue;
    const step = resolveReference(document, reference, node);
    const target = step.ok ? dereference(document, step.node) : step;
    const own = target.ok ? record(target.node.value)['title'] : undefined;
    if (typeof own === 'string') return own;
    const last = /[^/#]+$/.exec(reference)?.[0] ?? '';
    return last.replaceAll('~1', '/').replaceAll('~0', '~');
  }
  return '';
}

function typesOf(parts: readonly Node[]): string[] {
  let types: string[] = [];
  let isNullable = false;
  for (const part of parts) {
    const { type, nullable, 'x-nullable': extended } = record(part.value);
    const own = (Array.isArray(type) ? type : [type]).filter((item) => typeof item === 'string');
    if (own.length > 0) types = types.length === 0 ? own : types.filter((item) => own.includes(item) || item === 'integer');
    if (nullable === true || extended === true) isNullable = true;
  }
  if (isNullable && types.length > 0 && !types.includes('null')) types = [...types, 'null'];
  return types.sort((a, b) => Number(a === 'null') - Number(b === 'null'));
}

function valuesOf(schema: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  if (schema['const'] !== undefined) return [schema['const']];
  return Array.isArray(schema['enum']) ? schema['enum'] : undefined;
}

function exampleOf(schema: Readonly<Record<string, unknown>>): unknown {
  const { example, examples } = schema;
  return example ?? (Array.isArray(examples) ? examples[0] : undefined);
}

function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Only what holds other schemas can hold itself. */
function isComposite(value: unknown): boolean {
  const schema = record(value);
  return ['properties', 'items', 'oneOf', 'anyOf', 'allOf', 'additionalProperties', 'patternProperties', 'prefixItems'].some(
    (key) => isSchema(schema[key]) || Array.isArray(schema[key]),
  );
}

function depthOf(path: string): number {
  return path.split('.').length;
}

function unique(texts: readonly Text[]): Text[] {
  const seen = new Set<string>();
  return texts.filter(({ zh }) => !seen.has(zh) && seen.add(zh));
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

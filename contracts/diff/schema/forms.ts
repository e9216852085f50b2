import { createHash } from 'node:crypto';
import { isSchemaObject, record } from '../../../operations/index.ts';
import type { SchemaObject } from '../../../operations/index.ts';
import type { Conjunction, SchemaReader } from './conjunction.ts';
import { createProjections } from './projection.ts';
import type { Choice, Projection } from './projection.ts';
import { listValues, numberForm, stringForm } from './scalar-form.ts';
import type { Listed, NumberForm, StringForm, Values } from './scalar-form.ts';
import { arrayForm, objectForm } from './structure-form.ts';
import type { ArrayForm, ObjectForm } from './structure-form.ts';
import { TYPES, valueKey } from './value.ts';
import type { TypeName } from './value.ts';

/** What a schema says of one type, in a form that does not depend on how it is written. */
export interface Form {
  /** Every schema that holds of the type in any case; sole alternatives are among them. */
  readonly parts: readonly SchemaObject[];
  readonly values: Values;
  readonly choices: readonly Choice[];
  /** `not`, `if` and other schemas that a value must or must not fulfil, each as a text that equal ones share. */
  readonly conditions: readonly string[];
  readonly number?: NumberForm;
  readonly string?: StringForm;
  readonly array?: ArrayForm;
  readonly object?: ObjectForm;
}

/** Schemas of one document in the form that they are compared in. Everything is made when first asked for, and kept. */
export interface Forms {
  readonly reader: SchemaReader;
  readonly types: (conjunction: Conjunction) => readonly TypeName[];
  /** `undefined`: no value of the type is valid. */
  readonly form: (conjunction: Conjunction, type: TypeName) => Form | undefined;
  /** A text that schemas share which say the same, as far as a few steps inward show. */
  readonly fingerprint: (conjunction: Conjunction, depth?: number) => string;
}

const CONDITIONS = ['not', 'if', 'then', 'else', 'contains', 'propertyNames', 'unevaluatedItems'] as const;
const DEPTH = 3;
/** Alternatives inside alternatives are looked through for lists of values no deeper. */
const MAX_DEPTH = 50;

export function createForms(reader: SchemaReader): Forms {
  const { project } = createProjections(reader);
  const ready = new Map<Conjunction, Partial<Record<TypeName, Form | 'never'>>>();
  const lists = new Map<string, Listed>();
  const prints = new Map<string, string>();

  function form(conjunction: Conjunction, type: TypeName): Form | undefined {
    let all = ready.get(conjunction);
    if (all === undefined) ready.set(conjunction, (all = {}));
    const known = all[type];
    if (known !== undefined) return known === 'never' ? undefined : known;
    const projection = project(conjunction, type);
    const made = projection === undefined ? undefined : build(conjunction, projection, type);
    all[type] = made ?? 'never';
    return made;
  }

  /** Kept, and empty-handed when met inside of itself. */
  function listed(conjunction: Conjunction, projection: Projection, type: TypeName, depth = 0): Listed {
    const key = `${conjunction.id} ${type}`;
    const known = lists.get(key);
    if (known !== undefined) return known;
    if (depth >= MAX_DEPTH) return { values: undefined, choices: projection.choices };
    lists.set(key, { values: undefined, choices: projection.choices });
    const made = listValues(projection, type, (branch) => {
      const inner = project(branch, type);
      if (inner === undefined) return new Map();
      const { values, choices } = listed(branch, inner, type, depth + 1);
      return choices.length > 0 ? undefined : values;
    });
    lists.set(key, made);
    return made;
  }

  function build(conjunction: Conjunction, projection: Projection, type: TypeName): Form | undefined {
    const { values, choices } = listed(conjunction, projection, type);
    if (values?.size === 0) return undefined;
    return {
      parts: projection.parts,
      values,
      choices,
      conditions: [...new Set(projection.parts.flatMap(conditionsOf))].sort(),
      // Beside a list of values everything else has been heard already.
      ...(type === 'number' && values === undefined ? { number: numberForm(projection) } : {}),
      ...(type === 'string' && values === undefined ? { string: stringForm(projection, reader) } : {}),
      ...(type === 'array' ? { array: arrayForm(projection, reader) } : {}),
      ...(type === 'object' ? { object: objectForm(projection, reader) } : {}),
    };
  }

  function conditionsOf(part: SchemaObject): string[] {
    const found: string[] = [];
    const print = (schema: unknown): string => fingerprint(reader.conjunction([schema]), DEPTH + 1);
    if (part['not'] !== undefined) found.push(`not ${print(part['not'])}`);
    if (part['if'] !== undefined && (part['then'] !== undefined || part['else'] !== undefined))
      found.push(`if ${print(part['if'])} then ${print(part['then'] ?? true)} else ${print(part['else'] ?? true)}`);
    if (part['contains'] !== undefined)
      found.push(`contains ${print(part['contains'])} ${valueKey([part['minContains'] ?? 1, part['maxContains'] ?? null])}`);
    for (const keyword of ['propertyNames', 'unevaluatedItems'] as const)
      if (part[keyword] !== undefined && part[keyword] !== true) found.push(`${keyword} ${print(part[keyword])}`);
    for (const [name, schema] of Object.entries(record(part['dependentSchemas']))) found.push(`with ${name} ${print(schema)}`);
    return found;
  }

  function types(conjunction: Conjunction): readonly TypeName[] {
    return TYPES.filter((type) => form(conjunction, type) !== undefined);
  }

  function fingerprint(conjunction: Conjunction, depth = DEPTH): string {
    if (conjunction.never) return 'never';
    if (conjunction.parts.length === 0 || depth <= 0) return depth <= 0 && conjunction.parts.length > 0 ? '…' : 'any';
    const key = `${conjunction.id} ${depth}`;
    const known = prints.get(key);
    if (known !== undefined) return known;
    // Met again inside of itself.
    prints.set(key, '…');
    const text = TYPES.map((type) => (hasType(conjunction, type) ? `${type} ${printOf(conjunction, type, depth)}` : '')).join('\n');
    const print = createHash('sha256').update(text).digest('base64url').slice(0, 16);
    prints.set(key, print);
    return print;
  }

  function hasType(conjunction: Conjunction, type: TypeName): boolean {
    return project(conjunction, type) !== undefined;
  }

  /** Without conditions of its own form, which are made of fingerprints themselves and would go in circles. */
  function printOf(conjunction: Conjunction, type: TypeName, depth: number): string {
    const projection = project(conjunction, type);
    if (projection === undefined) return '';
    const { values, choices } = listed(conjunction, projection, type);
    const inner = (schema: Conjunction): string => fingerprint(schema, depth - 1);
    const choicePrints = choices.map(({ kind, branches }) => `${kind} ${branches.map(inner).sort().join(' ')}`).sort();
    const marks = projection.parts.flatMap((part) => CONDITIONS.filter((keyword) => isSchemaObject(part[keyword]))).sort();
    return [
      ...choicePrints,
      ...marks,
      values === undefined ? bodyPrint(projection, type, inner) : [...values.keys()].sort().join(' '),
    ].join(' ');
  }

  function bodyPrint(projection: Projection, type: TypeName, inner: (schema: Conjunction) => string): string {
    switch (type) {
      case 'number': {
        const { integer, minimum, maximum, multiples, formats } = numberForm(projection);
        const bounds = [minimum, maximum].map((bound) => (bound === undefined ? '' : `${bound.value}${bound.exclusive ? '!' : ''}`));
        return [integer ? 'integer' : '', ...bounds, ...[...multiples].sort((a, b) => a - b), ...[...formats].sort()].join(' ');
      }
      case 'string': {
        const { minLength, maxLength, patterns, formats } = stringForm(projection, reader);
        return valueKey([minLength, String(maxLength), [...patterns].sort(), [...formats].sort()]);
      }
      case 'array': {
        const { minItems, maxItems, unique, prefix, items } = arrayForm(projection, reader);
        return [minItems, maxItems, unique, ...prefix.map(inner), inner(items)].join(' ');
      }
      case 'object': {
        const { minProperties, maxProperties, properties, required, patterns, additional, dependencies } = objectForm(projection, reader);
        const named = [...properties, ...patterns].map(([name, schema]) => `${JSON.stringify(name)} ${inner(schema)}`).sort();
        return [minProperties, maxProperties, ...named, valueKey([...required].sort()), inner(additional), ...dependencies].join(' ');
      }
      case 'boolean':
      case 'null':
        return '';
    }
  }

  return { reader, types, form, fingerprint };
}

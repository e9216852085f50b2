import { isMultipleOf, isUnique } from './keywords.ts';
import { ANY_TYPE, TYPES } from './plan.ts';
import type { AnyPlan, ListPlan, NumberPlan, ObjectPlan, Plan, TextPlan } from './plan.ts';

/**
 * Whether a value is valid by a plan. It agrees with the compiled schema on every value (a test compares the two).
 * @throws RangeError for one that it can't judge: nested too deeply, or of a schema that refers to itself without an end, or a number that no JSON holds.
 */
export function holds(plan: Plan, value: unknown): boolean {
  return isOfKind(plan, value) && (plan.any === undefined || holdsForAny(plan.any, value));
}

function isOfKind({ types, texts, numbers, lists, objects }: Plan, value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return (types & TYPES.string) !== 0 && (texts === undefined || holdsForText(texts, value));
    case 'number':
      if (Number.isInteger(value)) return (types & TYPES.integer) !== 0 && (numbers === undefined || holdsForNumber(numbers, value));
      if (!Number.isFinite(value) && types !== ANY_TYPE) return false;
      return (types & TYPES.fraction) !== 0 && (numbers === undefined || holdsForNumber(numbers, value));
    case 'bigint':
      return (types & TYPES.integer) !== 0 && (numbers === undefined || holdsForNumber(numbers, value));
    case 'boolean':
      return (types & TYPES.boolean) !== 0;
    case 'object':
      if (value === null) return (types & TYPES.null) !== 0;
      if (Array.isArray(value)) return (types & TYPES.array) !== 0 && (lists === undefined || holdsForList(lists, value));
      return (types & TYPES.object) !== 0 && (objects === undefined || holdsForObject(objects, value as Readonly<Record<string, unknown>>));
    case 'undefined':
    case 'function':
    case 'symbol':
      return types === ANY_TYPE;
  }
}

/** Whether a value is of one of these types (see TYPES of plan.ts). */
export function isOfType(types: number, value: unknown): boolean {
  return types === ANY_TYPE || (types & typeOf(value)) !== 0;
}

function typeOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return TYPES.string;
    case 'number':
      return Number.isInteger(value) ? TYPES.integer : TYPES.fraction;
    case 'bigint':
      return TYPES.integer;
    case 'boolean':
      return TYPES.boolean;
    case 'object':
      if (value === null) return TYPES.null;
      return Array.isArray(value) ? TYPES.array : TYPES.object;
    case 'undefined':
    case 'function':
    case 'symbol':
      return 0;
  }
}

function holdsForText({ minLength, maxLength, pattern, format }: TextPlan, text: string): boolean {
  const units = text.length;
  if (units < minLength) return false;
  // A character is one or two units: most texts need not be counted.
  if (units > maxLength || units < 2 * minLength - 1) {
    const length = lengthOf(text);
    if (length < minLength || length > maxLength) return false;
  }
  return (pattern === undefined || pattern(text)) && (format === undefined || format(text));
}

/** In code points (JSON Schema 2020-12 Validation, section 6.3); a lone surrogate counts as one. */
export function lengthOf(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at += 1, length += 1) if ((text.codePointAt(at) ?? 0) > 0xff_ff) at += 1;
  return length;
}

function holdsForNumber(plan: NumberPlan, value: number | bigint): boolean {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('no JSON number');
  if (value < plan.minimum || value > plan.maximum || value <= plan.exclusiveMinimum || value >= plan.exclusiveMaximum) return false;
  return (plan.format === undefined || plan.format(value)) && (plan.multipleOf === undefined || isMultipleOf(value, plan.multipleOf));
}

function holdsForList({ minItems, maxItems, isUnique: mustDiffer, items }: ListPlan, list: readonly unknown[]): boolean {
  if (list.length < minItems || list.length > maxItems) return false;
  if (items !== undefined) for (let at = 0; at < list.length; at += 1) if (!holds(items, list[at])) return false;
  return !mustDiffer || isUnique(list);
}

function holdsForObject(plan: ObjectPlan, object: Readonly<Record<string, unknown>>): boolean {
  const { names, plans, isRequired, places, rest } = plan;
  let missing = plan.required;
  let count = 0;
  let next = 0;
  for (const name in object) {
    const value = object[name];
    count += 1;
    // Properties mostly stand in the order of the schema: that the next one is meant is seen without a look-up.
    const place = names[next] === name ? next : places.get(name);
    if (place === undefined) {
      if (rest !== undefined && !holds(rest, value)) return false;
      continue;
    }
    next = place + 1;
    if (value === undefined) continue;
    if (isRequired[place] === true) missing -= 1;
    const member = plans[place];
    if (member !== undefined && !holds(member, value)) return false;
  }
  return missing === 0 && count >= plan.minProperties && count <= plan.maxProperties;
}

function holdsForAny({ values, allOf, anyOf, oneOf }: AnyPlan, value: unknown): boolean {
  for (const isOne of values) if (!isOne(value)) return false;
  for (const plan of allOf) if (!holds(plan, value)) return false;
  if (anyOf !== undefined && !anyOf.some((plan) => holds(plan, value))) return false;
  return oneOf === undefined || holdsOnce(oneOf, value);
}

function holdsOnce(plans: readonly Plan[], value: unknown): boolean {
  let found = false;
  for (const plan of plans) {
    if (!holds(plan, value)) continue;
    if (found) return false;
    found = true;
  }
  return found;
}

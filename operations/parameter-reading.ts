import type { OperationParameter, ParameterReading } from './operation.ts';
import type { ParameterDecoder } from './parameters/index.ts';
import { holds } from './schema/interpret.ts';
import { ANNOTATIONS } from './schema/normalise.ts';
import { createPlans } from './schema/plan.ts';
import type { Plan } from './schema/plan.ts';
import { isSchemaObject } from './schema/schema.ts';
import type { Schema, SchemaLookup, SchemaObject } from './schema/schema.ts';
import { subschemas } from './schema/subschemas.ts';

/** What is shared in a document. */
interface Shared {
  readonly readings: Map<ParameterDecoder, Map<string, ParameterReading>>;
  /** By the ids of the readings. */
  readonly lists: Map<string, readonly ParameterReading[]>;
  count: number;
}

const byDocument = new WeakMap<SchemaLookup, Shared>();

/** The readings of some parameters, in their order. @param lookup that of the document. */
export function readingsOf(parameters: readonly OperationParameter[], lookup: SchemaLookup): readonly ParameterReading[] {
  let shared = byDocument.get(lookup);
  if (shared === undefined) byDocument.set(lookup, (shared = { readings: new Map(), lists: new Map(), count: 0 }));
  const readings: ParameterReading[] = [];
  for (const parameter of parameters) readings.push(readingOf(parameter, lookup, shared));
  const key = readings.map(({ id }) => id).join(' ');
  const known = shared.lists.get(key);
  if (known === undefined) shared.lists.set(key, readings);
  return known ?? readings;
}

function readingOf(parameter: OperationParameter, lookup: SchemaLookup, shared: Shared): ParameterReading {
  const { name, in: place, required, decode } = parameter;
  const schema = scalarOf(parameter, lookup);
  const text = schema === undefined ? undefined : textOf(schema);
  if (schema === undefined || text === undefined)
    return { name, in: place, required, decode, accepts: saysNothing, id: (shared.count += 1) };
  let alike = shared.readings.get(decode);
  if (alike === undefined) shared.readings.set(decode, (alike = new Map()));
  const key = `${required} ${text}`;
  let reading = alike.get(key);
  if (reading === undefined)
    alike.set(key, (reading = { name, in: place, required, decode, accepts: judgeOf(schema), id: (shared.count += 1) }));
  return reading;
}

function saysNothing(): undefined {
  return undefined;
}

/** The schema of a parameter without parts; `undefined` where there are parts, or more to be known of a value than whether it is valid. */
function scalarOf({ validator, deprecated, allowEmptyValue }: OperationParameter, lookup: SchemaLookup): SchemaObject | undefined {
  if (validator === undefined || deprecated || allowEmptyValue) return undefined;
  const own: Schema | undefined = validator.schema;
  // A reference never leads to a mere reference.
  const schema = isSchemaObject(own) && own.$ref !== undefined && Object.keys(own).length === 1 ? lookup(own.$ref) : own;
  return isSchemaObject(schema) && schema.$ref === undefined && subschemas(schema).length === 0 ? schema : undefined;
}

const MAX_TEXT = 300;
const SAYS_NOTHING = new Set(ANNOTATIONS);

/** Short texts only; those are what many parameters have in common. */
function textOf(schema: SchemaObject): string | undefined {
  try {
    const text = JSON.stringify(Object.entries(schema).filter(([keyword]) => !SAYS_NOTHING.has(keyword)));
    return text.length <= MAX_TEXT ? text : undefined;
  } catch {
    // A bound beyond 2^53.
    return undefined;
  }
}

function judgeOf(schema: SchemaObject): ParameterReading['accepts'] {
  let plan: Plan | undefined;
  let isPlanned = false;
  return (value) => {
    // When it is first sent: whoever only looks at the document needs none.
    if (!isPlanned) plan = createPlans(() => schema).planOf('');
    isPlanned = true;
    if (plan === undefined || value === undefined) return undefined;
    try {
      return holds(plan, value);
    } catch {
      return undefined;
    }
  };
}

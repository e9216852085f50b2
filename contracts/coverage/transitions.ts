import { childPointer, record } from '../../operations/index.ts';
import { textOf } from '../../state/text.ts';
import type { Collection, Row, StateModel } from '../../state/index.ts';
import { listOf } from './schema-walk.ts';

/** What a document's state file says: as it was read, and compiled. */
export interface RememberedDocument {
  readonly model: StateModel;
  /** The state file's value: `given` of the StateFile that the model was compiled from. */
  readonly given: Row;
}

/** The moves that an operation with `do: transition` can make. */
export interface Transitions {
  /** From and to as texts; each pair once. */
  readonly pairs: readonly (readonly [from: string, to: string])[];
  /** JSON pointers into the body of an answer that tells both statuses. */
  readonly told: { readonly from: string; readonly to: string } | undefined;
}

type Machine = NonNullable<Collection['machine']>;

/** `undefined`: the operation makes no transition, or its machine declares none. */
export function transitionsOf({ given, model }: RememberedDocument, operationId: string): Transitions | undefined {
  const operations = record(given['operations']);
  const operation = Object.hasOwn(operations, operationId) ? record(operations[operationId]) : {};
  if (operation['do'] !== 'transition') return undefined;
  const machine = model.collections.get(`${model.module}/${textOf(operation['in'])}`)?.machine;
  if (machine === undefined) return undefined;
  const ways = Array.isArray(operation['to']) ? operation['to'].map(record) : [operation];
  const pairs = new Map<string, readonly [string, string]>();
  for (const way of ways) for (const pair of movesOf(way, machine)) pairs.set(JSON.stringify(pair), pair);
  return pairs.size === 0 ? undefined : { pairs: [...pairs.values()], told: toldStatuses(given, operation, machine.field) };
}

/** A way that names both ends is as it says; what it leaves open is what the machine declares. */
function movesOf({ from, to }: Readonly<Record<string, unknown>>, machine: Machine): (readonly [string, string])[] {
  const target = constant(to);
  const sources = from === undefined ? [...machine.transitions.keys()] : listOf(from).map((status) => textOf(status));
  return sources.flatMap((source) => {
    const declared = (machine.transitions.get(source) ?? []).map((status) => textOf(status));
    if (target === undefined) return declared.map((status) => [source, status] as const);
    return from !== undefined || declared.includes(target) ? [[source, target] as const] : [];
  });
}

/** The text of a template that is a plain value; `undefined` for one that depends on the request. */
function constant(template: unknown): string | undefined {
  if (typeof template === 'object' && template !== null) {
    const { $const: value } = record(template);
    return value === undefined ? undefined : textOf(value);
  }
  const text = textOf(template);
  if (text.startsWith('$$')) return text.slice(1);
  return text.startsWith('$') || text.includes('{$') ? undefined : text;
}

/** Where the answer tells the status before and after: `data: { previousStatus: $before#/status, currentStatus: $row#/status }`. */
function toldStatuses(given: Row, operation: Readonly<Record<string, unknown>>, field: string): Transitions['told'] {
  const envelopes = record(given['envelopes']);
  const name = textOf(operation['envelope'] ?? given['envelope']);
  const envelope = Object.hasOwn(envelopes, name) ? record(envelopes[name])['ok'] : undefined;
  const base = placeOf(envelope ?? '$data', ['$data']);
  const from = placeOf(operation['data'], [`$before${childPointer('#', field)}`, `$before.${field}`]);
  const to = placeOf(operation['data'], [`$row${childPointer('#', field)}`, `$row.${field}`]);
  return base === undefined || from === undefined || to === undefined ? undefined : { from: base + from, to: base + to };
}

/** The pointer to a text in a template; nothing inside an operator, whose result has another form. */
function placeOf(template: unknown, wanted: readonly string[], pointer = ''): string | undefined {
  if (typeof template === 'string') return wanted.includes(template) ? pointer : undefined;
  if (typeof template !== 'object' || template === null) return undefined;
  for (const [key, value] of Object.entries(template)) {
    if (key.startsWith('$')) return undefined;
    const found = key === '...' ? undefined : placeOf(value, wanted, childPointer(pointer, key));
    if (found !== undefined) return found;
  }
  return undefined;
}

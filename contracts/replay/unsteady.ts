import { childPointer } from '../../operations/index.ts';
import type { Operation } from '../../operations/index.ts';
import type { Judged } from '../judged.ts';
import { jsonOf } from './compare.ts';
import type { ContractMarks } from './contract-marks.ts';
import { readsOnly } from './own-keys.ts';
import { anyIndex } from './site.ts';

/** Places of an operation's answers that differ though nothing was asked differently. */
export type Unsteady = ReadonlyMap<Operation, ReadonlySet<string>>;

/** Requests that are remembered between two that change something. */
const MAX_REMEMBERED = 1_000;
const MAX_PLACES = 500;
/** Milliseconds. */
const SAME_TIME = 500;

/**
 * Finds places in answers that changed between two equal requests with no request between them that may have changed anything: clocks, request ids, random numbers.
 */
export function unsteadyPlaces(recorded: readonly Judged[], marks: ContractMarks): Unsteady {
  const found = new Map<Operation, Set<string>>();
  let before = new Map<string, { readonly value: unknown; readonly at: number }>();
  for (const judged of recorded) {
    const { exchange, operation } = judged;
    if (operation === undefined || exchange.response === undefined) continue;
    const { method, path, query, headers, body } = exchange.request;
    if (!readsOnly(judged, marks)) {
      before = new Map();
      continue;
    }
    const value = jsonOf(exchange.response);
    if (value === undefined || before.size >= MAX_REMEMBERED) continue;
    const key = JSON.stringify([
      exchange.place.file,
      exchange.response.status,
      method,
      path,
      query,
      headers['authorization'],
      headers['cookie'],
      body?.toString('latin1'),
    ]);
    const known = before.get(key);
    const at = exchange.startedAt ?? 0;
    // Where time alone moves rows, two answers are equal only at one time.
    if (known === undefined || (marks.isTimed(operation) && Math.abs(at - known.at) > SAME_TIME)) {
      before.set(key, { value: value.json, at });
      continue;
    }
    const places = found.get(operation) ?? new Set<string>();
    found.set(operation, places);
    collect(known.value, value.json, '', places, 0);
  }
  return found;
}

function collect(one: unknown, other: unknown, pointer: string, places: Set<string>, depth: number): void {
  if (one === other || places.size >= MAX_PLACES || depth > 50) return;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    places.add(anyIndex(pointer));
    return;
  }
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) {
    places.add(anyIndex(pointer));
    return;
  }
  for (const [name, value] of Object.entries(one)) {
    const same: unknown = Object.hasOwn(other, name) ? (other as Readonly<Record<string, unknown>>)[name] : undefined;
    collect(value, same, childPointer(pointer, name), places, depth + 1);
  }
}

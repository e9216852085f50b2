import type { Operation } from '../../operations/index.ts';
import type { Judged } from '../judged.ts';
import type { ContractMarks } from './contract-marks.ts';
import type { ResponsePlace } from './site.ts';

/** What makes rows and tokens, as state files call it. */
const MAKERS = new Set(['create', 'upsert', 'token']);

/** Whether an answer tells of a row that its request made: by the state file's word, without one by its method. */
export function makesRows({ exchange, operation, outcome }: Judged, marks: ContractMarks): boolean {
  const verb = operation === undefined ? '' : marks.verbOf(operation);
  return outcome === 'accepted' && (MAKERS.has(verb) || (verb === '' && exchange.request.method === 'POST'));
}

/** Whether the key of the row that was made stands at a place of its answer. */
export function isOwnKey(operation: Operation | undefined, place: ResponsePlace, marks: ContractMarks): boolean {
  const name = marks.responseClass(operation, place);
  if (name !== undefined) return marks.isServerMade(name);
  const verb = operation === undefined ? '' : marks.verbOf(operation);
  return verb === '' && /^_?(?:id|key|uuid)$|(?:Id|_id)$/.test(place.name);
}

/** Whether a request changes nothing: by the state file's word, without one by its method. */
export function readsOnly({ exchange: { request }, operation }: Judged, marks: ContractMarks): boolean {
  const verb = operation === undefined ? '' : marks.verbOf(operation);
  return verb === '' ? request.method === 'GET' || request.method === 'HEAD' : verb === 'get' || verb === 'list';
}

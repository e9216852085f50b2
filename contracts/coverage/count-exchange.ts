import { valueAt } from '../../operations/index.ts';
import type { JudgedRequest } from '../../operations/index.ts';
import { textOf } from '../../state/text.ts';
import type { Judged } from '../judged.ts';
import { hitBranches } from './branches.ts';
import type { BodyCells, OperationCells, ResponseCells, TransitionCells } from './operation-cells.ts';
import { hit } from './tally.ts';
import type { Turn } from './tally.ts';
import { hitValues } from './value-plan.ts';

/** Counts what one exchange shows of its operation. */
export function countExchange(cells: OperationCells, judged: Judged, turn: Turn): void {
  cells.exchanges += 1;
  if (turn.isFailing) cells.failing += 1;
  const { request, response } = judged;
  if (request !== undefined) countRequest(cells, request, turn);
  const told = response?.rule === undefined ? undefined : cells.responses.get(response.rule);
  if (response === undefined || told === undefined) return;
  countStatus(told, judged, turn);
  const body = response.content === undefined ? undefined : told.contents.get(response.content);
  if (body !== undefined) countBody(body, response.body, turn);
  if (cells.transitions !== undefined && judged.outcome === 'accepted') countToldTransition(cells.transitions, response.body, turn);
}

function countRequest(cells: OperationCells, request: JudgedRequest, turn: Turn): void {
  for (const { place, name, cell, values } of cells.parameters) {
    if (Object.hasOwn(request[place], name)) {
      hit(cell, turn);
      if (values !== undefined) hitValues(values, request[place][name], turn);
    } else if (isMalformed(request, place, name)) {
      hit(cell, turn);
    }
  }
  const body = request.content === undefined ? undefined : cells.request.get(request.content);
  if (body !== undefined) countBody(body, request.body, turn);
}

/** A parameter whose text can't be read has no value, but it was sent. */
function isMalformed({ violations }: JudgedRequest, place: string, name: string): boolean {
  return violations.some((violation) => violation.code === 'malformed' && violation.part === place && violation.name === name);
}

function countStatus({ status, success, failure }: ResponseCells, { outcome }: Judged, turn: Turn): void {
  hit(status, turn);
  if (outcome === 'accepted' && success !== undefined) hit(success, turn);
  if (outcome === 'refused' && failure !== undefined) hit(failure, turn);
}

function countBody({ mediaType, values, branches }: BodyCells, body: unknown, turn: Turn): void {
  hit(mediaType, turn);
  if (body === undefined) return;
  if (values !== undefined) hitValues(values, body, turn);
  if (branches !== undefined) hitBranches(branches, body, turn);
}

function countToldTransition(transitions: TransitionCells, body: unknown, turn: Turn): void {
  const { told } = transitions;
  if (told !== undefined) countTransition(transitions, valueAt(body, told.from), valueAt(body, told.to), turn);
}

/** A move that is no declared one is no cell. */
export function countTransition({ byStatus }: TransitionCells, from: unknown, to: unknown, turn: Turn): void {
  const cell = byStatus.get(textOf(from))?.get(textOf(to));
  if (cell !== undefined) hit(cell, turn);
}

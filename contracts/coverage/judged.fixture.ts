import { createOperationTable, isError, judgeResponse, validateRequest, writeJson } from '../../operations/index.ts';
import type { Document, OperationTable } from '../../operations/index.ts';
import { documentOf } from '../../operations/document.fixture.ts';
import type { Finding } from '../finding.ts';
import type { Judged, Outcome } from '../judged.ts';
import type { Cell } from '../result.ts';
import { createCoverage } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import type { CoverageSnapshot } from './snapshot.ts';

/** What goes over the wire, in short: bodies are written as JSON unless they are text. */
export interface Wire {
  readonly method?: string;
  /** With its query. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly status?: number;
  readonly type?: string;
  readonly answer?: unknown;
  readonly outcome?: Outcome;
}

/** An OpenAPI 3.1 document of one operation, `POST /it`, or of the given paths. */
export function tableOf(operation: Readonly<Record<string, unknown>>, root: Readonly<Record<string, unknown>> = {}): OperationTable {
  const paths = { '/it': { post: { operationId: 'it', ...operation } } };
  return createOperationTable([documentOf({ openapi: '3.1.0', paths, ...root })]);
}

/** One response of JSON. */
export function answering(schema: unknown, status = '200'): Readonly<Record<string, unknown>> {
  return { responses: { [status]: { description: '', content: { 'application/json': { schema } } } } };
}

/** A request body of JSON. */
export function asking(schema: unknown): Readonly<Record<string, unknown>> {
  return { requestBody: { content: { 'application/json': { schema } } } };
}

/** An exchange judged by the operations alone; every error of theirs is a finding. */
export function judge(table: OperationTable, wire: Wire): Judged {
  const { method = 'POST', status = 200, type = 'application/json' } = wire;
  const [path = '/it', query = ''] = (wire.path ?? '/it').split('?');
  const found = table.find(method, path);
  const request = {
    method,
    path,
    query,
    headers: { ...(wire.body === undefined ? {} : { 'content-type': 'application/json' }), ...wire.headers },
    body: bytes(wire.body),
  };
  const response = { status, headers: wire.answer === undefined ? {} : { 'content-type': type }, body: bytes(wire.answer) };
  const exchange = {
    place: { file: 'x.har', index: 0 },
    origin: undefined,
    request,
    response,
    startedAt: undefined,
    milliseconds: undefined,
    gaps: [],
  };
  const outcome = wire.outcome ?? (status < 400 ? 'accepted' : 'refused');
  const nothing = { exchange, findings: [], operation: undefined, request: undefined, response: undefined, outcome, skipped: undefined };
  if (found.kind !== 'operation') return nothing;
  const { operation, values } = found;
  const judgedRequest = validateRequest(operation, request, values);
  const judgedResponse = judgeResponse(operation, response, method);
  if (judgedRequest instanceof Promise || judgedResponse instanceof Promise) throw new Error('multipart bodies have no place here');
  const findings = [...judgedRequest.violations, ...judgedResponse.violations].filter(isError).map((violation): Finding => {
    const { message } = violation;
    return { rule: 'any', side: 'server', severity: 'error', message, exchange: exchange.place, method, path };
  });
  return { ...nothing, findings, operation, request: judgedRequest, response: judgedResponse };
}

/** What coverage counts for exchanges: names of cells with `ok/failing`, by kind or all. */
export function countsOf(table: OperationTable, wires: readonly Wire[], kind?: Cell['kind']): Readonly<Record<string, string>> {
  const coverage = createCoverage(table);
  for (const wire of wires) coverage.add(judge(table, wire));
  return countsIn(coverage, kind);
}

export function countsIn(coverage: Coverage, kind?: Cell['kind']): Readonly<Record<string, string>> {
  const cells = coverage.result().operations.flatMap(({ list }) => list.filter((cell) => kind === undefined || cell.kind === kind));
  return Object.fromEntries(cells.map(({ name, ok, failing }) => [name, `${ok}/${failing}`]));
}

/** The names of the cells of an operation, by kind or all. */
export function namesOf(table: OperationTable, kind?: Cell['kind']): readonly string[] {
  return Object.keys(countsOf(table, [], kind));
}

export function snapshotOf(table: OperationTable, wires: readonly Wire[]): CoverageSnapshot {
  const coverage = createCoverage(table);
  for (const wire of wires) coverage.add(judge(table, wire));
  return coverage.snapshot();
}

/** The same document under another name. */
export function named(document: Document, name: string): Document {
  return { ...document, name };
}

function bytes(value: unknown): Buffer | undefined {
  if (value === undefined) return undefined;
  return Buffer.from(typeof value === 'string' ? value : writeJson(value));
}

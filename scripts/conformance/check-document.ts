import { createSchemas, judgeAnswer, listOperations, readDocument } from '../judge/index.ts';
import type { Finding, PlainDocument, PlainOperation, Schemas } from '../judge/index.ts';
import { startMock } from '../mock-process.ts';
import type { MockProcess, MockRefusal } from '../mock-process.ts';
import { buildRequest, hasOptionalParts } from './build-request.ts';
import { send } from './send.ts';
import { findValue } from './values.ts';

export interface DocumentReport {
  readonly file: string;
  readonly startMs: number | undefined;
  /** Set when the mock refuses the document: what it said. */
  readonly refused: Finding | undefined;
  /** Operations in the document, asked or not. */
  readonly total: number;
  readonly operations: readonly OperationReport[];
}

export interface OperationReport {
  readonly name: string;
  /** Empty: every answer conforms. */
  readonly findings: readonly Finding[];
}

export interface CheckOptions {
  readonly template: string;
  readonly flags: string;
  readonly maxOperations: number;
}

const HANG_MS = 10_000;

interface Judges {
  readonly request: Schemas;
  readonly response: Schemas;
}

/** Starts the mock with a document, calls its operations with valid requests and judges every answer. */
export async function checkDocument(file: string, options: CheckOptions): Promise<DocumentReport> {
  const start = (): Promise<MockProcess | MockRefusal> => startMock({ template: options.template, doc: file, flags: options.flags });
  const first = await start();
  const document = await readDocument(file).catch((error: unknown) => String(error));
  if (first.kind === 'refused') return { file, startMs: undefined, refused: refusal(file, first, document), total: 0, operations: [] };
  if (typeof document === 'string') {
    await first.stop();
    return { file, startMs: first.startMs, refused: { side: 'document', reason: document }, total: 0, operations: [] };
  }

  const judges: Judges = { request: createSchemas(document, 'request'), response: createSchemas(document, 'response') };
  const all = listOperations(document);
  const operations: OperationReport[] = [];
  let mock: MockProcess | MockRefusal = first;
  for (const operation of spread(all, options.maxOperations)) {
    const shadow = all.find((other) => other !== operation && sameRequests(other, operation));
    if (shadow !== undefined && all.indexOf(shadow) < all.indexOf(operation)) {
      operations.push({ name: operation.name, findings: [{ side: 'document', reason: `${shadow.name} claims the same requests` }] });
      continue;
    }
    operations.push({ name: operation.name, findings: await checkOperation(mock.port, judges, operation, mock.alive) });
    if (!mock.alive()) mock = await start();
    if (mock.kind === 'refused') break;
  }
  if (mock.kind === 'listening') await mock.stop();
  return { file, startMs: first.startMs, refused: undefined, total: all.length, operations };
}

async function checkOperation(port: number, judges: Judges, operation: PlainOperation, alive: () => boolean): Promise<Finding[]> {
  const extents = hasOptionalParts(operation) ? (['required', 'all'] as const) : (['required'] as const);
  for (const extent of extents) {
    const request = buildRequest(judges.request, operation, extent);
    if (request.kind === 'none') return [{ side: 'document', reason: request.reason }];
    const sent = await send(port, request, HANG_MS);
    const asked = `${request.method} ${request.path.slice(0, 120)}`;
    if (!alive()) return [{ side: 'mock', reason: `the process ended after ${asked}` }];
    if (sent.kind !== 'answer') return [{ side: 'mock', reason: `${sent.reason}: ${asked}` }];
    const findings = judgeAnswer(judges.response, operation, sent.answer).map((finding) => blame(judges.response, finding));
    if (findings.length > 0) return findings.map((finding) => ({ ...finding, reason: `${finding.reason} (${asked})` }));
  }
  return [];
}

/** An answer can't conform to a schema that no value satisfies. */
function blame(schemas: Schemas, finding: Finding): Finding {
  if (finding.side === 'document' || finding.schema === undefined) return finding;
  const found = findValue({ schemas, schema: finding.schema, examples: [], omit: 'writeOnly' });
  return found.kind === 'found' ? finding : { side: 'document', reason: found.reason };
}

/** A refusal is right only when the document can't be read by others either, and it must say where. */
function refusal(file: string, refused: MockRefusal, document: PlainDocument | string): Finding {
  const words = refused.log.trim().split('\n').slice(-3).join(' ');
  const said = words === '' ? refused.reason : `${refused.reason}: ${words}`;
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (typeof document !== 'string') return { side: 'mock', reason: said };
  return words.includes(`${name}:`)
    ? { side: 'document', reason: said }
    : { side: 'mock', reason: `refused without file and line: ${said}` };
}

/** Templates that differ only in the names of their variables stand for the same requests (OpenAPI 3.1 section 4.8.8.2). */
function sameRequests(one: PlainOperation, other: PlainOperation): boolean {
  return one.method === other.method && one.path.replace(/\{[^{}]*\}/g, '{}') === other.path.replace(/\{[^{}]*\}/g, '{}');
}

/** At most `count` operations, spread evenly over the document. */
function spread(operations: readonly PlainOperation[], count: number): PlainOperation[] {
  if (operations.length <= count) return [...operations];
  return Array.from({ length: count }, (_, index) => operations[Math.floor((index * operations.length) / count)]).filter(
    (item) => item !== undefined,
  );
}

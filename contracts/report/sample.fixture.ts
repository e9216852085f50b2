import { readdirSync } from 'node:fs';
import { createOperationTable, loadDocument } from '../../operations/index.ts';
import type { Operation, OperationTable } from '../../operations/index.ts';
import { applyBaseline, parseBaseline } from '../baseline.ts';
import { createDocumentPlaces } from '../document-place.ts';
import type { DocumentPlaces } from '../document-place.ts';
import type { Exchange } from '../exchange.ts';
import type { Finding } from '../finding.ts';
import { createGroups, groupId } from '../group.ts';
import type { Judged } from '../judged.ts';
import type { Cell, CheckResult, OperationCoverage } from '../result.ts';

const FOLDER = new URL('../../openapi/', import.meta.url).pathname;
const RECORDINGS = ['contracts/recordings/staging-2026-11-20.har', 'contracts/recordings/mobile.har'] as const;

export interface ReportSample {
  readonly result: CheckResult;
  readonly places: DocumentPlaces;
  readonly table: OperationTable;
}

/** A result as a run over two recordings of the nine modules gives it: every kind of finding, three states of a baseline, gaps in the coverage. */
export async function sampleResult(): Promise<ReportSample> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml') && !name.includes('.state.'));
  const documents = await Promise.all(files.map((name) => loadDocument(FOLDER + name)));
  const table = createOperationTable(documents);
  const places = createDocumentPlaces(documents, new URL('../../', import.meta.url).pathname);
  const groups = createGroups({ placeOf: places.placeOf });
  const judged = exchangesOf(table);
  for (const one of judged) groups.add(one);
  const coverage = coverageOf(table, judged);
  const plain: CheckResult = {
    version: 1,
    documents: documents.map((document) => ({
      name: document.name,
      title: document.title,
      file: `openapi/${document.name}.yaml`,
      dialect: document.dialect,
      operations: table.routes.filter((route) => route.document === document).length,
    })),
    recordings: [
      { file: RECORDINGS[0], exchanges: 1_142, format: 'WebInspector 537.36' },
      { file: RECORDINGS[1], exchanges: 190, format: 'mitmproxy 11.0' },
    ],
    exchanges: { total: 1_332, judged: 1_284, clean: 1_190, skipped: { preflight: 31, asset: 17 } },
    groups: groups.list(),
    coverage,
  };
  const known = plain.groups.find((group) => group.document?.endsWith('/TieEntity/properties/id/type'));
  const expired = plain.groups.find((group) => group.rule === 'missing-credentials-accepted');
  const entry = (id: string | undefined, rest: string): string =>
    `  - id: "${id ?? '0'.repeat(12)}"\n    rule: response-body\n    since: "2026-09-01"\n${rest}`;
  const baseline = parseBaseline(
    `version: 1\nfindings:\n${entry(known?.id, '    message: must be integer\n    reason: moves with release 4\n    operations: [tie findTieById]\n')}${entry(expired?.id, '    message: no credentials\n    reason: gateway is being rebuilt\n    expires: "2026-11-01"\n')}${entry('0123456789ab', "    message: must have required property 'createTime'\n    reason: fixed in build 812\n    operations: [notification-task getNotificationTask]\n")}`,
    'contracts/baseline.yaml',
  );
  return { result: applyBaseline(plain, baseline, '2026-11-22'), places, table };
}

type Told = Partial<Finding> & Pick<Finding, 'rule' | 'side' | 'severity' | 'message'>;

function exchangesOf(table: OperationTable): Judged[] {
  let index = 0;
  const all: Judged[] = [];
  const met = (
    times: number,
    exchange: Partial<Exchange['request']> & { status: number; answer: unknown; sent?: unknown },
    found: readonly Told[],
  ): void => {
    for (let time = 0; time < times; time += 1) all.push(judgedOf(table, index++, exchange, found));
  };
  const task = (id: number, status: string): object => ({
    id,
    createTime: '2026-03-07 14:48:40',
    taskName: '双十一促销提醒',
    taskType: 'APPOINTMENT_REMINDER',
    status,
    totalMembers: 2,
  });
  met(
    17,
    {
      method: 'GET',
      path: '/api/v1/notification-tasks',
      query: 'current=0&size=20&access_token=abc',
      status: 200,
      answer: { current: 0, size: 20, total: 2, records: [task(789, 'PENDING'), task(790, 'DONE')] },
    },
    [
      {
        rule: 'response-body',
        side: 'server',
        severity: 'error',
        message: 'must be equal to one of the allowed values: "PENDING", "EXECUTING", "COMPLETED", "TERMINATED"',
        in: 'response',
        part: 'body',
        pointer: '/records/1/status',
        code: 'enum',
        document: 'notification-task.yaml#/components/schemas/TaskStatus/enum',
        expected: ['PENDING', 'EXECUTING', 'COMPLETED', 'TERMINATED'],
        actual: 'DONE',
      },
    ],
  );
  met(4, { method: 'GET', path: '/api/v1/notification-tasks/790', query: '', status: 200, answer: task(790, 'DONE') }, [
    {
      rule: 'response-body',
      side: 'server',
      severity: 'error',
      message: 'must be equal to one of the allowed values: "PENDING", "EXECUTING", "COMPLETED", "TERMINATED"',
      in: 'response',
      part: 'body',
      pointer: '/status',
      code: 'enum',
      document: 'notification-task.yaml#/components/schemas/TaskStatus/enum',
      expected: ['PENDING', 'EXECUTING', 'COMPLETED', 'TERMINATED'],
      actual: 'DONE',
    },
  ]);
  met(
    42,
    {
      method: 'POST',
      path: '/tie/findById.json',
      query: '',
      sent: { id: 789 },
      status: 200,
      answer: { success: 'true', data: { tie: { id: '789', uid: 10001, title: '天天健步走', status: 1, readQuantity: 12 } } },
    },
    [
      {
        rule: 'response-body',
        side: 'server',
        severity: 'error',
        message: 'must be integer',
        in: 'response',
        part: 'body',
        pointer: '/data/tie/id',
        code: 'type',
        document: 'tie.yaml#/components/schemas/TieEntity/properties/id/type',
        expected: 'integer',
        actual: '789',
      },
    ],
  );
  met(
    3,
    {
      method: 'POST',
      path: '/tie/saveOrUpdate.json',
      query: '',
      sent: { uid: 7, title: '天天健步走' },
      status: 500,
      answer: '<html><body><h1>502 Bad Gateway</h1></body></html>',
    },
    [
      {
        rule: 'undocumented-status',
        side: 'server',
        severity: 'error',
        message: 'status 500 is not documented; documented: 200',
        in: 'response',
        part: 'status',
        code: 'undocumented',
        document: 'tie.yaml#/paths/~1tie~1saveOrUpdate.json/post',
      },
    ],
  );
  met(2, { method: 'GET', path: '/api/v1/marketing-notice', query: 'current=1', status: 200, answer: { records: [] } }, [
    {
      rule: 'missing-credentials-accepted',
      side: 'server',
      severity: 'error',
      message: 'the request had no credentials and was accepted; the document asks for bearerAuth',
      in: 'request',
      part: 'security',
      code: 'security',
      document: 'marketing-notice.yaml#/paths/~1api~1v1~1marketing-notice/get',
    },
  ]);
  met(
    5,
    {
      method: 'POST',
      path: '/api/v1/notification-tasks',
      query: '',
      sent: {
        taskName: '三八节专属优惠提醒',
        taskType: 'CUSTOMER_RESOURCE_REMINDER',
        contents: [{ contentType: 'TEXT', contentValue: '尊敬的客户' }],
        fileIds: [9_007_199_254_740_993n],
      },
      status: 400,
      answer: { code: 400, message: 'scheduledStartTime is required' },
    },
    [
      {
        rule: 'request-body',
        side: 'client',
        severity: 'error',
        message: "must have required property 'scheduledStartTime'",
        in: 'request',
        part: 'body',
        pointer: '',
        property: 'scheduledStartTime',
        code: 'required',
        document: 'notification-task.yaml#/components/schemas/CreateNotificationTaskRequest/required',
      },
    ],
  );
  met(6, { method: 'GET', path: '/api/v1/marketing-notice', query: 'pageNo=1&pageSize=20', status: 200, answer: { records: [] } }, [
    {
      rule: 'undocumented-query-parameter',
      side: 'client',
      severity: 'warning',
      message: "query parameter 'pageNo' is not documented",
      in: 'request',
      part: 'query',
      name: 'pageNo',
      code: 'undocumented',
      document: 'marketing-notice.yaml#/paths/~1api~1v1~1marketing-notice/get',
    },
  ]);
  met(9, { method: 'GET', path: '/api/v2/tasks/4711/summary', query: '', status: 200, answer: { ok: true } }, [
    {
      rule: 'undocumented-operation',
      side: 'client',
      severity: 'warning',
      message: 'no document describes GET /api/v2/tasks/4711/summary',
      in: 'request',
      part: 'route',
      code: 'undocumented',
    },
  ]);
  met(
    11,
    {
      method: 'POST',
      path: '/oauth/token',
      query: '',
      sent: { grant_type: 'password', username: 'lin', password: 'correct horse' },
      status: 200,
      answer: { access_token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig', token_type: 'bearer', expires_in: 7200, scope_note: 'all' },
    },
    [
      {
        rule: 'undocumented-property',
        side: 'server',
        severity: 'notice',
        message: "property 'scope_note' is not documented",
        in: 'response',
        part: 'body',
        pointer: '/scope_note',
        property: 'scope_note',
        code: 'undocumented',
        document: 'auth.yaml#/components/schemas/IssueTokenResponse',
      },
    ],
  );
  met(2, { method: 'GET', path: '/api/v1/file/17', query: '', status: 200, answer: 'hello' }, [
    {
      rule: 'recording-gap',
      side: 'recording',
      severity: 'warning',
      message: 'the response body was not recorded',
      in: 'response',
      part: 'body',
      code: 'missing',
    },
  ]);
  return all;
}

function judgedOf(
  table: OperationTable,
  index: number,
  given: Partial<Exchange['request']> & { status: number; answer: unknown; sent?: unknown },
  found: readonly Told[],
): Judged {
  const { method = 'GET', path = '/', query = '', status, answer, sent } = given;
  const match = table.find(method, path);
  const operation = match.kind === 'operation' ? match.operation : undefined;
  const place = { file: RECORDINGS[index % 5 === 4 ? 1 : 0], index };
  const json = { 'content-type': 'application/json' };
  const exchange: Exchange = {
    place,
    origin: 'https://szhl-phiskin.hypers.com.cn',
    request: {
      method,
      path,
      query,
      headers: {
        host: 'szhl-phiskin.hypers.com.cn',
        ...(sent === undefined ? {} : json),
        authorization: 'Bearer secret-of-somebody',
        cookie: 'sid=secret-cookie',
      },
      body: bytesOf(sent),
    },
    response: {
      status,
      headers: { ...(typeof answer === 'string' ? { 'content-type': 'text/html' } : json), 'set-cookie': ['sid=secret-cookie; HttpOnly'] },
      body: bytesOf(answer),
    },
    startedAt: Date.UTC(2026, 10, 20, 2, 0, index),
    milliseconds: 12,
    gaps: [],
  };
  const name =
    operation === undefined
      ? {}
      : { operation: { document: operation.document.name, id: operation.id, method: operation.method, path: operation.path } };
  const findings = found.map((one): Finding => ({ exchange: place, method, path, status, ...name, ...one }));
  return { exchange, findings, operation, request: undefined, response: undefined, outcome: 'unknown', skipped: undefined };
}

function bytesOf(value: unknown): Buffer | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return Buffer.from(value);
  return Buffer.from(JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? JSON.rawJSON(String(item)) : item)));
}

/** Statuses and parameters of every operation; what was seen follows from the operation's name, so that it is the same each time. */
function coverageOf(table: OperationTable, judged: readonly Judged[]): CheckResult['coverage'] {
  const operations = table.routes.map((route) => operationCoverage(table.operation(route), judged));
  const cells = operations.flatMap((operation) => operation.list);
  return {
    cells: cells.length,
    covered: cells.filter((cell) => cell.ok > 0).length,
    failing: cells.filter((cell) => cell.ok === 0 && cell.failing > 0).length,
    operations,
  };
}

function operationCoverage(operation: Operation, judged: readonly Judged[]): OperationCoverage {
  const failing = judged.filter(
    (one) => one.operation === operation && one.findings.some((finding) => finding.severity === 'error'),
  ).length;
  const luck = operation.id.split('').reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const exchanges = luck % 7 === 0 && failing === 0 ? 0 : failing + 3 + (luck % 40);
  const seen = (place: number): number =>
    exchanges === 0 || (luck + place) % (luck % 3 === 0 ? 99 : 4) === 3 ? 0 : 1 + ((luck + place) % 9);
  const list: Cell[] = [
    ...operation.responses.map((rule, index): Cell => ({
      kind: 'status',
      name: rule.status,
      ok: index === 0 || rule.status !== '500' ? seen(index) : 0,
      failing: index === 0 ? failing : 0,
    })),
    ...operation.parameters.map((parameter, index): Cell => ({
      kind: 'parameter',
      name: `${parameter.in} ${parameter.name}`,
      ok: seen(index + 5),
      failing: 0,
    })),
    ...['PENDING', 'TERMINATED'].map((value, index): Cell => ({
      kind: 'enum',
      name: `body /status=${value}`,
      ok: seen(index + 9),
      failing: 0,
    })),
    { kind: 'branch', name: '200 success', ok: seen(12), failing: 0 },
  ];
  const { id, method, path } = operation;
  return {
    document: operation.document.name,
    id,
    method,
    path,
    exchanges,
    failing,
    cells: list.length,
    covered: list.filter((cell) => cell.ok > 0).length,
    list,
  };
}

/** The id of a finding's group, for tests that look one up. */
export const idOf = groupId;

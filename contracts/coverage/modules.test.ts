import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createOperationTable, loadDocument, readSource } from '../../operations/index.ts';
import { compileStateFiles } from '../../state/index.ts';
import type { Row } from '../../state/index.ts';
import type { Judged } from '../judged.ts';
import type { CoverageResult } from '../result.ts';
import { createCoverage } from './coverage.ts';
import { judge } from './judged.fixture.ts';
import type { Wire } from './judged.fixture.ts';

const FOLDER = fileURLToPath(new URL('../../openapi/', import.meta.url));
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml') && !name.endsWith('.state.yaml'));
const documents = await Promise.all(names.sort().map((name) => loadDocument(`${FOLDER}${name}`)));
const table = createOperationTable(documents);
const files = await Promise.all(
  documents.map(async ({ name }) => {
    const source = await readSource(`${FOLDER}${name}.state.yaml`);
    return { module: name, source, given: source.value as Row };
  }),
);
const models = compileStateFiles(
  files,
  (module) => new Set(table.routes.flatMap(({ document, id }) => (document.name === module ? [id] : []))),
);
const remembered = models.map((model, index) => ({ model, given: files[index]?.given ?? {} }));

/** Names of hit cells of an operation. */
function hits(result: CoverageResult, id: string): readonly string[] {
  const list = result.operations.find((operation) => operation.id === id)?.list ?? [];
  return list.filter(({ ok }) => ok > 0).map(({ name }) => name);
}

test('every operation of the modules has its statuses and media types, each cell once, and none is covered yet', () => {
  const result = createCoverage(table, remembered).result();
  expect(result.operations).toHaveLength(table.routes.length);
  expect(result).toMatchObject({ covered: 0, failing: 0 });
  for (const { list } of result.operations) {
    const keys = list.map(({ kind, name }) => `${kind} ${name}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(list.map(({ kind }) => kind))).toContain('status');
  }
});

/** An exchange with an operation, its path filled in with ones. */
function call(id: string, wire: Wire): Judged {
  const route = table.routes.find((route) => route.id === id);
  if (route === undefined) throw new Error(`no operation ${id}`);
  return judge(table, { method: route.method, path: route.path.replaceAll(/\{[^{}]*\}/g, '1'), ...wire });
}

test('a refusal under 200 is a failure of the envelope and the branch of errors', () => {
  const coverage = createCoverage(table, remembered);
  const answer = { error_code: '10000', error_message: '贴不存在 · No such tie' };
  coverage.add(call('findTieById', { body: { tieid: 1 }, answer, outcome: 'refused' }));
  expect(hits(coverage.result(), 'findTieById')).toEqual([
    '200',
    '200 failure',
    '200 application/json',
    '200 TieError',
    'request application/json',
  ]);
});

test('a termination that tells both statuses covers the transition', () => {
  const coverage = createCoverage(table, remembered);
  const answer = { previousStatus: 'EXECUTING', currentStatus: 'TERMINATED' };
  coverage.add(call('terminateNotificationTask', { body: { reason: 'over' }, answer, headers: { authorization: 'Bearer a' } }));
  expect(hits(coverage.result(), 'terminateNotificationTask')).toEqual([
    '200',
    '200 application/json',
    'request application/json',
    'path taskId',
    '200 /previousStatus=EXECUTING',
    'EXECUTING -> TERMINATED',
  ]);
});
